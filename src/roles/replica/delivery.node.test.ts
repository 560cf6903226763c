// Late, doubled, reordered and interleaved delivery of a real visit, with contradictions of cut-off desks in it, gives one picture.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId, type StreamId } from '#kernel/shared/ids.ts';
import type { ResultState } from '#kernel/result/result.ts';
import { rolesOf, userEvent, type UserState } from '#kernel/user/user.ts';
import { derivedStreamId } from '#journal/streams.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { DEMO_PEOPLE } from '../demo-users.ts';
import { digestOf } from '../digest.ts';
import { hospitalDomain } from '../domain.ts';
import { hospitalSeed } from '../seed.ts';
import { Clockwork, copy, join, newHospital, type Node, portsOf, type Tools } from '../testing/world.ts';
import { Replica } from './replica.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const { sha256 } = tools.crypto;
const streamOf = (user: string): StreamId => derivedStreamId(sha256, 'user', [user]);
const people = DEMO_PEOPLE.flatMap((person) => [
  userEvent(streamOf(person.user), 'UserCreated', { user: person.user, name: person.name, nameHi: person.nameHi }),
  ...person.roles.map((role) => userEvent(streamOf(person.user), 'RoleGranted', { role })),
]);

let given = 0;
async function give<R>(node: Node, user: string, name: string, input: unknown): Promise<R> {
  const { state } = (await node.replica.document<UserState>(streamOf(user)))!; // one of the seed
  const device = node.replica.own!.identity.device; // joined
  const actor: Actor = {
    user: streamOf(user),
    userName: user,
    roles: rolesOf(state),
    permissions: node.replica.trust.permissionsOf(state),
    session: 's',
    device,
  };
  given += 1;
  node.clock.ms += 1000;
  const done = await node.replica.execute({ name, input, id: parseCommandId(`delivery-${given}`)!, actor }); // well-formed
  expect(done, `${name} by ${user} ${JSON.stringify(done)}`).toMatchObject({ ok: true });
  return (done as { result: R }).result; // the caller knows what the command answers
}

interface Ordered {
  readonly uhid: string;
  readonly order: string;
  readonly specimens: readonly { readonly accession: string }[];
}

async function visit(node: Node, name: string): Promise<{ readonly uhid: string; readonly order: string; readonly accession: string }> {
  const { uhid } = await give<{ uhid: string }>(node, 'sunita', 'registerPatient', {
    name,
    sex: 'female',
    age: { years: 34 },
    phone: '9876543210',
    visit: { department: 'MED-OPD' },
  });
  const placed = await give<Ordered>(node, 'dr.khan', 'placeOrder', { uhid, tests: ['PLT', 'HGB'] });
  const accession = placed.specimens[0]!.accession; // blood goes into one tube at least
  await give(node, 'farida', 'collectSpecimen', { accession });
  return { uhid, order: placed.order, accession };
}

async function measure(node: Node, user: string, accession: string, plt: string): Promise<void> {
  await give(node, user, 'receiveSpecimen', { accession });
  await give(node, user, 'enterResult', { accession, test: 'PLT', value: plt, unit: '10*3/uL' });
  await give(node, user, 'enterResult', { accession, test: 'HGB', value: '12.1', unit: 'g/dL' });
}

/** The pathologist decides on every open contradiction of results. */
async function settle(node: Node): Promise<void> {
  for (const row of await node.ports.storage.sql.read("SELECT stream FROM documents WHERE issues > 0 AND type = 'result'")) {
    const stream = row['stream'] as StreamId; // the column holds stream ids
    const { issues, state } = (await node.replica.document<ResultState>(stream))!; // just listed
    for (const issue of issues.filter((one) => one.settled === undefined)) {
      await give(node, 'dr.banerjee', 'settleIssue', {
        stream,
        issue: issue.id,
        outcome: 'measured again',
        reason: 'slide checked',
        ...(issue.code === 'result-entered-twice' ? { keep: state.values[0]?.ref } : {}),
      });
    }
  }
}

