// The fetching side of a link: what is new in a hub's log, page by page as fast as it is taken in, and patients whole.
// It must not know when the link lives.
import type { z } from 'zod';
import { decodeWire, MAX_BATCH_BYTES } from '#journal/wire.ts';
import { Cancel } from './cancel.ts';
import { BULK_DEADLINE_MS, type Conversation } from './conversation.ts';
import type { LinkPorts } from './link-ports.ts';
import type { StatusBoard } from './link-status.ts';
import { cover, uncovered } from './peer-table.ts';
import { decodeWithMeta, HEARTBEAT_MS, MAX_UNITS, pullMeta, TAIL_WAIT_MS, unitsMeta, type Scope } from './protocol.ts';
import { slices } from './slices.ts';
import type { Standing, Yours } from './standing.ts';

/** A page with altered commits is asked for this often before they are left behind as evidence. */
const PULL_TRIES = 3;
/** A slow link gets more patience each time, and not for ever. */
const MAX_PATIENCE_MS = 60_000;
/** Own commits fetched at once. */
const FETCH_COMMITS = 2000;
/** The smallest page that a slow link is asked for. */
const MIN_PAGE_BYTES = 16 * 1024;
/** The first page of a tail; how fast it is taken in says how large the next may be. */
const FIRST_PAGE_BYTES = 128 * 1024;
/** Taking a page in longer than this keeps the next page, and the live work at its head, waiting. */
const PAGE_MS = 250;
/** The last page of a log with fewer commits than this is what people do now, and not history. */
const LIVE_COMMITS = 50;

interface UnitsPage {
  readonly meta: z.infer<typeof unitsMeta>;
  readonly payloads: readonly Uint8Array[];
}

export class Pulling {
  readonly #ports: LinkPorts;
  readonly #conversation: Conversation;
  readonly #standing: Standing;
  readonly #board: StatusBoard;
  #tries = { n: 0, count: 0 };
  /** The pull that is under way in the tail, and since when the hub is known to have more than it brought. */
  #onePull = new Cancel();
  #lag: { readonly n: number; readonly since: number } | undefined;
  #patienceMs = HEARTBEAT_MS;
  #pageBytes = MAX_BATCH_BYTES;
  /** Up to where in the hub's log live work came ahead of history, in this connection. */
  #aheadTo = 0;

  constructor(ports: LinkPorts, conversation: Conversation, standing: Standing, board: StatusBoard) {
    this.#ports = ports;
    this.#conversation = conversation;
    this.#standing = standing;
    this.#board = board;
  }

  /** Follows the hub's log. @param isOver the connection has ended, or the link was stopped */
  async tail(cancel: Cancel, isOver: () => boolean): Promise<void> {
    this.#pageBytes = FIRST_PAGE_BYTES;
    this.#aheadTo = 0;
    this.#lag = undefined;
    this.#patienceMs = HEARTBEAT_MS;
    while (!isOver()) {
      const onePull = new Cancel();
      this.#onePull = onePull;
      try {
        const { tookMs } = await cancel.during((cancelled) =>
          onePull.during((stuck) => this.pull(TAIL_WAIT_MS, Promise.race([cancelled, stuck]), isOver)),
        );
        this.#patienceMs = HEARTBEAT_MS;
        // Live work comes at the head of the next page: no page may take long.
        if (tookMs > PAGE_MS) this.#pageBytes = Math.max(MIN_PAGE_BYTES, Math.floor(this.#pageBytes / 2));
        else this.#pageBytes = Math.min(MAX_BATCH_BYTES, this.#pageBytes * 2);
      } catch (error) {
        if (!onePull.over || isOver()) throw error;
        // Asked again for less and with more patience: a slow link is not a lost answer.
        this.#patienceMs = Math.min(MAX_PATIENCE_MS, this.#patienceMs * 2);
        this.#pageBytes = Math.max(MIN_PAGE_BYTES, Math.floor(this.#pageBytes / 4));
      }
    }
  }

