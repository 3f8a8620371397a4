// Keys, the help that names them, and the choice of dark or light.
((page) => {
  "use strict";

  const SINGLE = {
    "/": () => page.box()?.focus(),
    a: () => page.open(),
    N: () => page.fresh(), // not the small letter, for the conversation is gone then
    "?": () => help(),
  };

  const help = () => page.element("help").showModal();
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

  // One thing at a time, the nearest first.
  function escape(target) {
    if (document.querySelector("dialog[open]") || page.hideWords()) return;
    if (page.closeSheet()) return;
    if (target.closest("#article-text")) page.back();
    else if (page.isPending()) page.element("stop")?.click();
  }

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
    if (!(target instanceof Element) || isComposing) return;
    if (key === "Escape") escape(target);
    if (ctrlKey || metaKey || altKey || isTyping(target) || document.querySelector("dialog[open]")) return;
    if (!page.element("single-keys").checked || !Object.hasOwn(SINGLE, key)) return;
    event.preventDefault();
    SINGLE[key]();
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("#open-help")) help();
    if (target.closest("#theme")) document.body.classList.toggle("dark");
    if (target.matches("dialog[open]")) target.close();
  });
})((window.footnote ??= {}));
