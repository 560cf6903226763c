import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SegmentLog } from './segment-log.ts';
import { MemoryFiles } from './testing/memory-files.ts';

async function open(files: MemoryFiles, seen: Uint8Array[] = [], segmentBytes = 2000) {
  return SegmentLog.open(files, { segmentBytes }, { segment: 1, offset: 0 }, (payload) => void seen.push(payload));
}

describe('segment log', () => {
  test('whatever is cut off at a crash, all that was acknowledged comes back in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 5 }), { maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (groups, keep) => {
          const files = new MemoryFiles();
          const { log } = await open(files);
          const acknowledged: Uint8Array[] = [];
          for (const group of groups) {
            await log.append(group);
            acknowledged.push(...group);
          }
          await files.append(`journal-${String(log.end.segment).padStart(8, '0')}.seg`, new Uint8Array(50).fill(1));
          files.crash(() => keep);
          const seen: Uint8Array[] = [];
          await open(files, seen);
          expect(seen).toEqual(acknowledged);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('damage in the middle is reported, kept, and what follows is read', async () => {
    const files = new MemoryFiles();
    const { log } = await open(files, [], 1_000_000);
    const places = [];
    for (let i = 0; i < 10; i += 1) places.push(...(await log.append([new Uint8Array(100).fill(i + 1)])));
    files.flipBit('journal-00000001.seg', (places[4]?.offset ?? 0) + 10, 3);
    const seen: Uint8Array[] = [];
    const opened = await open(files, seen, 1_000_000);
    expect(seen.map((payload) => payload[0])).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(opened.damaged).toHaveLength(1);
    expect(opened.cutBytes).toBe(0);
  });

  // Found by seed 50316: a process that is already dead read a file that the power cut had shortened.
  test('a file that ends too soon is damage, for one record and for many', async () => {
    const files = new MemoryFiles();
    const { log } = await open(files, [], 1_000_000);
    const places = await log.append([1, 2, 3, 4].map((fill) => new Uint8Array(100).fill(fill)));
    for (const length of [places[3]!.offset + 50, places[3]!.offset - 3, places[2]!.offset, places[0]!.offset, 0]) {
      await files.truncate('journal-00000001.seg', length);
      await expect(log.readMany(places)).rejects.toMatchObject({ code: 'damaged', failureClass: 'permanent' });
      await expect(log.read(places[3]!)).rejects.toMatchObject({ code: 'damaged', failureClass: 'permanent' });
    }
  });

  // Found by seed 60401: a command was repeated after a crash of the process, answered from what was found, and lost with the power.
  test('what a process wrote and did not sync is synced at the next opening, before anybody is told of it', async () => {
    const files = new MemoryFiles();
    const { log } = await open(files);
    await log.append([new Uint8Array([1])]);
    const { end } = log;
    const known = files.counters.syncs;
    await SegmentLog.open(files, {}, end, () => undefined);
    expect(files.counters.syncs).toBe(known); // all that is there is known to be on the disk
    files.faults.failSyncs = 1;
    const dying = log.append([new Uint8Array([2])]);
    files.truncate = () => new Promise(() => undefined); // dead before it could cut back
    void dying.catch(() => undefined);
    await Promise.resolve();
    const again = new MemoryFiles({}, files.image());
    const seen: Uint8Array[] = [];
    const before = again.counters.syncs;
    await SegmentLog.open(again, {}, end, (payload) => void seen.push(payload));
    expect(seen.map((payload) => payload[0])).toEqual([2]);
    expect(again.counters.syncs).toBe(before + 1);
  });

  test('a failed sync leaves nothing of the group and the next append works', async () => {
    const files = new MemoryFiles({ failSyncs: 1 });
    const { log } = await open(files);
    await expect(log.append([new Uint8Array([1])])).rejects.toMatchObject({ code: 'io' });
    await log.append([new Uint8Array([2])]);
    const seen: Uint8Array[] = [];
    await open(files, seen);
    expect(seen.map((payload) => payload[0])).toEqual([2]);
  });

  test('readMany gives the same as read, across segments and gaps', async () => {
    const files = new MemoryFiles();
    const { log } = await open(files, [], 500);
    const places = [];
    for (let i = 0; i < 20; i += 1) places.push(...(await log.append([new Uint8Array(60).fill(i), new Uint8Array(7).fill(i)])));
    const wanted = places.filter((_, i) => i % 3 !== 1);
    const many = await log.readMany(wanted);
    expect(many).toEqual(await Promise.all(wanted.map((place) => log.read(place))));
  });
});

test('records are sealed on the disk and come back open', async () => {
  const sealer = {
    seal: (payload: Uint8Array) => payload.map((byte) => byte ^ 0x5a),
    open: (sealed: Uint8Array) => sealed.map((byte) => byte ^ 0x5a),
  };
  const files = new MemoryFiles();
  const { log } = await SegmentLog.open(files, { sealer }, { segment: 1, offset: 0 }, () => undefined);
  const text = new TextEncoder().encode('Sunita Devi');
  const [place] = await log.append([text]);
  expect(new TextDecoder().decode(await files.read('journal-00000001.seg', 0, 1000))).not.toContain('Sunita');
  expect(place === undefined ? undefined : await log.read(place)).toEqual(text);
  const seen: Uint8Array[] = [];
  await SegmentLog.open(files, { sealer }, { segment: 1, offset: 0 }, (payload) => void seen.push(payload));
  expect(seen).toEqual([text]);
});
