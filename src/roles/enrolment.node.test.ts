// Enrolment and sessions under attack: two at once, a revoked hub's invites, a revoked desk's session, an outsider's greeting.
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { Crypto, Signer } from '#journal/ports/crypto.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { encodeWire } from '#journal/wire.ts';
import { encodeCommit } from '#journal/commit.ts';
import { enrol, joinProof, makeInvite } from './enrolment.ts';
import { proofBytes } from './sync/proof.ts';
import { SyncServer } from './sync/server.ts';
import { copy, join, newHospital, reopen, run, type Node, type Tools } from './testing/world.ts';

const crypto: Crypto = new NodeCrypto();
const tools: Tools = { crypto, sql: async () => (await NodeSql.open(':memory:')).sql };

async function invite(hub: Node, role: 'hub' | 'desk' = 'desk'): Promise<string> {
  const own = hub.replica.own!; // enrolled
  return makeInvite(
    own.identity.signer,
    { root: hub.replica.root, hubEpoch: own.epoch, nonce: crypto.randomBytes(16), nowMs: hub.clock.now() },
    { role, kinds: ['all'], name: role },
  );
}

async function answer(hub: Node, code: string, signer?: Signer) {
  const key = signer ?? (await crypto.generateSigner());
  return enrol(
    hub.replica,
    { invite: code, publicKey: toBase64Url(key.publicKey), proof: toBase64Url(await key.sign(joinProof(code, key.publicKey))) },
    'hospital',
  );
}

async function revoke(at: Node, node: Node): Promise<void> {
  await at.replica.writeAsDevice('revokeDevice', `revoke-${node.replica.own!.epoch}`, [
    { stream: node.replica.own!.identity.device, type: 'DeviceRevoked', data: { heads: [], reason: 'stolen' } },
  ]); // enrolled
}

const call = (verb: string, body: unknown, token?: string) => ({
  verb,
  token,
  body: body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)),
});

async function session(server: SyncServer, node: Node, introduction?: string) {
  const hello = await server.handle(call('hello', {}));
  const { nonce } = (hello as { json: { nonce: string } }).json;
  const own = node.replica.own!; // enrolled
  const device = own.identity.device.slice('device/'.length);
  const signature = toBase64Url(await own.identity.signer.sign(proofBytes('caller', Buffer.from(nonce, 'base64url'), device)));
  return server.handle(
    call('session', {
      protocol: 1,
      device,
      epoch: own.epoch,
      nonce,
      mine: toBase64Url(crypto.randomBytes(32)),
      signature,
      ...(introduction === undefined ? {} : { introduction }),
    }),
  );
}

function serverOf(hub: Node): SyncServer {
  return new SyncServer(hub.replica, { hospital: 'h', name: 'hub', unreachable: () => [], hubs: () => [], sleep: () => Promise.resolve() });
}

describe('enrolment', () => {
  test('devices that come at the same moment get different ranges', async () => {
    const hub = await newHospital(tools);
    const codes = await Promise.all(Array.from({ length: 12 }, () => invite(hub)));
    expect((await Promise.all(codes.map((code) => answer(hub, code)))).every((one) => one.ok)).toBe(true);
    const ranges = (await hub.replica.reader().all<{ ranges: { range: number }[] }>('device')).flatMap((device) =>
      device.state.ranges.map((one) => one.range),
    );
    expect(new Set(ranges).size).toBe(ranges.length);
  });

  test('one invite answered by two devices at the same moment enrols one', async () => {
    const hub = await newHospital(tools);
    const code = await invite(hub);
    const answers = await Promise.all([answer(hub, code), answer(hub, code)]);
    expect(answers.map((one) => (one.ok ? 'ok' : one.code)).sort()).toEqual(['invite-used', 'ok']);
  });

  test('a key that is one device’s cannot become another’s', async () => {
    const hub = await newHospital(tools);
    const key = await crypto.generateSigner();
    expect((await answer(hub, await invite(hub), key)).ok).toBe(true);
    expect(await answer(hub, await invite(hub), key)).toEqual({ ok: false, code: 'join-key-refused' });
  });

  test('a revoked hub’s invites are refused by the others', async () => {
    const hub = await newHospital(tools);
    const other = await join(tools, hub, 'hub');
    const code = await invite(other, 'hub');
    await revoke(hub, other);
    expect(await answer(hub, code)).toEqual({ ok: false, code: 'invite-forged' });
  });
});

