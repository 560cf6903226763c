import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { countSlip, type SlipCopies, slipCopies } from './slip-copies.ts';

const visit = (n: number): StreamId => `visit/${n}` as StreamId; // a test's own ids
const count = (slips: readonly SlipCopies[] | undefined, ...visits: readonly (StreamId | undefined)[]) => {
  let state = { copies: 0, slips };
  for (const one of visits) state = { copies: state.copies + 1, slips: countSlip(state, one) };
  return state;
};

test('each visit is counted for itself, and so are slips of no visit', () => {
  const state = count(undefined, visit(1), visit(1), undefined, visit(2));
  expect([visit(1), visit(2), visit(3), undefined].map((one) => slipCopies(state, one))).toEqual([2, 1, 0, 1]);
});

test('what was folded before visits were named is as if it is folded today', () => {
  const folded = { copies: 3, slips: undefined };
  expect(slipCopies(folded, undefined)).toBe(3);
  expect(countSlip(folded, visit(1))).toEqual(count(undefined, undefined, undefined, undefined, visit(1)).slips);
});

test('only the last visits are kept, however often somebody comes', () => {
  const state = count(undefined, ...Array.from({ length: 200 }, (_, n) => visit(n)), visit(190));
  expect(state.slips).toHaveLength(20);
  expect(slipCopies(state, visit(190))).toBe(2);
});
