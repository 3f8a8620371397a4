/** A whole chat: what is shown, asked and cited. */

import { Asking } from "./asking.js";
import { ChatView } from "./chat_view.js";
import { Citing } from "./citing.js";
import { Client } from "./client.js";
import { Conversation, spoken } from "./conversation.js";
import { problemText } from "./exchange_view.js";
import { Frame } from "./frame.js";
import { Suggestions } from "./suggestions.js";
import { textsFor } from "./texts.js";

/**
 * @typedef {import("./attributes.js").Options} Options
 * @typedef {import("./client.js").Citation} Citation
 * @typedef {import("./conversation.js").Exchange} Exchange
 *
 * @typedef {object} Host What the chat asks of the element around it.
 * @property {() => void} open
 * @property {() => void} close
 * @property {(name: string, detail: object) => boolean} tell Dispatches an event; false when it was cancelled.
 */

/** Puts the parts together. */
export class Chat {
  /** @type {{ span: string, at: number } | null} The footnote that was followed: its span, and which of the links to it. */
  #cited = null;
  #inSight = new IntersectionObserver(([entry]) => this.frame.away(entry?.isIntersecting === false));

  /**
   * @param {HTMLElement & Host} host
   * @param {import("./tokens.js").Tokens} tokens
   * @param {Options} options
   */
  constructor(host, tokens, options) {
    this.host = host;
    this.tokens = tokens;
    this.options = options;
    this.surroundings = {
      texts: textsFor(options.lang).texts,
      actions: {
        ask: (/** @type {string} */ question) => void this.ask(question),
        again: (/** @type {Exchange} */ exchange) => void this.#again(exchange),
        stop: () => this.asking.stop(),
        fresh: () => this.reset(),
        close: () => host.close(),
        cite: (/** @type {Citation} */ citation, /** @type {MouseEvent} */ event) => void this.#cite(citation, event),
      },
      placeOf: (/** @type {Citation} */ one) => ({ href: this.client.pageOf(one), isHere: this.citing.isHere(one) }),
      suggestions: () => this.#suggestions(),
    };
    this.view = new ChatView(this.surroundings);
    this.frame = new Frame(this.view.element, {
      open: () => host.open(),
      close: () => host.close(),
      back: () => this.#back(),
    });
    this.suggestions = new Suggestions();
    this.citing = new Citing(host, this.frame.layer);
    this.client = new Client(options.server, tokens);
    this.conversation = this.#newConversation();
    this.asking = this.#newAsking();
  }

  /**
   * Takes on what the page has written on the element.
   *
   * @param {Options} options
   */
  apply(options) {
    const { server, article, remembers } = this.options;
    this.options = options;
    if (server !== options.server || article !== options.article || remembers !== options.remembers) {
      this.asking.stop();
      this.conversation.release();
      this.client = new Client(options.server, this.tokens);
      this.conversation = this.#newConversation();
      this.asking = this.#newAsking();
    }
    this.conversation.take();
    const { texts, language } = textsFor(options.lang);
    this.surroundings.texts = texts;
    this.citing.source = options.source;
    this.citing.forget();
    this.view.arrange(options);
    this.frame.arrange(options, texts, language, propertyOf(this.host, "--footnote-z-index"));
    this.#render();
    if (options.mode === "inline") void this.#learn();
  }

  /**
   * Asks a question; gives what came of it.
   *
   * @param {string} question
   * @returns {Promise<Exchange>}
   */
  ask(question) {
    this.view.followEnd();
    return this.asking.ask(question, this.options.article);
  }

  /** Forgets the conversation. */
  reset() {
    const hadFocus = this.view.element.matches(":focus-within");
    this.asking.stop();
    this.conversation.clear();
    this.#forgetPlace();
    this.#render();
    this.view.announce("");
    if (hadFocus) this.view.focus();
  }

  /**
   * Shows the dialog.
   *
   * @param {boolean} takesFocus
   */
  show(takesFocus) {
    this.citing.forget();
    this.view.refresh();
    this.frame.show(takesFocus);
    this.#render();
    void this.#learn();
  }

  /** The element has left the page: nothing is asked or highlighted any more. */
  leave() {
    this.asking.stop();
    this.#forgetPlace();
    this.conversation.release();
  }

  #newConversation() {
    const { server, article, remembers } = this.options;
    return new Conversation([server, article ?? "", this.host.id].join(" "), remembers);
  }

  #newAsking() {
    return new Asking(this.client, this.conversation, {
      changed: () => this.#render(),
      ended: (exchange) => this.#ended(exchange),
    });
  }

  /** Shows the conversation, unless nobody sees it: to know which footnotes lead where, the page has to be read. */
  #render() {
    if (!this.frame.isShown) return;
    this.view.render(this.conversation.exchanges);
    this.view.point(this.#cited?.span ?? null);
  }

  /** @param {Exchange} exchange */
  #again(exchange) {
    this.view.followEnd();
    this.view.focus();
    return this.asking.again(exchange, this.options.article);
  }

  /** @param {Exchange} exchange */
  #ended(exchange) {
    const { texts } = this.surroundings;
    const { question, answer, problem } = exchange;
    if (problem) {
      this.view.announce(problemText(exchange, texts));
      this.host.tell("error", { question, code: problem.code, message: problem.message });
    } else {
      const words = answer?.refused ? texts.refused : spoken(exchange.text);
      this.view.announce(texts.answered(words, exchange.citations.length));
      this.host.tell("answer", { question, answer });
    }
    this.frame.news();
  }

  /**
   * @param {Citation} citation
   * @param {MouseEvent} event
   */
  async #cite(citation, event) {
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    this.citing.forget();
    const isHere = this.citing.isHere(citation);
    const isWanted = this.host.tell("citation", { citation, isHere });
    if (!isWanted) event.preventDefault();
    if (!isWanted || !isHere || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const range = await this.citing.show(citation, this.client);
    if (range === null) return;
    const span = link.dataset.span ?? "";
    this.#cited = { span, at: this.view.footnotes(span).indexOf(link) };
    this.view.point(span);
    if (this.options.mode === "inline") this.#inSight.observe(this.view.element);
    else if (this.frame.covers(range)) {
      this.host.close();
      this.frame.away(true);
    }
    this.view.announce(this.surroundings.texts.shown);
    this.citing.reveal(range);
  }

  /** Leads back to the footnote that was followed last. */
  #back() {
    const { span, at } = this.#cited ?? { span: "", at: -1 };
    this.#inSight.disconnect();
    this.frame.away(false);
    if (this.options.mode !== "inline") this.host.open();
    const footnote = this.view.footnotes(span).at(at);
    footnote?.focus({ preventScroll: true });
    footnote?.scrollIntoView({ block: "center" });
  }

  #forgetPlace() {
    this.#cited = null;
    this.#inSight.disconnect();
    this.citing.clear();
    this.frame.away(false);
  }

  #suggestions() {
    return this.suggestions.some(this.options.questions, this.conversation.exchanges.map((one) => one.question));
  }

  /** Learns what might be asked, unless the page says so itself. */
  async #learn() {
    if (this.options.questions !== null || !(await this.suggestions.learn(this.client, this.options.article))) return;
    this.view.refresh();
    this.#render();
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 */
function propertyOf(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
