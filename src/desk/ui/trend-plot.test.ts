import { expect, test } from 'vitest';
import { timeRange } from './trend-plot.tsx';

test('a single value stands in the middle of a day', () => {
  expect(timeRange([1_000_000])).toEqual([956_800, 1_043_200]);
});

test('the first and the last of several values stand inside the picture', () => {
  expect(timeRange([0, 40, 100])).toEqual([-3, 103]);
});
