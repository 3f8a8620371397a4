/** Reading server-sent events out of the body of a response. */

/** @typedef {{ name: string, data: string }} ServerEvent */

/** Seconds without a byte after which a stream counts as broken; the server sends something every ten. */
const SILENCE = 40;

/**
 * Every event of a stream, as it comes.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<ServerEvent, void, undefined>}
 */
export async function* eventsOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await heard(reader);
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = eventOf(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
async function heard(reader) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new TypeError("The stream has fallen silent.")), SILENCE * 1000);
  });
  try {
    return await /** @type {ReturnType<typeof reader.read>} */ (Promise.race([reader.read(), silence]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {string} block The lines of one event; a comment alone is none.
 * @returns {ServerEvent | null}
 */
function eventOf(block) {
  let name = "message";
  /** @type {string[]} */
  const data = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^(event|data): ?(.*)$/s.exec(line) ?? [];
    if (field === "event") name = value ?? name;
    if (field === "data") data.push(value ?? "");
  }
  return data.length > 0 ? { name, data: data.join("\n") } : null;
}
