/** Asking the questions of a conversation, one at a time. */

import { patiently } from "./patience.js";
import { Problem } from "./problem.js";

/**
 * @typedef {import("./client.js").Client} Client
 * @typedef {import("./conversation.js").Conversation} Conversation
 * @typedef {import("./conversation.js").Exchange} Exchange
 */

/** Milliseconds between two looks at how long a wait still is. */
const TICK = 1000;

/** Asks, tries again where that may help, and notes in the conversation what comes of it. */
export class Asking {
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {Client} client
   * @param {Conversation} conversation
   * @param {{ changed: () => void, ended: (exchange: Exchange) => void }} listener
   */
  constructor(client, conversation, listener) {
    this.client = client;
    this.conversation = conversation;
    this.listener = listener;
  }

  /**
   * Asks a question; one that is being answered is stopped.
   *
   * @param {string} question
   * @param {string | null} article
   * @returns {Promise<Exchange>}
   */
  ask(question, article) {
    this.stop();
    return this.#answer(this.conversation.begin(question), article);
  }

  /**
   * Asks a question once more.
   *
   * @param {Exchange} exchange
   * @param {string | null} article
   * @returns {Promise<Exchange>}
   */
  again(exchange, article) {
    this.stop();
    this.conversation.again(exchange);
    return this.#answer(exchange, article);
  }

  /** Stops the answer under way; what was shown of it stays. */
  stop() {
    const { pending } = this.conversation;
    this.#running?.abort();
    this.#running = null;
    if (!pending) return;
    pending.state = "stopped";
    pending.problem = null;
    this.conversation.keep();
    this.listener.changed();
  }

  /**
   * @param {Exchange} exchange
   * @param {string | null} article
   * @returns {Promise<Exchange>}
   */
  async #answer(exchange, article) {
    const running = new AbortController();
    this.#running = running;
    const { changed, ended } = this.listener;
    const asked = { question: exchange.question, history: this.conversation.history(), article };
    const ticking = setInterval(() => exchange.problem && changed(), TICK);
    changed();
    try {
      const answer = await patiently(
        () => this.client.ask(asked, listenerOf(exchange, running.signal, changed), running.signal),
        (problem, seconds) => {
          exchange.problem = { code: problem.code, message: problem.message, until: Date.now() + seconds * 1000 };
          changed();
        },
        running.signal,
      );
      if (running.signal.aborted) return exchange;
      const { answer: text, citations } = answer;
      Object.assign(exchange, { state: "answered", problem: null, text, citations, answer });
    } catch (error) {
      if (running.signal.aborted) return exchange;
      const { code, message } = error instanceof Problem ? error : new Problem("defect", String(error));
      Object.assign(exchange, { state: "failed", problem: { code, message, until: null } });
    } finally {
      clearInterval(ticking);
    }
    this.#running = null;
    this.conversation.keep();
    changed();
    ended(exchange);
    return exchange;
  }
}

/**
 * Notes what comes before the answer. An attempt that follows a broken one says the same again: what is shown
 * already stays until it has been overtaken.
 *
 * @param {Exchange} exchange
 * @param {AbortSignal} signal
 * @param {() => void} changed
 * @returns {import("./client.js").Listener}
 */
function listenerOf(exchange, signal, changed) {
  let text = "";
  return {
    stage: (stage) => {
      if (signal.aborted) return;
      Object.assign(exchange, { stage, problem: null });
      changed();
    },
    token: (piece, citations) => {
      if (signal.aborted) return;
      text += piece; // those after the first begin with a space
      exchange.problem = null;
      if (text.length >= exchange.text.length) Object.assign(exchange, { text, citations });
      changed();
    },
  };
}
