// The connection: says when the server is gone and when it is back, and asks again what was not answered.
((page) => {
  "use strict";

  const KEPT = "footnote.conversation"; // only while the page is loaded again, and only in this tab
  const LOOK = 2_000;
  const IDLE = 15_000;
  const PATIENCE = 5_000; // a question that is being answered shows something new every second
  let state = "here";
  let heard = Date.now();
  let looked = Date.now();
  let asking = "";

  const unanswered = () => {
    const last = [...document.querySelectorAll("#log .exchange")].at(-1);
    return page.isPending() ? last.querySelector(".question").lastChild.textContent : "";
  };

  async function answers() {
    try {
      return (await fetch(new URL("livez", document.baseURI), { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  }

  function tell(now) {
    if (state === now) return;
    state = now;
    const banner = page.element("connection");
    banner.replaceChildren();
    if (now === "gone") banner.textContent = "The server can't be reached. This page keeps trying.";
    if (now === "back") {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = asking ? "Ask again" : "Go on";
      button.addEventListener("click", () => again(asking));
      banner.append("The server is back. ", button);
    }
  }

  // A page of Gradio's does nothing more once its connection broke: it is loaded again, with what was on it.
  function again(question) {
    sessionStorage.setItem(KEPT, JSON.stringify({ log: page.log(), question, typed: page.box().value }));
    location.reload();
  }

  function restore() {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    if (!kept) return;
    const { log, question, typed } = JSON.parse(kept);
    if (log) page.keep(log);
    if (question) page.ask(question);
    else if (typed) page.type(typed);
  }

  async function look() {
    const now = Date.now();
    const stuck = (page.isPending() || asking) && now - heard > PATIENCE;
    const due = state !== "here" || stuck || (!document.hidden && now - looked > IDLE);
    if (!due || state === "back") return;
    looked = now;
    const there = await answers();
    asking = unanswered() || asking;
    if (!there) tell("gone");
    else if (state === "gone" || stuck) tell("back");
  }

  // The log has changed: the server is here.
  function hear() {
    heard = Date.now();
    asking = "";
    tell("here");
  }

  // Typed while the server is away or just back: it is asked once that is possible.
  function hold(event) {
    const { target, key, shiftKey, isComposing, type } = event;
    if (!(target instanceof Element)) return;
    const enters = type === "keydown" && key === "Enter" && !shiftKey && !isComposing && target.closest("#question");
    const presses = type === "click" && target.closest("#ask, #talk :is(.suggestion, .again)");
    if (!enters && !presses) return;
    const question = (presses && presses.dataset.question) || page.box().value.trim();
    if (state === "here") {
      [asking, heard] = [question, Date.now()];
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    asking = question || asking;
    if (state === "back") again(asking);
  }

  function watch() {
    new MutationObserver(hear).observe(page.element("log"), { childList: true, subtree: true, characterData: true });
    setInterval(look, LOOK);
    restore();
  }

  for (const type of ["keydown", "click"]) document.addEventListener(type, hold, { capture: true });

  page.watchConnection = watch;
})((window.footnote ??= {}));
