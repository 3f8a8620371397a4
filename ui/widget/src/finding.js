/** Finding the words of a footnote on the page. */

import { foldedText, pageText, rangeOf } from "./page_text.js";

/**
 * @typedef {import("./page_text.js").Folded} Folded
 *
 * @typedef {object} Context Where words stand in an article, to tell equal words of a page apart.
 * @property {string} before What stands before them, folded.
 * @property {string} after
 * @property {number} number Which of the equal words of the article they are, from 0 on,
 * @property {number} count and how many of these there are.
 */

/** Characters on either side that are compared. */
const AROUND = 200;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * Where a span stands in an article.
 *
 * @param {string} text The article's.
 * @param {number} start In code points.
 * @param {number} end
 * @returns {Context}
 */
export function contextOf(text, start, end) {
  const points = Array.from(text);
  const [before, words, after] = [points.slice(0, start), points.slice(start, end), points.slice(end)].map(
    (part) => foldedText(part.join("")).text,
  );
  const places = placesOf(foldedText(text), words ?? "");
  return {
    before: before?.slice(-AROUND) ?? "",
    after: after?.slice(0, AROUND) ?? "",
    number: places.indexOf(before?.length ?? 0),
    count: places.length,
  };
}

/** A page, in which words may be found. */
export class Page {
  /** @param {Iterable<Element>} roots */
  constructor(roots) {
    this.read = pageText(roots);
  }

  /**
   * Every place of these words, in units of the page's folded text.
   *
   * @param {string} quote
   */
  places(quote) {
    return placesOf(this.read, foldedText(quote).text);
  }

  /**
   * The place of these words, or null when the page does not hold them.
   *
   * Of equal words it is that in the same order as in the article, if the page has all of them; else that whose
   * surroundings agree most; else the first.
   *
   * @param {string} quote
   * @param {Context | null} context
   * @returns {Range | null}
   */
  find(quote, context) {
    const places = this.places(quote);
    const { length } = foldedText(quote).text;
    const at = context?.count === places.length ? places[context.number] : undefined;
    const chosen = at ?? this.#mostAgreeing(places, length, context);
    return chosen === undefined ? null : rangeOf(this.read, chosen, length);
  }

  /**
   * @param {number[]} places
   * @param {number} length
   * @param {Context | null} context
   */
  #mostAgreeing(places, length, context) {
    const agreements = places.map((at) => (context ? this.#agreement(at, length, context) : 0));
    return places[agreements.indexOf(Math.max(...agreements))];
  }

  /**
   * @param {number} at
   * @param {number} length
   * @param {Context} context
   */
  #agreement(at, length, { before, after }) {
    const { text } = this.read;
    let earlier = 0;
    while (earlier < before.length && text[at - 1 - earlier] === before[before.length - 1 - earlier]) earlier += 1;
    let later = 0;
    while (later < after.length && text[at + length + later] === after[later]) later += 1;
    return earlier + later;
  }
}

/**
 * Every place of some words; whole words alone, if they stand somewhere as such.
 *
 * @param {Folded} folded
 * @param {string} words
 * @returns {number[]}
 */
function placesOf({ text, gaps }, words) {
  /** @type {number[]} */
  const places = [];
  if (!words) return places;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at);
  const isEdge = (/** @type {number} */ at) =>
    gaps.has(at) || !LETTER.test(text[at - 1] ?? " ") || !LETTER.test(text[at] ?? " ");
  const whole = places.filter((at) => isEdge(at) && isEdge(at + words.length));
  return whole.length > 0 ? whole : places;
}

/**
 * The elements to look in: those that the page names, or else all of it.
 *
 * @param {string | null} selector
 * @returns {Element[]}
 */
export function sources(selector) {
  /** @type {Element[]} */
  let named = [];
  try {
    named = selector ? [...document.querySelectorAll(selector)] : [document.body];
  } catch {
    console.warn(`footnote-chat: source=${JSON.stringify(selector)} is no CSS selector.`);
  }
  return named.filter((one) => !named.some((other) => other !== one && other.contains(one)));
}
