/** Why there is no answer. */

/** Kinds of problems that pass by themselves. */
const PASSING = new Set(["unreachable", "busy", "rate_limited", "shutting_down", "not_ready"]);

/** Codes of the server that are one and the same to a reader. */
const KINDS = new Map([
  ["too_many_requests", "rate_limited"],
  ["too_many_streams", "rate_limited"],
  ["token_missing", "signed_out"],
  ["token_expired", "signed_out"],
  ["token_invalid", "signed_out"],
  ["foreign_origin", "forbidden"],
]);

/**
 * What a problem is to a reader.
 *
 * @param {string} code
 */
export function kindOf(code) {
  return KINDS.get(code) ?? code;
}

/** A problem with a stable code. */
export class Problem extends Error {
  /**
   * @param {string} code For programs; the server's, when it gave one.
   * @param {string} message Likewise for people.
   * @param {number | null} retryAfter Seconds after which asking again may help, if the server says so.
   */
  constructor(code, message, retryAfter = null) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again by itself may help. */
  get passes() {
    return PASSING.has(kindOf(this.code));
  }
}

/** The server was not there, or went away. */
export function unreachable() {
  return new Problem("unreachable", "The server can't be reached.");
}

/**
 * The problem that a response tells of.
 *
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
export async function problemOf(response) {
  const told = await response.json().catch(() => null);
  const { code, message } = told?.error ?? {};
  return new Problem(
    typeof code === "string" ? code : codeOf(response.status),
    typeof message === "string" ? message : `The server answered ${response.status}.`,
    retryAfter(response),
  );
}

/**
 * A code where there is none: what stands before the server, such as a proxy, has no codes of ours.
 *
 * @param {number} status
 */
function codeOf(status) {
  const codes = new Map([[401, "token_invalid"], [403, "forbidden"], [429, "rate_limited"]]);
  return codes.get(status) ?? ([502, 503, 504].includes(status) ? "unreachable" : "defect");
}

/** @param {Response} response */
function retryAfter(response) {
  const given = response.headers.get("retry-after");
  if (given === null) return null;
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : null;
}
