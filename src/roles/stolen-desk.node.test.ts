// What a stolen desk can try with its real key: each try is stored or refused, and has no effect beyond its own rights.
import { describe, expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { encodeCommit } from '#journal/commit.ts';
import { epochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { forge } from './testing/forge.ts';
import { copy, join, newHospital, picture, reopen, run, SEED, type Tools } from './testing/world.ts';
import { toyDomain } from './testing/toy-domain.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const { crypto } = tools;

const note = (i: number): StreamId => `note/${String(i).padStart(16, 'n')}` as StreamId; // 16 letters and digits
const ADMIN_SEED = [
  ...SEED,
  { stream: 'role/adminadminadmin0' as StreamId, type: 'RoleDefined', data: { role: 'admin', title: 'Admin', permissions: ['*'] } },
  { stream: 'user/adminadminadmin0' as StreamId, type: 'UserCreated', data: { user: 'admin', name: 'Admin' } },
  { stream: 'user/adminadminadmin0' as StreamId, type: 'RoleGranted', data: { role: 'admin' } },
];
const ADMIN = 'user/adminadminadmin0' as StreamId;

describe('a stolen desk', () => {
  test('cannot add its key to the hub by naming the hub in its header', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const hubDevice = hub.replica.own!.identity.device; // founded
    const thief = await crypto.generateSigner();
    const epoch = epochId(epochBytes(crypto.sha256, thief.publicKey));
    const forged = await forge(
      desk,
      { events: [{ stream: hubDevice, type: 'EpochOpened', data: { epoch, publicKey: toBase64Url(thief.publicKey) } }] },
      { device: hubDevice },
    );
    const report = await hub.replica.ingest([encodeCommit(forged)]);
    expect(report.accepted).toEqual([]);
    expect(report.refused).toEqual({ 'device-of-another': 1 });
    expect(hub.replica.trust.epoch(epoch)).toBeUndefined();
    // Its own work goes on being taken.
    await run(desk, 'writeNote', { text: 'honest' });
    await copy(desk.replica, hub.replica);
    expect(JSON.parse(await picture(hub))[1]).toHaveLength(1);
  });

  test('cannot stop replicas with an event named like a part of every object', async () => {
    const hub = await newHospital(tools, toyDomain, ADMIN_SEED);
    const desk = await join(tools, hub, 'desk');
    const forged = await forge(desk, {
      user: ADMIN,
      do: 'anything',
      events: ['constructor', '__proto__', 'toString'].map((type) => ({ stream: note(1), type, data: {} })),
    });
    expect((await hub.replica.ingest([encodeCommit(forged)])).accepted).toHaveLength(1);
    expect((await run(hub, 'writeNote', { text: 'goes on' })).ok).toBe(true);
    const again = await reopen(tools, hub);
    expect(await picture(again)).toBe(await picture(hub));
  });

  test('cannot take the place of a commit by sending its header alone', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await run(desk, 'writeNote', { text: 'must arrive' });
    const [commit] = await desk.replica.commits([desk.replica.position.n]);
    await hub.replica.ingest([encodeCommit({ ...commit!, body: undefined })]); // written above
    await copy(desk.replica, hub.replica);
    expect(JSON.parse(await picture(hub))[1]).toHaveLength(1);
  });

  test('cannot make the others write commits that nobody can read: by many keys', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const device = desk.replica.own!.identity.device; // joined
    for (let i = 0; i < 205; i += 1) {
      const { openEpoch } = await import('./epochs.ts');
      await openEpoch(desk.replica);
    }
    // Each pass over a batch learns one key of a row; what is left waits and is not lost.
    await copy(desk.replica, hub.replica);
    expect(hub.replica.evidence.pending.length + (hub.replica.trust.device(device)?.epochs.length ?? 0)).toBeGreaterThan(200);
    for (let i = 0; i < 5; i += 1) await copy(desk.replica, hub.replica, []);
    expect(hub.replica.trust.device(device)?.epochs.length).toBeGreaterThan(200);
    await run(hub, 'writeNote', { text: 'readable' });
    expect(await hub.ports.storage.sql.read('SELECT * FROM parked')).toEqual([]);
    expect(JSON.parse(await picture(hub))[1]).toHaveLength(1);
  });

  test('cannot make the others write commits that nobody can read: by many heads on one stream', async () => {
    const hub = await newHospital(tools);
    const written = await run(hub, 'writeNote', { text: 'n' });
    const result = (written as { result: { note: StreamId; number: string } }).result;
    const commits: Uint8Array[] = [];
    for (let i = 0; i < 70; i += 1) {
      const desk = await join(tools, hub, 'desk');
      commits.push(
        encodeCommit(
          await forge(desk, { do: 'changeNote', events: [{ stream: result.note, type: 'NoteChanged', data: { text: `t${i}` } }] }),
        ),
      );
    }
    await hub.replica.ingest(commits);
    expect((await run(hub, 'changeNote', { number: result.number, text: 'last' })).ok).toBe(true);
    expect(await hub.ports.storage.sql.read('SELECT * FROM parked')).toEqual([]);
    expect((await hub.replica.document<{ text: string }>(result.note))?.state.text).toBe('last');
  });
});
