import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { join, newHospital, run, type Node, type Tools } from '../testing/world.ts';
import { Link } from './link.ts';
import { MAX_ARRIVING } from './admission.ts';
import { SyncServer } from './server.ts';
import type { Transport } from './transport.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

function serverOf(hub: Node): SyncServer {
  return new SyncServer(hub.replica, { hospital: 'h', name: 'hub', unreachable: () => [], hubs: () => [], sleep: () => Promise.resolve() });
}

const greet = (server: SyncServer) => server.handle({ verb: 'hello', token: undefined, body: new Uint8Array(0) });

function linkTo(server: SyncServer, node: Node, cut: readonly string[] = []): Link {
  const transport: Transport = {
    url: 'memory:',
    async call(verb, body, options) {
      if (cut.includes(verb)) throw new Error('cut off');
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
  test('greetings alone keep nobody out: only who has proven a key takes a place', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const server = serverOf(hub);
    for (let i = 0; i < 50 * MAX_ARRIVING; i += 1) expect((await greet(server)).status).toBe(200);
    await run(desk, 'writeNote', { text: 'waited' });
    expect((await linkTo(server, desk).once()).sent).toBeGreaterThan(0);
  });

  test('so many that have proven themselves are let in; one more waits as told until somebody has pushed', async () => {
    const hub = await newHospital(tools);
    const server = serverOf(hub);
    const desks: Node[] = [];
    for (let i = 0; i <= MAX_ARRIVING; i += 1) desks.push(await join(tools, hub, 'desk'));
    const [first, ...others] = desks.map((desk) => linkTo(server, desk, ['state', 'push', 'pull', 'units']));
    const last = linkTo(server, desks.at(-1)!); // there are many
    for (const link of [first!, ...others.slice(0, -1)]) await expect(link.once()).rejects.toThrow('cut off'); // there are many
    await expect(last.once()).rejects.toThrow('hub-busy');
    await linkTo(server, desks[3]!).once(); // there are many
    expect(await last.once()).toMatchObject({ sent: 0 });
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
