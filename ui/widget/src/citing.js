/** Leading from a footnote to its words: on this page where it holds them, else on the server's. */

import { Page, contextOf, sources } from "./finding.js";
import { highlight, reveal, unhighlight } from "./highlight.js";

/**
 * @typedef {import("./client.js").Citation} Citation
 * @typedef {import("./client.js").Client} Client
 */

const MARK = { mark: "#fde68a", ink: "#1e293b" };

/** Knows which footnotes' words stand on this page, and shows them. */
export class Citing {
  /** @type {Map<string, boolean>} */
  #isHere = new Map();
  /** @type {Page | null} */
  #page = null;

  /**
   * @param {HTMLElement} host
   * @param {HTMLElement} layer Where highlights are drawn if the browser has none of its own.
   */
  constructor(host, layer) {
    this.host = host;
    this.layer = layer;
    /** @type {string | null} */
    this.source = null;
  }

  /** Forgets what was found: the page may hold something else now. */
  forget() {
    this.#isHere.clear();
  }

  /**
   * Whether this page holds the words of a footnote.
   *
   * @param {Citation} citation
   */
  isHere({ quote }) {
    const known = this.#isHere.get(quote);
    if (known !== undefined) return known;
    const found = this.#read().places(quote).length > 0;
    this.#isHere.set(quote, found);
    return found;
  }

  /**
   * Highlights the words of a footnote, and gives their place; null when the page does not hold them.
   *
   * @param {Citation} citation
   * @param {Client} client
   * @returns {Promise<Range | null>}
   */
  async show(citation, client) {
    const several = this.#read().places(citation.quote).length > 1;
    const context = several ? await contextIn(citation, client) : null;
    const range = this.#read().find(citation.quote, context);
    if (range) highlight(range, this.#colours(), this, this.layer);
    return range;
  }

  /** Takes the highlight away. */
  clear() {
    unhighlight(this);
  }

  /**
   * Scrolls to a place.
   *
   * @param {Range} range
   */
  reveal(range) {
    reveal(range);
  }

  /** The page as it is now; within one task it is read only once. */
  #read() {
    if (this.#page === null) {
      this.#page = new Page(sources(this.source));
      queueMicrotask(() => {
        this.#page = null;
      });
    }
    return this.#page;
  }

  #colours() {
    const style = getComputedStyle(this.host);
    const given = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
    return { mark: given("--footnote-mark") || MARK.mark, ink: given("--footnote-mark-ink") || MARK.ink };
  }
}

/**
 * What stands around the words in the article; null when it can't be had.
 *
 * @param {Citation} citation
 * @param {Client} client
 */
async function contextIn({ article, start, end }, client) {
  try {
    return contextOf((await client.article(article)).text, start, end);
  } catch {
    return null;
  }
}
