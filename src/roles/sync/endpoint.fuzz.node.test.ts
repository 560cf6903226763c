// Anything at all at the replication endpoint: an answer with a registered code, nothing thrown, nothing half-written.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import { CODES } from '#kernel/shared/codes.ts';
import { decodeWire, encodeWire } from '#journal/wire.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { enrol, joinProof, makeInvite, readInvite } from '../enrolment.ts';
import { join, newHospital, picture, reopen, run, type Node, type Tools } from '../testing/world.ts';
import { proofBytes } from './proof.ts';
import { SyncServer } from './server.ts';
import type { SyncReply } from './sync-call.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const VERBS = ['hello', 'session', 'state', 'offer', 'push', 'pull', 'units', 'fetch', 'names', 'constructor', '__proto__', '../state', ''];
const encoder = new TextEncoder();
let hub: Node;
let desk: Node;
let server: SyncServer;
let token: string;
let commits: readonly Uint8Array[];
let before: string;

async function openSession(): Promise<string> {
  const hello = (await server.handle({ verb: 'hello', token: undefined, body: new Uint8Array() })) as { json: { nonce: string } };
  const own = desk.replica.own!; // joined
  const device = own.identity.device.slice('device/'.length);
  const signature = toBase64Url(await own.identity.signer.sign(proofBytes('caller', fromBase64Url(hello.json.nonce)!, device))); // the hub made it
  const body = {
    protocol: 1,
    device,
    epoch: own.epoch,
    nonce: hello.json.nonce,
    mine: toBase64Url(tools.crypto.randomBytes(32)),
    signature,
  };
  return (
    (await server.handle({ verb: 'session', token: undefined, body: encoder.encode(JSON.stringify(body)) })) as { json: { token: string } }
  ).json.token;
}

beforeAll(async () => {
  hub = await newHospital(tools);
  desk = await join(tools, hub, 'desk');
  for (let i = 0; i < 5; i += 1) await run(desk, 'writeNote', { text: `n${i}` });
  commits = await desk.replica.payloads(await desk.replica.index.numbersOfChain(desk.replica.own!.epoch, 1, 5)); // joined
  server = new SyncServer(hub.replica, {
    hospital: 'h',
    name: 'hub',
    unreachable: () => [],
    hubs: () => [],
    sleep: () => Promise.resolve(),
  });
  token = await openSession();
  before = await picture(hub);
});

function wellAnswered(reply: SyncReply): void {
  if (reply.status === 200) return;
  const known = (CODES as Readonly<Record<string, { status: number } | undefined>>)[reply.code];
  expect(known, `${reply.code} is registered`).toBeDefined();
  expect(known?.status).toBe(reply.status);
}

const cursor = fc.record({ n: fc.oneof(fc.nat(), fc.integer(), fc.double()), receipt: fc.oneof(fc.string(), fc.base64String()) });
const epochs = fc.oneof(fc.constantFrom('aaaaaaaaaaaaaaaa', '________________'), fc.string({ maxLength: 20 }));
const seqs = fc.array(fc.tuple(fc.oneof(fc.integer(), fc.constant(2 ** 53)), fc.oneof(fc.integer(), fc.constant(2 ** 53))), {
  maxLength: 5,
});
const scope = fc.oneof(
  fc.constant({ kind: 'all' }),
  fc.record({ kind: fc.constant('desk'), departments: fc.array(fc.string()), days: fc.integer() }),
);
const message = fc.oneof(
  fc.jsonValue(),
  fc.record(
    { cursor, scope, waitMs: fc.integer({ min: -1, max: 70_000 }), maxBytes: fc.oneof(fc.integer(), fc.constant(2048)) },
    { requiredKeys: [] },
  ),
  fc.record(
    { units: fc.array(fc.oneof(fc.string(), fc.constantFrom('trust', "x' OR 1=1 --"))), scope, after: fc.string() },
    { requiredKeys: [] },
  ),
  fc.record({ want: fc.array(fc.tuple(epochs, seqs)) }),
  fc.record({
    chains: fc.array(
      fc.tuple(epochs, fc.record({ device: epochs, have: seqs, headSeq: fc.integer(), headHash: fc.string(), count: fc.integer() })),
    ),
  }),
  fc.record(
    {
      protocol: fc.constantFrom(0, 1, 2),
      device: epochs,
      epoch: epochs,
      nonce: fc.string(),
      mine: fc.string(),
      signature: fc.string(),
      introduction: fc.string(),
    },
    { requiredKeys: ['protocol'] },
  ),
);

