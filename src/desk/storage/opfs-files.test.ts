// Tests of the slot store on a folder with faults. The same verbs on the real OPFS are tested in e2e/platform-storage.e2e.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultyFolder } from './faulty-folder.test-support.ts';
import { openOpfsFiles } from './opfs-files.ts';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function contents(folder: FaultyFolder): Promise<Record<string, string>> {
  const { files } = await openOpfsFiles(folder);
  const found: Record<string, string> = {};
  for (const { name, lengthBytes } of await files.list()) found[name] = new TextDecoder().decode(await files.read(name, 0, lengthBytes));
  await files.close();
  return found;
}

describe('the slot store', () => {
  test('appends, reads parts, and keeps everything over a reopening', async () => {
    const folder = new FaultyFolder();
    const { files, notes } = await openOpfsFiles(folder);
    await files.append('a.seg', bytes(1, 2, 3));
    await files.append('a.seg', bytes(4, 5));
    await files.sync('a.seg');
    expect([...(await files.read('a.seg', 1, 3))]).toEqual([2, 3, 4]);
    expect([...(await files.read('a.seg', 4, 10))]).toEqual([5]);
    expect(await files.read('a.seg', 9, 10)).toHaveLength(0);
    expect(await files.read('missing', 0, 10)).toHaveLength(0);
    expect(notes).toEqual([]);
    await files.close();
    const again = await openOpfsFiles(folder);
    expect(await again.files.list()).toEqual([{ name: 'a.seg', lengthBytes: 5 }]);
  });

  test('one append and one sync reach the disk once', async () => {
    const folder = new FaultyFolder();
    const { files } = await openOpfsFiles(folder);
    await files.append('a.seg', bytes(1));
    await files.sync('a.seg');
    expect(folder.flushes).toBe(1);
    expect(files.counters).toEqual({ syncs: 1, appends: 1 });
    await files.replace('b', bytes(1));
    expect(files.counters.syncs).toBe(2);
    const before = folder.flushes;
    await files.replace('b', bytes(2));
    expect(folder.flushes).toBe(before + 1);
    expect(files.counters.syncs).toBe(3);
  });

  test('a handle that fails once is tried again; one that goes on failing keeps everything and closes the rest', async () => {
    const folder = new FaultyFolder();
    const first = await openOpfsFiles(folder);
    await first.files.append('a.seg', text('kept'));
    await first.files.sync('a.seg');
    await first.files.close();
    for (const name of folder.files.keys()) folder.failOpens.set(name, 1);
    expect(await contents(folder)).toEqual({ 'a.seg': 'kept' });

    const [some] = folder.files.keys();
    folder.failOpens.set(some ?? '', 2);
    await expect(openOpfsFiles(folder)).rejects.toMatchObject({ name: 'StorageFailure', code: 'io', failureClass: 'transient' });
    expect([...folder.files.values()].every((file) => !file.open)).toBe(true);
    expect(await contents(folder)).toEqual({ 'a.seg': 'kept' });
  });

  test('a second owner is refused and the first goes on', async () => {
    const folder = new FaultyFolder();
    const { files } = await openOpfsFiles(folder);
    await expect(openOpfsFiles(folder)).rejects.toMatchObject({ code: 'locked', failureClass: 'transient' });
    await files.append('a.seg', bytes(1));
    await files.sync('a.seg');
  });

  test.each([false, true])('a full disk refuses the write whole (partial writes: %s), and goes on when space returns', async (partial) => {
    const folder = new FaultyFolder();
    folder.partialWrites = partial;
    const { files } = await openOpfsFiles(folder);
    await files.append('a.seg', text('first'));
    await files.sync('a.seg');
    folder.quotaBytes = folder.used() + 3;
    await expect(files.append('a.seg', text('second'))).rejects.toMatchObject({ code: 'disk-full' });
    await expect(files.append('new.seg', text('x'.repeat(5000)))).rejects.toMatchObject({ code: 'disk-full' });
    await expect(files.replace('state', text('x'.repeat(5000)))).rejects.toMatchObject({ code: 'disk-full' });
    expect(await files.list()).toEqual([{ name: 'a.seg', lengthBytes: 5 }]);
    folder.quotaBytes = Number.POSITIVE_INFINITY;
    await files.append('a.seg', text(' third'));
    await files.sync('a.seg');
    await files.close();
    expect(await contents(folder)).toEqual({ 'a.seg': 'first third' });
  });

  test('a disk that does not confirm is ambiguous, and the sync is not counted', async () => {
    const folder = new FaultyFolder();
    const { files } = await openOpfsFiles(folder);
    await files.append('a.seg', bytes(1));
    folder.flushFails = true;
    await expect(files.sync('a.seg')).rejects.toMatchObject({ code: 'io', failureClass: 'ambiguous' });
    expect(files.counters.syncs).toBe(0);
  });

  test('a damaged head is set aside, told, and never written over', async () => {
    const folder = new FaultyFolder();
    const first = await openOpfsFiles(folder);
    await first.files.append('a.seg', text('evidence'));
    await first.files.sync('a.seg');
    await first.files.close();
    const file = [...folder.files.values()].find((one) => one.current.length > 0);
    if (file === undefined) throw new Error('invariant: one slot is in use');
    file.current[20] = 99;
    const second = await openOpfsFiles(folder);
    expect(second.notes).toHaveLength(1);
    expect(await second.files.list()).toEqual([]);
    await second.files.append('a.seg', text('new'));
    await second.files.sync('a.seg');
    expect(new TextDecoder().decode(file.current)).toContain('evidence');
  });

  test('names are checked, and a closed store says so', async () => {
    const { files } = await openOpfsFiles(new FaultyFolder());
    await expect(files.append('../up', bytes(1))).rejects.toThrow(/invariant/);
    await expect(files.sync('missing')).rejects.toMatchObject({ code: 'gone' });
    await files.close();
    await expect(files.append('a', bytes(1))).rejects.toMatchObject({ code: 'gone' });
  });

  test('a replaced file may be appended to and cut', async () => {
    const folder = new FaultyFolder();
    const { files } = await openOpfsFiles(folder);
    await files.replace('a', text('one'));
    await files.append('a', text(' two'));
    await files.truncate('a', 5);
    await files.truncate('a', 2);
    await files.append('a', text('!'));
    await files.sync('a');
    await files.close();
    expect(await contents(folder)).toEqual({ a: 'on!' });
  });
});

