import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { join, newHospital, run, type Node, type Tools } from '../testing/world.ts';
import { Link } from './link.ts';
import { MAX_ARRIVING, SyncServer } from './server.ts';
import type { Transport } from './transport.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

function serverOf(hub: Node): SyncServer {
  return new SyncServer(hub.replica, { hospital: 'h', name: 'hub', unreachable: () => [], hubs: () => [], sleep: () => Promise.resolve() });
}

const greet = (server: SyncServer) => server.handle({ verb: 'hello', token: undefined, body: new Uint8Array(0) });

function linkTo(server: SyncServer, node: Node): Link {
  const transport: Transport = {
    url: 'memory:',
    async call(verb, body, options) {
      const reply = await server.handle({ verb, body, token: options.token });
      if (reply.status === 200)
        return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes };
      const retry = reply.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: reply.retryAfterSeconds };
      return { status: reply.status, body: new TextEncoder().encode(JSON.stringify({ code: reply.code })), ...retry };
    },
  };
  return new Link({
    replica: node.replica,
    transport,
    timers: { sleep: () => Promise.resolve() },
    scope: { kind: 'desk', departments: [], days: 30 },
    pushes: true,
    onRollback: () => Promise.resolve(),
    introduction: () => Promise.resolve(undefined),
    onStatus: () => undefined,
    onHubs: () => undefined,
  });
}

describe('admission', () => {
  test('so many are let in at once; the others are told when to come back, the later the more they are', async () => {
    const server = serverOf(await newHospital(tools));
    for (let i = 0; i < MAX_ARRIVING; i += 1) expect((await greet(server)).status).toBe(200);
    expect(await greet(server)).toEqual({ status: 503, code: 'hub-busy', retryAfterSeconds: 1 });
    let last = await greet(server);
    for (let i = 0; i < 2000; i += 1) last = await greet(server);
    expect(last).toEqual({ status: 503, code: 'hub-busy', retryAfterSeconds: 11 });
    for (let i = 0; i < 6000; i += 1) last = await greet(server);
    expect(last).toEqual({ status: 503, code: 'hub-busy', retryAfterSeconds: 30 });
  });

  test('who goes no further than the greeting gives the place up after a while', async () => {
    const hub = await newHospital(tools);
    const server = serverOf(hub);
    for (let i = 0; i < MAX_ARRIVING; i += 1) await greet(server);
    hub.clock.ms += 4999;
    expect((await greet(server)).status).toBe(503);
    hub.clock.ms += 2;
    expect((await greet(server)).status).toBe(200);
  });

  test('who has pushed has arrived: the place is free for the next', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const server = serverOf(hub);
    for (let i = 0; i < MAX_ARRIVING - 1; i += 1) await greet(server);
    await run(desk, 'writeNote', { text: 'waited' });
    const link = linkTo(server, desk);
    expect((await link.once()).sent).toBeGreaterThan(0);
    expect(await link.once()).toEqual({ sent: 0, received: 0 });
    await greet(server);
    await expect(link.once()).rejects.toThrow('hub-busy');
  });

  test('a device that opens session after session keeps the last few, and others keep theirs', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const other = await join(tools, hub, 'desk');
    const server = serverOf(hub);
    await linkTo(server, other).once();
    for (let i = 0; i < 10; i += 1) await linkTo(server, desk).once();
    const devices = server.peers().map((peer) => peer.device);
    expect(devices.filter((device) => device === desk.replica.own?.identity.device)).toHaveLength(4);
    expect(devices).toContain(other.replica.own?.identity.device);
  });
});
