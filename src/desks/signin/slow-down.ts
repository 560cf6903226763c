// How long to wait after failed sign-ins: doubling, so that guessing a PIN takes years and a slip of the finger a second.

const FREE_TRIES = 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** @param failures in a row @returns milliseconds to wait before the next try */
export function waitAfter(failures: number): number {
  if (failures <= FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES - 1));
}
