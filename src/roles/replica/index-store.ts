// Where each commit lies: receipt number → run → place in the segment files; and what is held of every chain.
import { equalBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { CommitRef } from '#kernel/shared/ids.ts';
import type { Commit } from '#journal/commit.ts';
import { HASH_BYTES } from '#journal/header.ts';
import { addInterval, highest, holds } from '#journal/intervals.ts';
import type { Sql, SqlRow, SqlStatement, SqlValue } from '#journal/ports/storage.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import { RECORD_HEAD_BYTES, type Place } from '#journal/segment-log.ts';
import type { ChainState } from '#journal/vector.ts';
import { chained } from '#journal/verify.ts';
import { SQL } from './schema.ts';

/** Longer runs are cut, so that finding a seq looks at few rows. */
export const MAX_RUN = 1000;
const REF_BYTES = 8;

export interface Run {
  readonly n0: number;
  readonly count: number;
  readonly epoch: EpochId;
  readonly seq0: number;
  readonly segment: number;
  readonly at: number;
  readonly lengths: Uint8Array;
  readonly refs: Uint8Array;
  readonly receipt: Uint8Array;
}

/** How far the index has got: everything before this place in the log is in it. */
export interface Position {
  readonly n: number;
  readonly segment: number;
  readonly offset: number;
  /** Running hash over all accepted commits in order: h(n) = SHA-256(h(n-1) ‖ hash of commit n). */
  readonly receipt: Uint8Array;
}

export class IndexStore {
  readonly #sql: Sql;
  readonly #sha256: (bytes: Uint8Array) => Uint8Array;
  readonly #chains = new Map<EpochId, ChainState>();
  /** By device, because thousands of desks ask what is held of their own. */
  readonly #epochsOfDevice = new Map<string, Set<EpochId>>();
  readonly #forked = new Set<EpochId>();
  #position: Position;
  #recent: Run | undefined;

  private constructor(sql: Sql, sha256: (bytes: Uint8Array) => Uint8Array, position: Position) {
    this.#sql = sql;
    this.#sha256 = sha256;
    this.#position = position;
  }

  static async open(sql: Sql, sha256: (bytes: Uint8Array) => Uint8Array, position: Position): Promise<IndexStore> {
    const store = new IndexStore(sql, sha256, position);
    for (const row of await sql.read(SQL.chainsAll)) {
      store.#keep(String(row['epoch']) as EpochId, JSON.parse(String(row['state'])) as ChainState); // written below
    }
    return store;
  }

  get position(): Position {
    return this.#position;
  }

  get chains(): ReadonlyMap<EpochId, ChainState> {
    return this.#chains;
  }

  /** Takes commits that have just been appended, in order, and gives the statements that remember them. */
  async add(
    commits: readonly Commit[],
    places: readonly Place[],
    end: { readonly segment: number; readonly offset: number },
  ): Promise<readonly SqlStatement[]> {
    const unwritten: Run[] = [];
    const rows: SqlValue[][] = [];
    const touched = new Set<EpochId>();
    let from = 0;
    let { n, receipt } = this.#position;
    const link = new Uint8Array(2 * HASH_BYTES);
    for (let i = 1; i <= commits.length; i += 1) {
      const previous = commits[i - 1]!; // i is at least 1
      const next = commits[i];
      const place = places[i];
      link.set(receipt);
      link.set(previous.hash, HASH_BYTES);
      receipt = this.#sha256(link);
      if (
        next !== undefined &&
        place !== undefined &&
        i - from < MAX_RUN &&
        chained(previous, next) &&
        place.segment === places[from]?.segment
      )
        continue;
      const run = commits.slice(from, i);
      const row = this.#runRow(n + 1, run, places.slice(from, i), receipt);
      rows.push(row);
      touched.add(await this.#extendChain(run, unwritten));
      unwritten.push(runOfValues(row));
      n += run.length;
      from = i;
    }
    this.#position = { n, segment: end.segment, offset: end.offset, receipt };
    return [
      { sql: SQL.runInsert, many: rows },
      { sql: SQL.chainSet, many: [...touched].map((epoch) => [epoch, JSON.stringify(this.#chains.get(epoch))]) },
    ];
  }

  /** What is held of all chains of one device. @param device id without `device/` */
  chainsOf(device: string): [EpochId, ChainState][] {
    return [...(this.#epochsOfDevice.get(device) ?? [])].flatMap((epoch) => {
      const state = this.#chains.get(epoch);
      return state === undefined ? [] : [[epoch, state]];
    });
  }

  /** How many chains have two histories. */
  get forkedCount(): number {
    return this.#forked.size;
  }

  /** What is held of a chain; undefined when nothing is. */
  chain(epoch: EpochId): ChainState | undefined {
    return this.#chains.get(epoch);
  }

  /** Is this very commit held? */
  async has(commit: Pick<Commit, 'header' | 'hash'>): Promise<boolean> {
    const epoch = epochId(commit.header.epoch);
    const state = this.#chains.get(epoch);
    if (state === undefined || !holds(state.have, commit.header.seq)) return false;
    if (state.forkedAt === undefined && state.headSeq === commit.header.seq) return state.headHash === toBase64Url(commit.hash);
    const ref = commit.hash.subarray(0, REF_BYTES);
    return (await this.refsAt(epoch, commit.header.seq)).some((found) => equalBytes(found.ref, ref));
  }

  /** Is a commit with this full hash (base64url) held at this seq? */
  async hasRef(epoch: EpochId, seq: number, hash: string): Promise<boolean> {
    const state = this.#chains.get(epoch);
    if (state === undefined || !holds(state.have, seq)) return false;
    if (state.headSeq === seq && state.headHash === hash) return true;
    const bytes = fromBase64Url(hash);
    return bytes !== undefined && (await this.refsAt(epoch, seq)).some((found) => equalBytes(found.ref, bytes.subarray(0, REF_BYTES)));
  }

  /** Receipt numbers and short hashes of all commits held at a seq of a chain (two when there are two histories). */
  async refsAt(epoch: EpochId, seq: number): Promise<readonly { readonly n: number; readonly ref: Uint8Array }[]> {
    const runs = await this.#runsAround(epoch, seq, seq);
    return runs.flatMap((run) => {
      const i = seq - run.seq0;
      return i >= 0 && i < run.count ? [{ n: run.n0 + i, ref: run.refs.subarray(i * REF_BYTES, (i + 1) * REF_BYTES) }] : [];
    });
  }

  /** Receipt numbers of the commits with seqs `from` to `to` of a chain, in order of seq. */
  async numbersOfChain(epoch: EpochId, from: number, to: number): Promise<readonly number[]> {
    const found: { n: number; seq: number }[] = [];
    for (const run of await this.#runsAround(epoch, from, to)) {
      for (let i = 0; i < run.count; i += 1)
        if (run.seq0 + i >= from && run.seq0 + i <= to) found.push({ n: run.n0 + i, seq: run.seq0 + i });
    }
    return found.sort((a, b) => a.seq - b.seq || a.n - b.n).map((item) => item.n);
  }

  async place(n: number): Promise<Place | undefined> {
    const run = await this.runAt(n);
    return run === undefined ? undefined : placeIn(run, n);
  }

  async places(numbers: readonly number[]): Promise<readonly Place[]> {
    const out: Place[] = [];
    for (const n of numbers) {
      const place = await this.place(n);
      if (place !== undefined) out.push(place);
    }
    return out;
  }

  async runAt(n: number): Promise<Run | undefined> {
    if (n < 1 || n > this.#position.n) return undefined;
    const recent = this.#recent;
    if (recent !== undefined && n >= recent.n0 && n < recent.n0 + recent.count) return recent;
    const row = (await this.#sql.read(SQL.runAt, [n]))[0];
    if (row === undefined) return undefined;
    const run = runOf(row);
    if (n >= run.n0 + run.count) return undefined;
    this.#recent = run;
    return run;
  }

  /** Runs from receipt number `n` on, at most `limit`; the first may begin before `n`. */
  async runsFrom(n: number, limit: number): Promise<readonly Run[]> {
    const first = await this.runAt(n);
    const rest = (await this.#sql.read(SQL.runsFrom, [first === undefined ? n : first.n0 + first.count, limit])).map(runOf);
    return first === undefined ? rest : [first, ...rest];
  }

  async #runsAround(epoch: EpochId, from: number, to: number): Promise<readonly Run[]> {
    const forked = this.#chains.get(epoch)?.forkedAt !== undefined;
    const rows = forked
      ? await this.#sql.read(SQL.runsOfChain, [epoch, Math.max(1, from - MAX_RUN + 1), to])
      : await this.#sql.read(SQL.runsOfOneHistory, [epoch, epoch, from, to]);
    return rows.map(runOf);
  }

  #runRow(n0: number, run: readonly Commit[], places: readonly Place[], receipt: Uint8Array): SqlValue[] {
    const lengths = new Uint8Array(run.length * 4);
    const view = new DataView(lengths.buffer);
    const refs = new Uint8Array(run.length * REF_BYTES);
    for (let i = 0; i < run.length; i += 1) {
      view.setUint32(i * 4, places[i]!.length); // as many places as commits
      refs.set(run[i]!.hash.subarray(0, REF_BYTES), i * REF_BYTES); // i is inside
    }
    const first = run[0]!; // a run has at least one commit
    const place = places[0]!; // as many places as commits
    return [n0, run.length, epochId(first.header.epoch), first.header.seq, place.segment, place.offset, lengths, refs, receipt];
  }

  async #extendChain(run: readonly Commit[], unwritten: readonly Run[]): Promise<EpochId> {
    const first = run[0]!; // a run has at least one commit
    const last = run[run.length - 1]!; // a run has at least one commit
    const epoch = epochId(first.header.epoch);
    const before = this.#chains.get(epoch);
    const overlap = before === undefined ? undefined : firstOverlap(before, first.header.seq, last.header.seq);
    const isHead =
      before === undefined ||
      last.header.seq > before.headSeq ||
      (last.header.seq === before.headSeq && toBase64Url(last.hash) < before.headHash);
    const missing = before === undefined ? [] : await this.#missingAfter(before, epoch, run, unwritten);
    const doubts = [overlap, before?.forkedAt, ...missing.map(([seq]) => seq)].filter((seq) => seq !== undefined);
    const state: ChainState = {
      device: toBase64Url(first.header.device),
      have: addInterval(before?.have ?? [], first.header.seq, last.header.seq),
      headSeq: Math.max(last.header.seq, before?.headSeq ?? 0),
      headHash: isHead ? toBase64Url(last.hash) : before.headHash,
      count: (before?.count ?? 0) + run.length,
      ...(doubts.length === 0 ? {} : { forkedAt: Math.min(...doubts) }),
      ...(missing.length === 0 ? {} : { missing }),
    };
    this.#keep(epoch, state);
    return epoch;
  }

  #keep(epoch: EpochId, state: ChainState): void {
    if (!this.#chains.has(epoch)) {
      const epochs = this.#epochsOfDevice.get(state.device);
      if (epochs === undefined) this.#epochsOfDevice.set(state.device, new Set([epoch]));
      else epochs.add(epoch);
    }
    if (state.forkedAt !== undefined) this.#forked.add(epoch);
    this.#chains.set(epoch, state);
  }

  /** Predecessors named by a run that are not held although their seq is: another history, of which a part is missing. */
  async #missingAfter(
    before: ChainState,
    epoch: EpochId,
    run: readonly Commit[],
    unwritten: readonly Run[],
  ): Promise<readonly (readonly [number, string])[]> {
    const came = new Set(run.map((commit) => `${commit.header.seq} ${toBase64Url(commit.hash.subarray(0, REF_BYTES))}`));
    const left = (before.missing ?? []).filter(([seq, ref]) => !came.has(`${seq} ${ref}`));
    const first = run[0]!; // a run has at least one commit
    const seq = first.header.seq - 1;
    if (seq < 1 || !holds(before.have, seq)) return left;
    const previous = first.header.previous.subarray(0, REF_BYTES);
    if (before.headSeq === seq && before.headHash === toBase64Url(first.header.previous)) return left;
    const held = [...(await this.refsAt(epoch, seq)).map((found) => found.ref), ...unwritten.flatMap((other) => refsOf(other, epoch, seq))];
    return held.some((ref) => equalBytes(ref, previous)) ? left : [...left, [seq, toBase64Url(previous)]];
  }
}

function refsOf(run: Run, epoch: EpochId, seq: number): readonly Uint8Array[] {
  const i = seq - run.seq0;
  return run.epoch === epoch && i >= 0 && i < run.count ? [run.refs.subarray(i * REF_BYTES, (i + 1) * REF_BYTES)] : [];
}

function runOfValues(row: readonly SqlValue[]): Run {
  const [n0, count, epoch, seq0, segment, at, lengths, refs, receipt] = row;
  return runOf({
    n0: n0 ?? 0,
    count: count ?? 0,
    epoch: epoch ?? '',
    seq0: seq0 ?? 0,
    segment: segment ?? 0,
    at: at ?? 0,
    lengths: lengths ?? null,
    refs: refs ?? null,
    receipt: receipt ?? null,
  });
}

/** A seq of the new run that is already held: duplicates were dropped before, so it is another history. */
function firstOverlap(before: ChainState, from: number, to: number): number | undefined {
  if (from > highest(before.have)) return undefined;
  for (let seq = from; seq <= to; seq += 1) if (holds(before.have, seq)) return seq;
  return undefined;
}

export function runOf(row: SqlRow): Run {
  return {
    n0: Number(row['n0']),
    count: Number(row['count']),
    epoch: String(row['epoch']) as EpochId, // written from an EpochId
    seq0: Number(row['seq0']),
    segment: Number(row['segment']),
    at: Number(row['at']),
    lengths: row['lengths'] as Uint8Array, // a BLOB column
    refs: row['refs'] as Uint8Array, // a BLOB column
    receipt: row['receipt'] as Uint8Array, // a BLOB column
  };
}

export function refIn(run: Run, n: number): CommitRef {
  const i = n - run.n0;
  return toBase64Url(run.refs.subarray(i * REF_BYTES, (i + 1) * REF_BYTES)) as CommitRef; // 8 bytes of a commit's hash
}

export function placeIn(run: Run, n: number): Place {
  const view = new DataView(run.lengths.buffer, run.lengths.byteOffset, run.lengths.length);
  let offset = run.at;
  for (let i = 0; i < n - run.n0; i += 1) offset += view.getUint32(i * 4) + RECORD_HEAD_BYTES;
  return { segment: run.segment, offset, length: view.getUint32((n - run.n0) * 4) };
}
