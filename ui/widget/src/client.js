/** Talking to the server: no cookies, no address of the page, and tokens where the page has them. */

import { eventsOf } from "./events.js";
import { Problem, problemOf, unreachable } from "./problem.js";

/**
 * @typedef {object} Citation
 * @property {number} number
 * @property {string} article
 * @property {number} start In code points of the article's text.
 * @property {number} end
 * @property {string} quote
 * @property {string} [lead] What an item of a list or a row of a table stands under.
 *
 * @typedef {object} Answer
 * @property {string} question
 * @property {string} asked
 * @property {string} answer
 * @property {"answer" | "quote" | "refusal" | "small_talk"} kind
 * @property {boolean} refused
 * @property {Citation[]} citations
 * @property {Citation | null} nearby
 *
 * @typedef {{ role: "user" | "assistant", content: string }} Message
 * @typedef {{ question: string, history: Message[], article: string | null }} Asked
 * @typedef {{ name: string, position?: number }} Stage
 * @typedef {{ stage: (stage: Stage) => void, token: (text: string, citations: Citation[]) => void }} Listener
 * @typedef {{ name: string, text: string, questions?: string[] }} Article
 */

/** One server, with the articles that were fetched from it. */
export class Client {
  /** @type {Map<string, Promise<Article>>} */
  #articles = new Map();

  /**
   * @param {string} server The base address, which ends in a slash.
   * @param {import("./tokens.js").Tokens} tokens
   */
  constructor(server, tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  /**
   * Asks once, and tells what comes on the way.
   *
   * @param {Asked} asked
   * @param {Listener} listener
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  async ask(asked, listener, signal) {
    const { article, ...rest } = asked;
    const body = JSON.stringify({ ...rest, ...(article === null ? {} : { article }), stream: true });
    const headers = { "content-type": "application/json" };
    const response = await this.#fetch("api/ask", { method: "POST", headers, body, signal });
    try {
      for await (const { name, data } of eventsOf(/** @type {ReadableStream} */ (response.body))) {
        const told = JSON.parse(data);
        if (name === "stage") listener.stage(told);
        if (name === "token") listener.token(told.text, told.citations);
        if (name === "answer") return told;
        if (name === "error") throw new Problem(told.code, told.message);
      }
    } catch (error) {
      if (error instanceof Problem || signal.aborted) throw error;
    }
    throw unreachable();
  }

  /**
   * An article with its text, fetched once.
   *
   * @param {string} name
   * @returns {Promise<Article>}
   */
  article(name) {
    const known = this.#articles.get(name);
    if (known) return known;
    const fetched = this.#json(`api/articles/${inPath(name)}`);
    fetched.catch(() => this.#articles.delete(name));
    this.#articles.set(name, fetched);
    return fetched;
  }

  /**
   * The full name of an article, which may be named without its suffix; of the only one where none is named.
   *
   * @param {string | null} name
   * @returns {Promise<string | null>}
   */
  async fullName(name) {
    /** @type {string[]} */
    const names = (await this.#json("api/articles")).articles;
    if (name === null) return names.length === 1 ? (names[0] ?? null) : null;
    return names.find((one) => one === name) ?? names.find((one) => one.replace(/\.[^.]*$/, "") === name) ?? null;
  }

  /**
   * The page on which the server shows the words of a footnote.
   *
   * @param {Citation} citation
   */
  pageOf({ article, start, end }) {
    return new URL(`articles/${inPath(article)}#${Number(start)}-${Number(end)}`, this.server).href;
  }

  /** @param {string} path */
  async #json(path) {
    return (await this.#fetch(path, { method: "GET" })).json();
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @returns {Promise<Response>}
   */
  async #fetch(path, init) {
    const token = await this.tokens.current();
    let response = await this.#send(path, init, token);
    if (response.status === 401) {
      const another = await this.tokens.another(token);
      if (another !== null) response = await this.#send(path, init, another);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @param {string | null} token
   */
  async #send(path, init, token) {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    try {
      return await fetch(new URL(path, this.server), {
        ...init,
        headers,
        mode: "cors",
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw unreachable();
    }
  }
}

/** @param {string} name */
function inPath(name) {
  return name.split("/").map(encodeURIComponent).join("/");
}
