// Pages of the receipt log: what a peer that follows it gets next, bounded in bytes, live work ahead of history.
// It must not know who asks.
import { concatBytes, toBase64Url } from '#kernel/shared/bytes.ts';
import { decodeCommit, encodeCommit } from '#journal/commit.ts';
import { HASH_BYTES } from '#journal/header.ts';
import { placeIn } from '../replica/index-store.ts';
import type { Replica } from '../replica/replica.ts';
import type { z } from 'zod';
import type { Cursor, pullMeta, Scope } from './protocol.ts';
import { movedNumbers, scopedNumbers, unitsOfNumbers, wholeUnits } from './scope.ts';

/** Runs of one chain that are looked at for a page. */
const PULL_RUNS = 400;
/** A page may be this many times what was asked for before a run is cut in the middle: finding the hash there costs a read. */
const PAGE_OVER = 2;
/** Bytes of the log that are searched at once for what is in a scope. */
const SEARCHED_AT_ONCE = 1024 * 1024;
/** Commits that are searched for one page; a desk whose departments have little in them asks again. */
const MAX_SEARCHED = 20_000;
/** Live commits that a page brings ahead of its history. */
const MAX_AHEAD = 200;

interface Stretch {
  readonly numbers: readonly number[];
  /** Of each, in the same order. */
  readonly bytes: readonly number[];
  readonly cursor: Cursor;
}

export interface Page {
  readonly meta: z.infer<typeof pullMeta>;
  readonly payloads: readonly Uint8Array[];
}

