// Adding articles: a button, or a file that is dropped on the page; how far it is; then it is there to be asked about.
((page) => {
  "use strict";

  const STEPS = { read: "Reading", embed: "Taking in" };
  let running = null;

  const isOffered = () => Boolean(page.element("add"));
  const problem = (text) => (page.element("adding-problem").textContent = text);

  function step(name, { step: now, done, total }) {
    const bar = page.element("adding-progress");
    page.element("adding-step").textContent = `${STEPS[now] ?? "Sending"} ${name}`;
    page.element("adding-cancel").hidden = Boolean(now); // the server takes in to the end what it has got
    if (total) [bar.max, bar.value] = [total, done];
    else bar.removeAttribute("value");
  }

  // The events of a response, as they come.
  async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value.replaceAll("\r", "");
      const whole = text.split("\n\n");
      text = whole.pop();
      for (const lines of whole) {
        const name = /^event: ?(.*)$/m.exec(lines)?.[1];
        const data = [...lines.matchAll(/^data: ?(.*)$/gm)].map((match) => match[1]).join("\n");
        if (name) yield { name, data: JSON.parse(data) };
      }
    }
  }

  async function send(file) {
    step(file.name, {});
    const response = await fetch(new URL(`api/articles/${encodeURIComponent(file.name)}`, document.baseURI), {
      method: "PUT",
      headers: { "content-type": "application/octet-stream" },
      body: file,
      signal: running.signal,
    });
    if (!response.ok) {
      const told = await response.json().catch(() => null);
      throw new Error(told?.error?.message ?? "It could not be added.");
    }
    for await (const { name, data } of events(response)) {
      if (name === "progress") step(file.name, data);
      if (name === "error") throw new Error(data.message);
      if (name === "done") return data.name;
    }
    throw new Error("The server ended before the article was added.");
  }

  async function add(files) {
    if (running || !files.length) return;
    running = new AbortController();
    problem("");
    page.element("adding").hidden = false;
    const problems = [];
    for (const file of files) {
      if (running.signal.aborted) break;
      try {
        const name = await send(file);
        await page.renew(name);
        page.press("settle");
        page.tell(`${name} can be asked about.`);
      } catch (error) {
        const told = error.constructor === Error ? error.message : "The server can't be reached. Add it again in a moment.";
        if (error.name !== "AbortError") problems.push(`${file.name}: ${told}`);
        problem(problems.join(" "));
      }
    }
    page.element("adding").hidden = true;
    running = null;
  }

  const carries = (event) => isOffered() && event.dataTransfer?.types.includes("Files");

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("#add")) page.element("file").click();
    if (target.closest("#adding-cancel")) {
      running?.abort();
      page.element("add").focus();
    }
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "file") return;
    add([...target.files]);
    target.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    document.documentElement.classList.add("dropping");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) document.documentElement.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.documentElement.classList.remove("dropping");
    if (!carries(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
})((window.footnote ??= {}));
