// Sorted lists and lists of rows of a pack: where a key stands, and which rows a word has. It must not know SQL.
import type { Bitmap } from './bitmap.ts';
import { ByteReader } from './bytes.ts';

/** Keys in order, each with the number of the dictionary's part that it belongs to. */
export interface SortedKeys {
  readonly keys: readonly string[];
  readonly numbers: Uint32Array;
}

/** Adds the rows of those of the record's words that are wanted. @param first number of the record's first word */
export function readPostings(bytes: Uint8Array, first: number, words: ReadonlySet<number>, set: Bitmap): void {
  const from = new ByteReader(bytes);
  for (let word = first; !from.done; word += 1) {
    const count = from.number();
    const body = from.raw(from.number());
    if (!words.has(word)) continue;
    const list = new ByteReader(body);
    let number = 0;
    for (let i = 0; i < count; i += 1) {
      number += list.number();
      set.add(number);
    }
  }
}

export function sortKeys(entries: readonly { readonly key: string; readonly number: number }[]): SortedKeys {
  const sorted = entries.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.number - b.number));
  return { keys: sorted.map((entry) => entry.key), numbers: Uint32Array.from(sorted, (entry) => entry.number) };
}

/** Word numbers whose key is from `low` to `high`, the most frequent first. */
export function range(sorted: SortedKeys, low: string, high: string): readonly number[] {
  const start = firstNotBefore(sorted.keys, low);
  const numbers: number[] = [];
  for (let at = start; at < sorted.keys.length && sorted.keys[at]! <= high; at += 1) numbers.push(sorted.numbers[at]!); // at is inside
  return numbers.toSorted((a, b) => a - b);
}

function firstNotBefore(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! < key) low = middle + 1; // between 0 and length
    else high = middle;
  }
  return low;
}

/** The last index whose value is not after `key`; -1 when all are. */
export function lastNotAfter<T extends string | number>(values: readonly T[], key: T): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= key) low = middle + 1; // between 0 and length
    else high = middle;
  }
  return low - 1;
}

/** The last index whose value is before `key`; -1 when none is. */
export function lastBefore(values: readonly number[], key: number): number {
  let at = lastNotAfter(values, key);
  while (at >= 0 && values[at] === key) at -= 1;
  return at;
}
