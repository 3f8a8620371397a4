/** The element itself: what the page writes on it, calls of it and hears from it. */

import { ATTRIBUTES, optionsOf } from "./attributes.js";
import { Chat } from "./chat.js";
import { styles } from "./styles.js";
import { Tokens } from "./tokens.js";

/** `<footnote-chat>`: a chat about an article, whose answers have footnotes. */
export class FootnoteChat extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  /** @type {string | null} */
  #token = null;
  /** @type {(() => string | Promise<string>) | null} */
  #getToken = null;
  #tokens = new Tokens(() => ({
    token: this.#token ?? this.getAttribute("token"),
    url: this.getAttribute("token-url"),
    ask: this.#getToken,
  }));
  #chat = new Chat(this, this.#tokens, optionsOf(this));
  #isLive = false;
  #takesFocus = false;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = styles();
    shadow.append(this.#chat.frame.element);
    this.#chat.frame.narrow.addEventListener("change", () => this.#chat.frame.restore());
  }

  /** Says who asks; it is sent as `Authorization: Bearer` and never kept. */
  get token() {
    return this.#token;
  }

  set token(token) {
    this.#token = token;
    this.#tokens.forget();
  }

  /** A function of the page that gives a token, or a promise of one. */
  get getToken() {
    return this.#getToken;
  }

  set getToken(getToken) {
    this.#getToken = getToken;
    this.#tokens.forget();
  }

  /**
   * Asks a question, as if the reader had typed it.
   *
   * @param {string} question
   * @returns {Promise<import("./client.js").Answer | null>} Null when there is no answer, as the events tell.
   */
  async ask(question) {
    const text = String(question).trim();
    if (!text || !this.isConnected) return null;
    this.open({ focus: false });
    return (await this.#chat.ask(text)).answer;
  }

  /**
   * Opens the dialog; an inline chat is always open.
   *
   * @param {{ focus?: boolean }} [how] Whether the focus goes to where a question is typed; it does if left out.
   */
  open({ focus = true } = {}) {
    this.#takesFocus = focus;
    this.setAttribute("open", "");
    this.#takesFocus = false;
  }

  /** Closes the dialog; an answer under way goes on. */
  close() {
    this.removeAttribute("open");
  }

  /** Begins a new conversation; the one before is forgotten. */
  reset() {
    this.#chat.reset();
  }

  /**
   * Tells the page.
   *
   * @param {string} name
   * @param {object} detail
   * @returns {boolean} Whether the page lets the widget go on.
   */
  tell(name, detail) {
    const settings = { detail, bubbles: true, composed: true, cancelable: name === "citation" };
    return this.dispatchEvent(new CustomEvent(`footnote:${name}`, settings));
  }

  connectedCallback() {
    this.#takeUp("token");
    this.#takeUp("getToken");
    const isNew = !this.#isLive;
    this.#isLive = true;
    this.#chat.apply(optionsOf(this));
    // A page that has just been loaded must not vanish behind a chat that fills a narrow screen.
    if (isNew && this.#chat.frame.narrow.matches) this.removeAttribute("open");
    if (this.hasAttribute("open")) this.#chat.show(false);
    if (isNew) queueMicrotask(() => this.tell("ready", {}));
  }

  disconnectedCallback() {
    this.#chat.frame.hide();
    // An element that is only moved is connected again before this comes to pass.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#isLive = false;
      this.#chat.leave();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#isLive) return;
    if (name === "open") this.#toggle(before !== null, now !== null);
    else if (name === "token" || name === "token-url") this.#tokens.forget();
    else {
      this.#chat.apply(optionsOf(this));
      if (this.hasAttribute("open")) this.#chat.frame.show(false);
    }
  }

  /**
   * @param {boolean} was
   * @param {boolean} is
   */
  #toggle(was, is) {
    if (was === is) return;
    if (is) this.#chat.show(this.#takesFocus);
    else this.#chat.frame.hide();
    this.tell(is ? "open" : "close", {});
  }

  /**
   * Takes up a property that the page has set before this script was there.
   *
   * @param {"token" | "getToken"} name
   */
  #takeUp(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = /** @type {any} */ (this)[name];
    delete this[name];
    /** @type {any} */ (this)[name] = value;
  }
}
