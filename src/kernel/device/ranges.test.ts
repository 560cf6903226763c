// Ranges: never given twice, halves for another hub, a device that is gone keeps its own.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceStream, type DeviceState, type RangeRun } from './device.ts';
import { countRanges, rangesHeldTwice, rangesLeft, splitPool, takeRanges } from './ranges.ts';

const initial = deviceStream.initial as DeviceState; // the definition's own state
const hub = (pool: readonly RangeRun[]): DeviceState => ({ ...initial, role: 'hub', pool });
const desk = (...ranges: readonly number[]): DeviceState => ({
  ...initial,
  role: 'desk',
  ranges: ranges.map((range) => ({ range, epoch: undefined })),
});

describe('ranges', () => {
  test('the lowest free ones, and undefined when there are too few', () => {
    const left = rangesLeft(hub([[0, 9]]), [desk(0, 1), desk(4)]);
    expect(takeRanges(left, 3)).toEqual([2, 3, 5]);
    expect(takeRanges(left, 8)).toBeUndefined();
  });
  test('any pool, any devices: what is taken was free, and split halves share nothing and lose nothing', () => {
    const run = fc
      .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 50 }))
      .map(([from, size]): RangeRun => [from, from + size]);
    fc.assert(
      fc.property(
        fc.array(run, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 350 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 6 }),
        (runs, used, count) => {
          // Runs of one pool do not overlap: PoolReceived takes care of that.
          const pool = runs.reduce<readonly RangeRun[]>(
            (sum, one) => [...rangesLeft(hub(sum), [desk(...Array.from({ length: one[1] - one[0] + 1 }, (_, at) => one[0] + at))]), one],
            [],
          );
          const left = rangesLeft(hub(pool), [desk(...used)]);
          const taken = takeRanges(left, count) ?? [];
          for (const range of taken) {
            expect(used).not.toContain(range);
            expect(pool.some(([from, to]) => range >= from && range <= to)).toBe(true);
          }
          expect(new Set(taken).size).toBe(taken.length);
          const { kept, given } = splitPool(left);
          expect(countRanges(kept) + countRanges(given)).toBe(countRanges(left));
          expect(countRanges(kept) - countRanges(given)).toBeGreaterThanOrEqual(0);
          expect(countRanges(kept) - countRanges(given)).toBeLessThanOrEqual(1);
          const all = (some: readonly RangeRun[]) =>
            some.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
          expect(all(kept).filter((range) => all(given).includes(range))).toEqual([]);
        },
      ),
    );
  });
  test('a range on two devices is seen', () => expect(rangesHeldTwice([desk(1, 2), desk(3), desk(2)])).toEqual([2]));
});
