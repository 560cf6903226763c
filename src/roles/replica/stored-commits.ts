// Commits as they lie in the journal, found by the index. A record that the disk no longer gives stops nobody who can do without it.
import { equalBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import { decodeCommit, type Commit } from '#journal/commit.ts';
import { unbrokenTo } from '#journal/intervals.ts';
import type { Crypto } from '#journal/ports/crypto.ts';
import { StorageFailure, type Sql } from '#journal/ports/storage.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import type { Place, SegmentLog } from '#journal/segment-log.ts';
import { chained, lacksSignature } from '#journal/verify.ts';
import type { IndexStore } from './index-store.ts';
import { NO_HEAD, type ChainHead } from './own-chain.ts';
import { SQL } from './schema.ts';
import type { TrustIndex } from './trust-index.ts';

/** Verdicts on own signatures that are remembered. */
const SELF_SIGNED_LIMIT = 100_000;

export class StoredCommits {
  readonly #log: SegmentLog;
  readonly #index: IndexStore;
  readonly #trust: TrustIndex;
  readonly #crypto: Crypto;
  readonly #sql: Sql;
  readonly #selfSigned = new Map<string, boolean>();
  readonly #unreadable = new Set<string>();

  constructor(log: SegmentLog, index: IndexStore, trust: TrustIndex, crypto: Crypto, sql: Sql) {
    this.#log = log;
    this.#index = index;
    this.#trust = trust;
    this.#crypto = crypto;
    this.#sql = sql;
  }

  /** The stored bytes by receipt number, in the order given. Rejects when one cannot be read. */
  async payloads(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    return this.#log.readMany(await this.#index.places(numbers));
  }

  /** Commits by receipt number, in the order given. Rejects when one cannot be read. */
  async commits(numbers: readonly number[]): Promise<readonly Commit[]> {
    return (await this.payloads(numbers)).map((payload) => {
      const decoded = decodeCommit(payload, this.#crypto.sha256);
      if (!decoded.ok) throw new StorageFailure('damaged', 'permanent', `a stored commit is damaged: ${decoded.problem}`);
      return decoded.commit;
    });
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
      const payload = await this.#readOne(place);
      if (payload !== undefined) out.push(payload);
    }
    return out;
  }

  /** Those of these commits that can be read, by receipt number: a stream is folded without what its disk has lost. */
  async found(numbers: readonly number[]): Promise<ReadonlyMap<number, Commit>> {
    try {
      const commits = await this.commits(numbers);
      if (commits.length === numbers.length) return new Map(numbers.map((n, i) => [n, commits[i]!])); // as many as numbers
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const out = new Map<number, Commit>();
    for (const n of numbers) {
      const place = await this.#index.place(n);
      const payload = place === undefined ? undefined : await this.#readOne(place);
      const decoded = payload === undefined ? undefined : decodeCommit(payload, this.#crypto.sha256);
      if (decoded?.ok === true) out.set(n, decoded.commit);
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
    const right = key !== undefined && !lacksSignature(commit) && (await this.#crypto.verify(key, commit.signature, commit.headerBytes));
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
    const here = unbrokenTo(this.#index.chain(epoch)?.have ?? []);
    if (n >= this.#index.position.n) return here;
    const after = (await this.#sql.read(SQL.firstAfter, [n, epoch, n]))[0]?.['seq'] ?? null;
    return after === null ? here : Math.min(here, Number(after) - 1);
  }

  /** Where a chain of ours goes on. */
  async headOf(epoch: EpochId): Promise<ChainHead> {
    const chain = this.#index.chain(epoch);
    if (chain === undefined) return NO_HEAD;
    const numbers = await this.#index.numbersOfChain(epoch, chain.headSeq, chain.headSeq);
    for (const commit of await this.commits(numbers)) {
      if (equalBytes(commit.hash, fromBase64Url(chain.headHash) ?? new Uint8Array(0)))
        return { seq: commit.header.seq, hash: commit.hash, hlc: commit.header.hlc };
    }
    return NO_HEAD;
  }

  async #readOne(place: Place): Promise<Uint8Array | undefined> {
    try {
      return await this.#log.read(place);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#unreadable.add(`${place.segment}:${place.offset}`);
      return undefined;
    }
  }
}

/** The disk answers, and what it gives is not what was written. */
function isDamage(error: unknown): boolean {
  return error instanceof StorageFailure && error.failureClass === 'permanent' && error.code === 'damaged';
}
