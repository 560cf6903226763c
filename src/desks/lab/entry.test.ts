// Entering values one after the other: places hold, the next open one is found.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepPlaces, nextOpen } from './entry.ts';

const id = (row: string): string => row;

describe('places hold', () => {
  test('an entered row stays, one that somebody else finished goes, a new one comes last', () => {
    expect(keepPlaces(['a', 'b', 'c'], ['c', 'd'], id, new Set(['a']))).toEqual(['a', 'c', 'd']);
  });
  test('never twice, never lost, and rows that stay keep their order', () => {
    const rows = fc.uniqueArray(fc.constantFrom(...Array.from('abcdefgh')));
    fc.assert(
      fc.property(rows, rows, rows, (before, now, entered) => {
        const kept = keepPlaces(before, now, id, new Set(entered));
        expect(new Set(kept).size).toBe(kept.length);
        for (const row of now) expect(kept).toContain(row);
        expect(kept.filter((row) => before.includes(row))).toEqual(before.filter((row) => kept.includes(row)));
      }),
    );
  });
});

describe('the next open row', () => {
  test('wraps round and ends', () => {
    expect(nextOpen(['a', 'b', 'c'], new Set(['b']), 0)).toBe(2);
    expect(nextOpen(['a', 'b', 'c'], new Set(['b', 'c']), 1)).toBe(0);
    expect(nextOpen(['a'], new Set(['a']), 0)).toBeUndefined();
    expect(nextOpen([], new Set(), 0)).toBeUndefined();
  });
});
