import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { decodeWire } from '#journal/wire.ts';
import { introduction, openEpoch } from '../epochs.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { newHospital, join, reopen, run, copy, type Tools } from '../testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

describe('found by the simulator', () => {
  test('a database ahead of its journal starts over, so that the lost commit can come again (seeds 12 and 51)', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await copy(desk.replica, hub.replica);
    const before = hub.ports.storage.files.image();
    await run(desk, 'writeNote', { text: 'lost by a disk that lied' });
    await copy(desk.replica, hub.replica);
    const held = hub.replica.position.n;
    const back = await reopen(tools, hub, { sql: hub.ports.storage.sql, files: new MemoryFiles({}, before) });
    expect(back.replica.position.n).toBe(held - 1);
    expect(back.replica.notes.rebuilt).toBe(true);
    await copy(desk.replica, back.replica);
    expect(back.replica.position.n).toBe(held);
  });

  test('a device that opened two epochs before any hub heard of the first is believed (seed 9 of restored and cloned desks)', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await openEpoch(desk.replica);
    await openEpoch(desk.replica);
    const own = desk.replica.own;
    const wire = decodeWire((await introduction(desk.replica)) ?? new Uint8Array(0));
    expect(wire.ok && wire.payloads.length).toBe(2);
    for (const payload of wire.ok ? wire.payloads : []) await hub.replica.ingest([payload]);
    expect(own === undefined ? undefined : hub.replica.trust.epoch(own.epoch)?.device).toBe(own?.identity.device);
  });
});
