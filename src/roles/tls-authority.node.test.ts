// Who gets a certificate authority, and whose answer is believed: only hubs of the hospital, whatever stands between.
import { beforeAll, describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import type { SyncReply } from './sync/sync-call.ts';
import type { Transport } from './sync/transport.ts';
import { askAuthority, giveAuthority, type TlsAuthorityPort } from './tls-authority.ts';
import { join, newHospital, type Node, type Tools } from './testing/world.ts';

const port: TlsAuthorityPort = {
  rootFingerprint: () => 'AB',
  issue: (hub, publicKey) => Promise.resolve({ chainPem: `chain of ${hub} over ${publicKey.length}`, rootPem: 'root' }),
};
const KEY = new Uint8Array([1, 2, 3]);
const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
let first: Node;
let second: Node;
let desk: Node;

beforeAll(async () => {
  first = await newHospital(tools);
  second = await join(tools, first, 'hub');
  desk = await join(tools, first, 'desk');
});

/** A way to `hub`, on which somebody may change the question and the answer. */
function way(
  hub: Node,
  change: {
    readonly question?: (body: Record<string, unknown>) => unknown;
    readonly answer?: (json: Record<string, unknown>) => unknown;
  } = {},
  given: TlsAuthorityPort | undefined = port,
): Transport {
  return {
    url: 'http://between',
    call: async (verb, body) => {
      expect(verb).toBe('tls-authority');
      const question = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>; // of askAuthority
      const reply: SyncReply = await giveAuthority(hub.replica, given, change.question?.(question) ?? question);
      const json = 'json' in reply ? (reply.json as Record<string, unknown>) : { code: 'code' in reply ? reply.code : '' }; // an object
      return { status: reply.status, body: new TextEncoder().encode(JSON.stringify(change.answer?.(json) ?? json)) };
    },
  };
}

test('a hub that joined gets one, under its own name', async () => {
  expect(await askAuthority(second.replica, way(first), KEY)).toEqual({
    ok: true,
    issued: { chainPem: 'chain of hub over 3', rootPem: 'root' },
  });
});

describe('refused', () => {
  test('a desk', async () => {
    expect(await askAuthority(desk.replica, way(first), KEY)).toEqual({ ok: false, code: 'tls-authority-hubs-only' });
  });

  test('a hub of another hospital, on either side', async () => {
    const other = await newHospital(tools);
    expect(await askAuthority(other.replica, way(first), KEY)).toEqual({ ok: false, code: 'device-unknown' });
    // It would have to know the caller first; even then its answer is signed by nobody whom the caller knows.
    const forged = way(first, { answer: (json) => ({ ...json, epoch: other.replica.own?.epoch }) });
    expect(await askAuthority(second.replica, forged, KEY)).toEqual({ ok: false, code: 'hub-not-proved' });
  });

  test('another key put into the question on the way', async () => {
    expect(await askAuthority(second.replica, way(first, { question: (body) => ({ ...body, publicKey: 'CQkJ' }) }), KEY)).toEqual({
      ok: false,
      code: 'sync-proof',
    });
  });

  test('another device named in the question', async () => {
    const id = (desk.replica.own?.identity.device ?? '').slice('device/'.length);
    expect(await askAuthority(second.replica, way(first, { question: (body) => ({ ...body, device: id }) }), KEY)).toEqual({
      ok: false,
      code: 'device-unknown',
    });
  });

  test.each([{ rootPem: 'evil' }, { chainPem: 'evil' }, { signature: 'A'.repeat(86) }])(
    '%j put into the answer on the way',
    async (evil) => {
      expect(await askAuthority(second.replica, way(first, { answer: (json) => ({ ...json, ...evil }) }), KEY)).toEqual({
        ok: false,
        code: 'hub-not-proved',
      });
    },
  );

  test('an answer to somebody else', async () => {
    const third = await join(tools, first, 'hub');
    let kept: Record<string, unknown> = {};
    await askAuthority(third.replica, way(first, { answer: (json) => (kept = json) }), new Uint8Array([9, 9]));
    expect(await askAuthority(second.replica, way(first, { answer: () => kept }), KEY)).toEqual({ ok: false, code: 'hub-not-proved' });
  });

  test('a hub that was revoked', async () => {
    const stolen = await join(tools, first, 'hub');
    const device = stolen.replica.own?.identity.device;
    if (device === undefined) throw new Error('it joined');
    expect(await askAuthority(stolen.replica, way(first), KEY)).toMatchObject({ ok: true });
    await first.replica.writeAsDevice('revokeDevice', 'revoke-stolen', [
      { stream: device, type: 'DeviceRevoked', data: { heads: [], reason: 'stolen' } },
    ]);
    expect(await askAuthority(stolen.replica, way(first), KEY)).toEqual({ ok: false, code: 'device-revoked' });
  });

  test('where there is no authority, or nobody', async () => {
    expect(await askAuthority(second.replica, way(first, {}, { ...port, issue: () => Promise.resolve(undefined) }), KEY)).toEqual({
      ok: false,
      code: 'tls-authority-none',
    });
    expect(await askAuthority(second.replica, { url: '', call: () => Promise.reject(new Error('down')) }, KEY)).toEqual({
      ok: false,
      code: 'no-hub-answers',
    });
    for (const body of [undefined, null, 'x', {}, { device: 1 }])
      expect(await giveAuthority(first.replica, port, body)).toEqual({ status: 400, code: 'sync-malformed' });
  });
});
