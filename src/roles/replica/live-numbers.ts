// Which of the newest receipt numbers came as live work: somebody waits for it, so it is handed on ahead of history.
// Only a hint: losing it costs time, never a commit. It must not know who asks.

/** Remembered; whoever is further behind than this gets the rest in its order. */
const REMEMBERED = 4096;

export class LiveNumbers {
  /** Ascending, because receipt numbers are. */
  #numbers: number[] = [];

  add(first: number, count: number): void {
    for (let n = first; n < first + count; n += 1) this.#numbers.push(n);
    if (this.#numbers.length > 2 * REMEMBERED) this.#numbers = this.#numbers.slice(-REMEMBERED);
  }

  /** The oldest of those above `after` and up to `to`, at most `limit`. */
  between(after: number, to: number, limit: number): readonly number[] {
    let low = 0;
    let high = this.#numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers[middle]! <= after) low = middle + 1; // middle is inside
      else high = middle;
    }
    const out: number[] = [];
    for (let i = low; i < this.#numbers.length && out.length < limit && this.#numbers[i]! <= to; i += 1) out.push(this.#numbers[i]!); // i is inside
    return out;
  }

  /** The log was read anew: its numbers may mean others. */
  forget(): void {
    this.#numbers = [];
  }
}
