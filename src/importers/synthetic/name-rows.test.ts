import { expect, test } from 'vitest';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import type { PlainDate } from '#kernel/shared/time.ts';
import { generateNameRows } from './name-rows.ts';

const DAY = '2026-11-23' as PlainDate; // a date that exists

test('the same seed gives the same rows, every number and stream once and right', () => {
  const rows = [...generateNameRows('rows', 20_000, DAY)];
  expect([...generateNameRows('rows', 100, DAY)]).toEqual(rows.slice(0, 100));
  expect([...generateNameRows('other', 1, DAY)]).not.toEqual(rows.slice(0, 1));
  expect(rows.filter((row) => !parseNumber(row.uhid, 'uhid').ok || parseStreamId(row.patient) === undefined)).toEqual([]);
  expect([new Set(rows.map((row) => row.uhid)).size, new Set(rows.map((row) => row.patient)).size]).toEqual([20_000, 20_000]);
  expect(rows.filter((row) => row.born === undefined || row.born.toDay < row.born.fromDay)).toEqual([]);
});

test('names have a long tail', () => {
  const words = new Set([...generateNameRows('tail', 20_000, DAY)].flatMap((row) => row.name.split(' ')));
  expect(words.size).toBeGreaterThan(2500);
});
