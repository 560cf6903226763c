// The replica: one queue over journal, index, documents and views. Hub, desk and simulator run this same code.
import { YES, type Actor, type May } from '#kernel/shared/actor.ts';
import { equalBytes } from '#kernel/shared/bytes.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Commit } from '#journal/commit.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import type { ViewReader } from '#views/view.ts';
import { Applier } from './apply.ts';
import { Arrivals } from './arrivals.ts';
import type { Evidence } from './evidence.ts';
import { deviceMay, executeGroup, withAfter, type DecidedGroup, type Executed, type PendingCommand } from './execute.ts';
import type { IndexStore } from './index-store.ts';
import type { IngestPorts, IngestReport } from './ingest.ts';
import { LiveNumbers } from './live-numbers.ts';
import { Mint } from './mint.ts';
import { openParts, type Parts, type ReplicaNotes } from './opening.ts';
import { OwnChain, type Identity } from './own-chain.ts';
import type { Domain, ReplicaPorts } from './ports.ts';
import { SerialQueue } from './queue.ts';
import { Reading } from './reading.ts';
import { Rejudging } from './rejudging.ts';
import { SQL } from './schema.ts';
import type { TrustIndex } from './trust-index.ts';
import { OWN, Writing } from './writing.ts';

/** Commands that share one sync at most; more wait for the next group. */
const GROUP_LIMIT = 64;

export interface Change {
  /** Stream types whose documents changed. */
  readonly types: readonly string[];
  /** Last receipt number. */
  readonly n: number;
}

/** An event that the device writes by itself. */
interface DeviceEvent {
  readonly stream: StreamId;
  readonly type: string;
  readonly data: unknown;
}

export class Replica {
  readonly ports: ReplicaPorts;
  readonly domain: Domain;
  readonly root: Uint8Array;
  /** What came as live work lately: peers get it ahead of history. */
  readonly live = new LiveNumbers();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #queue = new SerialQueue();
  readonly #arrivals: Arrivals;
  readonly #waiting: PendingCommand[] = [];
  #parts!: Parts; // set by #load before anybody holds the replica, as are the five below
  #applier!: Applier;
  #reading!: Reading;
  #rejudging!: Rejudging;
  #writing!: Writing;
  #mint!: Mint;
  #own: OwnChain | undefined;
  /** What is open is not to be trusted: the next work opens it again. */
  #unsound = false;

