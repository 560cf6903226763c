import { expect, test } from 'vitest';
import { LiveNumbers } from './live-numbers.ts';

test('the oldest above a place come first, so that whoever asks again loses none', () => {
  const live = new LiveNumbers();
  live.add(5, 2);
  live.add(20, 1);
  live.add(30, 3);
  expect(live.between(0, 100, 100)).toEqual([5, 6, 20, 30, 31, 32]);
  expect(live.between(6, 31, 100)).toEqual([20, 30, 31]);
  expect(live.between(6, 100, 2)).toEqual([20, 30]);
  expect(live.between(32, 100, 5)).toEqual([]);
  live.forget();
  expect(live.between(0, 100, 100)).toEqual([]);
});

test('only the newest are remembered', () => {
  const live = new LiveNumbers();
  for (let n = 1; n <= 100_000; n += 1) live.add(n, 1);
  const kept = live.between(0, 200_000, 200_000);
  expect(kept.length).toBeLessThan(10_000);
  expect(kept.at(-1)).toBe(100_000);
  expect(kept[0]).toBe(100_001 - kept.length);
});
