// Which serial of a range comes next: blocks of 20 at random positions, so that two copies of one disk rarely repeat a number. Pure: the random source is handed in.
import { SERIAL_BLOCK, SERIALS_PER_RANGE } from './numbers.ts';

/** Blocks in one range of one kind of number. */
export const BLOCKS_PER_RANGE = SERIALS_PER_RANGE / SERIAL_BLOCK;

/** What is known of one range and kind. Blocks that were ever begun are never begun again, not even for their unused rest. */
export interface SerialPool {
  readonly begun: ReadonlySet<number>;
  /** The serials still to come of the block in use. */
  readonly open: readonly number[];
}

/** A whole number from 0 to `below` - 1, each as likely. */
export type RandomBelow = (below: number) => number;

/** The pool at the start of a device: every block with a used serial counts as begun, and a new block is begun at the first number. */
export function openPool(used: Iterable<number>): SerialPool {
  const begun = new Set<number>();
  for (const serial of used) begun.add(Math.floor(serial / SERIAL_BLOCK));
  return { begun, open: [] };
}

/** The next serial and the pool after it; undefined when every block of the range was begun: then the spare range is used. */
export function nextSerial(pool: SerialPool, random: RandomBelow): { readonly serial: number; readonly pool: SerialPool } | undefined {
  const [serial, ...open] = pool.open;
  if (serial !== undefined) return { serial, pool: { begun: pool.begun, open } };
  const free = BLOCKS_PER_RANGE - pool.begun.size;
  if (free <= 0) return undefined;
  const block = freeBlock(pool.begun, Math.min(free - 1, Math.max(0, Math.floor(random(free)))));
  const begun = new Set(pool.begun).add(block);
  return {
    serial: block * SERIAL_BLOCK,
    pool: { begun, open: Array.from({ length: SERIAL_BLOCK - 1 }, (_, at) => block * SERIAL_BLOCK + at + 1) },
  };
}

/** The `nth` block (from 0) that was not begun. */
function freeBlock(begun: ReadonlySet<number>, nth: number): number {
  let left = nth;
  for (let block = 0; block < BLOCKS_PER_RANGE; block += 1) {
    if (begun.has(block)) continue;
    if (left === 0) return block;
    left -= 1;
  }
  throw new Error('invariant: a free block was counted and not found');
}

/** Numbers left in whole blocks: what a status screen shows, and when a new range must be asked for. */
export function serialsLeft(pool: SerialPool): number {
  return (BLOCKS_PER_RANGE - pool.begun.size) * SERIAL_BLOCK + pool.open.length;
}