  /** The hub has more than we follow, for a while now, and the pull that should bring it does not end: its answer was lost. */
  lookForStuckPull(end: number): void {
    const now = this.#ports.replica.ports.clock.now();
    const { n } = this.#standing.row.cursor;
    if (end <= n) this.#lag = undefined;
    else if (this.#lag?.n !== n || this.#lag.since > now) this.#lag = { n, since: now };
    else if (now - this.#lag.since >= this.#patienceMs) {
      this.#lag = undefined;
      this.#onePull.end();
    }
  }

  /** One page of the log. */
  async pull(
    waitMs: number,
    cancelled?: Promise<void>,
    isOver: () => boolean = () => false,
  ): Promise<{ received: number; more: boolean; tookMs: number }> {
    const peer = this.#standing.row;
    const { clock } = this.#ports.replica.ports;
    const request = { cursor: peer.cursor, scope: this.#ports.scope, waitMs, maxBytes: this.#pageBytes, aheadTo: this.#aheadTo };
    const reply = await this.#conversation.bytes('pull', request, waitMs + BULK_DEADLINE_MS, cancelled);
    const began = clock.now();
    const page = decodeWithMeta(pullMeta, reply);
    const wire = page === undefined ? undefined : decodeWire(page.wire);
    if (page === undefined || wire === undefined || !wire.ok) throw new Error('hub-damaged-answer');
    const { cursor, units, more, whole = [], ahead = { commits: 0, units: 0, to: 0 } } = page.meta;
    const early = await this.#fetchUncovered(units.slice(0, ahead.units));
    const live = await this.#take(wire.payloads.slice(0, ahead.commits), true);
    // What came altered is fetched again, live work too: it comes once more in its order.
    this.#aheadTo = Math.max(this.#aheadTo, ahead.to);
    const older = await this.#fetchUncovered(units.slice(ahead.units));
    const rest = wire.payloads.slice(ahead.commits);
    const then = await this.#take(rest, !more && rest.length < LIVE_COMMITS);
    if (live.refused + then.refused === 0) await cover(this.#ports.replica.ports.storage.sql, whole);
    const received = live.accepted + then.accepted;
    const tookMs = clock.now() - began;
    if (early + older + then.refused > 0 && this.#againAt(peer.cursor.n)) return { received, more: true, tookMs };
    // The place belongs to the connection in which it was reached.
    if (isOver()) throw new Error('hub-silent');
    await this.#standing.save({ ...this.#standing.row, cursor });
    this.#board.seen();
    return { received, more, tookMs };
  }

  /** The patients of a desk's scope, page by page; broken off, it goes on where it was. */
  async backfill(cancel: Cancel = new Cancel(), isOver: () => boolean = () => false): Promise<void> {
    const { scope } = this.#ports;
    const name = JSON.stringify(scope);
    const done = this.#standing.row.scope;
    if (scope.kind === 'all' || done === name) return;
    this.#board.set({ catchingUp: true });
    const from = done.startsWith(`${name} after `) ? done.slice(`${name} after `.length) : null;
    await cancel.during((cancelled) => this.#backfillFrom(from, name, cancelled, isOver));
    if (isOver()) return;
    await this.#standing.save({ ...this.#standing.row, scope: name });
    this.#board.set({ catchingUp: false });
  }

  async #backfillFrom(from: string | null, name: string, cancelled: Promise<void>, isOver: () => boolean): Promise<void> {
    const ask = (after: string | null): Promise<UnitsPage> => {
      const page = this.#askUnits({ scope: this.#ports.scope, ...(after === null ? {} : { after }) }, cancelled);
      page.catch(() => undefined); // told to whoever awaits it
      return page;
    };
    let after = from;
    let coming = ask(after);
    for (let tries = 1; ;) {
      const page = await coming;
      const { next } = page.meta;
      // The hub makes the next page while this one is taken in.
      if (next !== null) coming = ask(next);
      const { refused } = await this.#takeUnits(page);
      if (isOver()) return;
      if (refused > 0 && tries < PULL_TRIES) {
        tries += 1;
        coming = ask(after);
        continue;
      }
      if (next === null) return;
      tries = 1;
      after = next;
      await this.#standing.save({ ...this.#standing.row, scope: `${name} after ${after}` });
    }
  }

  /** Patients by name. */
  async units(units: readonly string[]): Promise<{ readonly served: number; readonly refused: number }> {
    const page = await this.#askUnits({ units });
    const { refused } = await this.#takeUnits(page, new Set(units));
    return { served: page.meta.units.length, refused };
  }

  /** Certificates, users, roles, catalogue: every commit of them is judged by itself, so that it may be asked of whoever has not proven a key yet. */
  async trustOf(): Promise<void> {
    await this.units(['trust']);
  }

  /** What the hub holds of this device, all of it: our own tail after the disk was set back. */
  async fetchOwnTail(yours: Yours): Promise<void> {
    for (const [epoch, { have }] of yours) {
      for (const [first, last] of have) {
        for (let from = first; from <= last; from += FETCH_COMMITS) {
          const want = [[epoch, [[from, Math.min(last, from + FETCH_COMMITS - 1)]]]];
          const wire = decodeWire(await this.#conversation.bytes('fetch', { want }));
          if (!wire.ok) throw new Error('hub-damaged-answer');
          await this.#ports.replica.ingest(wire.payloads, { live: true });
        }
      }
    }
  }

  /** A patient that enters the scope is fetched whole first, so that nothing is shown or decided on a part. @returns how many commits came altered */
  async #fetchUncovered(units: readonly string[]): Promise<number> {
    if (this.#ports.scope.kind === 'all' || units.length === 0) return 0;
    let refused = 0;
    const missing = await uncovered(this.#ports.replica.ports.storage.sql, units);
    for (let i = 0; i < missing.length;) {
      const page = await this.units(missing.slice(i, i + MAX_UNITS));
      if (page.served === 0) break;
      i += page.served;
      refused += page.refused;
    }
    return refused;
  }

  async #askUnits(
    request: { readonly units: readonly string[] } | { readonly scope: Scope; readonly after?: string },
    cancelled?: Promise<void>,
  ): Promise<UnitsPage> {
    const page = decodeWithMeta(unitsMeta, await this.#conversation.bytes('units', request, BULK_DEADLINE_MS, cancelled));
    const wire = page === undefined ? undefined : decodeWire(page.wire);
    if (page === undefined || wire === undefined || !wire.ok) throw new Error('hub-damaged-answer');
    return { meta: page.meta, payloads: wire.payloads };
  }

  /** @param asked only these may be called whole; undefined: all that the page names */
  async #takeUnits({ meta, payloads }: UnitsPage, asked?: ReadonlySet<string>): Promise<{ readonly refused: number }> {
    const { refused } = await this.#take(payloads, payloads.length < LIVE_COMMITS);
    // A patient of whom a part was altered on the way is not held whole; nor is one that nobody asked for.
    const whole = meta.units.filter((unit) => unit !== 'trust' && (asked === undefined || asked.has(unit)));
    if (refused === 0) await cover(this.#ports.replica.ports.storage.sql, whole);
    return { refused };
  }

  /** Altered on the way is fetched again; altered where it lies is evidence, and must not stop what comes after it. */
  #againAt(n: number): boolean {
    this.#tries = this.#tries.n === n ? { n, count: this.#tries.count + 1 } : { n, count: 1 };
    return this.#tries.count < PULL_TRIES;
  }

  async #take(payloads: readonly Uint8Array[], live: boolean): Promise<{ readonly accepted: number; readonly refused: number }> {
    if (payloads.length === 0) return { accepted: 0, refused: 0 };
    let refused = 0;
    const { replica } = this.#ports;
    let accepted = 0;
    // In slices, so that what a person does here meanwhile does not wait for a page of history.
    for (const slice of slices(payloads)) {
      const report = await replica.ingest(slice, { live });
      // With ones among them that waited here for a certificate, it is not known which the hub has: all are offered.
      if (report.lastN !== undefined && report.late === 0)
        this.#standing.addOrigin(report.lastN - report.accepted.length + 1, report.lastN);
      accepted += report.accepted.length;
      for (const count of Object.values(report.refused)) refused += count;
    }
    return { accepted, refused };
  }
}