describe('the replication endpoint', () => {
  test('answers random bytes and random messages, with and without a session', async () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      message.map((value) => encoder.encode(JSON.stringify(value) ?? '')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...VERBS),
        fc.oneof(fc.constant('own'), fc.constant(undefined), fc.string()),
        body,
        async (verb, who, bytes) => {
          wellAnswered(await server.handle({ verb, token: who === 'own' ? token : who, body: bytes }));
        },
      ),
      { numRuns: 600 },
    );
    expect(await picture(hub)).toBe(before);
  });

  test('takes nothing of a batch that was altered on its way, or all of a commit', async () => {
    const wire = encodeWire(commits);
    const alter = fc.array(fc.tuple(fc.nat(wire.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(alter, fc.nat(wire.length), async (changes, cut) => {
        const bytes = wire.slice(0, cut < 40 ? undefined : cut);
        for (const [at, by] of changes) if (at < bytes.length) bytes[at] = bytes[at]! ^ by; // inside
        // Cut between two records, with every change behind the cut: that is a whole batch, and rightly taken.
        fc.pre(!decodeWire(bytes).ok || bytes.some((byte, at) => byte !== wire[at]));
        wellAnswered(await server.handle({ verb: 'push', token, body: bytes }));
      }),
      { numRuns: 300 },
    );
  });

  test('a commit altered in any byte under a right frame is refused or parked, and the next one is taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(commits.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, by) => {
        const bytes = commits[which]!.slice(); // inside
        bytes[at % bytes.length] = bytes[at % bytes.length]! ^ by; // inside
        const reply = await server.handle({ verb: 'push', token, body: encodeWire([bytes]) });
        wellAnswered(reply);
        expect((reply as { json: { accepted: number } }).json.accepted).toBe(0);
      }),
      { numRuns: 300 },
    );
    expect(await picture(hub)).toBe(before);
    const reply = (await server.handle({ verb: 'push', token, body: encodeWire(commits) })) as { json: { accepted: number } };
    expect(reply.json.accepted).toBe(5);
    const again = await reopen(tools, hub);
    expect(await picture(again)).toBe(await picture(hub));
  });

  test('an invite altered in any way enrols nobody', async () => {
    const own = hub.replica.own!; // founded
    const code = await makeInvite(
      own.identity.signer,
      { root: hub.replica.root, hubEpoch: own.epoch, nonce: tools.crypto.randomBytes(16), nowMs: hub.clock.now() },
      { role: 'desk', kinds: ['lab'], name: 'x' },
    );
    const signer = await tools.crypto.generateSigner();
    const devices = (await hub.replica.reader().all('device')).length;
    const altered = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(code.length - 1), fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '_', '-', '.'))
        .map(([at, to]) => code.slice(0, at) + to + code.slice(at + 1)),
      fc.nat(code.length - 1).map((at) => code.slice(0, at)),
      fc.constantFrom('.', '..', 'e30.e30', `${code}.x`),
    );
    await fc.assert(
      fc.asyncProperty(altered, async (invite) => {
        fc.pre(invite.trim() !== code);
        readInvite(invite);
        // The last character of each part holds bits that say nothing: the same bytes are the same invite.
        const same = readInvite(invite);
        const right = readInvite(code)!; // just made
        fc.pre(
          same === undefined ||
            toBase64Url(same.payload) !== toBase64Url(right.payload) ||
            toBase64Url(same.signature) !== toBase64Url(right.signature),
        );
        const answer = await enrol(
          hub.replica,
          { invite, publicKey: toBase64Url(signer.publicKey), proof: toBase64Url(await signer.sign(joinProof(invite, signer.publicKey))) },
          'h',
        );
        expect(answer.ok).toBe(false);
        if (!answer.ok) expect(CODES).toHaveProperty([answer.code]);
      }),
      { numRuns: 400 },
    );
    const keys = fc.record({
      invite: fc.constant(code),
      publicKey: fc.oneof(fc.base64String(), fc.string()),
      proof: fc.oneof(fc.base64String(), fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(keys, async (request) => {
        expect((await enrol(hub.replica, request, 'h')).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
    expect(await hub.replica.reader().all('device')).toHaveLength(devices);
  });
});
