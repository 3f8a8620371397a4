// Highlights the words that the address names, `#START-END` in code points of the article's text, and goes there.
(() => {
  "use strict";

  // The server counts code points; JavaScript strings count UTF-16 units.
  function units(text, points) {
    let at = 0;
    for (let left = points; left > 0 && at < text.length; left -= 1) {
      at += text.codePointAt(at) > 0xffff ? 2 : 1;
    }
    return at;
  }

  function unmark() {
    for (const mark of document.querySelectorAll("#article mark")) {
      const parent = mark.parentElement;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  // One mark in each block that the span touches.
  function mark(start, end) {
    const marks = [];
    if (start >= end) return marks;
    for (const block of document.querySelectorAll("#article [data-start]")) {
      const [first, last] = [Number(block.dataset.start), Number(block.dataset.end)];
      if (last <= start || end <= first) continue;
      const text = block.firstChild;
      const range = document.createRange();
      range.setStart(text, units(text.data, start - first));
      range.setEnd(text, units(text.data, end - first));
      const wrapped = document.createElement("mark");
      range.surroundContents(wrapped);
      marks.push(wrapped);
    }
    return marks;
  }

  function show() {
    unmark();
    const span = /^#(\d{1,12})-(\d{1,12})$/.exec(location.hash);
    const [first] = span ? mark(Number(span[1]), Number(span[2])) : [];
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center" });
  }

  addEventListener("hashchange", show);
  show();
})();
