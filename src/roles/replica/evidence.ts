// What failed a check: kept in a bounded local file, never forwarded, attributed to nobody. And what waits for a certificate.
import { encodeCommit, type Commit } from '#journal/commit.ts';
import { HEADER_BYTES } from '#journal/header.ts';
import type { Files, Sealer } from '#journal/ports/storage.ts';
import { SegmentLog } from '#journal/segment-log.ts';
import { mapKey } from '#kernel/shared/bytes.ts';

/** Together at most this much: a flood of forgeries cannot fill the disk. */
export const EVIDENCE_BYTES = 8 * 1024 * 1024;
/** Each item costs at least this much, so that a flood of tiny ones ends too. */
const ITEM_BYTES = 256;
/** Two items of one kind that begin alike and are as long tell an investigator nothing more. */
const ALIKE_BYTES = 256;
/** Commits whose certificate is not here yet, kept in memory and on disk. */
export const PENDING_COMMITS = 10_000;
export const PENDING_BYTES = 32 * 1024 * 1024;
/** One device fills at most this share of the waiting room: the others' commits still find a place. */
const SHARE = 5;
/** Whoever sent what was found on disk. */
const UNKNOWN_SENDER = '';

export interface EvidenceItem {
  readonly why: string;
  readonly bytes: Uint8Array;
}

interface Waiting {
  readonly payload: Uint8Array;
  readonly from: string;
}

interface Used {
  readonly count: number;
  readonly bytes: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Evidence {
  readonly #log: SegmentLog;
  readonly #pendingLog: SegmentLog;
  readonly #items: EvidenceItem[] = [];
  readonly #seen = new Set<string>();
  #unwritten: Uint8Array[] = [];
  #bytes = 0;
  #dropped = 0;
  /** By header: what names a commit. */
  readonly #pending = new Map<string, Waiting>();
  readonly #used = new Map<string, Used>();
  /** What trust was when the waiting ones were last judged. */
  #judgedAt = -1;

  private constructor(log: SegmentLog, pendingLog: SegmentLog) {
    this.#log = log;
    this.#pendingLog = pendingLog;
  }

  static async open(files: Files, sealer?: Sealer): Promise<Evidence> {
    const items: EvidenceItem[] = [];
    const pending: Uint8Array[] = [];
    const start = { segment: 1, offset: 0 };
    const { log } = await SegmentLog.open(files, { prefix: 'evidence', sealer }, start, (payload) => {
      const split = payload.indexOf(0);
      items.push({ why: decoder.decode(payload.subarray(0, split)), bytes: payload.slice(split + 1) });
    });
    const { log: pendingLog } = await SegmentLog.open(files, { prefix: 'pending', sealer }, start, (payload) => {
      pending.push(payload);
    });
    const evidence = new Evidence(log, pendingLog);
    for (const item of items) evidence.#take(item);
    for (const payload of pending.slice(-PENDING_COMMITS)) evidence.#hold(payload, UNKNOWN_SENDER);
    return evidence;
  }

  get items(): readonly EvidenceItem[] {
    return this.#items;
  }

  /** Items that were counted but not kept, because the file is full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Version of trust when the waiting ones were last judged. */
  get judgedAt(): number {
    return this.#judgedAt;
  }

  get pending(): readonly Uint8Array[] {
    return [...this.#pending.values()].map((waiting) => waiting.payload);
  }

  /** Remembers an item; `flush` writes what came since, all in one append. */
  add(why: string, bytes: Uint8Array): void {
    const item = { why, bytes: bytes.slice() };
    if (this.#bytes + sizeOf(item) > EVIDENCE_BYTES || this.#seen.has(alike(item))) {
      this.#dropped += 1;
      return;
    }
    this.#take(item);
    const label = encoder.encode(why);
    const record = new Uint8Array(label.length + 1 + bytes.length);
    record.set(label);
    record.set(bytes, label.length + 1);
    this.#unwritten.push(record);
  }

  async flush(): Promise<void> {
    const records = this.#unwritten;
    this.#unwritten = [];
    await this.#log.append(records);
  }

  /** The waiting ones were not judged to the end. */
  judgeAgain(): void {
    this.#judgedAt = -1;
  }

  /** What waits, to be judged again by trust as it is now. It stays here until `settle`. */
  pendingSince(trustVersion: number): readonly Uint8Array[] {
    this.#judgedAt = trustVersion;
    return this.pending;
  }

  /** These wait no longer: they were accepted, or found to be no commits. */
  settle(commits: readonly Commit[]): void {
    if (this.#pending.size === 0) return;
    for (const commit of commits) {
      const name = mapKey(commit.headerBytes);
      const waiting = this.#pending.get(name);
      if (waiting === undefined) continue;
      this.#pending.delete(name);
      this.#count(waiting.from, -1, -waiting.payload.length);
    }
  }

  /** Keeps commits until their certificate comes. @returns how many did not fit and must be sent again */
  async wait(commits: readonly Commit[], from: string = UNKNOWN_SENDER): Promise<number> {
    const kept: Uint8Array[] = [];
    let overflow = 0;
    for (const commit of commits) {
      if (this.#pending.has(mapKey(commit.headerBytes))) continue;
      const payload = encodeCommit(commit);
      if (this.#hold(payload, from)) kept.push(payload);
      else overflow += 1;
    }
    await this.#pendingLog.append(kept);
    return overflow;
  }

  #hold(payload: Uint8Array, from: string): boolean {
    const all = this.#used.get('*') ?? { count: 0, bytes: 0 };
    const own = this.#used.get(`from ${from}`) ?? { count: 0, bytes: 0 };
    const share = from === UNKNOWN_SENDER ? 1 : SHARE;
    if (all.count >= PENDING_COMMITS || all.bytes + payload.length > PENDING_BYTES) return false;
    if (own.count >= PENDING_COMMITS / share || own.bytes + payload.length > PENDING_BYTES / share) return false;
    const name = mapKey(payload.subarray(1, 1 + HEADER_BYTES));
    if (this.#pending.has(name)) return true;
    this.#pending.set(name, { payload, from });
    this.#count(from, 1, payload.length);
    return true;
  }

  #count(from: string, count: number, bytes: number): void {
    for (const name of ['*', `from ${from}`]) {
      const used = this.#used.get(name) ?? { count: 0, bytes: 0 };
      if (used.count + count <= 0) this.#used.delete(name);
      else this.#used.set(name, { count: used.count + count, bytes: used.bytes + bytes });
    }
  }

  #take(item: EvidenceItem): void {
    this.#items.push(item);
    this.#seen.add(alike(item));
    this.#bytes += sizeOf(item);
  }
}

function sizeOf(item: EvidenceItem): number {
  return Math.max(ITEM_BYTES, item.bytes.length);
}

function alike(item: EvidenceItem): string {
  return `${item.why} ${item.bytes.length} ${mapKey(item.bytes.subarray(0, ALIKE_BYTES))}`;
}
