// What a desk does: everything for a signed-in person with no hub, and in step with hubs when they answer.
import type { PatientState } from '#kernel/patient/patient.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { decodeWire, frameRecord, wireHead } from '#journal/wire.ts';
import { concatBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import { epochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import { z } from 'zod';
import { joinProof, readInvite } from './enrolment.ts';
import { readDeviceFile, writeDeviceFile } from './founding.ts';
import type { NameRow } from '#views/name-index/name-row.ts';
import { Links } from './links.ts';
import { NameIndexClient } from './names/name-index-client.ts';
import { LocalNotes } from './local-notes.ts';
import { Paper } from './paper.ts';
import type { Domain, ReplicaPorts } from './replica/ports.ts';
import type { Executed } from './replica/execute.ts';
import { identityOf, type DeviceFile } from './replica/device-file.ts';
import { Replica } from './replica/replica.ts';
import type { Session } from './sessions.ts';
import { Station, type Answered, type PasswordTools } from './station.ts';
import { DEADLINE_MS, decodeWithMeta, type Scope } from './sync/protocol.ts';
import type { Timers, Transport } from './sync/transport.ts';

export interface DeskPorts extends ReplicaPorts {
  readonly passwords: PasswordTools;
  readonly timers: Timers;
  readonly transport: (url: string) => Transport;
}

/** Patients of the last weeks, of all departments: what a desk of a mid-sized hospital holds without asking. */
export const DEFAULT_SCOPE: Scope = { kind: 'desk', departments: [], days: 30 };
/** A desk tails the first two hubs that answer (DESIGN section 5). */
const HUBS_TAILED = 2;
const JOIN_DEADLINE_MS = 30_000;

/** How far a commit has got. `paper`: it came on a sheet and its chain has not arrived. */
export type Reach = 'here' | 'hub' | 'two-hubs' | 'paper';

export class DeskRole {
  readonly ports: DeskPorts;
  readonly replica: Replica;
  readonly station: Station;
  readonly paper: Paper;
  readonly links: Links;
  readonly notes: LocalNotes;
  /** Names of all patients; undefined on a desk that was opened without them. */
  readonly names: NameIndexClient | undefined;

  private constructor(
    ports: DeskPorts,
    replica: Replica,
    notes: LocalNotes,
    names: NameIndexClient | undefined,
    scope: Scope,
    onStatus: () => void,
  ) {
    this.ports = ports;
    this.replica = replica;
    this.notes = notes;
    this.names = names;
    this.station = new Station(replica, ports.passwords, ports.timers);
    this.station.names = names;
    this.paper = new Paper(replica, notes);
    this.links = new Links({
      replica,
      timers: ports.timers,
      transport: ports.transport,
      scope,
      pushes: true,
      wanted: HUBS_TAILED,
      onStatus,
      ...(names === undefined ? {} : { aside: (peer, cancelled) => names.follow(peer, cancelled) }),
    });
  }

  /** Opens the desk that this storage belongs to; undefined when it has not been enrolled. */
  static async open(
    ports: DeskPorts,
    domain: Domain,
    options: { readonly scope?: Scope; readonly onStatus?: () => void; readonly names?: boolean } = {},
  ): Promise<DeskRole | undefined> {
    const file = await readDeviceFile(ports);
    if (file === undefined) return undefined;
    const signer = await ports.keys.load(file.epoch);
    const root = fromBase64Url(file.root);
    if (signer === undefined || root === undefined) return undefined;
    const replica = await Replica.open(ports, domain, root, identityOf(file, signer));
    const notes = await LocalNotes.open(ports.storage.files);
    for (const bytes of notes.certificates) await replica.trust.addCertificate(bytes);
    const onStatus = options.onStatus ?? ((): void => undefined);
    const names = options.names === true ? await NameIndexClient.open(replica, ports.timers, onStatus) : undefined;
    const desk = new DeskRole(ports, replica, notes, names, options.scope ?? DEFAULT_SCOPE, onStatus);
    await desk.links.recall();
    await desk.station.access.recover();
    return desk;
  }

  /** Commits of this device that no hub is known to hold. */
  get waiting(): number {
    return Math.max(0, (this.replica.own?.head.seq ?? 0) - this.links.heldBy(1));
  }

  /** Commits here, on one hub, on two. */
  reachCounts(): { readonly here: number; readonly hub: number; readonly twoHubs: number } {
    const head = this.replica.own?.head.seq ?? 0;
    const hub = Math.min(head, this.links.heldBy(1));
    const twoHubs = Math.min(hub, this.links.heldBy(2));
    return { here: head - hub, hub: hub - twoHubs, twoHubs };
  }

  /** How far the last commit of each stream has got; streams that are not held are left out. */
  async reach(streams: readonly StreamId[]): Promise<Readonly<Record<string, Reach>>> {
    const own = this.replica.own?.epoch;
    const hub = this.links.heldBy(1);
    const two = this.links.heldBy(2);
    const out: Record<string, Reach> = {};
    for (const stream of streams) {
      const rows = await this.ports.storage.sql.read(
        'SELECT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.stream = ? ORDER BY s.n DESC LIMIT 1',
        [stream],
      );
      const n = Number(rows[0]?.['n'] ?? 0);
      const run = n === 0 ? undefined : await this.replica.index.runAt(n);
      if (run === undefined) continue;
      const document = await this.replica.document(stream);
      if (document?.heads.some((head) => this.notes.arrival(head) !== undefined) === true && run.epoch !== own) out[stream] = 'paper';
      else if (run.epoch !== own) out[stream] = 'hub';
      else {
        const seq = run.seq0 + n - run.n0;
        out[stream] = seq <= two ? 'two-hubs' : seq <= hub ? 'hub' : 'here';
      }
    }
    return out;
  }

  /**
   * Makes sure that a patient's record is here, whole, when a hub answers in time. Late or no answer: it stays elsewhere.
   * @returns whether this desk holds it now
   */
  async fetchUnit(patient: StreamId): Promise<boolean> {
    const held = async (): Promise<boolean> => {
      const document = await this.replica.document<PatientState>(patient);
      return document !== undefined && document.state.status !== 'none' && document.state.status !== 'elsewhere';
    };
    if (await held()) return true;
    await Promise.race([this.links.fetchUnits([patient]), this.ports.timers.sleep(DEADLINE_MS)]);
    return held();
  }

  /** As the station answers. A record that is elsewhere is fetched whole first, when a hub answers in time. */
  async query(session: Session, name: string, input: unknown): Promise<Answered> {
    if (name === 'patient') {
      const patient = await this.#knownElsewhere(input);
      if (patient !== undefined) await this.fetchUnit(patient);
    }
    return this.station.query(session, name, input);
  }

  /** As the station does it. A card whose patient the name index knows is accepted onto that patient's own record. */
  async command(session: Session, name: string, input: unknown, key?: string, occurredAt?: number): Promise<Executed> {
    const whole = name === 'acceptCard' ? await this.#withPatient(input) : input;
    return this.station.command(session, name, whole, key, occurredAt);
  }

  async #withPatient(input: unknown): Promise<unknown> {
    if (typeof input !== 'object' || input === null || 'patient' in input || !('uhid' in input) || typeof input.uhid !== 'string')
      return input;
    const row = await this.#knownByNumber(input.uhid);
    // An old card that leads to another record is taken as told: people decide on which of the two to go on.
    return row === undefined || row.into !== undefined ? input : { ...input, patient: row.patient };
  }

  /** Whom a question for a record names, when only the name index knows. */
  async #knownElsewhere(input: unknown): Promise<StreamId | undefined> {
    const asked = patientAsked.safeParse(input);
    if (!asked.success) return undefined;
    const patient = asked.data.patient === undefined ? undefined : parseStreamId(asked.data.patient);
    if (patient !== undefined) return patient.startsWith('patient/') ? patient : undefined;
    const row = await this.#knownByNumber(asked.data.uhid ?? '');
    return row?.into?.patient ?? row?.patient;
  }

  /** The one patient of the hospital who bears this number, as far as the name index knows. */
  async #knownByNumber(typed: string): Promise<NameRow | undefined> {
    const number = lookupForm(typed);
    if (this.names === undefined || number === '') return undefined;
    const [only, ...others] = (await this.names.search(number, 2)).rows.filter(({ match }) => match === 'number');
    return others.length > 0 ? undefined : only?.row;
  }

  /** Everything that this desk holds, as a stream of commits that `verify` and `restore` read. */
  async exportCommits(): Promise<Uint8Array> {
    const numbers = Array.from({ length: this.replica.position.n }, (_, i) => i + 1);
    return concatBytes(wireHead(), ...(await this.replica.payloads(numbers)).map(frameRecord));
  }

  async stop(): Promise<void> {
    this.links.stop();
    await this.station.access.flush();
  }
}

