// Footnotes: what they rest on is shown beside them, and in the article once they are chosen.
((page) => {
  "use strict";

  const GAP = 8;
  let wanted = null; // the span that is highlighted
  let origin = null; // the button that was chosen for it
  let shown = null; // the mark whose words are shown beside it
  let hiding = 0;

  const footnotes = () => [...document.querySelectorAll("#talk button.footnote")];

  function isWanted({ dataset }) {
    return wanted && ["article", "start", "end"].every((part) => dataset[part] === wanted[part]);
  }

  // Tells which footnotes rest on the highlighted words.
  function point() {
    for (const button of footnotes()) {
      if (isWanted(button)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function forget() {
    wanted = null;
    point();
  }

  function choose(button) {
    const { article, start, end } = button.dataset;
    const span = { article, start, end };
    [wanted, origin] = [span, button];
    hide();
    point();
    page.highlight(span, () => wanted === span);
  }

  function back() {
    if (page.closeSheet()) return;
    const button = origin?.isConnected ? origin : footnotes().findLast(isWanted);
    (button ?? document.querySelector("#question textarea"))?.focus();
    button?.scrollIntoView({ block: "nearest" });
  }

  function paragraph(text, kind) {
    const made = document.createElement("p");
    made.textContent = text;
    made.className = kind;
    return made;
  }

  function show(button) {
    clearTimeout(hiding);
    if (shown === button) return;
    hide();
    shown = button;
    const words = document.createElement("div");
    words.id = "words";
    words.role = "tooltip";
    words.append(paragraph(`“${button.dataset.quote}”`, "quote"), paragraph(button.dataset.place, "place"));
    document.querySelector(".gradio-container").append(words);
    button.setAttribute("aria-describedby", "words");
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = words;
    const left = Math.min(Math.max(12, at.left + at.width / 2 - width / 2), innerWidth - width - 12);
    const above = at.top - height - GAP;
    words.style.left = `${left}px`;
    words.style.top = `${above > 8 ? above : at.bottom + GAP}px`;
  }

  // True when there was something to hide.
  function hide() {
    clearTimeout(hiding);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    const words = page.element("words");
    words?.remove();
    return Boolean(words);
  }

  function over({ target, pointerType }) {
    if (pointerType !== "mouse" || !(target instanceof Element)) return;
    const button = target.closest("#talk .mark");
    if (button) show(button);
    else if (target.closest("#words")) clearTimeout(hiding);
    else if (shown) {
      clearTimeout(hiding);
      hiding = setTimeout(hide, 200);
    }
  }

  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("#talk .mark:focus-visible")) show(target);
    else if (shown) hide();
  });
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const footnote = target.closest("#talk button.footnote");
    if (footnote) choose(footnote);
    if (target.closest("#article-back")) back();
  });

  Object.assign(page, { point, forget, back, hideWords: hide });
})((window.footnote ??= {}));
