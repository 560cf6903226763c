import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { buildHere } from '#roles/names/pack-builder.ts';
import type { NameRow } from '#views/name-index/name-row.ts';
import { buildInThread } from './name-pack-thread.ts';

const row = (number: number): NameRow => ({
  patient: `patient/${String(number).padStart(16, 'A')}` as StreamId,
  uhid: String(100_000_000_000 + number),
  name: `Sunita ${number % 7}`,
  sex: 'female',
}); // 16 letters

test('the thread makes what is made here', async () => {
  const there = buildInThread();
  const here = buildHere();
  for (let at = 0; at < 1000; at += 250) {
    const slice = Array.from({ length: 250 }, (_, i) => row(at + i));
    await there.add(slice);
    await here.add(slice);
  }
  await there.add([]);
  expect(await there.finish('v1')).toEqual(await here.finish('v1'));
});

test('a building that was cancelled fails what comes after, and leaves no thread', async () => {
  const there = buildInThread();
  await there.add([row(1)]);
  there.cancel();
  await expect(there.finish('v1')).rejects.toThrow('ended');
});
