import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
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
});
