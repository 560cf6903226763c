// A critical call is closed only with name, role, time and read-back; times are read as the hospital's clock.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callAt, missingOf, timeNow } from './call-form.ts';

const NOW = Date.parse('2026-11-23T05:12:00Z'); // 10:42 in the hospital

describe('what is missing', () => {
  test('everything at first, nothing at the end', () => {
    expect(missingOf({ name: ' ', role: '', time: '', readBack: false })).toEqual(['name', 'role', 'time', 'readBack']);
    expect(missingOf({ name: 'Dr Meena', role: 'SR', time: '10:42', readBack: true })).toEqual([]);
    expect(missingOf({ name: 'Dr Meena', role: 'SR', time: '10:42', readBack: false })).toEqual(['readBack']);
  });
});

describe('time of the call', () => {
  test('is of today, or of yesterday when it has not come yet', () => {
    expect(timeNow(NOW)).toBe('10:42');
    expect(callAt('10:42', NOW)).toBe(NOW);
    expect(callAt('1030', NOW)).toBe(NOW - 12 * 60_000);
    expect(callAt('23:50', NOW)).toBe(Date.parse('2026-11-22T18:20:00Z'));
  });
  test.each(['24:00', '10:60', 'x', '', '1:2', '10:421'])('%s is no time', (time) => expect(callAt(time, NOW)).toBeUndefined());
  test('what the clock shows now is now, to the minute, and never in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (now) => {
        const at = callAt(timeNow(now), now);
        expect(at).toBe(Math.floor(now / 60_000) * 60_000);
      }),
    );
  });
});
