// A link and what can go wrong around it: stopped while it connects, a hub that has proven nothing, work altered on the way.
import { describe, expect, test } from 'vitest';
import { decodeWire, encodeWire } from '#journal/wire.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { join, newHospital, picture, run, type Node, type Tools } from '../testing/world.ts';
import { Link } from './link.ts';
import { decodeWithMeta, encodeWithMeta, unitsMeta } from './protocol.ts';
import { SyncServer } from './server.ts';
import type { TransportReply } from './transport.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const VICTIM = 'note/victimvictimvict';

function serverOf(hub: Node): SyncServer {
  return new SyncServer(hub.replica, { hospital: 'h', name: 'hub', unreachable: () => [], hubs: () => [], sleep: () => Promise.resolve() });
}

type Call = (body: Uint8Array) => Promise<TransportReply>;

/** @param between stands between the desk and the hub */
function linkTo(server: SyncServer, node: Node, between: (verb: string, body: Uint8Array, call: Call) => Promise<TransportReply>): Link {
  return new Link({
    replica: node.replica,
    transport: {
      url: 'memory:',
      call: (verb, body, { token }) =>
        between(verb, body, async (sent) => {
          const reply = await server.handle({ verb, body: sent, token });
          if (reply.status !== 200) return { status: reply.status, body: new TextEncoder().encode(JSON.stringify({ code: reply.code })) };
          return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes };
        }),
    },
    timers: { sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    scope: { kind: 'desk', departments: [], days: 30 },
    pushes: true,
    onRollback: () => Promise.resolve(),
    introduction: () => Promise.resolve(undefined),
    onStatus: () => undefined,
    onHubs: () => undefined,
  });
}

const notes = async (node: Node): Promise<unknown> => (JSON.parse(await picture(node)) as [unknown, unknown])[1];

describe('a link', () => {
  test('that is stopped while it connects stays stopped', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const calls: string[] = [];
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const link = linkTo(serverOf(hub), desk, async (verb, body, call) => {
      calls.push(verb);
      if (verb === 'session') await held;
      return call(body);
    });
    const running = link.run();
    while (!calls.includes('session')) await new Promise((resolve) => void setImmediate(resolve));
    link.stop();
    answer();
    await running;
    expect(link.status.state).toBe('stopped');
    expect(calls).not.toContain('pull');
  });

  test('believes no list of patients before the hub has proven itself, and none that nobody asked for', async () => {
    const first = await newHospital(tools);
    const desk = await join(tools, first, 'desk');
    // A hub that this desk has never heard of shows its certificate first.
    const hub = await join(tools, first, 'hub');
    let asked = false;
    const link = linkTo(serverOf(hub), desk, async (verb, body, call) => {
      const reply = await call(body);
      // Somebody else answers in its place: the proof is wrong, the list is theirs.
      if (verb === 'session') {
        const answer = JSON.parse(new TextDecoder().decode(reply.body)) as { signature: string }; // of sessionAnswer
        return { ...reply, body: new TextEncoder().encode(JSON.stringify({ ...answer, signature: 'A'.repeat(86) })) };
      }
      const page = verb === 'units' ? decodeWithMeta(unitsMeta, reply.body) : undefined;
      if (page === undefined) return reply;
      asked = true;
      return { ...reply, body: encodeWithMeta({ ...page.meta, units: [...page.meta.units, VICTIM] }, page.wire) };
    });
    await expect(link.once()).rejects.toThrow('hub-not-proved');
    expect(asked).toBe(true);
    expect(await desk.ports.storage.sql.read('SELECT unit FROM covered')).toEqual([]);
  });

  test('sends again what came altered at the hub, and goes on past what is refused each time', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await run(desk, 'writeNote', { text: 'altered once' });
    await run(desk, 'writeNote', { text: 'whole' });
    const alter = (body: Uint8Array): Uint8Array => {
      const wire = decodeWire(body);
      if (!wire.ok) throw new Error(wire.problem);
      // The signature of the last commit, with the sum of the frame made right again.
      return encodeWire(
        wire.payloads.map((payload, i) => payload.map((byte, at) => (i === wire.payloads.length - 1 && at === 140 ? byte ^ 1 : byte))),
      );
    };
    let pushes = 0;
    await linkTo(serverOf(hub), desk, async (verb, body, call) => {
      if (verb !== 'push') return call(body);
      pushes += 1;
      return call(pushes === 1 ? alter(body) : body);
    }).once();
    expect(pushes).toBe(2);
    expect(await notes(hub)).toEqual(await notes(desk));
    // Altered every time: it does not try for ever, and does not call it held.
    await run(desk, 'writeNote', { text: 'always altered' });
    const link = linkTo(serverOf(hub), desk, (verb, body, call) => call(verb === 'push' ? alter(body) : body));
    await link.once();
    expect(link.status.heldSeq).toBe((desk.replica.own?.head.seq ?? 0) - 1);
  });

  test('forgets what was held of an earlier key', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await run(desk, 'writeNote', { text: 'under the old key' });
    const link = linkTo(serverOf(hub), desk, (_, body, call) => call(body));
    await link.once();
    expect(link.status.heldSeq).toBe(1);
    await link.forgetHeld();
    expect(link.status.heldSeq).toBe(0);
    expect(await desk.ports.storage.sql.read('SELECT acknowledged FROM peers')).toEqual([{ acknowledged: 0 }]);
  });
});
