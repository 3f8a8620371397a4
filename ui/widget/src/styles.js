/** The style sheets of the widget's own tree; made by script, so that a strict policy of the page allows them. */

import chat from "./style/chat.css";
import frame from "./style/frame.css";
import messages from "./style/messages.css";

/** @type {CSSStyleSheet[] | null} */
let sheets = null;

/** All style sheets; every widget of a page shares them. */
export function styles() {
  sheets ??= [frame, chat, messages].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  return sheets;
}
