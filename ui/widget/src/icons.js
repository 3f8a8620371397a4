/** The few pictures, drawn in the colour of the text beside them. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: "M5.5 4h10A3.5 3.5 0 0 1 19 7.5v6a3.5 3.5 0 0 1-3.500 3.5H11l-4.600 3.500V17H5.500A3.500 3.500 0 0 1 2 13.500v-6A3.500 3.500 0 0 1 5.500 4ZM6.500 9h6M6.500 12.500h8M20.700 5.500V1.500l-1.500 1",
  close: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  fresh: "M12 5v14M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  back: "M12 19V5M6 11l6-6 6 6",
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * A picture that assistive technology passes over: what holds it has a name of its own.
 *
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon ${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
