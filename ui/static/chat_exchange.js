// Taking an answer along: copied with its quotes, or the whole conversation as Markdown.
((page) => {
  "use strict";

  const MARKERS = /\s*\[(\d{1,4})\]/g;
  const record = (exchange) => JSON.parse(exchange.dataset.record);

  function place({ article, page: number, section }) {
    return [article, number && `page ${number}`, section].filter(Boolean).join(", ");
  }

  const oneLine = (text) => text.split(/\s+/).join(" ").trim();

  function plain({ question, answer, refused, citations, nearby }) {
    const notes = citations.map((one) => `[${one.number}] “${oneLine(one.quote)}” (${place(one)})`);
    if (refused && nearby) notes.push(`Nearest in the article: “${oneLine(nearby.quote)}” (${place(nearby)})`);
    return [question, answer, ...(notes.length ? [notes.join("\n")] : [])].join("\n\n");
  }

  const escaped = (text) => oneLine(text).replace(/[\\`*_{}[\]<>#|~!&]/g, "\\$&");

  // One exchange as Markdown; the numbers of its footnotes are told apart from those of the others.
  function markdown({ question, asked, answer, refused, citations, nearby }, number) {
    const known = new Set(citations.map((one) => String(one.number)));
    const lines = [`## ${escaped(question)}`];
    if (asked !== question) lines.push(`*Understood as: ${escaped(asked)}*`);
    let [text, end] = ["", 0];
    for (const match of answer.matchAll(MARKERS)) {
      if (!known.has(match[1])) continue;
      text += `${escaped(answer.slice(end, match.index))}[^${number}-${match[1]}]`;
      if (/^\s*[^\s[]/.test(answer.slice(match.index + match[0].length))) text += " ";
      end = match.index + match[0].length;
    }
    lines.push(text + escaped(answer.slice(end)));
    if (refused && nearby) {
      lines.push("Nearest in the article:", `> ${escaped(nearby.quote)}\n>\n> ${escaped(place(nearby))}`);
    }
    for (const one of citations) {
      lines.push(`[^${number}-${one.number}]: “${escaped(one.quote)}” (${escaped(place(one))})`);
    }
    return lines.join("\n\n");
  }

  function whole() {
    const records = [...document.querySelectorAll("#talk .exchange[data-record]")].map(record);
    const day = new Date().toISOString().slice(0, 10);
    const parts = [`# Footnote, ${day}`, ...records.map((one, at) => markdown(one, at + 1))];
    return { day, count: records.length, text: parts.join("\n\n") };
  }

  function save() {
    const { day, count, text } = whole();
    if (!count) {
      page.tell("There is no answer to save yet.");
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/markdown" }));
    link.download = `footnote-${day}.md`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    page.tell("The conversation is saved.");
  }

  // The clipboard proper is there over HTTPS and on this machine alone; elsewhere the old way still works.
  async function put(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  }

  async function copy(button) {
    try {
      await put(plain(record(button.closest(".exchange"))));
      page.tell("Copied.");
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    } catch {
      page.tell("The browser did not allow copying.");
    }
    button.focus();
  }

  // Says it to those who hear and to those who see.
  function tell(text) {
    const told = page.element("told");
    told.textContent = "";
    setTimeout(() => (told.textContent = text));
    clearTimeout(tell.ending);
    tell.ending = setTimeout(() => (told.textContent = ""), 4000);
  }

  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest("#talk .copy");
    if (button) copy(button);
    if (target.closest("#export")) save();
  });

  Object.assign(page, { record, tell });
})((window.footnote ??= {}));