  private constructor(ports: ReplicaPorts, domain: Domain, root: Uint8Array) {
    this.ports = ports;
    this.domain = domain;
    this.root = root;
    this.#arrivals = new Arrivals({
      queue: this.#queue,
      mend: () => this.#mend(),
      ingestPorts: (live) => this.#ingestPorts(live),
      accepted: (report) => {
        for (const commit of report.accepted) this.#own?.observe(commit.header.hlc);
      },
    });
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
    const head = await this.#parts.stored.headOf(epochId(identity.epochBytes));
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
      readonly event: DeviceEvent;
    }>,
  ): Promise<Identity> {
    return this.#queue.add(async () => {
      await this.#mend();
      const before = this.#requireOwn();
      const { identity, commandId, event } = await make(before);
      const own = new OwnChain(identity, { seq: 0, hash: before.head.hash, hlc: before.head.hlc }, this.ports.crypto, this.ports.clock);
      this.#own = own;
      try {
        const events = await withAfter([event], this.reader(), undefined);
        const commit = await own.next({
          command: commandId,
          do: 'openEpoch',
          events,
          trust: this.trust.knownVector(),
        });
        await this.#writing.store([commit], () => undefined, OWN);
      } catch (error) {
        // After the append the commit is durable and only the database is behind: then the new epoch has begun.
        if (!this.#writing.broken) this.#own = before;
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
    return this.#parts.trust;
  }
  get index(): IndexStore {
    return this.#parts.index;
  }
  get evidence(): Evidence {
    return this.#parts.evidence;
  }
  get notes(): ReplicaNotes {
    return this.#parts.notes;
  }
  get mintState(): Mint {
    return this.#mint;
  }
  /** Last receipt number accepted, and last one that documents and views show. */
  get position(): { readonly n: number; readonly applied: number } {
    return { n: this.index.position.n, applied: this.#writing.applied };
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
  async writeAsDevice(name: string, commandId: string, events: readonly DeviceEvent[]): Promise<Commit> {
    return this.#queue.add(async () => {
      await this.#mend();
      const own = this.#requireOwn();
      const before = own.head;
      const placed = await withAfter(events, this.reader(), undefined);
      const commit = await own.next({ command: commandId, do: name, events: placed, trust: this.trust.knownVector() });
      await this.#writing.store([commit], () => own.rewind(before), OWN);
      return commit;
    }, 'first');
  }

  /** Takes commits from a peer, a file or a slip: verified, stored, folded. Never refuses for a clock or an unknown event. */
  ingest(payloads: readonly Uint8Array[], options: { readonly live?: boolean; readonly from?: string } = {}): Promise<IngestReport> {
    const arrival = { payloads, from: options.from };
    return options.live === true ? this.#arrivals.live(arrival) : this.#arrivals.history(arrival);
  }

  /**
   * Throws the database away and computes it again from the journal: index, documents, views. What is known of peers stays,
   * when the journal gave the same receipts again; otherwise everything is offered and read anew.
   */
  rebuild(): Promise<void> {
    return this.#queue.add(async () => {
      await this.#mend();
      const { sql } = this.ports.storage;
      const before = this.index.position;
      const peers = await sql.read('SELECT * FROM peers');
      const covered = await sql.read('SELECT unit FROM covered');
      const own = this.#own;
      // A failure from here on leaves nothing but a database that the next work opens again from the journal.
      this.#unsound = true;
      await sql.clear();
      await this.#load(true);
      if (own !== undefined) await this.adopt(own.identity);
      const { n, receipt } = this.index.position;
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
      this.#unsound = false;
      for (const listener of this.#listeners) listener({ types: [...this.domain.streams.keys()], n });
    }, 'history');
  }

  // ---- reading ----

  document<S>(stream: StreamId): Promise<Document<S> | undefined> {
    return this.#reading.document<S>(stream);
  }
  byNumber(number: string, type?: string): Promise<readonly StreamId[]> {
    return this.#reading.byNumber(number, type);
  }
  reader(): Reader {
    return this.#reading.reader();
  }
  viewReader(actor: Actor): ViewReader {
    return this.#reading.viewReader(actor);
  }

  /** "May I, and if not why not", by the same function that decides. Facts are looked at when the input is whole. */
  async may(actor: Actor, name: string, input: unknown): Promise<May> {
    const definition = this.domain.commands.get(name);
    if (definition === undefined) return { ok: false, rejection: { code: 'command-unknown', facts: { command: name } } };
    const own = this.#own;
    const device = own === undefined ? YES : deviceMay(definition, this.trust.epoch(own.epoch)?.writes);
    if (!device.ok) return device;
    const parsed = definition.input.safeParse(input);
    const general = definition.may(actor, undefined);
    if (!general.ok || !parsed.success) return general;
    const facts = await definition.load(parsed.data, this.reader());
    return definition.may(actor, facts) ?? YES;
  }

  /** Commits by receipt number, in the order given. Rejects when one cannot be read. */
  commits(numbers: readonly number[]): Promise<readonly Commit[]> {
    return this.#parts.stored.commits(numbers);
  }
  /** The stored bytes of commits, ready to be sent on. Rejects when one cannot be read. */
  payloads(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    return this.#parts.stored.payloads(numbers);
  }
  /** As `payloads`, without what the disk no longer gives. */
  readable(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    return this.#parts.stored.readable(numbers);
  }
  /** Where records lie (`segment:offset`) that turned out to be damaged since the start. */
  get unreadable(): ReadonlySet<string> {
    return this.#parts.stored.unreadable;
  }
  selfSigned(commit: Commit): Promise<boolean> {
    return this.#parts.stored.selfSigned(commit);
  }
  successor(commit: Commit): Promise<Commit | undefined> {
    return this.#parts.stored.successor(commit);
  }
  unbrokenUpTo(epoch: EpochId, n: number): Promise<number> {
    return this.#parts.stored.unbrokenUpTo(epoch, n);
  }

  // ---- inside ----

  async refreshRanges(): Promise<void> {
    const own = this.#own;
    if (own !== undefined) await this.#mint.setRanges(this.trust.rangesOf(own.identity.device, own.epoch), this.ports.storage.sql);
  }

  /** Re-folds every stream that a device touched: after a revocation or a re-admission. */
  refoldDevice(epochs: readonly EpochId[]): Promise<void> {
    return this.#queue.add(async () => {
      await this.#mend();
      await this.#rejudging.refold(await this.#rejudging.docsOfChains(epochs));
      this.#tell();
    });
  }

  #ingestPorts(live: boolean): IngestPorts {
    return {
      crypto: this.ports.crypto,
      keyOf: (epoch) => this.trust.epoch(epoch),
      has: (commit) => this.index.has(commit),
      introduce: (commit) => this.trust.introduce(commit),
      store: async (commits) => {
        await this.#writing.store(commits, () => undefined, { own: false, live });
        return this.index.position.n;
      },
      evidence: this.evidence,
      trustVersion: () => this.trust.version,
    };
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
      this.#writing.giveUp();
      // One command that a bug stops must not take the others with it.
      if (group.length > 1) for (const command of group) await this.#runTogether([command]);
      else for (const command of group) command.reject(error);
      return;
    }
    try {
      await this.#writing.store(decided.commits, () => before !== undefined && own?.rewind(before), { ...OWN, staged: true });
      decided.answer();
    } catch (error) {
      this.#writing.giveUp();
      for (const command of group) command.reject(error);
    }
  }

  #decide(group: readonly PendingCommand[]): Promise<DecidedGroup> {
    const own = this.#requireOwn();
    const { crypto, clock, storage } = this.ports;
    return executeGroup(group, {
      domain: this.domain,
      crypto,
      clock,
      sql: storage.sql,
      stored: this.#parts.stored,
      reader: () => this.reader(),
      own,
      mint: (kind) => this.#mint.mint(kind),
      trustVector: this.trust.knownVector(),
      writes: this.trust.epoch(own.epoch)?.writes,
      firstN: this.index.position.n + 1,
      applier: this.#applier,
      isHub: this.trust.roleOf(own.identity.device) !== 'desk',
    });
  }

  #tell(): void {
    const change: Change = { types: this.#applier.takeTouched(), n: this.index.position.n };
    for (const listener of this.#listeners) listener(change);
  }

  async #mend(): Promise<void> {
    if (!this.#writing.broken && !this.#unsound) return;
    const own = this.#own;
    this.#unsound = true;
    await this.#load();
    if (own !== undefined) await this.adopt(own.identity);
    this.#unsound = false;
  }

  async #load(startedOver = false): Promise<void> {
    const { storage, crypto, clock } = this.ports;
    const before = (this.#parts as Parts | undefined)?.trust; // none at the first opening
    const parts = await openParts(this.ports, this.domain, this.root, before, startedOver);
    const { documents, index, trust, stored } = parts;
    this.#parts = parts;
    this.live.forget();
    this.#mint = new Mint((below) => {
      const bytes = crypto.randomBytes(4);
      return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) % below;
    });
    this.#applier = new Applier({
      documents,
      facts: () => trust,
      isAhead: (known) => trust.isAhead(known),
      isForked: (epoch) => index.chain(epoch)?.forkedAt !== undefined,
      commits: (numbers) => stored.found(numbers),
      streamCommits: async (doc) => (await storage.sql.read(SQL.streamCommits, [doc])).map((row) => Number(row['n'])),
      onTrust: (stream, ref, epoch, seq) => {
        trust.note(ref, epoch, seq);
        trust.touch(stream);
      },
    });
    this.#reading = new Reading(documents, this.#applier, storage.sql, clock);
    this.#rejudging = new Rejudging(parts, this.#applier, this.domain, storage.sql);
    this.#writing = new Writing({
      parts,
      applier: this.#applier,
      rejudging: this.#rejudging,
      sql: storage.sql,
      live: this.live,
      afterTrust: () => this.refreshRanges(),
      tell: () => this.#tell(),
    });
    await this.#writing.replay();
    if (!parts.rejudge) return;
    await this.#rejudging.again();
    await this.refreshRanges();
    this.#tell();
  }

  #requireOwn(): OwnChain {
    if (this.#own === undefined) throw new Error('invariant: this replica has not been enrolled, it can only receive');
    return this.#own;
  }
}
