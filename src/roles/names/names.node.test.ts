// The name index between a hub and a desk: real links, servers and SQLite, the whole hospital's domain, no sockets.
import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { atWork, hospitalNode, type HospitalNode } from './testing/hospital-node.ts';
import { join, type Tools } from '../testing/world.ts';
import { hospitalDomain } from '../domain.ts';
import type { LivePeer } from '../sync/link-ports.ts';
import { NameIndexClient } from './name-index-client.ts';
import { NamePackServer } from './name-pack-server.ts';
import { buildHere, type PackBuilder } from './pack-builder.ts';
import { chunksOf, decodeChunk } from '#views/name-index/pack.ts';
import { NAMES_CHANGED_VERB, NAMES_VERB } from './names-protocol.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const patient = { sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, Math.min(ms, 20))) };

/** Chunks of one record each: a load that can be broken off at many places. */
const tiny: PackBuilder = () => {
  const here = buildHere();
  return { ...here, finish: async (version) => (await here.finish(version)).flatMap((chunk) => chunksOf(decodeChunk(chunk), 1)) };
};

class Peer implements LivePeer {
  readonly hub: string;
  readonly asked: string[] = [];
  /** Calls answered before the hub dies; Infinity for never. */
  left = Number.POSITIVE_INFINITY;
  readonly #server: NamePackServer;
  readonly #desk: HospitalNode;
  constructor(hub: HospitalNode, server: NamePackServer, desk: HospitalNode) {
    this.hub = hub.replica.own?.identity.device.slice('device/'.length) ?? '';
    this.#server = server;
    this.#desk = desk;
  }
  busy(): boolean {
    return false;
  }
  async ask(verb: string, request: unknown): Promise<{ status: number; body: Uint8Array }> {
    if (this.left <= 0) throw new Error('hub-late');
    this.left -= 1;
    this.asked.push(`${verb} ${JSON.stringify((request as { chunk?: number }).chunk ?? '')}`); // only chunks are looked at
    const device = this.#desk.replica.own?.identity.device;
    if (device === undefined) throw new Error('the desk is not enrolled');
    const reply = await this.#server.answer(verb, new TextEncoder().encode(JSON.stringify(request)), device);
    if (reply.status !== 200) return { status: reply.status, body: new Uint8Array(0) };
    return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes };
  }
}

async function setting(options: { builder?: PackBuilder; people?: number } = {}) {
  const hub = await hospitalNode(tools);
  for (let i = 0; i < (options.people ?? 3); i += 1)
    await hub.register({
      name: ['Sunita Devi', 'Mohammad Irfan', 'Anita Kumari'][i] ?? `Person ${i}`,
      phone: `0123456${String(i).padStart(3, '0')}`,
    });
  const desk = atWork(await join(tools, hub, 'desk', hospitalDomain));
  const server = new NamePackServer({
    replica: hub.replica,
    timers: patient,
    ...(options.builder === undefined ? {} : { builder: options.builder }),
  });
  const client = await NameIndexClient.open(desk.replica, patient);
  return { hub, desk, server, client, peer: new Peer(hub, server, desk) };
}

async function untilQuiet(client: NameIndexClient, peer: Peer): Promise<void> {
  for (let i = 0; i < 500; i += 1) if ((await client.step(peer, undefined, 0)) !== 'again' && client.status.rows > 0) return;
  throw new Error('the index does not come to rest');
}

const found = async (client: NameIndexClient, text: string): Promise<readonly string[]> =>
  (await client.search(text, 10)).rows.map(({ row }) => row.name);

