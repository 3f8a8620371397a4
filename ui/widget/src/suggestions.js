/** What might be asked. */

/** @typedef {import("./client.js").Client} Client */

/** How many questions are suggested at a time. */
const SUGGESTED = 4;

/** The questions that the page suggests, or else the server. */
export class Suggestions {
  /** @type {readonly string[]} */
  #learned = [];
  /** @type {{ client: Client, article: string | null } | null} */
  #from = null;

  /**
   * Learns from the server what its article answers. Without that the chat is of use too: after an error the next
   * call tries again.
   *
   * @param {Client} client
   * @param {string | null} article
   * @returns {Promise<boolean>} Whether there is anything new.
   */
  async learn(client, article) {
    if (this.#from?.client === client && this.#from.article === article) return false;
    const from = { client, article };
    this.#from = from;
    try {
      const name = await client.fullName(article);
      const questions = name === null ? [] : ((await client.article(name)).questions ?? []);
      if (this.#from !== from) return false;
      this.#learned = questions;
      return true;
    } catch {
      if (this.#from === from) this.#from = null;
      return false;
    }
  }

  /**
   * A few questions.
   *
   * @param {readonly string[] | null} given The page's own; what was learned counts where there are none.
   * @param {readonly string[]} asked These are left out.
   */
  some(given, asked) {
    return (given ?? this.#learned).filter((one) => !asked.includes(one)).slice(0, SUGGESTED);
  }
}
