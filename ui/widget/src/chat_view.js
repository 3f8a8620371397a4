/** The chat itself: its head, the conversation, and where questions are typed. */

import { make, setAttribute } from "./dom.js";
import { exchangeElements, questionList } from "./exchange_view.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./attributes.js").Options} Options
 * @typedef {import("./conversation.js").Exchange} Exchange
 * @typedef {import("./exchange_view.js").Surroundings} Surroundings
 */

/** The server's limit, in characters. */
const LONGEST = 2000;

/** Shows a conversation and takes questions. */
export class ChatView {
  /** @type {Map<Exchange, { seen: string, element: HTMLElement }>} */
  #drawn = new Map();
  #followsEnd = true;

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.surroundings = surroundings;
    const { actions } = surroundings;
    this.heading = make("h2", { id: "heading" });
    this.fresh = make("button", { type: "button", class: "quiet", click: () => actions.fresh() }, icon("fresh"));
    this.close = make("button", { type: "button", class: "quiet", click: () => actions.close() }, icon("close"));
    this.welcome = make("div", { class: "welcome" });
    this.exchanges = make("div", { class: "exchanges" });
    this.log = make("div", { class: "log", role: "region", tabindex: "0" }, this.welcome, this.exchanges);
    this.entry = make("textarea", { rows: "1", maxlength: String(LONGEST), dir: "auto", enterkeyhint: "send" });
    this.send = make("button", { type: "submit", class: "primary" }, icon("send"));
    this.stop = make("button", { type: "button", class: "primary", click: () => this.#stopped() }, icon("stop"));
    this.note = make("p", { class: "note-line" });
    this.status = make("p", { role: "status", class: "unseen" });
    this.element = make(
      "div",
      { class: "chat" },
      make("header", {}, this.heading, this.fresh, this.close),
      this.log,
      make("form", { submit: (event) => this.#submitted(event) }, this.entry, this.send, this.stop),
      this.note,
      this.status,
    );
    this.#listen();
  }

  #listen() {
    this.entry.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#ask();
    });
    this.log.addEventListener("scroll", () => {
      this.#followsEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 40;
    });
  }

  /**
   * Takes on the page's options and a language.
   *
   * @param {Options} options
   */
  arrange(options) {
    const { texts } = this.surroundings;
    this.heading.textContent = options.heading ?? texts.heading;
    name(this.fresh, texts.fresh);
    name(this.close, texts.close);
    name(this.send, texts.send);
    name(this.stop, texts.stop);
    this.log.setAttribute("aria-label", texts.conversation);
    this.entry.setAttribute("aria-label", texts.entry);
    this.entry.placeholder = options.placeholder ?? texts.placeholder;
    this.note.textContent = options.note ?? "";
    this.note.hidden = options.note === null;
    this.close.hidden = options.mode === "inline";
    this.greeting = options.greeting ?? texts.greeting;
    this.#drawn.clear();
  }

  /**
   * Shows the conversation as it stands; what has not changed keeps its elements.
   *
   * @param {Exchange[]} exchanges
   */
  render(exchanges) {
    const { texts, actions, suggestions } = this.surroundings;
    const isPending = exchanges.some((one) => one.state === "pending");
    this.send.hidden = isPending;
    this.stop.hidden = !isPending;
    this.fresh.hidden = exchanges.length === 0;
    this.welcome.hidden = exchanges.length > 0;
    if (exchanges.length === 0) {
      const list = questionList(suggestions(), texts, actions);
      const words = [make("p", { class: "greeting" }, this.greeting ?? ""), make("p", { class: "promise" }, texts.promise)];
      this.welcome.replaceChildren(...words, ...(list ? [list] : []));
    }
    const focused = this.#focusedSpan();
    this.exchanges.replaceChildren(...this.#elements(exchanges));
    // What was drawn anew gets the focus back that its former elements had.
    if (focused !== null && this.#focusedSpan() === null) this.footnotes(focused).at(-1)?.focus({ preventScroll: true });
    if (this.#followsEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  #focusedSpan() {
    const { activeElement } = /** @type {ShadowRoot} */ (this.element.getRootNode());
    return activeElement?.getAttribute("data-span") ?? null;
  }

  /** @param {Exchange[]} exchanges */
  #elements(exchanges) {
    const gone = [...this.#drawn.keys()].filter((one) => !exchanges.includes(one));
    gone.forEach((one) => this.#drawn.delete(one));
    return exchanges.map((exchange) => {
      const isLast = exchange === exchanges.at(-1);
      const seen = JSON.stringify([exchange, isLast, exchange.problem?.until && Math.ceil(Date.now() / 1000)]);
      const drawn = this.#drawn.get(exchange);
      if (drawn?.seen === seen) return drawn.element;
      const element = drawn?.element ?? make("article", { class: "exchange" });
      element.replaceChildren(...exchangeElements(exchange, this.surroundings, isLast));
      setAttribute(element, "aria-busy", exchange.state === "pending" ? "true" : null);
      this.#drawn.set(exchange, { seen, element });
      return element;
    });
  }

  /** Has the answers drawn anew: where footnotes lead to, or what is suggested, has changed. */
  refresh() {
    this.#drawn.clear();
  }

  /**
   * Marks the footnotes that rest on a span.
   *
   * @param {string | null} span
   */
  point(span) {
    for (const link of this.element.querySelectorAll("a[data-span]")) {
      setAttribute(link, "aria-current", link.getAttribute("data-span") === span ? "true" : null);
    }
  }

  /**
   * The footnotes that rest on a span, the latest last.
   *
   * @param {string} span
   */
  footnotes(span) {
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = this.element.querySelectorAll("a[data-span]");
    return [...links].filter((link) => link.dataset.span === span);
  }

  /** Keeps the end of the conversation in sight again. */
  followEnd() {
    this.#followsEnd = true;
  }

  /**
   * Has something said aloud, once.
   *
   * @param {string} text
   */
  announce(text) {
    this.status.textContent = text;
  }

  /** Puts the focus where a question is typed. */
  focus() {
    this.entry.focus({ preventScroll: true });
  }

  /** @param {Event} event */
  #submitted(event) {
    event.preventDefault();
    this.#ask();
  }

  #ask() {
    const question = this.entry.value.trim();
    if (!question) return;
    this.entry.value = "";
    this.surroundings.actions.ask(question);
  }

  #stopped() {
    this.surroundings.actions.stop();
    this.focus();
  }
}

/**
 * @param {HTMLElement} button
 * @param {string} text
 */
function name(button, text) {
  button.setAttribute("aria-label", text);
  button.title = text;
}
