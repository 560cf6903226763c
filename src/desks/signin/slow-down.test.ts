// Failed sign-ins slow down, and the wait has an end.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitAfter } from './slow-down.ts';

test('two slips cost nothing, then each failure doubles', () => {
  expect([0, 1, 2, 3, 4, 5].map(waitAfter)).toEqual([0, 0, 0, 1000, 2000, 4000]);
});
test('never shrinks and never passes five minutes', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (failures) => {
      expect(waitAfter(failures + 1)).toBeGreaterThanOrEqual(waitAfter(failures));
      expect(waitAfter(failures)).toBeLessThanOrEqual(300_000);
    }),
  );
});
