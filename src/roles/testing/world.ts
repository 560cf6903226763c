// Replicas in memory that talk through their real links and servers: for tests of the engine without disk, network or clock.
import type { Actor, DeskKind } from '#kernel/shared/actor.ts';
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import { parseCommandId, type StreamId } from '#kernel/shared/ids.ts';
import type { Crypto, KeyStore, Signer } from '#journal/ports/crypto.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { decodeWire, encodeWire } from '#journal/wire.ts';
import { derivedStreamId, epochBytes } from '#journal/streams.ts';
import { epochId } from '#journal/refs.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { enrol, invitedDevice, joinProof, makeInvite, readInvite } from '../enrolment.ts';
import { foundHospital, readDeviceFile, writeDeviceFile } from '../founding.ts';
import type { Domain, ReplicaPorts } from '../replica/ports.ts';
import { identityOf, type DeviceFile } from '../replica/device-file.ts';
import { Replica } from '../replica/replica.ts';
import { numbersOfUnit, trustNumbers } from '../sync/scope.ts';
import { toyDomain } from './toy-domain.ts';

export class MemoryKeys implements KeyStore {
  readonly keys = new Map<string, Signer>();
  load(epoch: string): Promise<Signer | undefined> {
    return Promise.resolve(this.keys.get(epoch));
  }
  save(epoch: string, signer: Signer): Promise<void> {
    this.keys.set(epoch, signer);
    return Promise.resolve();
  }
}

export interface Tools {
  readonly crypto: Crypto;
  /** A fresh empty database in memory. */
  readonly sql: () => Promise<Sql>;
}

export class Clockwork {
  ms = 1_800_000_000_000;
  now(): number {
    return this.ms;
  }
}

export interface Node {
  replica: Replica;
  ports: ReplicaPorts & { storage: { files: MemoryFiles } };
  readonly clock: Clockwork;
}

export function portsOf(
  tools: Tools,
  sql: Sql,
  clock: Clockwork,
  files = new MemoryFiles(),
  keys: KeyStore = new MemoryKeys(),
): Node['ports'] {
  return { storage: { files, sql, notes: [] }, crypto: tools.crypto, keys, clock };
}

export const CLERK = 'user/clerkclerkclerk0' as StreamId;
export const SEED = [
  {
    stream: 'role/clerkclerkclerk0' as StreamId,
    type: 'RoleDefined',
    data: { role: 'clerk', title: 'Clerk', permissions: ['writeNote', 'changeNote'] },
  },
  { stream: CLERK, type: 'UserCreated', data: { user: 'clerk', name: 'Clerk' } },
  { stream: CLERK, type: 'RoleGranted', data: { role: 'clerk' } },
];

export async function newHospital(
  tools: Tools,
  domain: Domain = toyDomain,
  seed: readonly { stream: StreamId; type: string; data: unknown }[] = SEED,
): Promise<Node> {
  const clock = new Clockwork();
  const ports = portsOf(tools, await tools.sql(), clock);
  const { replica } = await foundHospital({
    ports,
    domain,
    hospital: 'Test Hospital',
    hubName: 'hub one',
    root: await tools.crypto.generateSigner(),
    seed,
  });
  return { replica, ports, clock };
}

/** Enrols a new device at a hub by a real invite, and gives it the trust streams. */
export async function join(
  tools: Tools,
  hub: Node,
  role: 'desk' | 'hub',
  domain: Domain = toyDomain,
  kinds: readonly DeskKind[] = ['all'],
): Promise<Node> {
  const clock = new Clockwork();
  const ports = portsOf(tools, await tools.sql(), clock);
  const own = hub.replica.own;
  if (own === undefined) throw new Error('the hub is not enrolled');
  const code = await makeInvite(
    own.identity.signer,
    { root: hub.replica.root, hubEpoch: own.epoch, nonce: tools.crypto.randomBytes(16), nowMs: hub.clock.now() },
    { role, kinds, name: `${role}` },
  );
  const signer = await tools.crypto.generateSigner();
  const answer = await enrol(
    hub.replica,
    { invite: code, publicKey: toBase64Url(signer.publicKey), proof: toBase64Url(await signer.sign(joinProof(code, signer.publicKey))) },
    'hospital',
  );
  if (!answer.ok) throw new Error(answer.code);
  const epoch = epochId(epochBytes(tools.crypto.sha256, signer.publicKey));
  await ports.keys.save(epoch, signer);
  const file: DeviceFile = { hospital: answer.hospital, root: answer.root, device: answer.device, epoch };
  await writeDeviceFile(ports, file);
  const replica = await Replica.open(ports, domain, hub.replica.root, undefined);
  await copy(hub.replica, replica, await trustNumbers(hub.replica));
  await replica.adopt(identityOf(file, signer));
  void invitedDevice(tools.crypto.sha256, readInvite(code)?.invite.nonce ?? '');
  return { replica, ports, clock };
}

/** Opens the same folder again with an empty database, as after a crash that lost it, or with the one given. */
export async function reopen(
  tools: Tools,
  node: Node,
  options: { readonly sql?: Sql; readonly files?: MemoryFiles; readonly domain?: Domain } = {},
): Promise<Node> {
  const ports = portsOf(tools, options.sql ?? (await tools.sql()), node.clock, options.files ?? node.ports.storage.files, node.ports.keys);
  const file = await readDeviceFile(ports);
  if (file === undefined) throw new Error('no device file');
  const signer = await ports.keys.load(file.epoch);
  if (signer === undefined) throw new Error('no key');
  const replica = await Replica.open(
    ports,
    options.domain ?? node.replica.domain,
    fromBase64Url(file.root) ?? new Uint8Array(0),
    identityOf(file, signer),
  );
  return { replica, ports, clock: node.clock };
}

/** Sends commits as the wire carries them. */
export async function copy(from: Replica, to: Replica, numbers?: readonly number[]): Promise<void> {
  const all = numbers ?? Array.from({ length: from.position.n }, (_, i) => i + 1);
  const wire = decodeWire(encodeWire(await from.payloads(all)));
  if (!wire.ok) throw new Error(wire.problem);
  await to.ingest(wire.payloads);
}

export function clerk(replica: Replica): Actor {
  const device = replica.own?.identity.device ?? ('device/aaaaaaaaaaaaaaaa' as StreamId);
  return { user: CLERK, userName: 'clerk', roles: ['clerk'], permissions: new Set(['writeNote', 'changeNote']), session: 's1', device };
}

let counter = 0;
export async function run(node: Node, name: string, input: unknown, id?: string) {
  counter += 1;
  const commandId = parseCommandId(id ?? `c${counter}-${name}`);
  if (commandId === undefined) throw new Error('bad id');
  node.clock.ms += 1000;
  return node.replica.execute({ name, input, id: commandId, actor: clerk(node.replica) });
}

/** All documents as text: equal on replicas that hold the same. */
export async function picture(node: Node): Promise<string> {
  const rows = await node.ports.storage.sql.read('SELECT stream, json FROM documents ORDER BY stream');
  const views = await node.ports.storage.sql.read(
    'SELECT d.stream, v.number, v.text FROM v_notes v JOIN documents d ON d.id = v.doc ORDER BY d.stream',
  );
  return JSON.stringify([rows, views]);
}

export { derivedStreamId, numbersOfUnit };
