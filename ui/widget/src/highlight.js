/** Showing a place of the page, without a change to its elements. */

const NAME = "footnote-quote";

/** @typedef {{ mark: string, ink: string }} Colours */

/** The style of the highlight, in each tree that has shown one. */
const sheet = new CSSStyleSheet();

/** @type {{ owner: object, hide: () => void } | null} */
let shown = null;

/**
 * Highlights a place; what was highlighted before is so no more.
 *
 * @param {Range} range
 * @param {Colours} colours
 * @param {object} owner Who may take it away again.
 * @param {HTMLElement} layer Where bars are drawn if the browser has no highlights of its own.
 */
export function highlight(range, colours, owner, layer) {
  shown?.hide();
  shown = { owner, hide: globalThis.CSS?.highlights ? marked(range, colours) : drawn(range, layer) };
}

/**
 * Takes the highlight away.
 *
 * @param {object} owner
 */
export function unhighlight(owner) {
  if (shown?.owner !== owner) return;
  shown.hide();
  shown = null;
}

/**
 * @param {Range} range
 * @param {Colours} colours
 */
function marked(range, { mark, ink }) {
  const tree = /** @type {Document | ShadowRoot} */ (range.startContainer.getRootNode());
  sheet.replaceSync(`::highlight(${NAME}) { background-color: ${colour(mark)}; color: ${colour(ink)}; }`);
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets.push(sheet);
  CSS.highlights.set(NAME, new Highlight(range));
  return () => {
    CSS.highlights.delete(NAME);
    tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

/** @param {string} value */
function colour(value) {
  return CSS.supports("color", value) ? value : "inherit";
}

/**
 * @param {Range} range
 * @param {HTMLElement} layer
 */
function drawn(range, layer) {
  const draw = () => {
    // The layer fills the window, unless an element around it is transformed.
    const around = layer.getBoundingClientRect();
    const bars = [...range.getClientRects()].map(({ left, top, width, height }) => {
      const bar = document.createElement("div");
      const place = { left: left - around.left, top: top - around.top, width, height };
      // Properties set by a script are no style attribute: a strict policy of the page allows them.
      for (const [name, pixels] of Object.entries(place)) bar.style.setProperty(name, `${pixels}px`);
      return bar;
    });
    layer.replaceChildren(...bars);
  };
  const over = new AbortController();
  const moves = { capture: true, passive: true, signal: over.signal };
  document.addEventListener("scroll", draw, moves);
  window.addEventListener("resize", draw, moves);
  draw();
  return () => {
    over.abort();
    layer.replaceChildren();
  };
}

/**
 * Scrolls a place into the middle of the window, and of every box that scrolls around it.
 *
 * @param {Range} range
 */
export function reveal(range) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (let box = range.startContainer.parentElement; box; box = box.parentElement) {
    if (box === document.body || box === document.documentElement) break;
    const { overflowY } = getComputedStyle(box);
    if (!/auto|scroll/.test(overflowY) || box.scrollHeight <= box.clientHeight) continue;
    const { top, height } = box.getBoundingClientRect();
    box.scrollBy({ top: aside(range, top, height), behavior: "instant" });
  }
  window.scrollBy({ top: aside(range, 0, window.innerHeight), behavior: calm ? "instant" : "smooth" });
}

/**
 * How far a place is from the middle of a box; from its upper quarter if it is long.
 *
 * @param {Range} range
 * @param {number} top
 * @param {number} height
 */
function aside(range, top, height) {
  const place = range.getBoundingClientRect();
  return place.top - top - Math.max((height - place.height) / 2, height / 4);
}
