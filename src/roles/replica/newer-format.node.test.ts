// An older program in a newer one's folder, and beside newer peers: it never writes what it does not know, says so, and touches nothing.
import { expect, test } from 'vitest';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseBody } from '#journal/body.ts';
import { encodeCommit } from '#journal/commit.ts';
import { HEADER_FORMAT } from '#journal/header.ts';
import { SEGMENT_FORMAT } from '#journal/segment-log.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { encodeWire, WIRE_HEAD_BYTES, decodeWire } from '#journal/wire.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { digestOf } from '../digest.ts';
import { readDeviceFile, writeDeviceFile } from '../founding.ts';
import { copy, join, newHospital, type Node, reopen, run, type Tools } from '../testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const SEGMENT = 'journal-00000001.seg';
const FORMAT_AT = 8;

/** The same folder as a newer program left it: the format in the head of its segment is one higher. */
async function withNewerSegment(node: Node): Promise<MemoryFiles> {
  const files = new MemoryFiles();
  for (const { name, lengthBytes } of await node.ports.storage.files.list()) {
    const bytes = new Uint8Array(await node.ports.storage.files.read(name, 0, lengthBytes));
    if (name === SEGMENT) new DataView(bytes.buffer).setUint16(FORMAT_AT, SEGMENT_FORMAT + 1);
    await files.append(name, bytes);
    await files.sync(name);
  }
  return files;
}

async function content(files: MemoryFiles): Promise<Readonly<Record<string, string>>> {
  const out: Record<string, string> = {};
  for (const { name, lengthBytes } of await files.list()) out[name] = toBase64Url(await files.read(name, 0, lengthBytes));
  return out;
}

test('a journal of a newer format is refused at open, whether the database is there or not, and no byte of either changes', async () => {
  const hub = await newHospital(tools);
  await run(hub, 'writeNote', { text: 'kept' });
  const files = await withNewerSegment(hub);
  const before = await content(files);
  await expect(reopen(tools, hub, { files })).rejects.toMatchObject({ code: 'newer-format', failureClass: 'permanent' });
  // The database of the newer program is worth a rebuild of an hour: an older one that must go leaves it alone.
  const { sql } = hub.ports.storage;
  await sql.write([{ sql: "UPDATE meta SET value = 'of a newer program' WHERE key = 'version'" }]);
  await expect(reopen(tools, hub, { files, sql })).rejects.toMatchObject({ code: 'newer-format' });
  expect(await sql.read('SELECT count(*) AS n FROM v_notes')).toEqual([{ n: 1 }]);
  expect(await sql.read("SELECT value FROM meta WHERE key = 'version'")).toEqual([{ value: 'of a newer program' }]);
  expect(await content(files)).toEqual(before);
});

test('device.json of a newer version is refused, and stays as it is', async () => {
  const hub = await newHospital(tools);
  const file = await readDeviceFile(hub.ports);
  if (file === undefined) throw new Error('it was founded');
  const newer = new TextEncoder().encode(JSON.stringify({ ...file, version: 2, epoch: { current: file.epoch } }));
  await hub.ports.storage.files.replace('device.json', newer);
  await expect(readDeviceFile(hub.ports)).rejects.toMatchObject({ code: 'newer-format', failureClass: 'permanent' });
  expect(await hub.ports.storage.files.read('device.json', 0, 9999)).toEqual(newer);
  for (const damaged of ['{', '[]', '{"hospital":1}', 'null']) {
    await hub.ports.storage.files.replace('device.json', new TextEncoder().encode(damaged));
    await expect(readDeviceFile(hub.ports)).rejects.toMatchObject({ code: 'damaged', failureClass: 'permanent' });
  }
  await writeDeviceFile(hub.ports, file);
  expect(await readDeviceFile(hub.ports)).toEqual(file);
});

test('an event of an unknown kind is kept, parked and passed on', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  await desk.replica.writeAsDevice('futureThing', 'future-1', [
    { stream: 'hologram/aaaaaaaaaaaaaaaa' as never, type: 'HologramShown', data: { v: 9 } },
  ]); // a stream type of a later program
  await run(desk, 'writeNote', { text: 'after it' });
  await copy(desk.replica, hub.replica);
  const third = await join(tools, hub, 'hub');
  await copy(hub.replica, third.replica);
  expect(await third.ports.storage.sql.read('SELECT why FROM parked')).toEqual([{ why: 'stream-unknown hologram' }]);
  expect((await digestOf(third.replica)).heads).toBe((await digestOf(hub.replica)).heads);
});

test('a header of a newer format is evidence and holds up nothing; docs/decisions/0007 says why it is not stored', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  await run(desk, 'writeNote', { text: 'a' });
  const [commit] = await desk.replica.commits([desk.replica.position.n]);
  if (commit?.body === undefined || parseBody(commit.body) === undefined) throw new Error('it was written just now');
  const newer = encodeCommit(commit);
  newer[1] = HEADER_FORMAT + 1;
  const before = hub.replica.position.n;
  const report = await hub.replica.ingest([newer, encodeCommit(commit)]);
  expect(report.refused).toEqual({ 'header-format': 1 });
  expect(report.accepted).toHaveLength(1);
  expect(hub.replica.position.n).toBe(before + 1);
  expect(hub.replica.evidence.items.map((item) => item.why)).toContain('header-format');
});

test('a stream of commits of a newer format is refused whole, with its own word', () => {
  const wire = encodeWire([]);
  wire[WIRE_HEAD_BYTES - 1] = 2;
  expect(decodeWire(wire)).toEqual({ ok: false, problem: 'wire-newer' });
});
