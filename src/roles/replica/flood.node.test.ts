// Floods of what cannot be judged or is no commit: they cost their sender a place, and nobody else anything.
import { expect, test } from 'vitest';
import { encodeCommit } from '#journal/commit.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { copy, join, newHospital, picture, reopen, run, type Tools } from '../testing/world.ts';
import { trustNumbers } from '../sync/scope.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

async function foreignCommits(count: number): Promise<Uint8Array[]> {
  const desk = await join(tools, await newHospital(tools), 'desk');
  for (let i = 0; i < count; i += 1) await run(desk, 'writeNote', { text: `foreign ${i}` });
  return (await desk.replica.commits(await desk.replica.index.numbersOfChain(desk.replica.own!.epoch, 1, count))).map(encodeCommit); // joined
}

test('what waits is written to the disk once, however often something else arrives', async () => {
  const hub = await newHospital(tools);
  await hub.replica.ingest(await foreignCommits(50));
  expect(hub.replica.evidence.pending).toHaveLength(50);
  const size = async (): Promise<number> =>
    (await hub.ports.storage.files.list())
      .filter((file) => file.name.startsWith('pending'))
      .reduce((sum, file) => sum + file.lengthBytes, 0);
  const before = await size();
  const desk = await join(tools, hub, 'desk');
  for (let i = 0; i < 10; i += 1) {
    await run(desk, 'writeNote', { text: `own ${i}` });
    await copy(desk.replica, hub.replica);
  }
  expect(await size()).toBe(before);
  expect(hub.replica.evidence.pending).toHaveLength(50);
});

test('one sender fills its share of the waiting room and leaves the others theirs', async () => {
  const hub = await newHospital(tools);
  const foreign = await foreignCommits(2100);
  const flood = await hub.replica.ingest(foreign, { from: 'device/stolen' });
  expect([flood.pending, flood.overflow]).toEqual([2100, 100]);
  const honest = await hub.replica.ingest(await foreignCommits(3), { from: 'device/honest' });
  expect(honest.overflow).toBe(0);
});

test('what waited is taken when its certificate comes, and counts as not from this sender', async () => {
  const hub = await newHospital(tools);
  const other = await join(tools, hub, 'hub');
  const desk = await join(tools, hub, 'desk');
  await run(desk, 'writeNote', { text: 'early' });
  const [last] = await desk.replica.commits([desk.replica.position.n]);
  await other.replica.ingest([encodeCommit(last!)]); // just written
  expect(other.replica.evidence.pending).toHaveLength(1);
  const again = await reopen(tools, other);
  expect(again.replica.evidence.pending).toHaveLength(1);
  const report = await again.replica.ingest(await hub.replica.payloads(await trustNumbers(hub.replica)));
  expect(report.late).toBe(1);
  expect(again.replica.evidence.pending).toEqual([]);
  await copy(desk.replica, hub.replica);
  expect(await picture(again)).toBe(await picture(hub));
});

test('a flood of nothings stays within the evidence', async () => {
  const hub = await newHospital(tools);
  const { syncs } = hub.ports.storage.files.counters;
  const report = await hub.replica.ingest(Array.from({ length: 60_000 }, (_, i) => new Uint8Array([i & 255, i >> 8, 7])));
  expect(report.refused).toEqual({ 'commit-too-short': 60_000 });
  expect(hub.replica.evidence.items.length).toBeLessThan(40_000);
  expect(hub.replica.evidence.dropped).toBeGreaterThan(20_000);
  expect(hub.ports.storage.files.counters.syncs - syncs).toBeLessThan(5);
});
