/** The questions and answers so far, and keeping them while the tab is open. */

/**
 * @typedef {import("./client.js").Answer} Answer
 * @typedef {import("./client.js").Citation} Citation
 * @typedef {import("./client.js").Message} Message
 * @typedef {import("./client.js").Stage} Stage
 *
 * @typedef {object} Exchange
 * @property {string} question
 * @property {"pending" | "answered" | "stopped" | "failed"} state
 * @property {string} text What is shown of the answer, with markers such as [1].
 * @property {Citation[]} citations
 * @property {Answer | null} answer
 * @property {Stage} stage Where a pending one stands.
 * @property {{ code: string, message: string, until: number | null } | null} problem Why it failed, or waits
 *   until that time (in milliseconds) for a new attempt.
 */

/** How many of the latest exchanges are kept, and how many the server is told with a question. */
const KEPT = 50;
const TOLD = 6;

/** Places in the storage that widgets of this page use: two of them don't share a conversation. */
const taken = new Set();

/** A conversation of this tab. */
export class Conversation {
  /** @type {Exchange[]} */
  exchanges = [];
  /** @type {string | null} */
  #place = null;

  /**
   * Begins, or takes up what this tab has kept under a key.
   *
   * @param {string} key
   * @param {boolean} remembers
   */
  constructor(key, remembers) {
    this.key = key;
    this.remembers = remembers;
    this.take();
    if (this.#place !== null) this.exchanges = read(this.#place);
  }

  /** Takes a place in the tab's storage that no other conversation of this page has. */
  take() {
    if (!this.remembers || this.#place !== null) return;
    let place = `footnote-chat ${this.key}`;
    while (taken.has(place)) place += "+";
    taken.add(place);
    this.#place = place;
  }

  /** Gives the place back; what is kept there stays. */
  release() {
    taken.delete(this.#place);
    this.#place = null;
  }

  /** The exchange that is being answered, if one is. */
  get pending() {
    return this.exchanges.find((one) => one.state === "pending") ?? null;
  }

  /**
   * Adds a question.
   *
   * @param {string} question
   * @returns {Exchange}
   */
  begin(question) {
    const exchange = fresh(question);
    this.exchanges.push(exchange);
    this.keep();
    return exchange;
  }

  /**
   * Takes a question back to its beginning, to ask it again: it becomes the last one.
   *
   * @param {Exchange} exchange
   */
  again(exchange) {
    Object.assign(exchange, fresh(exchange.question));
    this.exchanges.push(...this.exchanges.splice(this.exchanges.indexOf(exchange), 1));
    this.keep();
  }

  /** Forgets everything. */
  clear() {
    this.exchanges = [];
    this.keep();
  }

  /** What went before, for a question that leans on it. */
  history() {
    return this.exchanges
      .filter((one) => one.state === "answered")
      .slice(-TOLD)
      .flatMap(({ question, text }) => /** @type {Message[]} */ ([
        { role: "user", content: question },
        { role: "assistant", content: text },
      ]));
  }

  /** Writes it down, for as long as the tab is open. */
  keep() {
    if (this.#place === null) return;
    try {
      if (this.exchanges.length === 0) sessionStorage.removeItem(this.#place);
      else sessionStorage.setItem(this.#place, JSON.stringify(this.exchanges.slice(-KEPT)));
    } catch {
      // There is no storage, or no room: the conversation lasts as long as the page.
    }
  }
}

/**
 * @param {string} question
 * @returns {Exchange}
 */
function fresh(question) {
  return { question, state: "pending", text: "", citations: [], answer: null, stage: { name: "sending" }, problem: null };
}

/**
 * What was kept, as far as it can be used; what was pending when the page was left counts as stopped.
 *
 * @param {string} key
 * @returns {Exchange[]}
 */
function read(key) {
  try {
    /** @type {unknown} */
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter(isExchange).map((one) => ({ ...one, state: one.state === "pending" ? "stopped" : one.state }));
  } catch {
    return [];
  }
}

/**
 * Whether it has the shape of an exchange; any script of the page may have written there.
 *
 * @param {any} kept
 * @returns {kept is Exchange}
 */
function isExchange(kept) {
  const isCitation = (/** @type {any} */ one) => [one?.article, one?.quote].every((text) => typeof text === "string");
  return (
    [kept?.question, kept?.text].every((text) => typeof text === "string") &&
    ["pending", "answered", "stopped", "failed"].includes(kept.state) &&
    typeof kept.stage?.name === "string" &&
    Array.isArray(kept.citations) &&
    kept.citations.every(isCitation) &&
    (!kept.answer?.nearby || isCitation(kept.answer.nearby))
  );
}

/**
 * The parts of an answer: words, and the footnotes at its markers.
 *
 * @param {string} text
 * @param {Citation[]} citations
 * @returns {(string | Citation)[]}
 */
export function partsOf(text, citations) {
  const parts = text.split(/(\s*\[\d+\])/).filter(Boolean);
  return parts.map((part) => {
    const number = Number(/\[(\d+)\]$/.exec(part)?.[1]);
    return citations.find((one) => one.number === number) ?? part;
  });
}

/**
 * The answer as it is said aloud: without markers.
 *
 * @param {string} text
 */
export function spoken(text) {
  return text.replace(/\s*\[\d+\]/g, "");
}
