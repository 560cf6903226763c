import { expect, test } from 'vitest';
import { Cancel } from './cancel.ts';

test('a wait that is over leaves nothing behind', async () => {
  const cancel = new Cancel();
  for (let i = 0; i < 1000; i += 1) await cancel.during(() => Promise.resolve(i));
  await expect(cancel.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(cancel.waiting).toBe(0);
});

test('the end wakes every wait, and each later one at once', async () => {
  const cancel = new Cancel();
  const waits = [cancel.during((cancelled) => cancelled), cancel.during((cancelled) => cancelled)];
  expect(cancel.waiting).toBe(2);
  cancel.end();
  await Promise.all(waits);
  await cancel.during((cancelled) => cancelled);
  expect([cancel.over, cancel.waiting]).toEqual([true, 0]);
});
