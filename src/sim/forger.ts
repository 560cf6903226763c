// Attackers: without a key, with a key that nobody knows, with a stolen key, with old or damaged commits. They use the same formats as everybody.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { encodeBody, type Body } from '#journal/body.ts';
import { decodeCommit, encodeCommit, type Commit } from '#journal/commit.ts';
import { encodeHeader, HASH_BYTES, HEADER_FORMAT, type Header } from '#journal/header.ts';
import type { Signer } from '#journal/ports/crypto.ts';
import { commitId, epochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import { encodeWire } from '#journal/wire.ts';
import { enrol, joinProof } from '#roles/enrolment.ts';
import { epochOpeningBytes } from '#roles/replica/trust-index.ts';
import { PROTOCOL } from '#roles/sync/protocol.ts';
import { proofBytes } from '#roles/sync/proof.ts';
import type { Random } from '#importers/synthetic/random.ts';
import { flip } from './damage.ts';
import type { Machine } from './machine.ts';
import { randomBytes } from './sim-crypto.ts';
import type { World } from './world.ts';

export const ATTACKS = [
  'altered',
  'unknown-device',
  'stolen-fork',
  'stolen-ahead',
  'stolen-trust',
  'stolen-user',
  'stolen-kind',
  'greedy-desk',
  'small-order',
  'replay',
  'no-session',
  'bad-invite',
] as const;
export type Attack = (typeof ATTACKS)[number];
/** y = 1: a point of order 1. */
const SMALL_ORDER = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));
const YEAR_MS = 365 * 86_400_000;

