/** Trying again what fails only for a while. */

import { Problem } from "./problem.js";

/** Seconds that a wait asked for by the server may last, and that all waits together may. */
const LONGEST = 60;
const ALTOGETHER = 150;

/**
 * What `attempt` gives in the end.
 *
 * @template Value
 * @param {() => Promise<Value>} attempt
 * @param {(problem: Problem, seconds: number) => void} waits Is told of every wait before a new attempt.
 * @param {AbortSignal} signal
 * @returns {Promise<Value>}
 */
export async function patiently(attempt, waits, signal) {
  let waited = 0;
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem) || !error.passes) throw error;
      const seconds = error.retryAfter ?? backoff(failures);
      if (seconds > LONGEST || waited + seconds > ALTOGETHER) throw error;
      waited += seconds;
      waits(error, seconds);
      signal.throwIfAborted();
      await pause(seconds, signal, error.retryAfter === null);
    }
  }
}

/** @param {number} failures */
function backoff(failures) {
  return Math.min(2 ** failures, 20) * (0.8 + Math.random() * 0.4);
}

/**
 * Waits, or until the network is back when that is what was missing.
 *
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @param {boolean} endsOnline
 * @returns {Promise<void>}
 */
function pause(seconds, signal, endsOnline) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const end = (/** @type {() => void} */ how) => () => {
      clearTimeout(timer);
      over.abort();
      how();
    };
    const timer = setTimeout(end(resolve), seconds * 1000);
    signal.addEventListener("abort", end(() => reject(signal.reason)), { signal: over.signal });
    if (endsOnline) window.addEventListener("online", end(resolve), { signal: over.signal });
  });
}
