// Fresh numbers of this device's range, in blocks of 20 at random positions, a new block at each start (DESIGN section 3).
import { makeNumber, NUMBER_KINDS, SERIAL_BLOCK, SERIALS_PER_RANGE, type HospitalNumber, type NumberKind } from '#kernel/shared/numbers.ts';
import type { Sql } from '#journal/ports/storage.ts';

const BLOCKS = SERIALS_PER_RANGE / SERIAL_BLOCK;
/** A range this full is given up for the next: finding a free block at random would take too many tries. */
const FULL_BLOCKS = Math.floor(BLOCKS * 0.95);
/** When this much of the last range is used, the device asks a hub for another. */
export const ASK_FOR_RANGE_AT = 0.7;

const USED = `SELECT DISTINCT CAST(substr(number, 7, 5) AS INTEGER) / ${SERIAL_BLOCK} AS block FROM numbers WHERE number >= ? AND number < ?`;

interface Pool {
  readonly used: Set<number>;
  block: number;
  next: number;
}

export class Mint {
  readonly #pools = new Map<string, Pool>();
  #ranges: readonly number[] = [];
  readonly #random: (below: number) => number;

  /** @param random a whole number from 0 to `below - 1` */
  constructor(random: (below: number) => number) {
    this.#random = random;
  }

  /** Takes over the ranges of this device and epoch, and learns which blocks are used. */
  async setRanges(ranges: readonly number[], sql: Sql): Promise<void> {
    for (const range of ranges) {
      if (this.#ranges.includes(range)) continue;
      for (const [kind, digit] of Object.entries(NUMBER_KINDS)) {
        const prefix = digit + String(range).padStart(5, '0');
        const rows = await sql.read(USED, [`${prefix}000000`, `${prefix}:`]);
        this.#pools.set(`${kind} ${range}`, { used: new Set(rows.map((row) => Number(row['block']))), block: -1, next: SERIAL_BLOCK });
      }
    }
    this.#ranges = ranges;
  }

  /** The next number, or undefined when every range of this device is used up. */
  mint(kind: NumberKind): HospitalNumber | undefined {
    for (const range of this.#ranges) {
      const pool = this.#pools.get(`${kind} ${range}`);
      if (pool === undefined) continue;
      if (pool.next >= SERIAL_BLOCK) {
        if (pool.used.size >= FULL_BLOCKS) continue;
        do pool.block = this.#random(BLOCKS);
        while (pool.used.has(pool.block));
        pool.used.add(pool.block);
        pool.next = 0;
      }
      const serial = pool.block * SERIAL_BLOCK + pool.next;
      pool.next += 1;
      return makeNumber(kind, range, serial);
    }
    return undefined;
  }

  /** Share of the fullest kind that is used, over all ranges: 0 to 1. */
  get usedShare(): number {
    if (this.#ranges.length === 0) return 1;
    let worst = 0;
    for (const kind of Object.keys(NUMBER_KINDS)) {
      const used = this.#ranges.reduce((sum, range) => sum + (this.#pools.get(`${kind} ${range}`)?.used.size ?? BLOCKS), 0);
      worst = Math.max(worst, used / (BLOCKS * this.#ranges.length));
    }
    return worst;
  }
}