type Step =
  | { readonly do: 'append'; readonly name: string; readonly size: number }
  | { readonly do: 'sync'; readonly name: string }
  | { readonly do: 'replace'; readonly size: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), name: fc.constantFrom('a.seg', 'b.seg'), size: fc.integer({ min: 0, max: 1500 }) }),
  fc.record({ do: fc.constant('sync' as const), name: fc.constantFrom('a.seg', 'b.seg') }),
  fc.record({ do: fc.constant('replace' as const), size: fc.integer({ min: 0, max: 1500 }) }),
);

interface Expected {
  readonly synced: ReadonlyMap<string, readonly number[]>;
  /** Contents of the replaced file that may be found. */
  readonly replaced: readonly (readonly number[])[];
}

describe('after a power cut', () => {
  test('what was synced is there, and a replaced file is the old or the new one, at whichever flush the power goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 200, maxLength: 200 }),
        fc.nat(12),
        async (steps, picks, cutAt) => {
          const folder = new FaultyFolder();
          const { files } = await openOpfsFiles(folder);
          const written = new Map<string, number[]>();
          const synced = new Map<string, number[]>();
          let replaced: number[] = [];
          let inFlight: number[] | undefined;
          let value = 0;
          const fill = (size: number): number[] => Array.from({ length: size }, () => (value = (value + 7) % 251) + 1);
          const now = (): Expected => ({ synced: new Map(synced), replaced: inFlight === undefined ? [replaced] : [replaced, inFlight] });
          let cut: { readonly disk: FaultyFolder; readonly expected: Expected } | undefined;
          folder.beforeFlush = () => {
            if (folder.flushes === cutAt) cut = { disk: folder.image(), expected: now() };
          };
          for (const one of steps) {
            if (one.do === 'append') {
              const data = fill(one.size);
              await files.append(one.name, new Uint8Array(data));
              written.set(one.name, [...(written.get(one.name) ?? []), ...data]);
            } else if (one.do === 'sync' && written.has(one.name)) {
              await files.sync(one.name);
              synced.set(one.name, written.get(one.name) ?? []);
            } else if (one.do === 'replace') {
              inFlight = fill(one.size);
              await files.replace('state', new Uint8Array(inFlight));
              replaced = inFlight;
              inFlight = undefined;
            }
          }
          const { disk, expected } = cut ?? { disk: folder.image(), expected: now() };
          let at = 0;
          disk.crash(() => picks[at++ % picks.length] ?? 0);
          const after = await openOpfsFiles(disk);
          for (const [name, data] of expected.synced) expect([...(await after.files.read(name, 0, data.length))]).toEqual(data);
          expect(expected.replaced).toContainEqual([...(await after.files.read('state', 0, 10_000))]);
          // And it can be written again.
          await after.files.append('c.seg', bytes(9));
          await after.files.sync('c.seg');
        },
      ),
      {
        numRuns: 500,
        // A slot that was used before came back with its old byte behind the new header of an empty file.
        examples: [
          [
            [
              { do: 'replace', size: 1 },
              { do: 'replace', size: 0 },
              { do: 'append', name: 'a.seg', size: 0 },
              { do: 'replace', size: 0 },
              { do: 'replace', size: 0 },
              { do: 'replace', size: 0 },
            ],
            [0, 1, ...Array.from({ length: 198 }, () => 0)],
            5,
          ],
        ],
      },
    );
  });
});
