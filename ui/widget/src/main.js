/** Defines `<footnote-chat>`, once however often a page loads this. */

import { FootnoteChat } from "./element.js";

if (!customElements.get("footnote-chat")) customElements.define("footnote-chat", FootnoteChat);
