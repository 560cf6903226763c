// A desk that was invited for one kind of work: what it may do, what a thief with its key may not, also on paper and after an update.
import { describe, expect, test } from 'vitest';
import type { Actor, DeskKind } from '#kernel/shared/actor.ts';
import { commands } from '#kernel/commands.ts';
import { deskWrites } from '#kernel/device/desk-kinds.ts';
import type { DeviceState } from '#kernel/device/device.ts';
import { parseCommandId, type StreamId } from '#kernel/shared/ids.ts';
import { rolesOf, type UserState } from '#kernel/user/user.ts';
import { encodeCommit } from '#journal/commit.ts';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { hospitalDomain } from './domain.ts';
import { tendDevices } from './enrolment.ts';
import { ADMIN, EVERY_ROLE, hospitalSeed } from './seed.ts';
import { forge } from './testing/forge.ts';
import { Replica } from './replica/replica.ts';
import { copy, join, newHospital, portsOf, reopen, type Node, type Tools } from './testing/world.ts';

const crypto = new NodeCrypto();
const tools: Tools = { crypto, sql: async () => (await NodeSql.open(':memory:')).sql };
const seed = hospitalSeed((bytes) => crypto.sha256(bytes), [{ user: ADMIN, name: 'Administrator', roles: EVERY_ROLE, verifier: 'none' }]);

async function withDesk(kinds: readonly DeskKind[]): Promise<{ hub: Node; desk: Node; admin: Actor }> {
  const hub = await newHospital(tools, hospitalDomain, seed);
  const desk = await join(tools, hub, 'desk', hospitalDomain, kinds);
  const [user] = (await desk.replica.reader().all<UserState>('user')).filter(({ state }) => state.user === ADMIN);
  const own = desk.replica.own;
  if (user === undefined || own === undefined) throw new Error('the seed has an administrator, and the desk joined');
  const admin: Actor = {
    user: user.stream,
    userName: ADMIN,
    roles: rolesOf(user.state),
    permissions: desk.replica.trust.permissionsOf(user.state),
    session: 's',
    device: own.identity.device,
  };
  return { hub, desk, admin };
}

let given = 0;
const give = ({ desk, admin }: { desk: Node; admin: Actor }, name: string, input: unknown) => {
  given += 1;
  return desk.replica.execute({ name, input, id: parseCommandId(`narrow-${given}`)!, actor: admin }); // well-formed
};
const sunita = { name: 'Sunita Devi', sex: 'female', age: { years: 34 } };

describe('a desk for one kind of work', () => {
  test('does it, and says of all else that this PC is not set up for it, whoever sits there', async () => {
    const at = await withDesk(['registration']);
    const registered = await give(at, 'registerPatient', sunita);
    expect(registered.ok).toBe(true);
    const { uhid } = (registered as { result: { uhid: string } }).result;
    const ordered = await give(at, 'placeOrder', { uhid, tests: ['PLT'] });
    const { accession } = (ordered as { result: { specimens: [{ accession: string }] } }).result.specimens[0];
    for (const [name, input] of [
      ['collectSpecimen', { accession }],
      ['receiveSpecimen', { accession }],
    ] as const) {
      expect(await give(at, name, input)).toMatchObject({ ok: false, rejection: { code: 'desk-may-not', facts: { action: name } } });
      expect(await at.desk.replica.may(at.admin, name, undefined)).toMatchObject({ ok: false, rejection: { code: 'desk-may-not' } });
    }
    expect((await at.desk.replica.may(at.admin, 'registerPatient', undefined)).ok).toBe(true);
    expect(at.desk.replica.own?.head.seq).toBe(2);
  });

  test('with its key a thief writes nothing that counts beyond it, and everybody sees that it was set aside', async () => {
    const { hub, desk, admin } = await withDesk(['lab']);
    const stream = 'patient/forgedforgedforg' as StreamId;
    const stolen = await forge(desk, {
      do: 'registerPatient',
      user: admin.user,
      events: [{ stream, type: 'PatientRegistered', data: { uhid: '100000000000', name: 'Forged', sex: 'unknown' } }],
    });
    expect((await hub.replica.ingest([encodeCommit(stolen)])).accepted).toHaveLength(1);
    const document = await hub.replica.document<{ name?: string }>(stream);
    expect(document?.state.name).toBeUndefined();
    expect(document?.issues).toMatchObject([{ code: 'event-set-aside' }]);
  });

  test('its certificate says the same on paper', async () => {
    const { hub, desk } = await withDesk(['registration']);
    const own = desk.replica.own!; // joined
    const certificate = fromBase64Url(hub.replica.trust.device(own.identity.device)?.certificate ?? '') ?? new Uint8Array(0);
    const far = await newHospital(tools, hospitalDomain, []);
    // Another hospital does not believe it; a desk of the same that never met this one does, and no more than it says.
    expect(await far.replica.trust.addCertificate(certificate)).toBe(false);
    const ports = portsOf(tools, await tools.sql(), hub.clock);
    const other = await Replica.open(ports, hospitalDomain, hub.replica.root, undefined);
    await copy(hub.replica, other, [1]);
    expect(other.trust.epoch(own.epoch)).toBeUndefined();
    expect(await other.trust.addCertificate(certificate)).toBe(true);
    const writes = other.trust.epoch(own.epoch)?.writes;
    expect(writes).toEqual(new Set(deskWrites(['registration'], commands)));
  });

  test('after an update of the program a hub adds what its kind writes by now, once', async () => {
    const { hub, desk } = await withDesk(['registration']);
    const { device } = desk.replica.own!.identity; // joined
    const before = hub.replica.trust.device(device)?.writes ?? [];
    await tendDevices(hub.replica);
    expect(hub.replica.trust.device(device)?.writes).toEqual(before);
    // In a newer program registration may book as well.
    const endVisit = { ...commands.get('endVisit')!, writes: ['VisitEnded', 'VisitBooked'] }; // it is one of ours
    const newer = await reopen(tools, hub, { domain: { ...hospitalDomain, commands: new Map([...commands, ['endVisit', endVisit]]) } });
    await tendDevices(newer.replica);
    const { n } = newer.replica.position;
    await tendDevices(newer.replica);
    expect(newer.replica.position.n).toBe(n);
    expect(newer.replica.trust.device(device)?.writes).toEqual([...before, 'VisitBooked'].sort());
    await copy(newer.replica, desk.replica);
    expect((await desk.replica.document<DeviceState>(device))?.state.writes).toContain('VisitBooked');
  });
});
