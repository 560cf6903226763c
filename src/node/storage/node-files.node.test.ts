// The promises of the Files port on a real disk: what was acknowledged is there after a kill, and a refusal names its kind.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { runChild } from '#node/testing/child.ts';
import { canMount, smallDisk } from '#node/testing/disks.ts';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { NodeFiles } from './node-files.ts';

const WRITE_LOOP = path.join(import.meta.dirname, '../testing/write-loop.ts');
const RECORD_BYTES = 700;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (from: Uint8Array): string => new TextDecoder().decode(from);

async function failureOf(promise: Promise<unknown>): Promise<StorageFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StorageFailure);
  return error as StorageFailure; // checked above
}

describe('append, read, truncate, replace', () => {
  test('what was appended is read, whole or in part, and after opening again', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.file('data'));
    await files.append('a.seg', bytes('hello '));
    await files.append('a.seg', bytes('world'));
    await files.sync('a.seg');
    expect(text(await files.read('a.seg', 0, 100))).toBe('hello world');
    expect(text(await files.read('a.seg', 6, 3))).toBe('wor');
    expect(await files.read('a.seg', 50, 3)).toHaveLength(0);
    expect(await files.read('other.seg', 0, 3)).toHaveLength(0);
    await files.close();
    const again = await NodeFiles.open(folder.file('data'));
    expect(await again.list()).toEqual([{ name: 'a.seg', lengthBytes: 11 }]);
    await again.append('a.seg', bytes('!'));
    expect(text(await again.read('a.seg', 0, 100))).toBe('hello world!');
    await again.close();
  });

  test('a torn tail is cut, and writing goes on where it was cut', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.path);
    await files.append('a.seg', bytes('good torn'));
    await files.truncate('a.seg', 5);
    await files.truncate('a.seg', 400);
    await files.truncate('absent.seg', 0);
    await files.append('a.seg', bytes('again'));
    expect(text(await files.read('a.seg', 0, 100))).toBe('good again');
    expect(await files.list()).toHaveLength(1);
    await files.close();
  });

  test('replace swaps a file in whole, also under a reader that has it open', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.path);
    await files.replace('head.json', bytes('one'));
    expect(text(await files.read('head.json', 0, 10))).toBe('one');
    await files.replace('head.json', bytes('two!'));
    expect(text(await files.read('head.json', 0, 10))).toBe('two!');
    expect(files.counters.syncs).toBe(2);
    await files.close();
  });

  test('a replacement that a crash left half written is swept, the old file stands', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('head.json'), 'old');
    fs.writeFileSync(folder.file('.tmp-head.json'), 'ne');
    const files = await NodeFiles.open(folder.path);
    expect(await files.list()).toEqual([{ name: 'head.json', lengthBytes: 3 }]);
    expect(fs.readdirSync(folder.path)).toEqual(['head.json']);
    await files.close();
  });

  test('files and folders are for their owner only', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.file('data'));
    await files.append('a.seg', bytes('x'));
    await files.replace('b.json', bytes('x'));
    for (const name of ['', 'a.seg', 'b.json']) expect(fs.statSync(folder.file(`data/${name}`)).mode & 0o077).toBe(0);
    await files.close();
  });

  test.each(['../up', 'UPPER', '', '.hidden', 'a/b', 'x'.repeat(65)])('the name %j is refused', async (name) => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.path);
    await expect(files.append(name, bytes('x'))).rejects.toThrow(RangeError);
    await expect(files.read(name, 0, 1)).rejects.toThrow(RangeError);
    await files.close();
  });

  test('used and free space are those of the disk', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.path);
    await files.append('a.seg', new Uint8Array(5000));
    const { usedBytes, freeBytes } = await files.space();
    expect(usedBytes).toBe(5000);
    expect(freeBytes).toBeGreaterThan(0);
    await files.close();
  });

  test('after close every verb is refused', async () => {
    using folder = temporaryFolder();
    const files = await NodeFiles.open(folder.path);
    await files.append('a.seg', bytes('x'));
    await files.close();
    expect((await failureOf(files.append('a.seg', bytes('x')))).code).toBe('gone');
  });

  test('any sequence of appends and cuts reads back as the same bytes', async () => {
    const step = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 400 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        using folder = temporaryFolder();
        const files = await NodeFiles.open(folder.path);
        let model = Buffer.alloc(0);
        for (const each of steps) {
          if (typeof each === 'number') {
            await files.truncate('a.seg', each);
            model = model.subarray(0, each);
          } else {
            await files.append('a.seg', each);
            model = Buffer.concat([model, each]);
          }
        }
        expect(Buffer.from(await files.read('a.seg', 0, 10_000))).toEqual(Buffer.from(model));
        await files.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe('durability', () => {
  test('each acknowledgement costs one sync, and the counters say so', async () => {
    using folder = temporaryFolder();
    const outcome = await runChild(WRITE_LOOP, [folder.file('data'), '25', '100']);
    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.lines.at(-1) ?? '')).toEqual({ done: true, counters: { syncs: 25, appends: 25 } });
  });

  test.skipIf(!hasStrace())('the kernel sees one fdatasync for each acknowledgement, and the folder synced once', async () => {
    using folder = temporaryFolder();
    const trace = folder.file('trace');
    const outcome = await runChild(WRITE_LOOP, [folder.file('data'), '25', '100'], {
      under: ['strace', '-f', '-e', 'trace=fdatasync,fsync', '-o', trace],
    });
    expect(outcome.code).toBe(0);
    // A call that another thread interrupts in the trace stands there as `<unfinished ...>` and again as `resumed`.
    const calls = fs
      .readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => !line.includes('resumed'));
    expect(calls.filter((line) => line.includes('fdatasync('))).toHaveLength(25);
    // Once for the new folder in its parent, once for the new file in the folder.
    expect(calls.filter((line) => /\bfsync\(/.test(line))).toHaveLength(2);
  });

  test.each([3, 17, 60])(
    'SIGKILL after %i acknowledgements in the middle of writing: every acknowledged record is there',
    async (after) => {
      using folder = temporaryFolder();
      const outcome = await runChild(WRITE_LOOP, [folder.file('data'), '100000', String(RECORD_BYTES)], {
        killWhen: (_line, count) => count >= after,
      });
      expect(outcome.signal).toBe('SIGKILL');
      const acknowledged = outcome.lines.filter((line) => /^\d+$/.test(line)).map(Number);
      expect(acknowledged.length).toBeGreaterThanOrEqual(after);
      const files = await NodeFiles.open(folder.file('data'));
      for (const number of acknowledged) {
        const record = Buffer.from(await files.read('ledger.seg', number * RECORD_BYTES, RECORD_BYTES));
        expect(record).toHaveLength(RECORD_BYTES);
        expect(record.readUInt32BE(0)).toBe(number);
      }
      await files.append('ledger.seg', bytes('goes on'));
      await files.sync('ledger.seg');
      await files.close();
    },
  );
});

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-e', 'trace=fdatasync', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a disk that refuses', () => {
  test.skipIf(!canMount())('full: the failure says so, what was acknowledged is there, and freeing space mends it', async () => {
    using disk = smallDisk(256 * 1024);
    if (disk === undefined) throw new Error('it could mount a moment ago');
    fs.writeFileSync(path.join(disk.path, 'ballast'), Buffer.alloc(64 * 1024));
    const outcome = await runChild(WRITE_LOOP, [path.join(disk.path, 'data'), '100000', String(RECORD_BYTES)]);
    const said = JSON.parse(outcome.lines.at(-1) ?? '') as { code: string; failureClass: string; acknowledged: number }; // by write-loop
    expect(said).toMatchObject({ code: 'disk-full', failureClass: 'transient' });
    expect(said.acknowledged).toBeGreaterThan(100);

    const files = await NodeFiles.open(path.join(disk.path, 'data'));
    const whole = (said.acknowledged + 1) * RECORD_BYTES;
    expect(await files.read('ledger.seg', 0, whole)).toHaveLength(whole);
    expect((await failureOf(files.replace('head.json', new Uint8Array(100_000)))).code).toBe('disk-full');
    expect((await files.space()).freeBytes).toBeLessThan(100_000);
    fs.rmSync(path.join(disk.path, 'ballast'));
    await files.truncate('ledger.seg', whole);
    await files.append('ledger.seg', bytes('room again'));
    await files.sync('ledger.seg');
    expect(text(await files.read('ledger.seg', whole, 100))).toBe('room again');
    await files.close();
  });

  test('a limit on file size is a full disk, not a death', async () => {
    using folder = temporaryFolder();
    // SIGXFSZ would end the process; ignored, the write fails with EFBIG, as it does under most service managers.
    const outcome = await runChild(WRITE_LOOP, [folder.file('data'), '100000', String(RECORD_BYTES)], {
      under: ['sh', '-c', 'trap "" XFSZ; ulimit -f 32; exec "$@"', 'sh'],
    });
    expect(outcome.code).toBe(3);
    const said = JSON.parse(outcome.lines.at(-1) ?? '') as { acknowledged: number }; // by write-loop
    expect(said).toMatchObject({ code: 'disk-full', failureClass: 'transient' });
    expect(fs.statSync(folder.file('data/ledger.seg')).size).toBeGreaterThanOrEqual((said.acknowledged + 1) * RECORD_BYTES);
  });

  test.skipIf(!canMount())('read-only: it opens, reads everything and refuses to write', async () => {
    using disk = smallDisk(256 * 1024);
    if (disk === undefined) throw new Error('it could mount a moment ago');
    const first = await NodeFiles.open(disk.path);
    await first.append('a.seg', bytes('kept'));
    await first.close();
    disk.remountReadOnly();
    const files = await NodeFiles.open(disk.path);
    expect(text(await files.read('a.seg', 0, 10))).toBe('kept');
    for (const refused of [files.append('a.seg', bytes('x')), files.replace('b.json', bytes('x')), files.truncate('a.seg', 1)]) {
      const failure = await failureOf(refused);
      expect(failure).toMatchObject({ code: 'read-only', failureClass: 'permanent' });
      expect(failure.message).not.toContain(disk.path);
    }
    expect(text(await files.read('a.seg', 0, 10))).toBe('kept');
    await files.close();
  });

  test('a file that fails to open once is a transient failure, and nothing is lost by it', async () => {
    using folder = temporaryFolder();
    const outcome = await runChild(path.join(import.meta.dirname, '../testing/no-handles.ts'), [folder.path], {
      under: ['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh'],
    });
    expect(outcome.stderr).toBe('');
    expect(JSON.parse(outcome.lines.at(-1) ?? '')).toEqual({
      files: { code: 'io', failureClass: 'transient' },
      sql: { code: 'io', failureClass: 'transient' },
      afterwards: { text: 'kept', rows: 1, rebuilt: null },
    });
  });
});
