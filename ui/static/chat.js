// Begins once the page is there: Gradio puts it together after these scripts have run.
((page) => {
  "use strict";

  const parts = ["article-text", "talk", "log", "help", "scope", "press-choose"];
  const started = new MutationObserver(() => {
    if (!parts.every(page.element) || !document.querySelector("#log [role=log]") || !page.box()) return;
    started.disconnect();
    page.watch();
    page.list();
    page.watchConnection();
  });
  started.observe(document.documentElement, { childList: true, subtree: true });
})((window.footnote ??= {}));