/** Two desks and a hub, apart for a morning; a third desk that was stolen; a person whose role was taken away. */
async function morning(): Promise<Node> {
  const hub = await newHospital(tools, hospitalDomain, [...hospitalSeed(sha256, []), ...people]);
  const [a, b, stolen] = [
    await join(tools, hub, 'desk', hospitalDomain),
    await join(tools, hub, 'desk', hospitalDomain),
    await join(tools, hub, 'desk', hospitalDomain),
  ];
  const known = await visit(a, 'Sunita Devi');
  const cancelled = await visit(a, 'Ram Lal');
  for (const node of [hub, b, stolen]) await copy(a.replica, node.replica);

  // Cut off: one tube received twice with two values, one order cancelled here and received there, one person registered twice.
  await measure(a, 'anil', known.accession, '145');
  await measure(b, 'lakshmi', known.accession, '38');
  await give(b, 'lakshmi', 'validateTechnically', { accession: known.accession });
  await give(b, 'dr.banerjee', 'validateMedically', { accession: known.accession });
  await give(b, 'dr.banerjee', 'releaseReport', { order: known.order });
  await give(a, 'dr.khan', 'cancelOrder', { order: cancelled.order, reason: 'not needed' });
  await give(b, 'lakshmi', 'receiveSpecimen', { accession: cancelled.accession });
  await visit(b, 'Sunita Devi');
  const lost = await visit(stolen, 'Stolen One');
  const point = stolen.replica.own!.head; // joined
  await give(stolen, 'sunita', 'correctPatient', { uhid: lost.uhid, name: 'By The Thief', reason: 'told again' });
  await give(stolen, 'lakshmi', 'receiveSpecimen', { accession: known.accession });
  const thief = stolen.replica.own!; // joined
  await hub.replica.writeAsDevice('revokeDevice', 'revoke-1', [
    {
      stream: thief.identity.device,
      type: 'DeviceRevoked',
      data: { heads: [{ epoch: thief.epoch, seq: point.seq, hash: Buffer.from(point.hash).toString('base64url') }], reason: 'stolen' },
    },
  ]);
  const { state } = (await hub.replica.document<UserState>(streamOf('anil')))!; // of the seed
  await hub.replica.writeAsDevice('removeRole', 'remove-1', [
    { stream: streamOf('anil'), type: 'RoleRemoved', data: { role: 'lab-technician', grants: state.grants.map((grant) => grant.ref) } },
  ]);

  for (const node of [a, b, stolen]) await copy(node.replica, hub.replica);
  for (const node of [a, b]) await copy(hub.replica, node.replica);
  await settle(b);
  // Somebody who knew both values corrects one: no new contradiction.
  await give(b, 'dr.banerjee', 'amendResult', {
    accession: known.accession,
    test: 'PLT',
    value: '40',
    unit: '10*3/uL',
    reason: 'measured again',
  });
  await give(a, 'sunita', 'correctPatient', { uhid: known.uhid, name: 'Sunita Kumari', reason: 'told again' });
  for (const node of [a, b]) await copy(node.replica, hub.replica);
  return hub;
}

let payloads: readonly Uint8Array[];
let root: Uint8Array;
let codes: readonly string[];
let expected: Awaited<ReturnType<typeof shown>>;

async function shown(replica: Replica) {
  const contradictions = await replica.ports.storage.sql.read('SELECT stream, issues FROM documents WHERE issues > 0 ORDER BY stream');
  return { ...(await digestOf(replica)), contradictions };
}

async function empty(): Promise<Replica> {
  return Replica.open(portsOf(tools, await tools.sql(), new Clockwork()), hospitalDomain, root, undefined);
}

beforeAll(async () => {
  const hub = await morning();
  payloads = await hub.replica.payloads(Array.from({ length: hub.replica.position.n }, (_, i) => i + 1));
  root = hub.replica.root;
  expected = await shown(hub.replica);
  const rows = await hub.ports.storage.sql.read('SELECT json FROM documents WHERE json LIKE \'%"issues":[{%\'');
  codes = [
    ...new Set(
      rows.flatMap((row) => (JSON.parse(String(row['json'])) as { issues: { code: string }[] }).issues.map((issue) => issue.code)),
    ),
  ].sort(); // written by the store
}, 60_000);

describe('one picture from the same commits', () => {
  test('the morning has contradictions in it, and events that have no effect', () => {
    expect(payloads.length).toBeGreaterThan(30);
    expect(codes).toEqual(['event-set-aside', 'result-entered-twice', 'result-validated-and-reentered', 'specimen-received-twice']);
  });

  test('in the order in which it was written, at once and one by one', async () => {
    const atOnce = await empty();
    await atOnce.ingest(payloads);
    expect(await shown(atOnce)).toEqual(expected);
    const oneByOne = await empty();
    for (const payload of payloads) await oneByOne.ingest([payload]);
    expect(await shown(oneByOne)).toEqual(expected);
  });

  test('backwards: every commit waits for the certificate that comes last', async () => {
    const replica = await empty();
    for (const payload of payloads.toReversed()) await replica.ingest([payload], { live: true });
    expect(await shown(replica)).toEqual(expected);
  });

  test('late, doubled, reordered and interleaved in any way; and rebuilt from what came so', async () => {
    const all = Array.from({ length: payloads.length }, (_, i) => i);
    const delivery = fc.record({
      order: fc.shuffledSubarray(all, { minLength: all.length }),
      doubled: fc.array(fc.nat({ max: all.length - 1 }), { maxLength: 20 }),
      batches: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(delivery, async ({ order, doubled, batches }) => {
        const replica = await empty();
        const arriving = [...order];
        for (const [i, again] of doubled.entries()) arriving.splice((again * 7 + i) % arriving.length, 0, again);
        for (let at = 0, k = 0; at < arriving.length; k += 1) {
          const size = batches[k % batches.length] ?? 1;
          await replica.ingest(
            arriving.slice(at, at + size).map((i) => payloads[i]!), // indexes of the list
            { live: k % 2 === 0 },
          );
          at += size;
        }
        expect(await shown(replica)).toEqual(expected);
        await replica.rebuild();
        expect(await shown(replica)).toEqual(expected);
        await replica.ports.storage.sql.close();
      }),
      { numRuns: 25, seed: 20_261_123, endOnFailure: true },
    );
  });
});
