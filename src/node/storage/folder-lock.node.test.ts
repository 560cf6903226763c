// One folder, one process: the second is told who has it, and a dead holder holds nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { lockFolder } from './folder-lock.ts';

test('a second lock in this process is refused until the first is released', () => {
  using folder = temporaryFolder();
  const first = lockFolder(folder.path);
  expect(() => lockFolder(folder.path)).toThrow(`in use by process ${process.pid}`);
  first.release();
  lockFolder(folder.path).release();
});

test('a lock of another process is refused by name, and is gone when that process is killed', async () => {
  using folder = temporaryFolder();
  const holder = path.join(import.meta.dirname, '../testing/hold-lock.ts');
  const child = spawn(process.execPath, [holder, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: child.stdout }), 'line');
  expect(() => lockFolder(folder.path)).toThrow(`in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'close');
  lockFolder(folder.path).release();
});

test('the refusal is a transient failure called locked', () => {
  using folder = temporaryFolder();
  const first = lockFolder(folder.path);
  let refused: unknown;
  try {
    lockFolder(folder.path);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ code: 'locked', failureClass: 'transient' });
  first.release();
});
