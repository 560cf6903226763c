import { expect, test } from 'vitest';
import { HEADER_BYTES, SIGNATURE_BYTES } from '#journal/header.ts';
import { slices } from './slices.ts';

const payload = (signed: boolean): Uint8Array => {
  const bytes = new Uint8Array(1 + HEADER_BYTES + SIGNATURE_BYTES + 10).fill(7);
  if (!signed) bytes.fill(0, 1 + HEADER_BYTES, 1 + HEADER_BYTES + SIGNATURE_BYTES);
  return bytes;
};

test('all payloads in order, a few at a time', () => {
  const all = Array.from({ length: 7 }, () => payload(true));
  expect(slices(all, 3).map((slice) => slice.length)).toEqual([3, 3, 1]);
  expect(slices(all, 3).flat()).toEqual(all);
  expect(slices([], 3)).toEqual([]);
});

test('a commit that holds by the next one is not parted from it', () => {
  expect(slices([true, true, false, false, true, true].map(payload), 3).map((slice) => slice.length)).toEqual([5, 1]);
  expect(slices([false, false].map(payload), 1).map((slice) => slice.length)).toEqual([2]);
});