export class Forger {
  readonly #world: World;
  readonly #random: Random;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('forger');
  }

  /** @returns false when there was nothing to attack */
  async attack(kind: Attack): Promise<boolean> {
    const victim = this.#up();
    const desk = this.#random.pick(this.#world.desks);
    if (victim === undefined) return false;
    switch (kind) {
      case 'altered':
        return this.#altered(victim);
      case 'unknown-device':
        return this.#unknownDevice(victim);
      case 'stolen-fork':
      case 'stolen-ahead':
      case 'stolen-trust':
      case 'stolen-user':
      case 'stolen-kind':
        return this.#stolen(kind, victim, desk);
      case 'greedy-desk':
        return this.#greedyDesk(victim, desk);
      case 'small-order':
        return this.#smallOrder(victim, desk);
      case 'replay':
        return this.#replay(victim);
      case 'no-session':
        return this.#noSession(victim);
      case 'bad-invite':
        return this.#badInvite(victim);
      default:
        return kind satisfies never;
    }
  }

  /** A true commit with one bit changed, or with another body and the hashes made right again. */
  async #altered(victim: Machine): Promise<boolean> {
    const commit = await this.#someCommit(victim);
    if (commit?.body === undefined) return false;
    if (this.#random.chance(0.4)) {
      const payload = encodeCommit(commit);
      const flipped = flip(payload, this.#random.below(payload.length), this.#random);
      const decoded = decodeCommit(flipped, this.#world.ports.sha256);
      if (decoded.ok && commitId(decoded.commit.hash) !== commitId(commit.hash))
        this.#world.auditor.forged.set(commitId(decoded.commit.hash), 'one bit changed');
      this.#give(victim, [flipped]);
      return true;
    }
    const body = new TextEncoder().encode(new TextDecoder().decode(commit.body).replace(/Person/g, 'Forger'));
    const forged = await this.#sealed({ ...commit.header, bodyHash: this.#sha(body) }, body, undefined);
    if (commitId(forged.hash) === commitId(commit.hash)) return false;
    this.#world.auditor.forged.set(commitId(forged.hash), 'altered, wrong signature');
    this.#give(victim, [encodeCommit(forged)]);
    return true;
  }

  /** A chain that is right in itself, under a key that no hub vouched for. */
  async #unknownDevice(victim: Machine): Promise<boolean> {
    const signer = this.#world.keyring.make(this.#random);
    const id = epochBytes(this.#world.ports.sha256, signer.publicKey);
    const commit = await this.#write(
      signer,
      { device: id, epoch: id, seq: 1, previous: new Uint8Array(HASH_BYTES) },
      this.#patientBody(),
      this.#world.scheduler.now,
    );
    this.#world.auditor.forged.set(commitId(commit.hash), 'unknown device');
    this.#give(victim, [encodeCommit(commit)]);
    return true;
  }

  /** Somebody holds a desk's key and writes with it: another history, a later one, trust events, a user's work. */
  async #stolen(kind: Extract<Attack, `stolen-${string}`>, victim: Machine, desk: Machine): Promise<boolean> {
    const own = desk.running?.replica.own;
    if (own === undefined || own.head.seq < 2 || victim === desk) return false;
    const { signer, deviceBytes, epochBytes: epoch } = own.identity;
    if (kind === 'stolen-kind' && !this.#mayNotRegister(desk)) return false;
    const ahead = kind !== 'stolen-fork';
    const [before] = ahead ? [] : await this.#commitsAt(desk, own.epoch, own.head.seq - 1);
    if (!ahead && before === undefined) return false;
    const place = ahead
      ? { device: deviceBytes, epoch, seq: own.head.seq + 1, previous: own.head.hash }
      : { device: deviceBytes, epoch, seq: own.head.seq, previous: before?.hash ?? own.head.hash };
    const body =
      kind === 'stolen-trust' ? this.#grantBody() : kind === 'stolen-user' ? this.#patientBody('technician') : this.#patientBody('clerk');
    const when = this.#world.scheduler.now + this.#random.pick([0, -YEAR_MS, YEAR_MS, 10 * YEAR_MS]);
    const commit = await this.#write(signer, place, body, when);
    const { auditor } = this.#world;
    auditor.tainted.add(own.identity.device);
    auditor.stolen.set(commitId(commit.hash), { epoch: own.epoch, device: own.identity.device, why: kind });
    // The thief sends it to a hub and to nobody else, as the device would.
    const hub = this.#world.hubs.find((machine) => machine.isUp);
    if (hub === undefined) {
      auditor.stolen.delete(commitId(commit.hash));
      return false;
    }
    this.#give(hub, [encodeCommit(commit)]);
    return true;
  }

  /** A desk with a narrow certificate: what a clerk may do elsewhere, it may not sign. */
  #mayNotRegister(desk: Machine): boolean {
    const replica = desk.running?.replica;
    const writes = replica?.own === undefined ? undefined : replica.trust.epoch(replica.own.epoch)?.writes;
    return writes !== undefined && writes !== '*' && !writes.has('PatientRegistered');
  }

  /** A desk with a good key asks for more than a desk gets: everything, and who looked at what. */
  async #greedyDesk(victim: Machine, desk: Machine): Promise<boolean> {
    const hub = victim.running?.hub;
    const own = desk.running?.replica.own;
    if (hub === undefined || own === undefined) return false;
    const ask = (verb: string, request: unknown, token?: string) =>
      hub.sync({ verb, token, body: new TextEncoder().encode(JSON.stringify(request)) });
    const hello = await ask('hello', {});
    if (hello.status !== 200 || !('json' in hello)) return false;
    const { nonce } = hello.json as { nonce: string }; // of helloAnswer
    const device = own.identity.device.slice('device/'.length);
    const signature = toBase64Url(await own.identity.signer.sign(proofBytes('caller', fromBase64Url(nonce) ?? new Uint8Array(0), device)));
    const mine = toBase64Url(randomBytes(this.#random, 32));
    const opened = await ask('session', { protocol: PROTOCOL, device, epoch: own.epoch, nonce, mine, signature });
    if (opened.status !== 200 || !('json' in opened)) return false;
    const { token } = opened.json as { token: string }; // of sessionAnswer
    const all = { kind: 'all' };
    const tries: readonly (readonly [string, unknown])[] = [
      ['pull', { cursor: { n: 0, receipt: '' }, scope: all, waitMs: 0, maxBytes: 100_000 }],
      ['units', {}],
      ['units', { scope: all }],
      ['units', { units: ['access/aaaaaaaaaaaaaaaa'] }],
    ];
    for (const [verb, request] of tries)
      if ((await ask(verb, request, token)).status === 200)
        this.#world.auditor.violation('P10', `${victim.name} gave a desk more than a desk gets: ${verb} ${JSON.stringify(request)}`);
    return true;
  }

  /** A stolen key vouches for a new key of small order, under which some verifiers accept every signature. */
  async #smallOrder(victim: Machine, desk: Machine): Promise<boolean> {
    const own = desk.running?.replica.own;
    if (own === undefined || own.head.seq < 1) return false;
    const { device, deviceBytes, signer } = own.identity;
    const id = epochBytes(this.#world.ports.sha256, SMALL_ORDER);
    const from = { epoch: own.epoch as string, seq: own.head.seq, hash: toBase64Url(own.head.hash) };
    const oldSignature = toBase64Url(await signer.sign(epochOpeningBytes(device, SMALL_ORDER, from)));
    const data = { epoch: epochId(id), publicKey: toBase64Url(SMALL_ORDER), from, oldSignature };
    const body: Body = { salt: 'x', command: 'small-order', do: 'openEpoch', events: [{ stream: device, type: 'EpochOpened', data }] };
    const header = { device: deviceBytes, epoch: id, seq: 1, previous: own.head.hash };
    const commit = await this.#write(
      { publicKey: SMALL_ORDER, sign: () => Promise.resolve(new Uint8Array(64).fill(7)) },
      header,
      body,
      this.#world.scheduler.now,
    );
    this.#world.auditor.forged.set(commitId(commit.hash), 'key of small order');
    this.#give(victim, [encodeCommit(commit)]);
    return true;
  }

  /** Old commits again, in any order and more than once. */
  async #replay(victim: Machine): Promise<boolean> {
    const commits = [...(await this.#world.auditor.scan(victim)).commits.values()];
    if (commits.length === 0) return false;
    this.#give(
      victim,
      Array.from({ length: 5 }, () => encodeCommit(this.#random.pick(commits))),
    );
    return true;
  }

  /** Asks a hub for everything without proving anything. */
  async #noSession(victim: Machine): Promise<boolean> {
    const hub = victim.running?.hub;
    if (hub === undefined) return false;
    for (const verb of ['state', 'pull', 'push', 'units', 'fetch', 'offer', 'announce']) {
      const reply = await hub.sync({ verb, token: this.#random.chance(0.5) ? 'guessed' : undefined, body: encodeWire([]) });
      if (reply.status === 200) this.#world.auditor.violation('P5', `${victim.name} answered ${verb} to nobody`);
    }
    return true;
  }

  /** Answers an invite with a key of small order, and an invite that no hub signed. */
  async #badInvite(victim: Machine): Promise<boolean> {
    const hub = victim.running?.hub;
    const replica = victim.running?.replica;
    if (hub === undefined || replica === undefined) return false;
    const invite = await hub.invite('desk', ['all'], 'thief');
    const small = await enrol(replica, { invite, publicKey: toBase64Url(SMALL_ORDER), proof: toBase64Url(new Uint8Array(64)) }, 'x');
    if (small.ok) this.#world.auditor.violation('P5', `${victim.name} enrolled a key of small order`);
    const signer = this.#world.keyring.make(this.#random);
    const altered = `${invite.slice(0, -8)}AAAAAAAA`;
    const proof = toBase64Url(await signer.sign(joinProof(altered, signer.publicKey)));
    const forged = await enrol(replica, { invite: altered, publicKey: toBase64Url(signer.publicKey), proof }, 'x');
    if (forged.ok) this.#world.auditor.violation('P5', `${victim.name} enrolled on an invite that no hub signed`);
    return true;
  }

  // ---- how it is done ----

  #up(): Machine | undefined {
    const up = [...this.#world.machines.values()].filter((machine) => machine.isUp);
    return up.length === 0 ? undefined : this.#random.pick(up);
  }

  #sha(bytes: Uint8Array): Uint8Array {
    return this.#world.ports.sha256(bytes);
  }

  async #someCommit(machine: Machine): Promise<Commit | undefined> {
    const commits = [...(await this.#world.auditor.scan(machine)).commits.values()];
    return commits.length === 0 ? undefined : this.#random.pick(commits);
  }

  async #commitsAt(machine: Machine, epoch: string, seq: number): Promise<readonly Commit[]> {
    const { commits } = await this.#world.auditor.scan(machine);
    return [...commits.values()].filter((commit) => commit.header.seq === seq && epochId(commit.header.epoch) === epoch);
  }

  /** Hands it over as the wire does. A machine that dies meanwhile never answers; nobody waits. */
  #give(machine: Machine, payloads: readonly Uint8Array[]): void {
    const running = machine.running;
    if (running === undefined) return;
    running.replica.ingest(payloads, { live: true }).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'StorageFailure'))
        this.#world.auditor.violation('P5', `${machine.name} threw at a forged commit: ${String(error)}`);
    });
  }

  #patientBody(role = 'clerk'): Body {
    const user = this.#world.people.find((person) => person.role === role)?.user;
    const stream = `patient/${toBase64Url(randomBytes(this.#random, 12))}` as StreamId; // 12 bytes are 16 characters
    const data = { uhid: '100000000000', name: 'Forged', sex: 'unknown' };
    return {
      salt: 'f',
      command: `forged-${this.#random.uint32()}`,
      do: 'registerPatient',
      ...(user === undefined ? {} : { user }),
      session: 's',
      events: [{ stream, type: 'PatientRegistered', data }],
    };
  }

  /** A desk makes a clerk an administrator: trust events count from hubs only. */
  #grantBody(): Body {
    const clerk = this.#world.people.find((person) => person.role === 'clerk');
    const administrator = this.#world.people.find((person) => person.role === 'administrator');
    return {
      salt: 'f',
      command: `forged-${this.#random.uint32()}`,
      do: 'grantRole',
      ...(administrator === undefined ? {} : { user: administrator.user }),
      events: [{ stream: clerk?.user ?? 'user/aaaaaaaaaaaaaaaa', type: 'RoleGranted', data: { role: 'administrator' } }],
    };
  }

  async #write(signer: Signer, place: Pick<Header, 'device' | 'epoch' | 'seq' | 'previous'>, body: Body, ms: number): Promise<Commit> {
    const bytes = encodeBody(body);
    return this.#sealed(
      { format: HEADER_FORMAT, ...place, hlc: { ms: Math.max(0, Math.floor(ms)), counter: 0 }, bodyHash: this.#sha(bytes) },
      bytes,
      signer,
    );
  }

  async #sealed(header: Header, body: Uint8Array, signer: Signer | undefined): Promise<Commit> {
    const headerBytes = encodeHeader(header);
    const signature = signer === undefined ? randomBytes(this.#random, 64) : await signer.sign(headerBytes);
    return { header, headerBytes, hash: this.#sha(headerBytes), signature, body };
  }
}
