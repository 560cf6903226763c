import { expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { Links } from './links.ts';
import { SyncServer } from './sync/server.ts';
import { join, newHospital, type Node, type Tools } from './testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const HUB = 'http://hub';

function linksOf(desk: Node, server: SyncServer | undefined): Links {
  return new Links({
    replica: desk.replica,
    timers: { sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()) },
    transport: (url) => ({
      url,
      call: async (verb, body, { token }) => {
        if (server === undefined) throw new Error('nobody there');
        const reply = await server.handle({ verb, body, token });
        if (reply.status !== 200) return { status: reply.status, body: new TextEncoder().encode(JSON.stringify({ code: reply.code })) };
        return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes };
      },
    }),
    scope: { kind: 'desk', departments: [], days: 30 },
    pushes: true,
    wanted: 2,
    onStatus: () => undefined,
  });
}

test('a desk that starts with no hub in reach still knows when each last answered', async () => {
  const hub = await newHospital(tools);
  const desk = await join(tools, hub, 'desk');
  const server = new SyncServer(hub.replica, {
    hospital: 'h',
    name: 'hub',
    unreachable: () => [],
    hubs: () => [],
    sleep: (ms, wake) => Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms).unref()), wake]),
  });
  const links = linksOf(desk, server);
  links.use([HUB]);
  while (links.status()[0]?.state !== 'live') await new Promise((resolve) => void setImmediate(resolve));
  const seen = links.status()[0]?.lastSeen;
  expect(seen).toBeGreaterThan(0);
  links.stop();
  const later = linksOf(desk, undefined);
  await later.recall();
  later.use([HUB]);
  expect(later.status()[0]).toMatchObject({ url: HUB, lastSeen: seen });
  later.stop();
});
