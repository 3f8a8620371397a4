/** What the page has written on the element, as values to work with. */

/**
 * @typedef {object} Options
 * @property {string} server The base address, which ends in a slash.
 * @property {string | null} article
 * @property {"bubble" | "panel" | "inline"} mode
 * @property {"end" | "start"} position
 * @property {"auto" | "light" | "dark"} theme
 * @property {string} lang
 * @property {string | null} heading
 * @property {string | null} greeting
 * @property {string | null} placeholder
 * @property {string | null} note
 * @property {readonly string[] | null} questions
 * @property {string | null} source
 * @property {boolean} remembers Whether the conversation is kept while the tab is open.
 */

export const ATTRIBUTES = [
  "server",
  "article",
  "mode",
  "position",
  "theme",
  "lang",
  "heading",
  "greeting",
  "placeholder",
  "note",
  "questions",
  "source",
  "open",
  "remember",
  "token",
  "token-url",
];

/** Where this script came from. */
const HOME = new URL(".", import.meta.url).href;

/**
 * The options as they stand now; what is not known counts as left out.
 *
 * @param {HTMLElement} element
 * @returns {Options}
 */
export function optionsOf(element) {
  const text = (/** @type {string} */ name) => element.getAttribute(name)?.trim() || null;
  const questions = element.getAttribute("questions");
  return {
    server: server(text("server")),
    article: text("article"),
    mode: oneOf(text("mode"), "bubble", "panel", "inline"),
    position: oneOf(text("position"), "end", "start"),
    theme: oneOf(text("theme"), "auto", "light", "dark"),
    lang: text("lang") ?? element.closest("[lang]")?.getAttribute("lang") ?? "en",
    heading: text("heading"),
    greeting: text("greeting"),
    placeholder: text("placeholder"),
    note: text("note"),
    questions: questions === null ? null : questions.split("|").map((one) => one.trim()).filter(Boolean),
    source: text("source"),
    remembers: text("remember") !== "page",
  };
}

/**
 * @template {string} Value
 * @param {string | null} given
 * @param {Value} usual
 * @param {...Value} others
 * @returns {Value}
 */
function oneOf(given, usual, ...others) {
  return others.find((value) => value === given) ?? usual;
}

/** @param {string | null} given */
function server(given) {
  if (given === null || !URL.canParse(given, document.baseURI)) return HOME;
  const url = new URL(given, document.baseURI);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url.href;
}
