// The articles: a choice of all, the text of one, and the words in it that a footnote rests on.
((page) => {
  "use strict";

  const narrow = matchMedia("(max-width: 799px)");
  const element = (id) => document.getElementById(id);
  let wanted = null; // the article that shall be shown
  let opener = null; // what opened the sheet

  // Offsets from the server count code points; JavaScript strings count UTF-16 units.
  function units(text, points) {
    let at = 0;
    for (let left = points; left > 0 && at < text.length; left -= 1) {
      at += text.codePointAt(at) > 0xffff ? 2 : 1;
    }
    return at;
  }

  const path = (name) => name.split("/").map(encodeURIComponent).join("/");
  const address = (name) => new URL("api/articles/" + path(name), document.baseURI);

  // Every character of the article is in the pane, once and in order: its textContent is the article's text.
  function fill(text) {
    const lines = [];
    for (const [, line, ends] of text.matchAll(/([^\n]*)(\n*)/g)) {
      if (line) {
        const paragraph = document.createElement("p");
        paragraph.textContent = line;
        lines.push(paragraph);
      }
      lines.push(ends);
    }
    element("article-text").replaceChildren(...lines);
  }

  // True once the article is shown; false when something else was asked for meanwhile, or it can't be had.
  async function load(name) {
    const pane = element("article-text");
    wanted = name;
    if (pane.dataset.article === name) return true;
    element("article-problem").textContent = "";
    try {
      const given = await fetch(address(name));
      if (!given.ok) throw new Error(String(given.status));
      const article = await given.json();
      if (wanted !== name) return false;
      fill(article.text);
      pane.scrollTop = 0;
      pane.dataset.article = name;
      element("article-name").textContent = name;
      element("article-choice").value = name;
      stand(name);
      element("article-back").hidden = true;
      return true;
    } catch {
      element("article-problem").textContent = "The article can't be shown now. Choose it again in a moment.";
      return false;
    }
  }

  // The link to the article's own page, with the words that are highlighted here.
  function stand(name, start, end) {
    const fragment = start === undefined ? "" : `#${start}-${end}`;
    element("article-alone").href = new URL(`articles/${path(name)}${fragment}`, document.baseURI);
  }

  function unmark() {
    const pane = element("article-text");
    for (const mark of pane.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
    pane.normalize();
    element("article-back").hidden = true;
  }

  // Wraps the span in a mark: one for each text node that it touches, as a span may run over paragraphs.
  function mark(start, end) {
    unmark();
    const pane = element("article-text");
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

  // Shows the words that a footnote rests on; `still` tells whether they are still wanted.
  async function highlight({ article, start, end }, still) {
    openSheet();
    if (!(await load(article)) || !still()) return;
    const [first] = mark(Number(start), Number(end));
    if (!first) return;
    stand(article, start, end);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    element("article-back").hidden = false;
  }

  const isOpen = () => document.documentElement.classList.contains("sheet");

  // Where there is no room for a pane it is a sheet over the page, and the page behind it can't be reached.
  function setSheet(open) {
    document.documentElement.classList.toggle("sheet", open);
    for (const id of ["masthead", "chat"]) element(id).inert = open;
    const pane = document.querySelector("section.article");
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (open) pane.setAttribute(name, value);
      else pane.removeAttribute(name);
    }
  }

  function openSheet() {
    if (!narrow.matches || isOpen()) return;
    opener = document.activeElement;
    setSheet(true);
    element("article-close").focus();
  }

  // Closes the sheet; the focus returns to what opened it. False when there was none.
  function closeSheet() {
    if (!isOpen()) return false;
    setSheet(false);
    opener?.focus();
    return true;
  }

  function open() {
    openSheet();
    if (!isOpen()) element("article-text").focus();
  }

  async function show(name) {
    page.forget();
    unmark();
    await load(name);
  }

  function option(name) {
    const made = document.createElement("option");
    made.value = made.textContent = name;
    return made;
  }

  // Learns which articles there are, for both choices.
  async function list() {
    try {
      const given = await fetch(new URL("api/articles", document.baseURI));
      const { articles } = await given.json();
      const [choice, scope] = [element("article-choice"), element("scope")];
      const [read, asked] = [choice.value, scope.value];
      choice.replaceChildren(...articles.map(option));
      choice.value = articles.includes(read) ? read : (articles[0] ?? "");
      scope.replaceChildren(scope.options[0], ...articles.map(option));
      scope.value = articles.includes(asked) ? asked : "";
      scope.parentElement.hidden = articles.length < 2;
      if (articles.length === 0) throw new Error("none");
      if (!wanted) await load(articles[0]);
    } catch (error) {
      const none = "There is no article yet.";
      element("article-problem").textContent =
        error.message === "none" ? none : "The articles can't be listed now. Load the page again in a moment.";
    }
  }

  document.addEventListener("change", ({ target }) => {
    if (target.id === "article-choice") show(target.value);
    if (target.id === "scope" && target.value) show(target.value);
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("#open-article")) open();
    if (target.id === "panes" || target.closest("#article-close")) closeSheet();
  });
  narrow.addEventListener("change", () => isOpen() && setSheet(false));

  // An article that has come anew takes the place of one of its name that is shown.
  async function renew(name) {
    delete element("article-text").dataset.article;
    await list();
    await show(name);
  }

  Object.assign(page, { element, highlight, closeSheet, open, list, renew });
})((window.footnote ??= {}));
