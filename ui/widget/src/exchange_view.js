/** One question with its answer, as elements. What people, articles and models wrote is text and nothing else. */

import { partsOf } from "./conversation.js";
import { make } from "./dom.js";
import { kindOf } from "./problem.js";

/**
 * @typedef {import("./client.js").Citation} Citation
 * @typedef {import("./conversation.js").Exchange} Exchange
 * @typedef {import("./texts.js").Texts} Texts
 *
 * @typedef {object} Actions
 * @property {(question: string) => void} ask
 * @property {(exchange: Exchange) => void} again
 * @property {() => void} stop
 * @property {() => void} fresh
 * @property {() => void} close
 * @property {(citation: Citation, event: MouseEvent) => void} cite
 *
 * @typedef {object} Surroundings
 * @property {Texts} texts
 * @property {Actions} actions
 * @property {(citation: Citation) => { href: string, isHere: boolean }} placeOf Where a footnote leads to.
 * @property {() => string[]} suggestions What might be asked next.
 */

/**
 * The elements of an exchange.
 *
 * @param {Exchange} exchange
 * @param {Surroundings} surroundings
 * @param {boolean} isLast
 * @returns {HTMLElement[]}
 */
export function exchangeElements(exchange, surroundings, isLast) {
  const { texts } = surroundings;
  const question = make("p", { class: "question", dir: "auto" }, hidden(`${texts.you} `), exchange.question);
  const asked = exchange.answer?.asked;
  const understood =
    asked && asked !== exchange.question ? make("p", { class: "understood" }, texts.understood(asked)) : null;
  return [question, understood, make("div", { class: "reply" }, ...reply(exchange, surroundings, isLast))].filter(
    (element) => element !== null,
  );
}

/**
 * @param {Exchange} exchange
 * @param {Surroundings} surroundings
 * @param {boolean} isLast
 * @returns {(Node | null)[]}
 */
function reply(exchange, surroundings, isLast) {
  const { texts, actions } = surroundings;
  const again = () => make("button", { type: "button", class: "again", click: () => actions.again(exchange) }, texts.again);
  switch (exchange.state) {
    case "pending":
      return [exchange.text ? said(exchange, surroundings) : null, stage(exchange, texts)];
    case "stopped":
      return [
        exchange.text ? said(exchange, surroundings) : null,
        make("p", { class: "ended" }, texts.stopped, " ", again()),
      ];
    case "failed":
      return [
        exchange.text ? said(exchange, surroundings) : null,
        make("p", { class: "problem" }, problemText(exchange, texts), " ", again()),
      ];
    default:
      if (exchange.answer?.refused) return refusal(exchange, surroundings, isLast);
      return [said(exchange, surroundings), exchange.answer?.kind === "quote" ? null : notes(exchange, surroundings)];
  }
}

/**
 * Why there is no answer, in the reader's language where it is known.
 *
 * @param {Exchange} exchange
 * @param {Texts} texts
 */
export function problemText({ problem }, texts) {
  return problem ? (texts.problems[kindOf(problem.code)] ?? problem.message) : "";
}

/**
 * @param {Exchange} exchange
 * @param {Surroundings} surroundings
 */
function said({ text, citations, answer }, surroundings) {
  const parts = partsOf(text, citations).map((part) =>
    typeof part === "string" ? part : make("sup", {}, link(part, surroundings, "mark", String(part.number))),
  );
  if (answer?.kind !== "quote") return make("p", { class: "answer", dir: "auto" }, ...parts);
  return make(
    "div",
    { class: "quoting" },
    make("p", { class: "lead" }, surroundings.texts.says),
    make("blockquote", { class: "answer", dir: "auto" }, ...parts),
  );
}

/**
 * The footnotes under an answer, as on a printed page.
 *
 * @param {Exchange} exchange
 * @param {Surroundings} surroundings
 */
function notes({ citations }, surroundings) {
  if (citations.length === 0) return null;
  const { texts } = surroundings;
  const items = citations.map((one) =>
    make("li", {}, link(one, surroundings, "note", String(one.number), quoted(one, texts))),
  );
  return make("ol", { class: "notes", "aria-label": texts.footnotes }, ...items);
}

/**
 * @param {Exchange} exchange
 * @param {Surroundings} surroundings
 * @param {boolean} isLast Then it says what might be asked instead.
 */
function refusal({ answer }, surroundings, isLast) {
  const { texts, actions } = surroundings;
  const nearby = answer?.nearby ?? null;
  return [
    make("p", { class: "refusal" }, texts.refused),
    nearby &&
      make(
        "div",
        { class: "nearby" },
        make("p", { class: "lead" }, texts.nearby),
        link(nearby, surroundings, "note", null, quoted(nearby, texts)),
      ),
    isLast ? questionList(surroundings.suggestions(), texts, actions) : null,
  ];
}

/**
 * Questions to ask with one click.
 *
 * @param {string[]} questions
 * @param {Texts} texts
 * @param {Actions} actions
 */
export function questionList(questions, texts, actions) {
  if (questions.length === 0) return null;
  const items = questions.map((question) =>
    make("li", {}, make("button", { type: "button", class: "suggested", dir: "auto", click: () => actions.ask(question) }, question)),
  );
  return make("ul", { class: "suggestions", "aria-label": texts.suggestions }, ...items);
}

/**
 * @param {Exchange} exchange
 * @param {Texts} texts
 */
function stage({ stage: { name, position }, problem, ...exchange }, texts) {
  const told = position ? texts.queued(position) : (texts.stages[name] ?? texts.stages.sending ?? "");
  const words = problem ? problemText({ ...exchange, problem, stage: { name } }, texts) : told;
  const line = make("p", { class: "stage" }, make("span", { class: "dots", "aria-hidden": "true" }), words);
  if (problem?.until) {
    const seconds = Math.ceil((problem.until - Date.now()) / 1000);
    line.append(" ", make("span", { class: "retry" }, texts.retrying(seconds)));
  }
  return line;
}

/**
 * A footnote as a link: to its words on this page, or else on the server's page of the article.
 *
 * @param {Citation} citation
 * @param {Surroundings} surroundings
 * @param {"mark" | "note"} kind
 * @param {string | null} number
 * @param {HTMLElement | null} [words]
 */
function link(citation, { texts, actions, placeOf }, kind, number, words = null) {
  const { href, isHere } = placeOf(citation);
  const name = texts.footnote(citation.number, citation.quote) + (isHere ? "" : ` (${texts.elsewhere})`);
  return make(
    "a",
    {
      href,
      class: kind,
      target: "_blank",
      rel: "noopener noreferrer",
      title: kind === "mark" ? citation.quote : null,
      "aria-label": kind === "mark" ? name : null,
      "data-span": `${citation.article}#${citation.start}-${citation.end}`,
      click: (/** @type {MouseEvent} */ event) => actions.cite(citation, event),
    },
    number === null ? null : make("span", { class: "number" }, number),
    words,
    kind === "note" && !isHere ? hidden(` (${texts.elsewhere})`) : null,
  );
}

/**
 * The words of a footnote, after what they stand under if they are a part of a list or table.
 *
 * @param {Citation} citation
 * @param {Texts} texts
 */
function quoted({ quote, lead }, texts) {
  const words = make("q", {}, texts.quoted(quote));
  return lead ? make("span", {}, make("span", { class: "above" }, lead), " ", words) : words;
}

/** @param {string} text What only assistive technology says. */
function hidden(text) {
  return make("span", { class: "unseen" }, text);
}