const patientAsked = z.object({ patient: z.string().max(64).optional(), uhid: z.string().max(64).optional() });
const joinMeta = z.object({
  device: z.string(),
  root: z.string(),
  hospital: z.string(),
  hubs: z.array(z.object({ device: z.string(), name: z.string(), url: z.string() })),
});

export type Joined =
  | { readonly ok: true; readonly file: DeviceFile; readonly hubs: readonly string[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** Answers an invite with a fresh key and keeps what the hub sends: certificate, users, catalogue. Asking again is harmless. */
export async function joinHospital(ports: DeskPorts, domain: Domain, hub: string, invite: string): Promise<Joined> {
  const read = readInvite(invite);
  if (read === undefined) return refused('invite-unreadable');
  const held = await readDeviceFile(ports);
  if (held !== undefined) return refused('already-enrolled');
  const signer = await ports.crypto.generateSigner();
  const epoch = epochId(epochBytes(ports.crypto.sha256, signer.publicKey));
  await ports.keys.save(epoch, signer);
  const body = {
    invite: invite.trim(),
    publicKey: toBase64Url(signer.publicKey),
    proof: toBase64Url(await signer.sign(joinProof(invite.trim(), signer.publicKey))),
  };
  const reply = await ports
    .transport(hub.replace(/\/+$/, ''))
    .call('join', new TextEncoder().encode(JSON.stringify(body)), { deadlineMs: JOIN_DEADLINE_MS });
  if (reply.status !== 200) return refused(codeOf(reply.body));
  const page = decodeWithMeta(joinMeta, reply.body);
  const wire = page === undefined ? undefined : decodeWire(page.wire);
  const root = page === undefined ? undefined : fromBase64Url(page.meta.root);
  // The invite came by another way than this answer: both must name the same root.
  if (page === undefined || wire === undefined || !wire.ok || root === undefined || page.meta.root !== read.invite.root)
    return refused('hub-damaged-answer');
  const replica = await Replica.open(ports, domain, root, undefined);
  await replica.ingest(wire.payloads);
  if (replica.trust.epoch(epoch) === undefined) return refused('hub-damaged-answer');
  const file: DeviceFile = { hospital: page.meta.hospital, root: page.meta.root, device: page.meta.device as StreamId, epoch }; // the hub's certificate for our key was just found
  await writeDeviceFile(ports, file);
  return { ok: true, file, hubs: page.meta.hubs.map((found) => found.url) };
}

function codeOf(body: Uint8Array): string {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof parsed === 'object' && parsed !== null && 'code' in parsed ? String(parsed.code) : 'hub-damaged-answer';
  } catch {
    return 'hub-damaged-answer'; // not JSON
  }
}

function refused(code: string): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection: { code, facts: {} } };
}
