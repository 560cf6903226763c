// What failed a check: kept in a bounded local file, never forwarded, attributed to nobody. And what waits for a certificate.
import { encodeCommit, type Commit } from '#journal/commit.ts';
import type { Files } from '#journal/ports/storage.ts';
import { SegmentLog } from '#journal/segment-log.ts';

/** Together at most this much: a flood of forgeries cannot fill the disk. */
export const EVIDENCE_BYTES = 8 * 1024 * 1024;
/** Commits whose certificate is not here yet, kept in memory and on disk. */
export const PENDING_COMMITS = 10_000;

export interface EvidenceItem {
  readonly why: string;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Evidence {
  readonly #log: SegmentLog;
  readonly #pendingLog: SegmentLog;
  readonly #items: EvidenceItem[] = [];
  #bytes = 0;
  #dropped = 0;
  #pending: Uint8Array[] = [];

  private constructor(log: SegmentLog, pendingLog: SegmentLog) {
    this.#log = log;
    this.#pendingLog = pendingLog;
  }

  static async open(files: Files): Promise<Evidence> {
    const items: EvidenceItem[] = [];
    const pending: Uint8Array[] = [];
    const start = { segment: 1, offset: 0 };
    const { log } = await SegmentLog.open(files, { prefix: 'evidence' }, start, (payload) => {
      const split = payload.indexOf(0);
      items.push({ why: decoder.decode(payload.subarray(0, split)), bytes: payload.slice(split + 1) });
    });
    const { log: pendingLog } = await SegmentLog.open(files, { prefix: 'pending' }, start, (payload) => {
      pending.push(payload);
    });
    const evidence = new Evidence(log, pendingLog);
    evidence.#items.push(...items);
    evidence.#bytes = items.reduce((sum, item) => sum + item.bytes.length, 0);
    evidence.#pending = pending.slice(-PENDING_COMMITS);
    return evidence;
  }

  get items(): readonly EvidenceItem[] {
    return this.#items;
  }

  /** Items that were counted but not kept, because the file is full. */
  get dropped(): number {
    return this.#dropped;
  }

  get pending(): readonly Uint8Array[] {
    return this.#pending;
  }

  async add(why: string, bytes: Uint8Array): Promise<void> {
    if (this.#bytes + bytes.length > EVIDENCE_BYTES || this.#items.some((item) => item.why === why && sameBytes(item.bytes, bytes))) {
      this.#dropped += 1;
      return;
    }
    this.#bytes += bytes.length;
    this.#items.push({ why, bytes: bytes.slice() });
    const label = encoder.encode(why);
    const record = new Uint8Array(label.length + 1 + bytes.length);
    record.set(label);
    record.set(bytes, label.length + 1);
    await this.#log.append([record]);
  }

  /** Keeps commits until their certificate comes. @returns how many did not fit and must be sent again */
  async wait(commits: readonly Commit[]): Promise<number> {
    const payloads = commits.map(encodeCommit).filter((payload) => !this.#pending.some((held) => sameBytes(held, payload)));
    const room = Math.max(0, PENDING_COMMITS - this.#pending.length);
    const kept = payloads.slice(0, room);
    if (kept.length > 0) await this.#pendingLog.append(kept);
    this.#pending = [...this.#pending, ...kept];
    return payloads.length - kept.length;
  }

  /** Takes everything that waits, to be judged again. What is still unknown comes back through `wait`. */
  takePending(): readonly Uint8Array[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
