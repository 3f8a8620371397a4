/** The text of a page in a form that can be compared, with a way back to its nodes. */

/** What marks nothing on paper: white space, soft hyphens, zero-width and direction marks, variation selectors. */
const NOTHING = /[\s\p{Cc}\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const ALIKE = new Map([
  ...Array.from("‘’‚‛‹›`´ʼʹ′", (mark) => /** @type {const} */ ([mark, "'"])),
  ...Array.from("“”„‟«»″", (mark) => /** @type {const} */ ([mark, '"'])),
  ...Array.from("‐‑‒–—―−﹣－", (mark) => /** @type {const} */ ([mark, "-"])),
]);
const PASSED_OVER = new Set(
  "SCRIPT STYLE TEMPLATE NOSCRIPT TEXTAREA SELECT IFRAME OBJECT VIDEO AUDIO CANVAS RT RP FOOTNOTE-CHAT".split(" "),
);

/**
 * @typedef {object} Folded
 * @property {string} text In one form for each character, quote and dash; without case; without any white space, as
 *   its place differs between an article's text and its layout.
 * @property {Set<number>} gaps The units before which white space or the edge of a block stands.
 *
 * @typedef {object} Places
 * @property {Text[]} nodes
 * @property {number[]} node For each unit of the text: the place of its node in `nodes`,
 * @property {number[]} start where in that node the characters that it stands for begin,
 * @property {number[]} end and where they end.
 *
 * @typedef {Folded & Places} PageText
 */

/** @param {string} cluster A character with its combining marks. */
function foldedCluster(cluster) {
  if (cluster.length === 1 && cluster > " " && cluster < "\x7f" && cluster !== "`") return cluster.toLowerCase();
  return (ALIKE.get(cluster) ?? cluster).normalize("NFKD").replace(NOTHING, "").toLowerCase();
}

/** Text that is folded piece by piece. */
class Folding {
  /** @type {string[]} */
  #pieces = [];
  #length = 0;
  /** @type {Set<number>} */
  gaps = new Set();

  get text() {
    return this.#pieces.join("");
  }

  /** Notes that words end here. */
  gap() {
    this.gaps.add(this.#length);
  }

  /**
   * Takes more text; tells for each unit of the folded text for which characters it stands.
   *
   * @param {string} text
   * @param {(start: number, end: number) => void} [stands]
   */
  take(text, stands = () => {}) {
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const units = foldedCluster(cluster);
      if (!units && /\s/.test(cluster)) this.gap();
      for (let unit = 0; unit < units.length; unit += 1) stands(index, index + cluster.length);
      this.#pieces.push(units);
      this.#length += units.length;
    }
  }
}

/**
 * A plain text, folded.
 *
 * @param {string} text
 * @returns {Folded}
 */
export function foldedText(text) {
  const folding = new Folding();
  folding.take(text);
  return { text: folding.text, gaps: folding.gaps };
}

/**
 * The text that a reader sees in these elements.
 *
 * @param {Iterable<Element>} roots
 * @returns {PageText}
 */
export function pageText(roots) {
  const reader = new Reader();
  for (const root of roots) {
    reader.folding.gap();
    reader.read(root);
  }
  const { text, gaps } = reader.folding;
  return { text, gaps, ...reader.places };
}

class Reader {
  folding = new Folding();
  places = {
    nodes: /** @type {Text[]} */ ([]),
    node: /** @type {number[]} */ ([]),
    start: /** @type {number[]} */ ([]),
    end: /** @type {number[]} */ ([]),
  };

  /** @param {Node} node */
  read(node) {
    if (node instanceof Text) this.#text(node);
    else if (node instanceof Element && !PASSED_OVER.has(node.tagName.toUpperCase())) this.#element(node);
  }

  /** @param {Element} element */
  #element(element) {
    const { display } = getComputedStyle(element);
    if (display === "none") return;
    const isBlock = !/^(inline|contents|ruby)/.test(display) || element.tagName === "BR";
    if (isBlock) this.folding.gap();
    element.childNodes.forEach((child) => this.read(child));
    if (isBlock) this.folding.gap();
  }

  /** @param {Text} text */
  #text(text) {
    if (!text.data || (text.parentElement && getComputedStyle(text.parentElement).visibility !== "visible")) return;
    const { nodes, node, start, end } = this.places;
    nodes.push(text);
    this.folding.take(text.data, (first, last) => {
      node.push(nodes.length - 1);
      start.push(first);
      end.push(last);
    });
  }
}

/**
 * The place in the document of so many units of a page's text.
 *
 * @param {PageText} page
 * @param {number} at
 * @param {number} length
 * @returns {Range}
 */
export function rangeOf(page, at, length) {
  const last = at + length - 1;
  const range = document.createRange();
  range.setStart(/** @type {Text} */ (page.nodes[page.node[at] ?? 0]), page.start[at] ?? 0);
  range.setEnd(/** @type {Text} */ (page.nodes[page.node[last] ?? 0]), page.end[last] ?? 0);
  return range;
}
