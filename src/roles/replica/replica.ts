// The replica: one queue over journal, index, documents and views. Hub, desk and simulator run this same code.
import { unbrokenTo } from '#journal/intervals.ts';
import type { Actor, May } from '#kernel/shared/actor.ts';
import { YES } from '#kernel/shared/actor.ts';
import { equalBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import { commitRef, decodeCommit, encodeCommit, type Commit } from '#journal/commit.ts';
import { MAX_AFTER } from '#journal/body.ts';
import { HASH_BYTES, ID_BYTES } from '#journal/header.ts';
import type { Signer } from '#journal/ports/crypto.ts';
import { StorageFailure, type SqlStatement } from '#journal/ports/storage.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import { chained, lacksSignature } from '#journal/verify.ts';
import { refuseNewer, SegmentLog, type Place } from '#journal/segment-log.ts';
import type { ViewReader } from '#views/view.ts';
import { Applier } from './apply.ts';
import { DocumentStore } from './document-store.ts';
import { Evidence } from './evidence.ts';
import { deviceMay, executeGroup, type DecidedGroup, type Executed, type PendingCommand } from './execute.ts';
import { IndexStore, placeIn, refIn, type Position } from './index-store.ts';
import { ingest, ingestTogether, type Arrival, type IngestPorts, type IngestReport } from './ingest.ts';
import { Judged } from './judged.ts';
import { LiveNumbers } from './live-numbers.ts';
import { Mint } from './mint.ts';
import { NO_HEAD, OwnChain, type ChainHead, type Identity } from './own-chain.ts';
import type { Domain, ReplicaPorts } from './ports.ts';
import { SerialQueue } from './queue.ts';
import { REPLICA_DDL, SCHEMA_VERSION, SQL } from './schema.ts';
import { TrustIndex } from './trust-index.ts';

/** Commands that share one sync at most; more wait for the next group. */
const GROUP_LIMIT = 64;
/** Commits applied to documents in one transaction. */
const APPLY_CHUNK = 500;
/** Certificates of certificates: deeper than this nobody enrols. */
const MAX_ROUNDS = 20;
/** Verdicts on own signatures that are remembered. */
const SELF_SIGNED_LIMIT = 100_000;

/** Who this device is; kept in `device.json` beside the journal. */
export interface DeviceFile {
  readonly hospital: string;
  /** Root public key, base64url: the anchor of all trust. */
  readonly root: string;
  /** Stream of the device. */
  readonly device: StreamId;
  /** Current epoch, base64url; its key is in the key store. */
  readonly epoch: string;
}

export interface Change {
  /** Stream types whose documents changed. */
  readonly types: readonly string[];
  /** Last receipt number. */
  readonly n: number;
}

/** How commits are stored. */
interface Storing {
  /** Made here. */
  readonly own: boolean;
  /** Somebody waits for them. */
  readonly live: boolean;
  /** The documents have been staged while deciding. */
  readonly staged?: boolean;
}
interface PendingArrival extends Arrival {
  readonly resolve: (report: IngestReport) => void;
  readonly reject: (error: unknown) => void;
}

const OWN: Storing = { own: true, live: true };

const REJUDGE: SqlStatement = { sql: SQL.metaSet, params: ['rejudge', '1'] };

export interface ReplicaNotes {
  readonly tornBytes: number;
  readonly damaged: readonly Place[];
  readonly rebuilt: boolean;
}

export class Replica {
  readonly ports: ReplicaPorts;
  readonly domain: Domain;
  readonly root: Uint8Array;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #queue = new SerialQueue();
  readonly #waiting: PendingCommand[] = [];
  readonly #arriving: PendingArrival[] = [];
  /** What came as live work lately: peers get it ahead of history. */
  readonly live = new LiveNumbers();
  #log!: SegmentLog; // set by #load before anybody holds the replica, as are the six below
  #index!: IndexStore;
  #documents!: DocumentStore;
  #applier!: Applier;
  #trust!: TrustIndex;
  #evidence!: Evidence;
  #mint!: Mint;
  #own: OwnChain | undefined;
  #applied = 0;
  #broken = false;
  #judged = new Judged([]);
  readonly #selfSigned = new Map<string, boolean>();
  readonly #unreadable = new Set<string>();
  #notes: ReplicaNotes = { tornBytes: 0, damaged: [], rebuilt: false };

  private constructor(ports: ReplicaPorts, domain: Domain, root: Uint8Array) {
    this.ports = ports;
    this.domain = domain;
    this.root = root;
  }

  /** Opens what is on the disk: cuts a torn tail, catches the index and the documents up, rebuilds them when they are not ours. */
  static async open(ports: ReplicaPorts, domain: Domain, root: Uint8Array, identity: Identity | undefined): Promise<Replica> {
    const replica = new Replica(ports, domain, root);
    await replica.#load();
    if (identity !== undefined) await replica.adopt(identity);
    return replica;
  }

  /** Becomes a device: from now on it can write. */
  async adopt(identity: Identity): Promise<void> {
    const head = await this.#headOf(epochId(identity.epochBytes));
    this.#own = new OwnChain(identity, head, this.ports.crypto, this.ports.clock);
    await this.refreshRanges();
  }

  /**
   * Goes on under a new key. Its first commit, which names the hash of the head that it continues, stands alone in the queue: no
   * command can come before it, and when it cannot be written nothing has changed.
   */
  beginEpoch(
    make: (own: OwnChain) => Promise<{
      readonly identity: Identity;
      readonly commandId: string;
      readonly event: { stream: StreamId; type: string; data: unknown };
    }>,
  ): Promise<Identity> {
    return this.#queue.add(async () => {
      await this.#mend();
      const before = this.#requireOwn();
      const { identity, commandId, event } = await make(before);
      const own = new OwnChain(identity, { seq: 0, hash: before.head.hash, hlc: before.head.hlc }, this.ports.crypto, this.ports.clock);
      this.#own = own;
      try {
        const [withAfter] = await this.#withAfter([event]);
        const commit = await own.next({
          command: commandId,
          do: 'openEpoch',
          events: withAfter === undefined ? [] : [withAfter],
          trust: this.#trust.knownVector(),
        });
        await this.#store([commit], () => undefined, OWN);
      } catch (error) {
        // After the append the commit is durable and only the database is behind: then the new epoch has begun.
        if (!this.#broken) this.#own = before;
        throw error;
      }
      await this.refreshRanges();
      return identity;
    }, 'first');
  }

  get own(): OwnChain | undefined {
    return this.#own;
  }
  get trust(): TrustIndex {
    return this.#trust;
  }
  get index(): IndexStore {
    return this.#index;
  }
  get evidence(): Evidence {
    return this.#evidence;
  }
  get notes(): ReplicaNotes {
    return this.#notes;
  }
  get mintState(): Mint {
    return this.#mint;
  }
  /** Last receipt number accepted, and last one that documents and views show. */
  get position(): { readonly n: number; readonly applied: number } {
    return { n: this.#index.position.n, applied: this.#applied };
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Decides, signs, appends and folds. Resolves when the answer is durable on this device. */
  execute(command: Omit<PendingCommand, 'resolve' | 'reject'>): Promise<Executed> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...command, resolve, reject });
      if (this.#waiting.length === 1) void this.#queue.add(() => this.#runGroup(), 'first').catch(() => undefined); // each command was told
    });
  }

  /** Writes events that the device does by itself (certificates, epochs, access logs). Same durability as a command. */
  async writeAsDevice(
    name: string,
    commandId: string,
    events: readonly { stream: StreamId; type: string; data: unknown }[],
  ): Promise<Commit> {
    return this.#queue.add(async () => {
      await this.#mend();
      const own = this.#requireOwn();
      const before = own.head;
      const withAfter = await this.#withAfter(events);
      const commit = await own.next({ command: commandId, do: name, events: withAfter, trust: this.#trust.knownVector() });
      await this.#store([commit], () => own.rewind(before), OWN);
      return commit;
    }, 'first');
  }

  /** Takes commits from a peer, a file or a slip: verified, stored, folded. Never refuses for a clock or an unknown event. */
  ingest(payloads: readonly Uint8Array[], options: { readonly live?: boolean; readonly from?: string } = {}): Promise<IngestReport> {
    if (options.live !== true) return this.#queue.add(() => this.#ingestAlone({ payloads, from: options.from }, false), 'history');
    return new Promise((resolve, reject) => {
      this.#arriving.push({ payloads, from: options.from, resolve, reject });
      if (this.#arriving.length === 1) this.#takeInSoon();
    });
  }

  #takeInSoon(): void {
    void this.#queue.add(() => this.#takeIn(), 'urgent').catch(() => undefined); // each sender was told
  }

  /** What came as live work while the last group was being stored: one sync for all. */
  async #takeIn(): Promise<void> {
    let commits = 0;
    let count = 0;
    for (const { payloads } of this.#arriving) {
      commits += payloads.length;
      if (count > 0 && commits > APPLY_CHUNK) break;
      count += 1;
    }
    const group = this.#arriving.splice(0, count);
    if (this.#arriving.length > 0) this.#takeInSoon();
    try {
      await this.#mend();
      const together = group.length > 1 ? await ingestTogether(group, this.#ingestPorts(true)) : [];
      for (const report of together) for (const commit of report?.accepted ?? []) this.#own?.observe(commit.header.hlc);
      for (const [i, arrival] of group.entries()) arrival.resolve(together[i] ?? (await this.#ingestAlone(arrival, true)));
    } catch (error) {
      // Those that were answered stay answered.
      for (const arrival of group) arrival.reject(error);
    }
  }

  async #ingestAlone({ payloads, from }: Arrival, live: boolean): Promise<IngestReport> {
    await this.#mend();
    const report = await ingest(payloads, this.#ingestPorts(live), from);
    for (const commit of report.accepted) this.#own?.observe(commit.header.hlc);
    return report;
  }

  #ingestPorts(live: boolean): IngestPorts {
    return {
      crypto: this.ports.crypto,
      keyOf: (epoch) => this.#trust.epoch(epoch),
      has: (commit) => this.#index.has(commit),
      introduce: (commit) => this.#trust.introduce(commit),
      store: async (commits) => {
        await this.#store(commits, () => undefined, { own: false, live });
        return this.#index.position.n;
      },
      evidence: this.#evidence,
      trustVersion: () => this.#trust.version,
    };
  }

  /**
   * Throws the database away and computes it again from the journal: index, documents, views. What is known of peers stays,
   * when the journal gave the same receipts again; otherwise everything is offered and read anew.
   */
  rebuild(): Promise<void> {
    return this.#queue.add(async () => {
      await this.#mend();
      const { sql } = this.ports.storage;
      const before = this.#index.position;
      const peers = await sql.read('SELECT * FROM peers');
      const covered = await sql.read('SELECT unit FROM covered');
      const own = this.#own;
      // A failure from here on leaves nothing but a database that the next work opens again from the journal.
      this.#broken = true;
      await sql.clear();
      await this.#load(true);
      if (own !== undefined) await this.adopt(own.identity);
      const { n, receipt } = this.#index.position;
      if (n === before.n && equalBytes(receipt, before.receipt)) {
        await sql.write([
          {
            sql: SQL.peerKeep,
            many: peers.map((row) => [
              row['device'] ?? null,
              row['cursor'] ?? null,
              row['offered'] ?? null,
              row['acknowledged'] ?? null,
              row['scope'] ?? null,
            ]),
          },
          { sql: SQL.coveredKeep, many: covered.map((row) => [row['unit'] ?? null]) },
        ]);
      }
      this.#broken = false;
      for (const listener of this.#listeners) listener({ types: [...this.domain.streams.keys()], n });
    }, 'history');
  }

  // ---- reading ----

  async document<S>(stream: StreamId): Promise<Document<S> | undefined> {
    return (await this.#documents.get(stream))?.document as Document<S> | undefined; // the stream's own definition made the state
  }

  /** A reader for `load`; with `seen` it collects the streams read. */
  reader(): Reader {
    return {
      document: <S>(stream: StreamId) => this.document<S>(stream),
      byNumber: (number, type) => this.byNumber(number, type),
      linked: async (to, type, rel) => {
        const rows = await this.ports.storage.sql.read(SQL.linked, [to, type, rel]);
        return unique([...rows.map((row) => row['stream'] as StreamId), ...this.#documents.stagedLinked(to, type, rel)]); // the column holds stream ids
      },
      all: <S>(type: string) => Promise.resolve(this.#documents.allDocuments(type) as readonly Document<S>[]), // as in document
    };
  }

  async byNumber(number: string, type?: string): Promise<readonly StreamId[]> {
    const rows = await this.ports.storage.sql.read(SQL.byNumber, [number]);
    const found = unique([...rows.map((row) => row['stream'] as StreamId), ...this.#documents.stagedByNumber(number)]); // the column holds stream ids
    return type === undefined ? found : found.filter((stream) => stream.startsWith(`${type}/`));
  }

  viewReader(actor: Actor): ViewReader {
    const reader = this.reader();
    return {
      rows: (sql, params) => this.ports.storage.sql.read(sql, params),
      document: <S>(stream: StreamId) => reader.document<S>(stream),
      documents: async <S>(streams: readonly StreamId[]) => {
        const found: Document<S>[] = [];
        for (const stream of streams) {
          const document = await this.document<S>(stream);
          if (document !== undefined) found.push(document);
        }
        return found;
      },
      history: async (stream) => {
        const entry = await this.#documents.get(stream);
        return entry === undefined ? [] : this.#applier.history(entry);
      },
      byNumber: (number, type) => reader.byNumber(number, type),
      all: <S>(type: string) => reader.all<S>(type),
      now: instant(this.ports.clock.now()),
      actor,
    };
  }

  /** "May I, and if not why not", by the same function that decides. Facts are looked at when the input is whole. */
  async may(actor: Actor, name: string, input: unknown): Promise<May> {
    const definition = this.domain.commands.get(name);
    if (definition === undefined) return { ok: false, rejection: { code: 'command-unknown', facts: { command: name } } };
    const own = this.#own;
    const device = own === undefined ? YES : deviceMay(definition, this.#trust.epoch(own.epoch)?.writes);
    if (!device.ok) return device;
    const parsed = definition.input.safeParse(input);
    const general = definition.may(actor, undefined);
    if (!general.ok || !parsed.success) return general;
    const facts = await definition.load(parsed.data, this.reader());
    return definition.may(actor, facts) ?? YES;
  }

  /** Commits by receipt number, in the order given. */
  async commits(numbers: readonly number[]): Promise<readonly Commit[]> {
    return (await this.payloads(numbers)).map((payload) => {
      const decoded = decodeCommit(payload, this.ports.crypto.sha256);
      if (!decoded.ok) throw new StorageFailure('io', 'permanent', `a stored commit is damaged: ${decoded.problem}`);
      return decoded.commit;
    });
  }

  /** The stored bytes of commits, ready to be sent on. */
  async payloads(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    return this.#log.readMany(await this.#index.places(numbers));
  }

  /**
   * As `payloads`, but a record that the disk no longer gives is left out and remembered: what comes after it must not wait for it.
   * Peers have it from whoever else holds it.
   */
  async readable(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    const places = await this.#index.places(numbers);
    try {
      return await this.#log.readMany(places);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const out: Uint8Array[] = [];
    for (const place of places) {
      try {
        out.push(await this.#log.read(place));
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.#unreadable.add(`${place.segment}:${place.offset}`);
      }
    }
    return out;
  }

  /** Where records lie (`segment:offset`) that turned out to be damaged since the start. */
  get unreadable(): ReadonlySet<string> {
    return this.#unreadable;
  }

  /** Is the commit's own signature right? (It may be valid only through a later one of its run.) Remembered for a while. */
  async selfSigned(commit: Commit): Promise<boolean> {
    const name = toBase64Url(commit.hash);
    const known = this.#selfSigned.get(name);
    if (known !== undefined) return known;
    const key = this.#trust.epoch(epochId(commit.header.epoch))?.publicKey;
    const right =
      key !== undefined && !lacksSignature(commit) && (await this.ports.crypto.verify(key, commit.signature, commit.headerBytes));
    if (this.#selfSigned.size >= SELF_SIGNED_LIMIT) this.#selfSigned.clear();
    this.#selfSigned.set(name, right);
    return right;
  }

  /** The commit that follows in the same chain, when it is held. */
  async successor(commit: Commit): Promise<Commit | undefined> {
    const epoch = epochId(commit.header.epoch);
    const numbers = await this.#index.numbersOfChain(epoch, commit.header.seq + 1, commit.header.seq + 1);
    return (await this.commits(numbers)).find((next) => chained(commit, next));
  }

  /** Up to which seq a chain is whole among the first `n` accepted commits. */
  async unbrokenUpTo(epoch: EpochId, n: number): Promise<number> {
    const here = unbrokenTo(this.index.chain(epoch)?.have ?? []);
    if (n >= this.position.n) return here;
    const after = (await this.ports.storage.sql.read(SQL.firstAfter, [n, epoch, n]))[0]?.['seq'] ?? null;
    return after === null ? here : Math.min(here, Number(after) - 1);
  }

  // ---- inside ----

  async refreshRanges(): Promise<void> {
    const own = this.#own;
    if (own !== undefined) await this.#mint.setRanges(this.#trust.rangesOf(own.identity.device, own.epoch), this.ports.storage.sql);
  }

  /** Re-folds every stream that a device touched: after a revocation or a re-admission. */
  refoldDevice(epochs: readonly EpochId[]): Promise<void> {
    return this.#queue.add(async () => {
      await this.#mend();
      const docs = new Set<number>();
      for (const epoch of epochs) {
        const chain = this.#index.chain(epoch);
        if (chain === undefined) continue;
        for (const n of await this.#index.numbersOfChain(epoch, 1, chain.headSeq)) {
          const rows = await this.ports.storage.sql.read('SELECT s.doc AS doc FROM stream_commits s WHERE s.n = ?', [n]);
          for (const row of rows) docs.add(Number(row['doc']));
        }
      }
      await this.#refoldDocs([...docs]);
    });
  }

  async #runGroup(): Promise<void> {
    const group = this.#waiting.splice(0, GROUP_LIMIT);
    if (this.#waiting.length > 0) void this.#queue.add(() => this.#runGroup(), 'first').catch(() => undefined);
    try {
      await this.#mend();
    } catch (error) {
      for (const command of group) command.reject(error);
      return;
    }
    await this.#runTogether(group);
  }

  async #runTogether(group: readonly PendingCommand[]): Promise<void> {
    const own = this.#own;
    const before = own?.head;
    let decided: DecidedGroup;
    try {
      decided = await this.#decide(group);
    } catch (error) {
      // What was signed so far was not appended: the chain goes on from before it.
      if (before !== undefined) own?.rewind(before);
      this.#giveUp();
      // One command that a bug stops must not take the others with it.
      if (group.length > 1) for (const command of group) await this.#runTogether([command]);
      else for (const command of group) command.reject(error);
      return;
    }
    try {
      await this.#store(decided.commits, () => before !== undefined && own?.rewind(before), { ...OWN, staged: true });
      decided.answer();
    } catch (error) {
      this.#giveUp();
      for (const command of group) command.reject(error);
    }
  }

  #decide(group: readonly PendingCommand[]): Promise<DecidedGroup> {
    const own = this.#requireOwn();
    return executeGroup(group, {
      replica: this,
      own,
      mint: (kind) => this.#mint.mint(kind),
      trustVector: this.#trust.knownVector(),
      firstN: this.#index.position.n + 1,
      documents: this.#documents,
      applier: this.#applier,
      isHub: this.#trust.roleOf(own.identity.device) !== 'desk',
    });
  }

  /** Nothing of the group happened. */
  #giveUp(): void {
    this.#documents.rollback();
    this.#applier.reset();
    if (this.#trust.dirty) this.#trust.reset();
  }

  /** Append, sync, index, fold. */
  async #store(commits: readonly Commit[], undo: () => void, { own, live, staged = false }: Storing): Promise<void> {
    if (commits.length === 0) {
      this.#giveUp();
      return;
    }
    let places: readonly Place[];
    try {
      places = await this.#log.append(commits.map(encodeCommit));
    } catch (error) {
      undo();
      this.#giveUp();
      throw error;
    }
    const firstN = this.#index.position.n + 1;
    // Before anybody is told that there is something new.
    if (live) this.live.add(firstN, commits.length);
    const small = own || commits.length <= APPLY_CHUNK;
    try {
      const statements = await this.#index.add(commits, places, this.#log.end);
      if (small) {
        if (!staged) for (const [i, commit] of commits.entries()) await this.#applier.apply(firstN + i, commit);
        await this.#flush(statements, this.#index.position.n);
      } else {
        await this.ports.storage.sql.write([...statements, this.#positionStatement()]);
        await this.#applyFrom(firstN, commits);
      }
    } catch (error) {
      // The journal holds them; only what can be rebuilt is behind. The next work opens it again from the journal.
      this.#broken = true;
      throw error instanceof StorageFailure
        ? error
        : new StorageFailure('io', 'ambiguous', `the database could not follow the journal: ${String(error)}`, { cause: error });
    }
  }

  async #applyFrom(firstN: number, commits: readonly Commit[]): Promise<void> {
    for (let i = 0; i < commits.length; i += APPLY_CHUNK) {
      const chunk = commits.slice(i, i + APPLY_CHUNK);
      for (const [k, commit] of chunk.entries()) await this.#applier.apply(firstN + i + k, commit);
      await this.#flush([], firstN + i + chunk.length - 1);
    }
  }

  async #flush(statements: readonly SqlStatement[], applied: number): Promise<void> {
    const trustTouched = this.#trust.dirty;
    await this.ports.storage.sql.write([
      ...statements,
      ...this.#applier.statements(),
      this.#positionStatement(),
      { sql: SQL.metaSet, params: ['applied', String(applied)] },
      ...(trustTouched ? [REJUDGE] : []),
    ]);
    this.#documents.commitStaged();
    this.#applier.reset();
    this.#applied = applied;
    if (trustTouched) await this.#afterTrust();
    this.#tell();
  }

  /** Trust changed: events that it turns are judged again, ranges may be new. A turned certificate turns others: round by round. */
  async #afterTrust(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      this.#trust.clean();
      const { news, devices, everything } = this.#judged.follow(this.#trust.takeTouched());
      if (!news) break;
      await this.#refoldDocs(
        everything ? await this.#allDocs() : [...new Set([...(await this.#docsSetAside()), ...(await this.#docsOfDevices(devices))])],
      );
    }
    await this.ports.storage.sql.write([{ sql: SQL.metaSet, params: ['rejudge', '0'] }]);
    await this.refreshRanges();
  }

  /** A crash came between a change of trust and what it turns. */
  async #rejudge(): Promise<void> {
    const revoked = this.#documents
      .all('device')
      .filter((entry) => this.#trust.isRevoked(entry.stream))
      .map((entry) => entry.stream);
    await this.#refoldDocs([...new Set([...(await this.#docsSetAside()), ...(await this.#docsOfDevices(revoked))])]);
    await this.#afterTrust();
  }

  async #docsSetAside(): Promise<readonly number[]> {
    return (await this.ports.storage.sql.read(SQL.setAsideAll)).map((row) => Number(row['doc']));
  }

  async #allDocs(): Promise<readonly number[]> {
    return (await this.ports.storage.sql.read('SELECT id FROM documents ORDER BY id')).map((row) => Number(row['id']));
  }

  async #docsOfDevices(devices: readonly StreamId[]): Promise<readonly number[]> {
    const docs = new Set<number>();
    const names = new Set(devices.map((device) => device.slice('device/'.length)));
    for (const [epoch, chain] of names.size === 0 ? [] : this.#index.chains) {
      if (!names.has(chain.device)) continue;
      for (const n of await this.#index.numbersOfChain(epoch, 1, chain.headSeq)) {
        for (const row of await this.ports.storage.sql.read('SELECT doc FROM stream_commits WHERE n = ?', [n]))
          docs.add(Number(row['doc']));
      }
    }
    return [...docs];
  }

  async #refoldDocs(docs: readonly number[]): Promise<void> {
    for (let i = 0; i < docs.length; i += APPLY_CHUNK) {
      for (const doc of docs.slice(i, i + APPLY_CHUNK)) {
        const entry = await this.#documents.byId(doc);
        if (entry !== undefined) await this.#applier.refold(entry);
      }
      await this.ports.storage.sql.write(this.#applier.statements());
      this.#documents.commitStaged();
      this.#applier.reset();
    }
    this.#tell();
  }

  #tell(): void {
    const types = this.#applier.takeTouched();
    const change: Change = { types, n: this.#index.position.n };
    for (const listener of this.#listeners) listener(change);
  }

  #positionStatement(): SqlStatement {
    const { n, segment, offset, receipt } = this.#index.position;
    return { sql: SQL.metaSet, params: ['position', JSON.stringify({ n, segment, offset, receipt: toBase64Url(receipt) })] };
  }

  async #mend(): Promise<void> {
    if (!this.#broken) return;
    const own = this.#own;
    await this.#load();
    if (own !== undefined) await this.adopt(own.identity);
    this.#broken = false;
  }

  async #load(startedOver = false): Promise<void> {
    const { storage, crypto } = this.ports;
    // First: the database of a newer program is not cleared by one that must not go on anyway.
    await refuseNewer(storage.files);
    const { position, applied, rebuilt: cleared } = await this.#openSql();
    const rebuilt = cleared || startedOver;
    this.#index = await IndexStore.open(storage.sql, crypto.sha256, position);
    if (await this.#databaseIsAhead(position)) {
      await storage.sql.clear();
      return this.#load(true);
    }
    this.#evidence = await Evidence.open(storage.files, storage.sealer);
    this.#documents = await DocumentStore.open(storage.sql, this.domain);
    const documents = this.#documents;
    const onPaper = (this.#trust as TrustIndex | undefined)?.onPaper; // none at the first opening
    this.#trust = new TrustIndex(
      this.root,
      this.domain,
      { all: (type) => documents.all(type).map((entry) => entry.document), one: (stream) => documents.trusted(stream)?.document },
      crypto,
    );
    if (onPaper !== undefined) this.#trust.keepPaper(onPaper);
    await this.#notePositions();
    const random = (below: number): number => {
      const bytes = crypto.randomBytes(4);
      return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) % below;
    };
    this.#mint = new Mint(random);
    this.#applier = new Applier({
      documents: this.#documents,
      facts: () => this.#trust,
      isAhead: (trust) => this.#trust.isAhead(trust),
      isForked: (epoch) => this.#index.chain(epoch)?.forkedAt !== undefined,
      commits: (numbers) => this.commits(numbers),
      streamCommits: async (doc) => (await storage.sql.read(SQL.streamCommits, [doc])).map((row) => Number(row['n'])),
      onTrust: (stream, ref, epoch, seq) => {
        this.#trust.note(ref, epoch, seq);
        this.#trust.touch(stream);
      },
    });
    this.#applied = applied;
    this.live.forget();
    const opened = await this.#replayLog(position);
    this.#notes = { tornBytes: opened.cutBytes, damaged: opened.damaged, rebuilt };
    this.#judged = new Judged(
      [...this.domain.streams.values()].flatMap((definition) =>
        definition.trust ? this.#documents.all(definition.type).map((entry) => entry.document) : [],
      ),
    );
    await this.#replayDocuments();
    if ((await this.#readMeta()).get('rejudge') === '1') await this.#rejudge();
  }

  /**
   * Does the database name a last commit that the journal has not got? So it is after a disk that lied about syncing, and
   * when only one of the two was restored. The journal is the truth: the database starts over.
   */
  async #databaseIsAhead(position: Position): Promise<boolean> {
    if (position.n === 0) return false;
    const run = await this.#index.runAt(position.n);
    if (run === undefined) return true;
    const { log } = await SegmentLog.open(this.ports.storage.files, {}, { segment: Number.MAX_SAFE_INTEGER, offset: 0 }, () => undefined); // reads no record
    try {
      const decoded = decodeCommit(await log.read(placeIn(run, position.n)), this.ports.crypto.sha256);
      return !decoded.ok || commitRef(decoded.commit.hash) !== refIn(run, position.n);
    } catch (error) {
      if (error instanceof StorageFailure && error.failureClass === 'permanent') return true;
      throw error;
    }
  }

  /** Where the commits of trust streams stand, from what is applied already; new ones are noted as they come. */
  async #notePositions(): Promise<void> {
    for (const definition of this.domain.streams.values()) {
      if (!definition.trust) continue;
      for (const row of await this.ports.storage.sql.read(SQL.commitsOfType, [definition.type])) {
        const n = Number(row['n']);
        const run = await this.#index.runAt(n);
        if (run !== undefined) this.#trust.note(refIn(run, n), run.epoch, run.seq0 + n - run.n0);
      }
    }
  }

  /** The index catches up with what the log holds beyond its position. */
  async #replayLog(position: Position): Promise<{ cutBytes: number; damaged: readonly Place[] }> {
    const { crypto, storage } = this.ports;
    let commits: Commit[] = [];
    let places: Place[] = [];
    const flush = async (end: { segment: number; offset: number }): Promise<void> => {
      if (commits.length === 0) return;
      const statements = await this.#index.add(commits, places, end);
      await storage.sql.write([...statements, this.#positionStatement()]);
      commits = [];
      places = [];
    };
    const opened = await SegmentLog.open(storage.files, { sealer: storage.sealer }, position, async (payload, place) => {
      const decoded = decodeCommit(payload, crypto.sha256);
      if (!decoded.ok) return; // damage that a CRC did not see stays in the log and is reported by verify
      commits.push(decoded.commit);
      places.push(place);
      if (commits.length >= 5000) await flush({ segment: place.segment, offset: place.offset + place.length });
    });
    this.#log = opened.log;
    await flush(opened.log.end);
    return opened;
  }

  async #replayDocuments(): Promise<void> {
    while (this.#applied < this.#index.position.n) {
      const from = this.#applied + 1;
      const numbers = Array.from({ length: Math.min(APPLY_CHUNK, this.#index.position.n - this.#applied) }, (_, i) => from + i);
      await this.#applyFrom(from, await this.commits(numbers));
    }
  }

  async #openSql(): Promise<{ position: Position; applied: number; rebuilt: boolean }> {
    const { sql } = this.ports.storage;
    const version = `${SCHEMA_VERSION} ${this.domain.views
      .map((view) => `${view.name}:${view.version}`)
      .sort()
      .join(' ')}`;
    const ddl = [...REPLICA_DDL, ...this.domain.views.flatMap((view) => view.ddl)].map((text) => ({ sql: text }));
    const meta = await this.#readMeta();
    const stored = meta.get('version');
    let rebuilt = false;
    if (stored !== version) {
      if (stored !== undefined) {
        await sql.clear();
        rebuilt = true;
      }
      await sql.write([...ddl]);
      await sql.write([{ sql: SQL.metaSet, params: ['version', version] }]);
      meta.clear();
    }
    const start: Position = { n: 0, segment: 1, offset: 0, receipt: new Uint8Array(HASH_BYTES) };
    const text = meta.get('position');
    if (text === undefined) return { position: start, applied: 0, rebuilt };
    const parsed = JSON.parse(text) as { n: number; segment: number; offset: number; receipt: string }; // written by #positionStatement
    const position = { ...parsed, receipt: fromBase64Url(parsed.receipt) ?? start.receipt };
    return { position, applied: Number(meta.get('applied') ?? 0), rebuilt };
  }

  async #readMeta(): Promise<Map<string, string>> {
    try {
      return new Map((await this.ports.storage.sql.read(SQL.metaAll)).map((row) => [String(row['key']), String(row['value'])]));
    } catch {
      return new Map(); // no such table: a new database
    }
  }

  async #headOf(epoch: EpochId): Promise<ChainHead> {
    const chain = this.#index.chain(epoch);
    if (chain === undefined) return NO_HEAD;
    const numbers = await this.#index.numbersOfChain(epoch, chain.headSeq, chain.headSeq);
    for (const commit of await this.commits(numbers)) {
      if (equalBytes(commit.hash, fromBase64Url(chain.headHash) ?? new Uint8Array(0)))
        return { seq: commit.header.seq, hash: commit.hash, hlc: commit.header.hlc };
    }
    return NO_HEAD;
  }

  async #withAfter(
    events: readonly { stream: StreamId; type: string; data: unknown }[],
  ): Promise<{ stream: string; type: string; data: unknown; after?: string[] }[]> {
    const out = [];
    const seen = new Set<StreamId>();
    for (const event of events) {
      const heads = seen.has(event.stream) ? [] : ((await this.document(event.stream))?.heads ?? []);
      seen.add(event.stream);
      out.push(heads.length === 0 ? event : { ...event, after: heads.slice(0, MAX_AFTER) });
    }
    return out;
  }

  #requireOwn(): OwnChain {
    if (this.#own === undefined) throw new Error('invariant: this replica has not been enrolled, it can only receive');
    return this.#own;
  }
}

/** The key of a device file's epoch as an identity. */
export function identityOf(file: DeviceFile, signer: Signer): Identity {
  const deviceBytes = fromBase64Url(file.device.slice('device/'.length));
  const epochBytes = fromBase64Url(file.epoch);
  if (deviceBytes?.length !== ID_BYTES || epochBytes?.length !== ID_BYTES)
    throw new Error('invariant: device.json names a device and an epoch');
  return { device: file.device, deviceBytes, epochBytes, signer };
}

/** The disk answers, and what it gives is not what was written. */
function isDamage(error: unknown): boolean {
  return error instanceof StorageFailure && error.failureClass === 'permanent' && error.code === 'damaged';
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
