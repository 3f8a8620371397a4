/** The token that says who asks, from wherever the page has it. */

import { Problem, unreachable } from "./problem.js";

/**
 * @typedef {object} TokenSource
 * @property {string | null} token One that the page has given.
 * @property {string | null} url Where the page's own server gives one.
 * @property {(() => string | Promise<string>) | null} ask A function of the page that gives one.
 */

/** Keeps a token until the server does not take it any more. */
export class Tokens {
  /** @type {() => TokenSource} */
  #source;
  /** @type {Promise<string | null> | null} */
  #kept = null;

  /** @param {() => TokenSource} source */
  constructor(source) {
    this.#source = source;
  }

  /** Forgets the token: the page has changed where it comes from. */
  forget() {
    this.#kept = null;
  }

  /**
   * The token to send, or null when the page has none.
   *
   * @returns {Promise<string | null>}
   */
  async current() {
    this.#kept ??= this.#fetched();
    const kept = this.#kept;
    kept.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return kept;
  }

  /**
   * Another token in the stead of one that was refused; null when there is no way to another.
   *
   * @param {string | null} refused
   * @returns {Promise<string | null>}
   */
  async another(refused) {
    if ((await this.current()) === refused) this.forget();
    const next = await this.current();
    return next === refused ? null : next;
  }

  async #fetched() {
    const { token, url, ask } = this.#source();
    if (!ask && url === null) return token;
    try {
      return told(ask ? await ask() : await fetched(url ?? ""));
    } catch (error) {
      throw error instanceof Problem ? error : new Problem("token_missing", `The page gave no token: ${error}`);
    }
  }
}

/**
 * @param {string} url Mostly the page's own, where its cookies say who asks; to another host none are sent.
 * @returns {Promise<unknown>}
 */
async function fetched(url) {
  const init = /** @type {const} */ ({ credentials: "same-origin", cache: "no-store" });
  const response = await fetch(new URL(url, document.baseURI), init).catch(() => null);
  if (response === null || response.status >= 500) throw unreachable();
  if (!response.ok) throw new Error(`its address answered ${response.status}`);
  const body = (await response.text()).trim();
  return body.startsWith("{") ? JSON.parse(body).token : body;
}

/** @param {unknown} token */
function told(token) {
  if (typeof token === "string" && token) return token;
  throw new Error("it is no text, or empty");
}
