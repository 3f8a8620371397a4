// Asking: what is chosen rather than typed, and keeping the newest question in sight.
((page) => {
  "use strict";

  const CLOSED = ["answered", "stopped", "failed"];
  let chosen = "";
  let ended = ""; // the conversation that was there before the one begun anew
  const seen = { count: 0, conversation: "", html: "" };

  const exchanges = () => document.querySelectorAll("#log .exchange");
  const box = () => document.querySelector("#question textarea");
  const press = (name) => page.element(`press-${name}`)?.click();
  const isPending = () => {
    const last = [...exchanges()].at(-1);
    return Boolean(last) && !CLOSED.some((end) => last.classList.contains(end));
  };

  function ask(question) {
    chosen = question;
    press("choose");
    box()?.focus({ preventScroll: true });
  }

  function type(text) {
    const field = box();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function fresh() {
    [ended, seen.conversation] = [seen.conversation, ""];
    page.element("earlier").replaceChildren();
    press("clear");
    page.forget();
    box()?.focus({ preventScroll: true });
  }

  // Keeps what was answered and is no longer in the log, which begins anew when the server does.
  function keep(html) {
    const earlier = page.element("earlier");
    const note = document.createElement("p");
    note.className = "since";
    note.textContent = "From before the connection was lost. New questions do not lean on these answers.";
    earlier.querySelector(".since")?.remove();
    const kept = document.createElement("div");
    kept.innerHTML = html; // came from the log, where the server has escaped it
    for (const part of kept.querySelectorAll("[id]")) part.removeAttribute("id");
    for (const part of kept.querySelectorAll("[aria-describedby]")) part.removeAttribute("aria-describedby");
    const closed = kept.querySelectorAll(CLOSED.map((end) => `.exchange.${end}`).join());
    if (closed.length) earlier.append(...closed, note);
  }

  // A new question goes to the top, and there is room below it for whatever comes.
  function follow() {
    const all = exchanges();
    const talk = page.element("talk");
    const { dataset, innerHTML } = page.element("log").querySelector("[role=log]");
    const { conversation } = dataset; // what comes late may be of the one before
    if (conversation && conversation !== ended) {
      if (seen.conversation && conversation !== seen.conversation) keep(seen.html);
      [seen.conversation, seen.html] = [conversation, innerHTML];
    }
    if (all.length !== seen.count) {
      const last = [...all].at(-1);
      if (last) talk.scrollTop += last.getBoundingClientRect().top - talk.getBoundingClientRect().top;
      else talk.scrollTop = 0;
    }
    seen.count = all.length;
    page.point();
    page.rated();
  }

  function watch() {
    const talk = page.element("talk");
    talk.tabIndex = 0;
    talk.setAttribute("role", "region");
    talk.setAttribute("aria-label", "Questions and answers");
    new MutationObserver(follow).observe(page.element("log"), { childList: true, subtree: true, characterData: true });
    follow();
  }

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const question = target.closest("#talk :is(.suggestion, .again)");
    if (question) ask(question.dataset.question);
    if (target.closest("#fresh")) fresh();
    if (target.closest("#stop, #ask")) setTimeout(() => box()?.focus({ preventScroll: true }));
  });

  Object.assign(page, {
    ask,
    box,
    chosen: () => chosen,
    scope: () => page.element("scope")?.value ?? "",
    fresh,
    isPending,
    keep,
    log: () => [...document.querySelectorAll("#talk .exchange")].map((one) => one.outerHTML).join(""),
    press,
    type,
    watch,
  });
})((window.footnote ??= {}));
