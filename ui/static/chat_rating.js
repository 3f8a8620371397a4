// Rating an answer: the thumb, a few words if someone likes, and sending them.
((page) => {
  "use strict";

  const given = new Map(); // what was rated how, by its record
  let rating = null;

  // The log forgets which thumbs are pressed whenever it changes.
  function rated() {
    for (const button of document.querySelectorAll("#talk .rate")) {
      const mine = given.get(button.closest(".exchange").dataset.record) === button.dataset.rating;
      button.setAttribute("aria-pressed", String(mine));
    }
  }

  function begin(button) {
    const exchange = button.closest(".exchange");
    rating = { button, key: exchange.dataset.record, record: page.record(exchange), rating: button.dataset.rating };
    page.element("rating-name").textContent = rating.rating === "up" ? "A good answer" : "A bad answer";
    page.element("comment").value = "";
    page.element("rating-problem").textContent = "";
    page.element("rating").showModal();
  }

  async function send() {
    const { asked: question, answer, refused, article } = rating.record;
    const citations = rating.record.citations.map((one) => {
      return { article: one.article, start: one.start, end: one.end, quote: one.quote };
    });
    const comment = page.element("comment").value.trim();
    const body = { rating: rating.rating, question, answer, refused, article, citations, ...(comment && { comment }) };
    const answered = await fetch(new URL("api/feedback", document.baseURI), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answered.ok) return;
    const told = await answered.json().catch(() => null);
    throw new Error(told?.error?.message ?? "It could not be sent. Try again in a moment.");
  }

  document.addEventListener("submit", async (event) => {
    if (!event.target.closest("#rating")) return;
    event.preventDefault();
    try {
      await send();
      given.set(rating.key, rating.rating);
      page.element("rating").close();
      rated();
      page.tell("Thank you.");
    } catch (error) {
      const lost = "The server can't be reached. Try again in a moment.";
      const told = error.constructor === Error ? error.message : lost;
      page.element("rating-problem").textContent = told;
    }
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest("#talk .rate");
    if (button) begin(button);
    if (target.closest("#rating-cancel")) page.element("rating").close();
  });

  Object.assign(page, { rated });
})((window.footnote ??= {}));
