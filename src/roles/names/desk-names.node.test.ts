// A whole desk and a whole hub in memory: who is known with all hubs dead, a record fetched on demand, a card accepted onto it.
import { afterEach, expect, test } from 'vitest';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { DeskRole } from '../desk-role.ts';
import { hospitalDomain } from '../domain.ts';
import { HubRole } from '../hub-role.ts';
import type { Session } from '../sessions.ts';
import type { PasswordTools } from '../station.ts';
import type { Transport } from '../sync/transport.ts';
import { join, type Tools } from '../testing/world.ts';
import { hospitalNode } from './testing/hospital-node.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
/** A tenth of real time: deadlines are reached, and nobody waits for them. */
const timers = { sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms / 10).unref()) };
const verifierOf = (password: string): string => `$argon2id$of-the-test$${password}$of-the-test`;
const passwords: PasswordTools = {
  hash: (password) => Promise.resolve(verifierOf(password)),
  verify: (password, verifier) => Promise.resolve(verifier === verifierOf(password)),
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function setting() {
  const node = await hospitalNode(tools);
  await node.do('setVerifier', { user: 'clerk', kind: 'password', verifier: verifierOf('secret') });
  // Long before the days that a desk holds.
  for (const name of ['Sunita Devi', 'Mohammad Irfan']) await node.register({ name, phone: '0123456789' });
  const file = { hospital: 'Test Hospital', root: '', device: node.replica.own!.identity.device, epoch: node.replica.own!.epoch }; // founded above
  const hub = new HubRole({
    replica: node.replica,
    file,
    passwords,
    timers,
    transport: () => {
      throw new Error('no peers');
    },
    url: () => '',
  });
  node.clock.ms += 100 * 86_400_000;
  let alive = true;
  const transport = (url: string): Transport => ({
    url,
    async call(verb, body, options) {
      if (!alive) throw new Error('hub-late');
      const reply = await Promise.race([
        hub.sync({ verb, token: options.token, body, ...(options.cancelled === undefined ? {} : { aborted: options.cancelled }) }),
        timers.sleep(options.deadlineMs),
      ]);
      if (reply === undefined || !alive) throw new Error('hub-late');
      if (reply.status !== 200) return { status: reply.status, body: new TextEncoder().encode(JSON.stringify({ code: reply.code })) };
      return { status: 200, body: 'json' in reply ? new TextEncoder().encode(JSON.stringify(reply.json)) : reply.bytes };
    },
  });
  const joined = await join(tools, node, 'desk', hospitalDomain);
  joined.clock.ms = node.clock.ms;
  const desk = await DeskRole.open({ ...joined.ports, passwords, timers, transport }, hospitalDomain, { names: true });
  if (desk === undefined) throw new Error('enrolled above');
  desk.links.use(['memory:one']);
  stops.push(async () => {
    alive = false;
    await desk.stop();
    await hub.stop();
  });
  const signedIn = await desk.station.sessions.signIn('clerk', 'secret');
  if (!signedIn.ok) throw new Error(JSON.stringify(signedIn.rejection));
  return { node, desk, session: signedIn.session, kill: () => (alive = false), revive: () => (alive = true) };
}

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come to pass');
}

async function ask(desk: DeskRole, session: Session, name: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await desk.query(session, name, input);
  return answer.ok ? (answer.result as Record<string, unknown>) : { refused: answer.rejection.code }; // queries answer with objects
}
const rows = async (desk: DeskRole, session: Session, search: string): Promise<readonly unknown[]> => {
  const found = (await ask(desk, session, 'patients', { search }))['rows'] as readonly { name: string; recordHere: boolean }[]; // its shape
  return found.map((row) => [row.name, row.recordHere]);
};

test('a desk knows everybody with all hubs dead, and its own new patient too', async () => {
  const { node, desk, session, kill } = await setting();
  await until(() => desk.names?.status.rows === 2);
  await node.register({ name: 'Zubaida Begum' });
  await until(async () => (await rows(desk, session, 'zubaida')).length > 0);
  kill();
  expect(await rows(desk, session, 'sunita')).toEqual([['Sunita Devi', false]]);
  expect(await rows(desk, session, node.uhids[1] ?? '')).toEqual([['Mohammad Irfan', false]]);
  const made = await desk.station.command(session, 'registerPatient', { name: 'Suneeta Rani', sex: 'female', age: { years: 20 } });
  expect(made.ok).toBe(true);
  expect(await rows(desk, session, 'suneeta')).toEqual([
    ['Suneeta Rani', true],
    ['Sunita Devi', false],
  ]);
  const page = await ask(desk, session, 'patient', { uhid: node.uhids[0] });
  expect(page).toMatchObject({ name: 'Sunita Devi', recordHere: false, status: 'elsewhere' });
}, 20_000);

test('a record that is elsewhere is fetched whole when it is opened while a hub answers', async () => {
  const { node, desk, session } = await setting();
  await until(() => desk.names?.status.rows === 2);
  await until(() => desk.links.status()[0]?.state === 'live');
  expect(await rows(desk, session, 'irfan')).toEqual([['Mohammad Irfan', false]]);
  expect(await ask(desk, session, 'patient', { uhid: node.uhids[1] })).toMatchObject({
    name: 'Mohammad Irfan',
    recordHere: true,
    status: 'registered',
  });
  expect(await rows(desk, session, 'irfan')).toEqual([['Mohammad Irfan', true]]);
}, 20_000);

test('a card of somebody known by name is accepted onto that record: when it arrives, there is one patient and no doubt', async () => {
  const { node, desk, session, kill, revive } = await setting();
  await until(() => desk.names?.status.rows === 2);
  kill();
  const uhid = node.uhids[0] ?? '';
  const found = (await desk.names?.search(uhid, 2))?.rows[0]?.row;
  const accepted = await desk.command(session, 'acceptCard', { uhid, name: 'Sunita Devi', sex: 'female' });
  expect(accepted).toMatchObject({ ok: true, result: { patient: found?.patient, recordElsewhere: true } });
  expect(await desk.command(session, 'acceptCard', { uhid: '100042000179', name: 'Nobody Known', sex: 'male' })).toMatchObject({
    ok: true,
    result: { recordElsewhere: true },
  });
  const again = await desk.command(session, 'acceptCard', { uhid, name: 'Sunita' });
  expect(again).toMatchObject({ ok: false, rejection: { code: 'card-held-here' } });
  expect(
    await desk.station.command(session, 'acceptCard', { uhid: node.uhids[1], name: 'X', patient: 'visit/AAAAAAAAAAAAAAAA' }),
  ).toMatchObject({ ok: false, rejection: { code: 'patient-not-here' } });
  expect(await desk.query(session, 'patients', { search: uhid })).toMatchObject({
    ok: true,
    result: { rows: [{ uhid, elsewhere: true, recordHere: true }] },
  });
  revive();
  const stream = found?.patient ?? ('patient/none' as StreamId); // found above
  await until(async () => (await desk.replica.document<PatientState>(stream))?.state.status === 'registered');
  const state = (await desk.replica.document<PatientState>(stream))?.state;
  expect([state?.phone, state?.uhid]).toEqual(['0123456789', uhid]);
  await until(async () => (await node.replica.document<PatientState>(stream))?.events === 2);
  expect((await node.replica.document<PatientState>(stream))?.state.status).toBe('registered');
  expect((await node.replica.document<PatientState>(stream))?.issues).toEqual([]);
  expect((await node.replica.byNumber(uhid, 'patient')).length).toBe(1);
}, 20_000);
