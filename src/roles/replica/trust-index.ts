// What the trust streams held here say, in the form that `judge` asks: keys by epoch, roles by user, revocations by device.
import { concatBytes, equalBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { Document } from '#kernel/shared/document.ts';
import { deskWrites } from '#kernel/device/desk-kinds.ts';
import type { ChainHead, DeviceState } from '#kernel/device/device.ts';
import type { RoleState } from '#kernel/role/role.ts';
import { commitOf, streamType, type CommitRef, type StreamId } from '#kernel/shared/ids.ts';
import type { UserState } from '#kernel/user/user.ts';
import { MAX_TRUST, parseBody } from '#journal/body.ts';
import type { Commit } from '#journal/commit.ts';
import { certificateBytes, decodeCertificate } from '#journal/certificate.ts';
import { mayEnrolKey } from '#journal/ed25519.ts';
import type { Crypto } from '#journal/ports/crypto.ts';
import { deviceStream, epochId, type EpochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import type { EpochTrust, NodeRole, TrustFacts } from '#journal/trust.ts';
import type { Domain } from './ports.ts';

interface Tables {
  readonly epochs: Map<EpochId, EpochTrust>;
  readonly devices: Map<StreamId, DeviceState>;
  roles: ReadonlyMap<string, ReadonlySet<string>>;
  removed: ReadonlyMap<string, RoleState['removed']>;
  readonly users: Map<StreamId, UserState>;
  /** Worked out once for each user until trust changes. */
  readonly permissions: Map<UserState, ReadonlySet<string>>;
}

/** The documents of trust streams, staged ones included. */
export interface TrustDocuments {
  all(type: string): readonly Document[];
  one(stream: StreamId): Document | undefined;
}

const text = new TextEncoder();

/** What the old key signs to vouch for the new one. */
export function epochOpeningBytes(device: StreamId, publicKey: Uint8Array, from: ChainHead): Uint8Array {
  return concatBytes(text.encode(`nirantar new epoch\n${device}\n${from.epoch} ${from.seq} ${from.hash}\n`), publicKey);
}

export class TrustIndex implements TrustFacts {
  readonly #root: Uint8Array;
  readonly #rootEpoch: EpochId;
  readonly #domain: Domain;
  readonly #documents: TrustDocuments;
  readonly #crypto: Crypto;
  /** Where the commits of trust streams stand in their chains. */
  readonly #positions = new Map<CommitRef, { readonly epoch: EpochId; readonly seq: number }>();
  readonly #known = new Map<EpochId, number>();
  /** Keys vouched for on paper, until the certificate itself arrives. */
  readonly #onPaper = new Map<EpochId, EpochTrust>();
  #tables: Tables | undefined;
  /** Streams changed since the tables were made. */
  readonly #changed = new Set<StreamId>();
  /** Streams changed since events were last judged again. */
  readonly #touched = new Set<StreamId>();
  /** Two devices claim one key: then the order of the documents decides, and the tables are always made anew. */
  #shared = false;
  #dirty = false;
  #version = 0;

  constructor(root: Uint8Array, domain: Domain, documents: TrustDocuments, crypto: Crypto) {
    this.#root = root;
    this.#rootEpoch = epochId(epochBytes(crypto.sha256, root));
    this.#domain = domain;
    this.#documents = documents;
    this.#crypto = crypto;
  }

  /** A trust stream has changed: the tables follow when next asked. */
  touch(stream: StreamId): void {
    this.#changed.add(stream);
    this.#touched.add(stream);
    this.#dirty = true;
    this.#version += 1;
  }

  /** What was staged has been given up: the tables are made anew when next asked. */
  reset(): void {
    this.#tables = undefined;
    this.#changed.clear();
  }

  /** A commit that touches a trust stream stands at this place of its chain. */
  note(ref: CommitRef, epoch: EpochId, seq: number): void {
    this.#positions.set(ref, { epoch, seq });
    if (seq > (this.#known.get(epoch) ?? 0)) this.#known.set(epoch, seq);
  }

  /** Grows with every change of a trust stream. */
  get version(): number {
    return this.#version;
  }

  get dirty(): boolean {
    return this.#dirty;
  }
  clean(): void {
    this.#dirty = false;
  }

  /**
   * What stands in the body of the next commit: the last trust commit known of each hub's chain. The root's is known to all,
   * and what a desk writes to a trust stream removes nothing; thousands of desks' epochs would not fit in a body.
   */
  knownVector(): [string, number][] {
    return [...this.#known]
      .filter(([epoch]) => epoch !== this.#rootEpoch && this.epoch(epoch)?.role === 'hub')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, MAX_TRUST);
  }

  epoch(id: EpochId): EpochTrust | undefined {
    if (id === this.#rootEpoch) return { device: this.rootDevice, role: 'root', publicKey: this.#root, writes: '*', confirmed: true };
    return this.#read().epochs.get(id) ?? this.#onPaper.get(id);
  }

  get rootDevice(): StreamId {
    return deviceStream(epochBytes(this.#crypto.sha256, this.#root));
  }

  device(stream: StreamId): DeviceState | undefined {
    return this.#read().devices.get(stream);
  }

  user(stream: StreamId): UserState | undefined {
    return this.#read().users.get(stream);
  }

  roleOf(device: StreamId): NodeRole | undefined {
    return device === this.rootDevice ? 'root' : this.device(device)?.role;
  }

  /** Ranges of a device for one epoch: its own first, then the spare ones that belong to no epoch. */
  rangesOf(device: StreamId, epoch: EpochId): readonly number[] {
    const ranges = this.device(device)?.ranges ?? [];
    const own = ranges.filter((range) => range.epoch === epoch).map((range) => range.range);
    const spare = ranges.filter((range) => range.epoch === undefined).map((range) => range.range);
    return [...own, ...spare];
  }

  isRevoked(device: StreamId): boolean {
    return (this.device(device)?.revocations.length ?? 0) > 0;
  }

  withinRevocation(device: StreamId, epoch: EpochId, seq: number): boolean {
    const state = this.device(device);
    if (state === undefined || state.revocations.length === 0) return true;
    // Of several revocations the intersection holds.
    return state.revocations.every((revocation) => revocation.heads.some((head) => head.epoch === epoch && seq <= head.seq));
  }

  userMay(user: StreamId, command: string, knew: ReadonlyMap<string, number>): boolean {
    const { users, roles } = this.#read();
    const state = users.get(user);
    if (state === undefined) return false;
    const allows = (role: string): boolean => permits(roles.get(role), command) || this.#allowedThen(role, command, knew);
    if (state.grants.some((grant) => allows(grant.role))) return true;
    return state.removedGrants.some((grant) => allows(grant.role) && !this.#knewOf(grant.by, knew));
  }

  /** Did the role allow it before a change that the commit did not know of? */
  #allowedThen(role: string, command: string, knew: ReadonlyMap<string, number>): boolean {
    const removed = this.#read().removed.get(role) ?? [];
    return removed.some((gone) => (gone.permission === command || gone.permission === '*') && !this.#knewOf(gone.by, knew));
  }

  /** Does the commit know of a trust commit that is not here yet? Then its verdict may change when that comes. */
  isAhead(trust: readonly (readonly [string, number])[] | undefined): boolean {
    return (trust ?? []).some(([epoch, seq]) => epoch !== this.#rootEpoch && seq > (this.#known.get(epoch as EpochId) ?? 0)); // a text that is no epoch is not known
  }

  /** Documents of trust streams touched since the last call. */
  takeTouched(): readonly Document[] {
    const touched = [...this.#touched].map((stream) => this.#documents.one(stream)).filter((document) => document !== undefined);
    this.#touched.clear();
    return touched;
  }

  /** Names of the commands and queries that a user's roles allow now. */
  permissionsOf(state: UserState): ReadonlySet<string> {
    const { roles, permissions } = this.#read();
    const known = permissions.get(state);
    if (known !== undefined) return known;
    const out = new Set<string>();
    permissions.set(state, out);
    for (const grant of state.grants) {
      for (const permission of roles.get(grant.role) ?? []) {
        if (permission === '*')
          for (const name of [...this.domain.commands.keys(), ...[...this.domain.queries.keys()].map((query) => `query:${query}`)])
            out.add(name);
        else if (permission === 'query:*') for (const query of this.domain.queries.keys()) out.add(`query:${query}`);
        else out.add(permission);
      }
    }
    return out;
  }

  commandWrites(command: string, eventType: string): boolean {
    const definition = this.#domain.commands.get(command);
    return definition === undefined || definition.writes.includes(eventType);
  }

  isTrustStream(stream: StreamId): boolean {
    return this.#domain.streams.get(streamType(stream))?.trust === true;
  }

  get domain(): Domain {
    return this.#domain;
  }

  /** Keys that came on paper: no document holds them. */
  get onPaper(): ReadonlyMap<EpochId, EpochTrust> {
    return this.#onPaper;
  }

  /** When the database is opened again, what came on paper is still known. */
  keepPaper(onPaper: ReadonlyMap<EpochId, EpochTrust>): void {
    for (const [epoch, trust] of onPaper) this.#onPaper.set(epoch, trust);
  }

  /** Believes a certificate that came on paper when a hub that is known here signed it. */
  async addCertificate(bytes: Uint8Array): Promise<boolean> {
    const certificate = decodeCertificate(bytes);
    if (certificate === undefined || !mayEnrolKey(certificate.publicKey)) return false;
    const issuer = this.epoch(epochId(certificate.issuer));
    if (issuer === undefined || (issuer.role !== 'hub' && issuer.role !== 'root')) return false;
    if (!(await this.#crypto.verify(issuer.publicKey, certificate.signature, certificateBytes(certificate)))) return false;
    const epoch = epochId(epochBytes(this.#crypto.sha256, certificate.publicKey));
    this.#onPaper.set(epoch, {
      device: deviceStream(certificate.device),
      role: certificate.role,
      publicKey: certificate.publicKey,
      writes: writesOf(certificate.role === 'desk' ? deskWrites(certificate.kinds, this.#domain.commands) : ['*']),
      confirmed: true,
    });
    this.#dirty = true;
    this.#version += 1;
    return true;
  }

  /** The key that the first commit of a new epoch brings, when a key of the same device that is known here vouches for it. */
  async introduce(commit: Commit): Promise<Uint8Array | undefined> {
    const body = commit.body === undefined ? undefined : parseBody(commit.body);
    const device = deviceStream(commit.header.device);
    for (const event of body?.events ?? []) {
      if (event.type !== 'EpochOpened' || event.stream !== device) continue;
      const opened = this.#domain.streams.get('device')?.events['EpochOpened']?.safeParse(event.data);
      if (opened?.success !== true) continue;
      const { publicKey, from, oldSignature } = opened.data as { publicKey: string; from?: ChainHead; oldSignature?: string }; // the schema of EpochOpened
      const key = fromBase64Url(publicKey);
      const signature = oldSignature === undefined ? undefined : fromBase64Url(oldSignature);
      if (key === undefined || signature === undefined || from === undefined || !this.#isKeyOf(key, commit.header.epoch)) continue;
      const old = this.epoch(from.epoch as EpochId); // the schema checked the form
      if (old === undefined || old.device !== device) continue;
      if (await this.#crypto.verify(old.publicKey, signature, epochOpeningBytes(device, key, from))) return key;
    }
    return undefined;
  }

  #isKeyOf(key: Uint8Array, epoch: Uint8Array): boolean {
    return mayEnrolKey(key) && equalBytes(epochBytes(this.#crypto.sha256, key), epoch);
  }

  #knewOf(removal: string, knew: ReadonlyMap<string, number>): boolean {
    const at = this.#positions.get(commitOf(removal as Parameters<typeof commitOf>[0])); // an event reference from the fold
    return at !== undefined && (knew.get(at.epoch) ?? 0) >= at.seq;
  }

  #read(): Tables {
    const tables = this.#tables;
    if (tables === undefined || (this.#shared && this.#changed.size > 0)) {
      this.#changed.clear();
      return (this.#tables = this.#makeTables());
    }
    if (this.#changed.size === 0) return tables;
    // One by one: a hospital has thousands of devices and users, and a node that is new gets all of them at once.
    const changed = [...this.#changed];
    this.#changed.clear();
    tables.permissions.clear();
    for (const stream of changed) {
      if (this.#follow(tables, stream)) continue;
      this.#tables = this.#makeTables();
      return this.#tables;
    }
    return tables;
  }

  #makeTables(): Tables {
    const tables: Tables = {
      epochs: new Map(),
      devices: new Map(),
      roles: this.#roles(),
      removed: this.#removed(),
      users: new Map(),
      permissions: new Map(),
    };
    this.#shared = false;
    for (const document of this.#documents.all('device').toSorted((a, b) => (a.stream < b.stream ? -1 : 1)))
      if (!this.#addDevice(tables, document)) this.#shared = true;
    for (const document of this.#documents.all('user')) tables.users.set(document.stream, document.state as UserState); // documents of type user are made by its fold
    return tables;
  }

  /** False when only making everything anew gives the right answer. */
  #follow(tables: Tables, stream: StreamId): boolean {
    const type = streamType(stream);
    if (type === 'role') {
      tables.roles = this.#roles();
      tables.removed = this.#removed();
    }
    if (type !== 'device' && type !== 'user') return true;
    const document = this.#documents.one(stream);
    if (document === undefined) return false;
    if (type === 'user') {
      tables.users.set(stream, document.state as UserState); // as in #makeTables
      return true;
    }
    for (const { epoch } of tables.devices.get(stream)?.epochs ?? []) tables.epochs.delete(epoch as EpochId); // the schema checked the form
    return this.#addDevice(tables, document);
  }

  /** False when another device claims one of its keys too: then the order of the documents decides. */
  #addDevice(tables: Tables, document: Document): boolean {
    const state = document.state as DeviceState; // documents of type device are made by its fold
    tables.devices.set(document.stream, state);
    let alone = true;
    for (const epoch of state.epochs) {
      const publicKey = fromBase64Url(epoch.publicKey);
      const bytes = fromBase64Url(epoch.epoch);
      if (publicKey === undefined || bytes === undefined || state.role === undefined || !this.#isKeyOf(publicKey, bytes)) continue;
      const id = toBase64Url(bytes) as EpochId; // checked above
      alone &&= !tables.epochs.has(id);
      tables.epochs.set(id, {
        device: document.stream,
        role: state.role,
        publicKey,
        writes: writesOf(state.writes),
        confirmed: epoch.status === 'certified',
      });
    }
    return alone;
  }

  /** In the order of their streams: two streams of one name must not count by which came first. */
  #roleStates(): readonly RoleState[] {
    const documents = this.#documents.all('role').toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
    return documents.map((document) => document.state as RoleState); // documents of type role are made by its fold
  }

  #removed(): ReadonlyMap<string, RoleState['removed']> {
    const removed = new Map<string, RoleState['removed']>();
    for (const state of this.#roleStates())
      if (state.role !== undefined) removed.set(state.role, [...(removed.get(state.role) ?? []), ...state.removed]);
    return removed;
  }

  #roles(): ReadonlyMap<string, ReadonlySet<string>> {
    const roles = new Map<string, ReadonlySet<string>>();
    for (const state of this.#roleStates()) {
      if (state.role !== undefined && !state.retired) roles.set(state.role, new Set(state.permissions));
    }
    return roles;
  }
}

function writesOf(types: readonly string[]): EpochTrust['writes'] {
  return types.includes('*') ? '*' : new Set(types);
}

function permits(permissions: ReadonlySet<string> | undefined, command: string): boolean {
  return permissions !== undefined && (permissions.has(command) || permissions.has('*'));
}
