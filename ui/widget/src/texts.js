/** What the widget says, in the languages that it knows. */

import { de } from "./texts/de.js";
import { en } from "./texts/en.js";

/**
 * @typedef {object} Texts
 * @property {string} heading
 * @property {string} launcher
 * @property {string} launcherNew
 * @property {string} close
 * @property {string} fresh
 * @property {string} conversation
 * @property {string} greeting
 * @property {string} promise
 * @property {string} suggestions
 * @property {string} entry
 * @property {string} placeholder
 * @property {string} send
 * @property {string} stop
 * @property {string} you
 * @property {(asked: string) => string} understood
 * @property {(words: string) => string} quoted
 * @property {string} says
 * @property {string} refused
 * @property {string} nearby
 * @property {string} footnotes
 * @property {(number: number, words: string) => string} footnote
 * @property {string} elsewhere
 * @property {string} shown
 * @property {string} back
 * @property {Record<string, string>} stages
 * @property {(place: number) => string} queued
 * @property {string} stopped
 * @property {string} again
 * @property {(seconds: number) => string} retrying
 * @property {(text: string, footnotes: number) => string} answered
 * @property {Record<string, string>} problems By the code of the problem.
 */

/** @type {Record<string, Texts>} */
const LANGUAGES = { en, de };

/**
 * The texts for a language tag such as `de-AT`; English where the language is not known.
 *
 * @param {string} tag
 * @returns {{ texts: Texts, language: string }}
 */
export function textsFor(tag) {
  const language = (tag.split("-")[0] ?? "").toLowerCase();
  const texts = LANGUAGES[language];
  return texts ? { texts, language } : { texts: en, language: "en" };
}
