// Hands the token from the frame's address to the widget: `#token=…` never leaves the browser.
(() => {
  "use strict";

  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("footnote-chat").setAttribute("token", token);
})();
