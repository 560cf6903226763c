// Live work that arrives at the same moment is stored together: one sync, one transaction, and each sender its own answer.
import { describe, expect, test } from 'vitest';
import type { MemoryFiles } from '#journal/testing/memory-files.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { copy, join, newHospital, picture, run, type Node, type Tools } from '../testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

async function withWork(hub: Node, count: number, notes: number): Promise<{ desk: Node; payloads: readonly Uint8Array[] }[]> {
  const out = [];
  for (let i = 0; i < count; i += 1) {
    const desk = await join(tools, hub, 'desk');
    const before = desk.replica.position.n;
    for (let k = 0; k < notes; k += 1) await run(desk, 'writeNote', { text: `desk ${i} note ${k}` });
    out.push({ desk, payloads: await desk.replica.payloads(Array.from({ length: notes }, (_, k) => before + 1 + k)) });
  }
  return out;
}

describe('live work that arrives together', () => {
  test('shares its syncs, and everybody is told of their own commits only', async () => {
    const hub = await newHospital(tools);
    const work = await withWork(hub, 12, 5);
    const { counters } = hub.ports.storage.files;
    const before = counters.syncs;
    const reports = await Promise.all(work.map(({ payloads }) => hub.replica.ingest(payloads, { live: true })));
    expect(counters.syncs - before).toBeLessThanOrEqual(3);
    for (const [i, report] of reports.entries()) {
      expect(report).toMatchObject({ duplicates: 0, pending: 0, refused: {}, overflow: 0, late: 0 });
      expect(report.accepted).toHaveLength(5);
      const { desk } = work[i]!; // as many reports as desks
      const numbers = await hub.replica.index.numbersOfChain(desk.replica.own!.epoch, 1, 5); // it joined
      expect(report.lastN).toBe(numbers.at(-1));
      expect(numbers.at(-1)! - numbers[0]!).toBe(4); // five of them
    }
    expect(JSON.parse(await picture(hub))[1]).toHaveLength(60);
  });

  test('one commit in several arrivals is stored once, damage is refused to its sender alone', async () => {
    const hub = await newHospital(tools);
    const [first, second, third] = await withWork(hub, 3, 4);
    const altered = third!.payloads.map((payload, i) =>
      i === 1 ? Uint8Array.from(payload, (byte, at) => (at === 90 ? byte ^ 1 : byte)) : payload,
    );
    const reports = await Promise.all(
      [first!.payloads, [...first!.payloads, ...second!.payloads], altered, first!.payloads].map((payloads) =>
        hub.replica.ingest(payloads, { live: true }),
      ),
    );
    expect(reports.map(({ accepted, duplicates }) => [accepted.length, duplicates])).toEqual([
      [4, 0],
      [4, 4],
      [3, 0],
      [0, 4],
    ]);
    expect(reports.map(({ refused }) => Object.values(refused))).toEqual([[], [], [1], []]);
    expect(JSON.parse(await picture(hub))[1]).toHaveLength(11);
  });

  test('commits of a key that comes with another arrival are not lost, in either order', async () => {
    const hub = await newHospital(tools);
    const other = await join(tools, hub, 'hub');
    const before = other.replica.position.n;
    const late = await join(tools, other, 'desk');
    const at = late.replica.position.n;
    await run(late, 'writeNote', { text: 'from a desk that only the other hub knows' });
    const work = await late.replica.payloads([at + 1]);
    const certificate = await other.replica.payloads([before + 1]);
    const [honest] = await withWork(hub, 1, 3);
    for (const order of [
      [work, certificate, honest!.payloads],
      [honest!.payloads, certificate, work],
    ]) {
      const replica = await join(tools, hub, 'hub');
      await copy(hub.replica, replica.replica);
      const reports = await Promise.all(order.map((payloads) => replica.replica.ingest(payloads, { live: true })));
      expect(reports.every(({ overflow }) => overflow === 0)).toBe(true);
      expect(JSON.parse(await picture(replica))[1]).toHaveLength(4);
      expect(replica.replica.evidence.pending).toEqual([]);
    }
  });

  test('a disk that refuses tells every sender, and what is sent again is taken', async () => {
    const hub = await newHospital(tools);
    const work = await withWork(hub, 3, 2);
    const files = hub.ports.storage.files as MemoryFiles; // of portsOf
    files.faults.capacityBytes = 0;
    const failed = await Promise.allSettled(work.map(({ payloads }) => hub.replica.ingest(payloads, { live: true })));
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    delete files.faults.capacityBytes;
    const again = await Promise.all(work.map(({ payloads }) => hub.replica.ingest(payloads, { live: true })));
    expect(again.map(({ accepted }) => accepted.length)).toEqual([2, 2, 2]);
  });
});
