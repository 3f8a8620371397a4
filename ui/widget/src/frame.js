/** Where the chat stands: in a dialog that a launcher opens, or in the page. */

import { make, setAttribute } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {import("./attributes.js").Options} Options
 * @typedef {import("./texts.js").Texts} Texts
 */

const NARROW = "(max-width: 480px), (max-height: 420px)";

/** The launcher, the dialog and the section, of which those are shown that the mode wants. */
export class Frame {
  /** @type {Texts | null} */
  #texts = null;
  #isInline = false;
  #hasNews = false;
  #isAway = false;

  /**
   * @param {HTMLElement} chat
   * @param {{ open: () => void, close: () => void, back: () => void }} actions
   */
  constructor(chat, actions) {
    this.chat = chat;
    this.actions = actions;
    this.narrow = matchMedia(NARROW);
    this.launcher = make("button", { type: "button", class: "launcher", click: () => this.#launched() });
    this.dialog = make("dialog", { class: "frame", "aria-labelledby": "heading", popover: "manual" });
    this.section = make("section", { class: "frame", "aria-labelledby": "heading" });
    this.layer = make("div", { class: "layer", "aria-hidden": "true" });
    this.element = make("div", { class: "root" }, this.layer, this.launcher, this.dialog, this.section);
    this.dialog.addEventListener("keydown", (event) => this.#pressed(event));
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      actions.close();
    });
  }

  /** Whether the dialog is shown. */
  get isOpen() {
    return this.dialog.open || this.dialog.matches(":popover-open");
  }

  /** Whether the chat is shown, in the dialog or in the page. */
  get isShown() {
    return this.#isInline || this.isOpen;
  }

  /**
   * Takes on the page's options and a language.
   *
   * @param {Options} options
   * @param {Texts} texts
   * @param {string} language
   * @param {string} layer The page's z-index for the launcher; when there is none it lies above everything.
   */
  arrange({ mode, position, theme }, texts, language, layer) {
    this.#texts = texts;
    this.#isInline = mode === "inline";
    Object.assign(this.element.dataset, { mode, position, theme });
    this.element.lang = language;
    const home = this.#isInline ? this.section : this.dialog;
    if (this.chat.parentNode !== home) home.append(this.chat);
    if (this.#isInline) this.hide();
    this.section.hidden = !this.#isInline;
    setAttribute(this.launcher, "popover", layer ? null : "manual");
    this.#label();
  }

  /**
   * Shows the dialog.
   *
   * @param {boolean} takesFocus
   */
  show(takesFocus) {
    if (this.#isInline || this.isOpen || !this.dialog.isConnected) return;
    this.dialog.inert = true; // else showing it would move the focus
    if (this.narrow.matches) this.dialog.showModal();
    else this.dialog.showPopover();
    this.dialog.inert = false;
    this.#hasNews = false;
    this.away(false);
    if (takesFocus) this.chat.querySelector("textarea")?.focus({ preventScroll: true });
  }

  /** Hides the dialog. */
  hide() {
    const hadFocus = this.dialog.contains(this.#focused());
    if (this.dialog.open) this.dialog.close();
    else if (this.dialog.matches(":popover-open")) this.dialog.hidePopover();
    this.#label();
    if (hadFocus && !this.#isInline) this.launcher.focus({ preventScroll: true });
  }

  /** Shows the dialog again after the element was moved, or the window has become narrow or wide. */
  restore() {
    if (!this.isOpen) return;
    const focused = this.#focused();
    this.hide();
    this.show(false);
    if (focused && this.dialog.contains(focused)) focused.focus({ preventScroll: true });
  }

  /** Tells on the launcher that there is an answer, if nobody sees it. */
  news() {
    this.#hasNews = !this.#isInline && !this.isOpen;
    this.#label();
  }

  /**
   * Says that the reader was led away from the chat: the launcher then leads back.
   *
   * @param {boolean} isAway
   */
  away(isAway) {
    this.#isAway = isAway;
    this.#label();
  }

  /** Whether so much of a place lies under the dialog that it can't be read. */
  covers(/** @type {Range} */ range) {
    if (!this.isOpen) return false;
    if (this.narrow.matches) return true;
    const frame = this.dialog.getBoundingClientRect();
    const place = range.getBoundingClientRect();
    const under = Math.min(frame.right, place.right) - Math.max(frame.left, place.left);
    return under > place.width / 3;
  }

  #launched() {
    if (this.#isAway) this.actions.back();
    else if (this.isOpen) this.actions.close();
    else this.actions.open();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.actions.close();
  }

  #focused() {
    const focused = /** @type {ShadowRoot | Document} */ (this.element.getRootNode()).activeElement;
    return focused instanceof HTMLElement ? focused : null;
  }

  #label() {
    const texts = this.#texts;
    if (!texts) return;
    const { launcher, isOpen } = this;
    const text = this.#isAway ? texts.back : isOpen ? texts.close : this.#hasNews ? texts.launcherNew : texts.launcher;
    launcher.replaceChildren(icon(this.#isAway ? "back" : isOpen ? "down" : "chat"), ...(this.#isAway ? [text] : []));
    setAttribute(launcher, "aria-label", this.#isAway ? null : text);
    setAttribute(launcher, "title", this.#isAway ? null : text);
    setAttribute(launcher, "aria-expanded", this.#isAway ? null : String(isOpen));
    setAttribute(launcher, "aria-haspopup", this.#isAway ? null : "dialog");
    launcher.classList.toggle("news", this.#hasNews);
    launcher.classList.toggle("away", this.#isAway);
    launcher.hidden = this.#isInline && !this.#isAway;
    if (launcher.popover === null || !launcher.isConnected) return;
    if (launcher.hidden !== launcher.matches(":popover-open")) return;
    if (launcher.hidden) launcher.hidePopover();
    else launcher.showPopover();
  }
}
