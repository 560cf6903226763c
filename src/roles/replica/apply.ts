// From commits to documents: incremental when a commit names all heads of its stream, a re-fold of that one stream otherwise.
import type { FoldEvent } from '#kernel/shared/event.ts';
import { eventRef, streamType, type CommitRef, type StreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import { parseBody, type Body } from '#journal/body.ts';
import { commitRef, type Commit } from '#journal/commit.ts';
import { applyToDocument, causalOrder, extendsDocument, foldStream, type JudgedEvent, type StreamCommit } from '#journal/fold-stream.ts';
import { StorageFailure, type SqlStatement } from '#journal/ports/storage.ts';
import { deviceStream, epochId, type EpochId } from '#journal/refs.ts';
import { judge, type TrustFacts } from '#journal/trust.ts';
import { toHex } from '#kernel/shared/bytes.ts';
import type { DocumentStore, Entry } from './document-store.ts';
import { SQL } from './schema.ts';

export interface ApplierPorts {
  readonly documents: DocumentStore;
  readonly facts: () => TrustFacts;
  /** Commits by receipt number, for a re-fold; without those that the disk no longer gives. */
  readonly commits: (numbers: readonly number[]) => Promise<ReadonlyMap<number, Commit>>;
  readonly streamCommits: (doc: number) => Promise<readonly number[]>;
  /** Two histories of this chain are known. */
  readonly isForked: (epoch: EpochId) => boolean;
  /** Told at once, because the next commit of the same group may stand on it. */
  /** True while the commit knows of trust events that are not here. */
  readonly isAhead: (trust: Body['trust']) => boolean;
  readonly onTrust: (stream: StreamId, ref: CommitRef, epoch: EpochId, seq: number) => void;
}

export class Applier {
  readonly #ports: ApplierPorts;
  /** Commits of the group at hand, which SQL cannot see yet. */
  readonly #stagedCommits = new Map<number, number[]>();
  readonly #recent = new Map<number, Commit>();
  #streamRows: [number, number][] = [];
  #commandRows: [string, number][] = [];
  #parked: [number, string][] = [];
  readonly #setAside = new Map<number, boolean>();
  readonly #touched = new Set<string>();
  /** Commits of the group at hand whose verdict is not the last word. */
  readonly #ahead = new Set<CommitRef>();

  constructor(ports: ApplierPorts) {
    this.#ports = ports;
  }

  /** Stages what commit number `n` does. @returns the body when it was understood */
  async apply(n: number, commit: Commit): Promise<Body | undefined> {
    const body = commit.body === undefined ? undefined : parseBody(commit.body);
    if (body === undefined) {
      this.#parked.push([n, commit.body === undefined ? 'body-missing' : 'body-not-understood']);
      return undefined;
    }
    this.#recent.set(n, commit);
    this.#commandRows.push([body.command, n]);
    const streams = new Set(body.events.map((event) => event.stream as StreamId)); // parseBody checked the form
    for (const stream of streams) {
      if (this.#ports.documents.definition(stream) === undefined) this.#parked.push([n, `stream-unknown ${streamType(stream)}`]);
      else await this.#applyOrPark(n, commit, body, stream);
    }
    return body;
  }

  /** Folds a stream again from all its commits: verdicts changed, or a commit came late. */
  async refold(entry: Entry): Promise<void> {
    const numbers = [...(await this.#ports.streamCommits(entry.id)), ...(this.#stagedCommits.get(entry.id) ?? [])];
    await this.#fold(
      entry.stream,
      entry,
      [...new Set(numbers)].sort((a, b) => a - b),
      entry.updated,
    );
  }

  /** Every event of a stream in causal order, set-aside ones left out: who did what, when, on which desk. */
  async history(entry: Entry): Promise<readonly FoldEvent[]> {
    const commits = await this.#ports.commits(await this.#ports.streamCommits(entry.id));
    const parts = [...commits.values()].flatMap((commit) => {
      const body = commit.body === undefined ? undefined : parseBody(commit.body);
      return body === undefined ? [] : [this.#streamCommit(commit, body, entry.stream)];
    });
    return causalOrder(parts).flatMap((commit) => commit.events.filter((event) => event.setAside === undefined).map(({ event }) => event));
  }

  statements(): readonly SqlStatement[] {
    const aside = [...this.#setAside];
    return [
      ...this.#ports.documents.statements(),
      { sql: SQL.streamCommitInsert, many: this.#streamRows },
      { sql: SQL.commandInsert, many: this.#commandRows },
      { sql: SQL.setAsideAdd, many: aside.filter(([, is]) => is).map(([doc]) => [doc]) },
      { sql: SQL.setAsideRemove, many: aside.filter(([, is]) => !is).map(([doc]) => [doc]) },
      { sql: SQL.parkedAdd, many: this.#parked },
    ].filter((statement) => statement.many === undefined || statement.many.length > 0);
  }

  /** Types of streams touched since the last call, for those who show them. */
  takeTouched(): readonly string[] {
    const types = [...this.#touched];
    this.#touched.clear();
    return types;
  }

  /** After the transaction, or after a failed append: the group is over. */
  reset(): void {
    this.#stagedCommits.clear();
    this.#recent.clear();
    this.#streamRows = [];
    this.#commandRows = [];
    this.#parked = [];
    this.#setAside.clear();
    this.#ahead.clear();
  }

  /** A stream that a bug keeps from being folded is parked: it must not stop what comes after it, nor the next start. */
  async #applyOrPark(n: number, commit: Commit, body: Body, stream: StreamId): Promise<void> {
    try {
      await this.#applyStream(n, commit, body, stream);
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      this.#parked.push([n, `fold-failed ${streamType(stream)}`]);
    }
  }

  async #applyStream(n: number, commit: Commit, body: Body, stream: StreamId): Promise<void> {
    const { documents } = this.#ports;
    const entry = await documents.get(stream);
    const streamCommit = this.#streamCommit(commit, body, stream);
    // In a chain with two histories the place says nothing for sure: only a fold of all commits gives everybody the same.
    if (entry !== undefined && (this.#ports.isForked(streamCommit.epoch as EpochId) || !extendsDocument(entry.document, streamCommit))) {
      const staged = this.#stagedCommits.get(entry.id) ?? [];
      this.#stageRow(entry.id, n);
      const numbers = [...(await this.#ports.streamCommits(entry.id)), ...staged, n];
      await this.#fold(
        stream,
        entry,
        [...new Set(numbers)].sort((a, b) => a - b),
        Math.max(entry.updated, n),
      );
      return;
    }
    const definition = documents.definition(stream)!; // apply checked it
    const document = applyToDocument(definition, stream, entry?.document, streamCommit);
    const put = await documents.put(stream, document, Math.max(entry?.updated ?? 0, n));
    this.#stageRow(put.id, n);
    this.#noteVerdicts(put.id, [streamCommit], false);
    this.#noteTrust(stream, [streamCommit]);
  }

  async #fold(stream: StreamId, entry: Entry, numbers: readonly number[], updated: number): Promise<void> {
    const definition = this.#ports.documents.definition(stream)!; // only known streams have entries that are folded
    const missing = numbers.filter((n) => !this.#recent.has(n));
    const read = await this.#ports.commits(missing);
    const commits: StreamCommit[] = [];
    for (const n of numbers) {
      const commit = this.#recent.get(n) ?? read.get(n);
      const body = commit?.body === undefined ? undefined : parseBody(commit.body);
      if (commit !== undefined && body !== undefined) commits.push(this.#streamCommit(commit, body, stream));
    }
    await this.#ports.documents.put(stream, foldStream(definition, stream, commits), updated);
    this.#noteVerdicts(entry.id, commits, true);
    this.#noteTrust(stream, commits);
  }

  #noteVerdicts(doc: number, commits: readonly StreamCommit[], whole: boolean): void {
    const aside = commits.some((commit) => this.#ahead.has(commit.ref) || commit.events.some((event) => event.setAside !== undefined));
    if (aside || whole) this.#setAside.set(doc, aside || (this.#setAside.get(doc) === true && !whole));
  }

  #noteTrust(stream: StreamId, commits: readonly StreamCommit[]): void {
    this.#touched.add(streamType(stream));
    if (this.#ports.documents.definition(stream)?.trust !== true) return;
    for (const commit of commits) this.#ports.onTrust(stream, commit.ref, commit.epoch as EpochId, commit.seq); // made by #streamCommit
  }

  #stageRow(doc: number, n: number): void {
    this.#streamRows.push([doc, n]);
    const staged = this.#stagedCommits.get(doc);
    if (staged === undefined) this.#stagedCommits.set(doc, [n]);
    else staged.push(n);
  }

  #streamCommit(commit: Commit, body: Body, stream: StreamId): StreamCommit {
    const { header } = commit;
    const ref = commitRef(commit.hash);
    const epoch = epochId(header.epoch);
    const facts = this.#ports.facts();
    const events: JudgedEvent[] = [];
    const after = new Set<CommitRef>();
    body.events.forEach((event, index) => {
      if (event.stream !== stream) return;
      for (const before of event.after ?? []) after.add(before as CommitRef); // parseBody checked the form
      const foldEvent: FoldEvent = {
        ref: eventRef(ref, index),
        stream,
        type: event.type,
        v: event.v ?? 1,
        data: event.data,
        occurredAt: instant(event.occurredAt ?? header.hlc.ms),
        committedAt: instant(header.hlc.ms),
        user: body.user as StreamId | undefined, // a claim; judge finds out whether such a user exists
        device: deviceStream(header.device),
        command: body.do,
      };
      const setAside = judge(facts, { device: deviceStream(header.device), epoch, seq: header.seq, body }, event);
      events.push(setAside === undefined ? { event: foldEvent } : { event: foldEvent, setAside });
    });
    if (this.#ports.isAhead(body.trust)) this.#ahead.add(ref);
    const tie = `${toHex(header.device)} ${toHex(header.epoch)} ${String(header.seq).padStart(10, '0')} ${toHex(commit.hash)}`;
    return { ref, hlc: header.hlc, tie, epoch, seq: header.seq, after: [...after], events };
  }
}