export class Pages {
  readonly #replica: Replica;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** @param aheadTo up to where the peer has got live work ahead; undefined when it does not know of that */
  async page(cursor: Cursor, scope: Scope, maxBytes: number, aheadTo: number | undefined): Promise<Page> {
    const { applied } = this.#replica.position;
    const { numbers, cursor: end } =
      scope.kind === 'all' ? await this.#stretch(cursor, maxBytes) : await this.#search(cursor, scope, maxBytes);
    const live = aheadTo === undefined ? [] : this.#replica.live.between(Math.max(end.n, aheadTo), applied, MAX_AHEAD);
    const to = live.at(-1) ?? aheadTo ?? 0;
    const more = end.n < applied;
    if (scope.kind === 'all') {
      const first = live.length === 0 ? [] : await this.ownSigned(live);
      const ahead = { commits: first.length, units: 0, to };
      return { meta: { cursor: end, units: [], more, ahead }, payloads: [...first, ...(await this.#replica.readable(numbers))] };
    }
    const early = await scopedNumbers(this.#replica, live, scope);
    const first = early.length === 0 ? [] : await this.ownSigned(early);
    const unitsAhead = await unitsOfNumbers(this.#replica, early);
    const unitsOfPage = (await unitsOfNumbers(this.#replica, numbers)).filter((unit) => !unitsAhead.includes(unit));
    const whole = new Set([
      ...(await wholeUnits(this.#replica, unitsOfPage, cursor.n)),
      // Of what comes early nothing may be left for later: it is shown at once.
      ...(await wholeUnits(this.#replica, unitsAhead, cursor.n, new Set([...early, ...numbers]))),
    ]);
    const partly = (units: readonly string[]): readonly string[] => units.filter((unit) => !whole.has(unit));
    const ahead = { commits: first.length, units: partly(unitsAhead).length, to };
    return {
      meta: { cursor: end, units: [...partly(unitsAhead), ...partly(unitsOfPage)], whole: [...whole], more, ahead },
      payloads: [...first, ...(await this.ownSigned(numbers))],
    };
  }

  /** Each commit with its own signature checked, because a scoped desk cannot see the chain. Bad ones come with their cover. */
  async ownSigned(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    const out: Uint8Array[] = [];
    const sent = new Set<string>();
    for (const payload of await this.#replica.readable(numbers)) {
      const decoded = decodeCommit(payload, this.#replica.ports.crypto.sha256);
      if (!decoded.ok) continue;
      const { commit } = decoded;
      const add = (bytes: Uint8Array, name: string): void => {
        if (!sent.has(name)) out.push(bytes);
        sent.add(name);
      };
      add(payload, toBase64Url(commit.hash));
      let cover = commit;
      while (!(await this.#replica.selfSigned(cover))) {
        const next = await this.#replica.successor(cover);
        if (next === undefined) break;
        add(encodeCommit(next), toBase64Url(next.hash));
        cover = next;
      }
    }
    return out;
  }

  async holds(cursor: Cursor): Promise<boolean> {
    return cursor.n === 0 || (await this.#receiptAt(cursor.n)) === cursor.receipt;
  }

  /** Where a desk that fetches its units now goes on: what documents do not show yet is still to come. */
  async end(): Promise<Cursor> {
    const { applied } = this.#replica.position;
    return { n: applied, receipt: (await this.#receiptAt(applied)) ?? '' };
  }

  /** What a scope has of the log from here: searched piece by piece, so that a page stays small however much is passed over. */
  async #search(
    from: Cursor,
    scope: Extract<Scope, { kind: 'desk' }>,
    maxBytes: number,
  ): Promise<{ numbers: readonly number[]; cursor: Cursor }> {
    const numbers: number[] = [];
    let found = 0;
    let searched = 0;
    let cursor = from;
    while (found < maxBytes && searched < MAX_SEARCHED) {
      const stretch = await this.#stretch(cursor, Math.min(SEARCHED_AT_ONCE, maxBytes));
      if (stretch.numbers.length === 0) break;
      const mine = new Set(await scopedNumbers(this.#replica, stretch.numbers, scope));
      for (const [i, n] of stretch.numbers.entries()) {
        if (!mine.has(n)) continue;
        numbers.push(n);
        found += stretch.bytes[i] ?? 0;
      }
      searched += stretch.numbers.length;
      cursor = stretch.cursor;
    }
    const moved = await scopedNumbers(this.#replica, await movedNumbers(this.#replica, from.n, cursor.n), scope);
    return { numbers: [...moved, ...numbers], cursor };
  }

  async #stretch(cursor: Cursor, maxBytes: number): Promise<Stretch> {
    const { applied } = this.#replica.position;
    const numbers: number[] = [];
    const sizes: number[] = [];
    let bytes = 0;
    let last = cursor.n;
    let receipt = cursor.receipt;
    // Whole runs where they fit, so that the running hash at the end of the page is one that is stored.
    for (const run of await this.#replica.index.runsFrom(cursor.n + 1, PULL_RUNS)) {
      const end = run.n0 + run.count - 1;
      if (end > applied || (bytes > 0 && bytes >= maxBytes)) break;
      for (let n = Math.max(run.n0, cursor.n + 1); n <= end; n += 1) {
        const { length } = placeIn(run, n);
        numbers.push(n);
        sizes.push(length);
        bytes += length;
        // A run of large commits is cut: a page is never much more than was asked for.
        if (bytes >= PAGE_OVER * maxBytes && n < end) {
          const cut = await this.#receiptAt(n);
          if (cut !== undefined) return { numbers, bytes: sizes, cursor: { n, receipt: cut } };
        }
      }
      last = end;
      receipt = toBase64Url(run.receipt);
    }
    return { numbers, bytes: sizes, cursor: { n: last, receipt } };
  }

  /** The running hash at a place of the log, also in the middle of a run: after a rebuild the runs are cut elsewhere. */
  async #receiptAt(n: number): Promise<string | undefined> {
    const { index, ports } = this.#replica;
    const run = await index.runAt(n);
    if (run === undefined) return undefined;
    if (run.n0 + run.count - 1 === n) return toBase64Url(run.receipt);
    let receipt: Uint8Array = run.n0 === 1 ? new Uint8Array(HASH_BYTES) : ((await index.runAt(run.n0 - 1))?.receipt ?? new Uint8Array(0));
    const numbers = Array.from({ length: n - run.n0 + 1 }, (_, i) => run.n0 + i);
    const payloads = await this.#replica.readable(numbers);
    // Without one that the disk no longer gives it cannot be known.
    if (payloads.length < numbers.length) return undefined;
    for (const payload of payloads) {
      const decoded = decodeCommit(payload, ports.crypto.sha256);
      if (!decoded.ok) return undefined;
      receipt = ports.crypto.sha256(concatBytes(receipt, decoded.commit.hash));
    }
    return toBase64Url(receipt);
  }
}