describe('a desk', () => {
  test('knows everybody when all hubs are dead, and after it is opened again', async () => {
    const { desk, client, peer } = await setting();
    await untilQuiet(client, peer);
    peer.left = 0;
    expect([await found(client, 'sunita'), await found(client, 'मोहम्मद'), await found(client, '0123456002')]).toEqual([
      ['Sunita Devi'],
      ['Mohammad Irfan'],
      ['Anita Kumari'],
    ]);
    expect(client.status).toMatchObject({ rows: 3, changed: 0, loadingPercent: undefined, asOf: desk.clock.ms });
    const again = await NameIndexClient.open(desk.replica, patient);
    expect(await found(again, 'sunita')).toEqual(['Sunita Devi']);
    expect(again.status).toMatchObject({ rows: 3, asOf: desk.clock.ms });
  });

  test('gets names that are new, changed or merged since the pack, and asks for no second pack', async () => {
    const { hub, client, peer } = await setting();
    await untilQuiet(client, peer);
    const [first = '', second = ''] = hub.uhids;
    await hub.register({ name: 'Zubaida Begum' });
    await hub.do('correctPatient', { uhid: first, name: 'Vinita Devi', reason: 'as on the card' });
    await hub.do('linkPatients', { patient: second, into: first, reason: 'same person' });
    const before = peer.asked.length;
    await untilQuiet(client, peer);
    expect([await found(client, 'zubaida'), await found(client, 'vinita'), await found(client, 'sunita')]).toEqual([
      ['Zubaida Begum'],
      ['Vinita Devi'],
      [],
    ]);
    expect((await client.search(second, 5)).rows[0]?.row.into?.uhid).toBe(first);
    expect(peer.asked.slice(before).every((verb) => verb.startsWith(NAMES_CHANGED_VERB))).toBe(true);
    expect(client.status.changed).toBe(3);
  });

  test('goes on where a load broke off, also after a restart, and uses nothing before it is whole', async () => {
    const { desk, client, peer } = await setting({ builder: tiny });
    peer.left = 3;
    for (let i = 0; i < 10; i += 1) await client.step(peer, undefined, 0).catch(() => undefined);
    expect(await found(client, 'sunita')).toEqual([]);
    peer.left = Number.POSITIVE_INFINITY;
    const again = await NameIndexClient.open(desk.replica, patient);
    await untilQuiet(again, peer);
    expect(await found(again, 'sunita')).toEqual(['Sunita Devi']);
    const chunks = peer.asked.filter((verb) => verb.startsWith(`${NAMES_VERB} `) && /\d/.test(verb));
    expect(chunks.length).toBeGreaterThan(3);
    expect(new Set(chunks).size).toBe(chunks.length);
  });

  test('begins anew when the hub has another pack meanwhile', async () => {
    const { hub, desk, client, peer } = await setting({ builder: tiny });
    peer.left = 3;
    for (let i = 0; i < 5; i += 1) await client.step(peer, undefined, 0).catch(() => undefined);
    await hub.register({ name: 'Zubaida Begum' });
    const restarted = new Peer(hub, new NamePackServer({ replica: hub.replica, timers: patient, builder: tiny }), desk);
    await untilQuiet(client, restarted);
    expect([await found(client, 'sunita'), await found(client, 'zubaida'), client.status.rows]).toEqual([
      ['Sunita Devi'],
      ['Zubaida Begum'],
      4,
    ]);
  });

  test('takes a pack that is a week newer, and forgets what that contains', async () => {
    const { hub, desk, client, peer } = await setting();
    await untilQuiet(client, peer);
    await hub.register({ name: 'Zubaida Begum' });
    await untilQuiet(client, peer);
    expect(client.status).toMatchObject({ rows: 3, changed: 1 });
    hub.clock.ms += 8 * 86_400_000;
    desk.clock.ms += 8 * 86_400_000;
    for (let i = 0; i < 5; i += 1) {
      await untilQuiet(client, peer);
      desk.clock.ms += 3_700_000;
    }
    expect(client.status).toMatchObject({ rows: 4, changed: 0 });
    expect(await found(client, 'zubaida')).toEqual(['Zubaida Begum']);
  });
});

describe('a hub', () => {
  test('says "not yet" while it builds, and tells of a failed building by nothing but waiting', async () => {
    let failures = 1;
    const { hub, server, client, peer } = await setting({
      builder: () => {
        const here = buildHere();
        return { ...here, finish: (version) => (failures-- > 0 ? Promise.reject(new Error('no memory')) : here.finish(version)) };
      },
    });
    expect(await client.step(peer, undefined, 0)).toBe('later');
    expect([server.pack, await found(client, 'sunita')]).toEqual([undefined, []]);
    hub.clock.ms += 61_000;
    await untilQuiet(client, peer);
    expect(await found(client, 'sunita')).toEqual(['Sunita Devi']);
  });

  test('refuses a command centre, malformed questions and a chunk that it does not have', async () => {
    const { server, desk, hub } = await setting();
    const device = desk.replica.own!.identity.device; // enrolled above
    const ask = (verb: string, body: string, of = device) => server.answer(verb, new TextEncoder().encode(body), of);
    expect(await ask(NAMES_VERB, '{}', hub.replica.own!.identity.device)).toMatchObject({ status: 403 }); // a hub has no desk kinds
    for (const body of ['', '{', '{"chunk":-1}', '{"chunk":"1"}']) expect(await ask(NAMES_VERB, body)).toMatchObject({ status: 400 });
    expect(await ask(NAMES_VERB, '{"version":"other","chunk":0}')).toMatchObject({ status: 404 });
    expect(await ask(NAMES_CHANGED_VERB, '{"after":0}')).toMatchObject({ status: 400 });
    const other = await ask(NAMES_CHANGED_VERB, '{"log":"other","after":5,"waitMs":0}');
    expect(other).toMatchObject({ status: 200, json: { rows: [], n: 0 } });
    expect(JSON.stringify(other)).not.toContain('"log":"other"');
  });

  test('tells a change at once to who waits for one', async () => {
    const { hub, client, peer } = await setting();
    await untilQuiet(client, peer);
    const waiting = client.step(peer, undefined, 20);
    await hub.register({ name: 'Zubaida Begum' });
    await waiting;
    expect(await found(client, 'zubaida')).toEqual(['Zubaida Begum']);
  });
});