describe('sessions of replication', () => {
  test('a revoked desk’s open session ends', async () => {
    const hub = await newHospital(tools);
    const server = serverOf(hub);
    const desk = await join(tools, hub, 'desk');
    const opened = (await session(server, desk)) as { json: { token: string } };
    expect((await server.handle(call('state', { scope: { kind: 'all' } }, opened.json.token))).status).toBe(200);
    await revoke(hub, desk);
    expect(await server.handle(call('state', { scope: { kind: 'all' } }, opened.json.token))).toEqual({
      status: 403,
      code: 'device-revoked',
    });
    expect(await session(server, desk)).toEqual({ status: 403, code: 'device-revoked' });
  });

  test('a desk fetches its own chain by name and nobody else’s', async () => {
    const hub = await newHospital(tools);
    const server = serverOf(hub);
    const desk = await join(tools, hub, 'desk');
    const other = await join(tools, hub, 'desk');
    for (const node of [desk, other]) {
      await run(node, 'writeNote', { text: 'own' });
      await copy(node.replica, hub.replica);
    }
    const { token } = ((await session(server, desk)) as { json: { token: string } }).json;
    const fetched = async (epoch: string): Promise<number> =>
      ((await server.handle(call('fetch', { want: [[epoch, [[1, 9]]]] }, token))) as { bytes: Uint8Array }).bytes.length;
    expect(await fetched(desk.replica.own!.epoch)).toBeGreaterThan(100); // enrolled
    expect(await fetched(other.replica.own!.epoch)).toBe(encodeWire([]).length); // enrolled
    expect(await fetched(hub.replica.own!.epoch)).toBe(encodeWire([]).length); // enrolled
  });

  test('an outsider’s greeting leaves nothing behind', async () => {
    const hub = await newHospital(tools);
    const foreign = await newHospital(tools);
    const desk = await join(tools, foreign, 'desk');
    await run(desk, 'writeNote', { text: 'foreign' });
    const commit = (await desk.replica.commits([desk.replica.position.n]))[0]!; // just written
    const reply = await session(serverOf(hub), desk, toBase64Url(encodeCommit(commit)));
    expect(reply).toEqual({ status: 403, code: 'device-unknown' });
    expect(hub.replica.evidence.pending).toEqual([]);
    expect(hub.replica.evidence.items).toEqual([]);
  });
});

test('a desk’s place in a hub’s log holds after the hub’s index was rebuilt with other runs', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  const cursors: { n: number; receipt: string }[] = [];
  for (let i = 0; i < 6; i += 1) {
    await run(desk, 'writeNote', { text: `${i}` });
    await copy(desk.replica, hub.replica, [desk.replica.position.n]);
    const server = serverOf(hub);
    const opened = ((await session(server, desk)) as { json: { token: string } }).json;
    cursors.push(
      ((await server.handle(call('state', { scope: { kind: 'all' } }, opened.token))) as { json: { end: { n: number; receipt: string } } })
        .json.end,
    );
  }
  const rebuilt = await reopen(tools, hub);
  const server = serverOf(rebuilt);
  const { token } = ((await session(server, desk)) as { json: { token: string } }).json;
  for (const cursor of cursors) {
    expect(await server.handle(call('state', { scope: { kind: 'all' }, cursor }, token))).toMatchObject({ json: { cursorValid: true } });
    expect(
      await server.handle(
        call('state', { scope: { kind: 'all' }, cursor: { ...cursor, receipt: cursors.at(-1)!.receipt.replace(/^./, '~') } }, token),
      ),
    ).toMatchObject({ json: { cursorValid: false } });
  }
});
