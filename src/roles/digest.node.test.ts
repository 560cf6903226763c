// A rebuild gives the same picture, and a digest sees any difference. Real SQLite in memory; no disk, no network.
import { expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { digestOf } from './digest.ts';
import { copy, join, newHospital, run, type Tools } from './testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

test('replicas that hold the same have the same digest, also when it came in another order', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  for (let i = 0; i < 5; i += 1) await run(desk, 'writeNote', { text: `n${i}` });
  const other = await join(tools, hub, 'hub');
  await copy(desk.replica, hub.replica);
  for (let n = hub.replica.position.n; n > 0; n -= 1) await copy(hub.replica, other.replica, [n]);
  await copy(hub.replica, other.replica);
  expect(await digestOf(other.replica)).toEqual(await digestOf(hub.replica));
});

test('one view row, number or document that differs is seen', async () => {
  const hub = await newHospital(tools);
  await run(hub, 'writeNote', { text: 'a' });
  const before = await digestOf(hub.replica);
  await hub.ports.storage.sql.write([{ sql: "UPDATE v_notes SET text = 'b'" }]);
  const row = await digestOf(hub.replica);
  expect(row.documents).toBe(before.documents);
  expect(row.views).not.toBe(before.views);
  await hub.ports.storage.sql.write([{ sql: "UPDATE v_notes SET text = 'a'" }]);
  expect(await digestOf(hub.replica)).toEqual(before);
  await hub.ports.storage.sql.write([{ sql: "INSERT INTO numbers(number, doc) SELECT '999', doc FROM v_notes" }]);
  expect((await digestOf(hub.replica)).views).not.toBe(before.views);
  await hub.ports.storage.sql.write([{ sql: "UPDATE documents SET issues = 1 WHERE type = 'note'" }]);
  expect((await digestOf(hub.replica)).documents).not.toBe(before.documents);
});

test('a rebuild mends what was altered in the database, keeps what is known of peers, and work goes on', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  await run(desk, 'writeNote', { text: 'a' });
  const { sql } = desk.ports.storage;
  await sql.write([
    { sql: "INSERT INTO peers(device, cursor, offered, acknowledged, scope) VALUES('hub', '{}', 3, 2, 'all')" },
    { sql: "INSERT INTO covered(unit) VALUES('patient/a')" },
  ]);
  const before = await digestOf(desk.replica);
  await sql.write([
    { sql: 'DELETE FROM v_notes' },
    { sql: 'UPDATE documents SET json = \'{"state":{},"heads":[],"issues":[],"events":0}\' WHERE type = \'note\'' },
  ]);
  expect(await digestOf(desk.replica)).not.toEqual(before);
  const heard: number[] = [];
  desk.replica.onChange((change) => heard.push(change.types.length));
  // A command that is given meanwhile is decided before or after, never on half a picture.
  const [, done] = await Promise.all([desk.replica.rebuild(), run(desk, 'writeNote', { text: 'meanwhile' })]);
  expect(done).toMatchObject({ ok: true });
  expect(heard.length).toBeGreaterThan(0);
  expect(await sql.read('SELECT device, offered, scope FROM peers')).toEqual([{ device: 'hub', offered: 3, scope: 'all' }]);
  expect(await sql.read('SELECT unit FROM covered')).toEqual([{ unit: 'patient/a' }]);
  await copy(desk.replica, hub.replica);
  await copy(hub.replica, desk.replica);
  const after = await digestOf(desk.replica);
  await desk.replica.rebuild();
  expect(await digestOf(desk.replica)).toEqual(after);
  expect((await digestOf(hub.replica)).documents).toBe(after.documents);
});
