// The article pane: loads an article as text, and highlights the words that a footnote rests on.
(() => {
  "use strict";

  const element = (id) => document.getElementById(id);
  const wanted = { article: null, footnote: null };

  // Offsets from the server count code points; JavaScript strings count UTF-16 units.
  function units(text, points) {
    let at = 0;
    for (let left = points; left > 0 && at < text.length; left -= 1) {
      at += text.codePointAt(at) > 0xffff ? 2 : 1;
    }
    return at;
  }

  // Every character of the article is in the pane, once and in order: its textContent is the article's text.
  function fill(pane, text) {
    const lines = [];
    for (const [, line, ends] of text.matchAll(/([^\n]*)(\n*)/g)) {
      if (line) {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        lines.push(paragraph);
      }
      lines.push(ends);
    }
    pane.replaceChildren(...lines);
  }

  // True once the article is shown; false when something else was asked for meanwhile, or it can't be had.
  async function load(name) {
    const pane = element("article-text");
    wanted.article = name;
    if (pane.dataset.article === name) return true;
    const problem = element("article-problem");
    problem.hidden = true;
    try {
      const path = name.split("/").map(encodeURIComponent).join("/");
      const answer = await fetch(new URL("api/articles/" + path, document.baseURI));
      if (!answer.ok) throw new Error(String(answer.status));
      const article = await answer.json();
      if (wanted.article !== name) return false;
      element("article-name").textContent = article.name;
      fill(pane, article.text);
      pane.scrollTop = 0;
      pane.dataset.article = name;
      element("article-back").hidden = true;
      return true;
    } catch {
      problem.textContent = "The article can't be shown now. Load the page again.";
      problem.hidden = false;
      return false;
    }
  }

  function unmark(pane) {
    for (const mark of pane.querySelectorAll("mark")) {
      mark.replaceWith(...mark.childNodes);
    }
    pane.normalize();
  }

  // Wraps the span in a mark: one for each text node that it touches, as a span may run over paragraphs.
  function mark(pane, start, end) {
    unmark(pane);
    const text = pane.textContent;
    const from = units(text, start);
    const to = from + units(text.slice(from), end - start);
    const touched = [];
    const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode() && at < to; at += walker.currentNode.length) {
      const node = walker.currentNode;
      const range = [Math.max(from - at, 0), Math.min(to - at, node.length)];
      if (range[0] < range[1]) touched.push([node, ...range]);
    }
    return touched.map(([node, first, last]) => {
      const range = document.createRange();
      range.setStart(node, first);
      range.setEnd(node, last);
      const wrapper = document.createElement("mark");
      range.surroundContents(wrapper);
      return wrapper;
    });
  }

  async function open(footnote) {
    const { article, start, end } = footnote.dataset;
    const asked = { article, start, end };
    wanted.footnote = asked;
    point();
    if (!(await load(article)) || wanted.footnote !== asked) return;
    const [first] = mark(element("article-text"), Number(start), Number(end));
    if (!first) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    element("article-back").hidden = false;
  }

  function footnotes() {
    return [...document.querySelectorAll("#log button.footnote")];
  }

  function isWanted(button) {
    const { article, start, end } = wanted.footnote ?? {};
    return button.dataset.article === article && button.dataset.start === start && button.dataset.end === end;
  }

  // Tells which footnotes rest on the highlighted words.
  function point() {
    for (const button of footnotes()) {
      if (isWanted(button)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function back() {
    const button = footnotes().findLast(isWanted);
    (button ?? document.querySelector("#question textarea"))?.focus();
    button?.scrollIntoView({ block: "center" });
  }

  async function show(name) {
    wanted.footnote = null;
    point();
    unmark(element("article-text"));
    if (name) await load(name);
  }

  // The log keeps its end in sight, unless the reader has scrolled up.
  function follow(log) {
    let atEnd = true;
    const scrolls = () => log.querySelector("[role=log]");
    log.addEventListener("scroll", ({ target }) => {
      atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 40;
    }, true);
    new MutationObserver(() => {
      point();
      if (atEnd && scrolls()) scrolls().scrollTop = scrolls().scrollHeight;
    }).observe(log, { childList: true, subtree: true, characterData: true });
  }

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const footnote = target.closest("#log button.footnote");
    if (footnote) open(footnote);
    if (target.closest("#article-back")) back();
    if (target.closest("#stop, #fresh, #examples button")) {
      setTimeout(() => document.querySelector("#question textarea")?.focus({ preventScroll: true }));
    }
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target instanceof Element && target.closest("#article-text")) back();
  });

  // The page is put together by Gradio after this script has run.
  const started = new MutationObserver(() => {
    const pane = document.querySelector("#pane section.article");
    const log = element("log");
    if (!pane || !log) return;
    started.disconnect();
    follow(log);
    if (pane.dataset.first) load(pane.dataset.first);
  });
  started.observe(document.documentElement, { childList: true, subtree: true });

  window.footnote = { show };
})();
