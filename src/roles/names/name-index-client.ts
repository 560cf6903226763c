// A desk's side of the name index: loads a hub's pack in the background, follows what changes, and finds people in it with no hub.
// What the desk holds as documents is found by those; the index is for everybody else. It can be thrown away and fetched again.
import type { StreamId } from '#kernel/shared/ids.ts';
import { decodeChunk } from '#views/name-index/pack.ts';
import type { NameRow } from '#views/name-index/name-row.ts';
import { NameSearch, type FoundNames } from '#views/name-index/search.ts';
import {
  applyNames,
  applyPackChunk,
  changedCount,
  changedRow,
  createNameIndex,
  forgetChanges,
  nameIndexState,
  readNote,
  writeNote,
} from '#views/name-index/store.ts';
import type { NamesPort } from '#views/view.ts';
import type { Replica } from '../replica/replica.ts';
import type { LivePeer } from '../sync/link-ports.ts';
import { DEADLINE_MS } from '../sync/protocol.ts';
import type { Timers } from '../sync/transport.ts';
import {
  changedAnswer,
  NAMES_CHANGED_VERB,
  NAMES_VERB,
  NAMES_WAIT_MS,
  namesAnswer,
  type NamesAnswer,
  type ReadyPack,
} from './names-protocol.ts';
import { doneLoading, noteOf, packNote, progressNote, cursorNote, type Cursor, type PackNote } from './name-notes.ts';

const BULK_DEADLINE_MS = 30_000;
const RETRY_MS = 3000;
/** Between two chunks: what people do at this desk has its turn. */
const PAUSE_MS = 20;
/** A pack that is so much newer is loaded anew: 54 MB at 1.5 million patients, once a week. */
const RENEW_AFTER_MS = 6 * 86_400_000;
/** So many rows beside the pack slow the search; measured at 30,000: p99 24 ms. */
const MANY_CHANGED = 40_000;
/** How often the hub is asked whether it has a newer pack. */
const ASK_PACK_EVERY_MS = 3_600_000;
/** People shown lately, by stream: a screen that opens one asks by stream. */
const REMEMBERED = 2000;

export interface NameIndexStatus {
  /** Patients in the pack in use; 0 when there is none yet. */
  readonly rows: number;
  readonly version: string;
  /** Rows that changed since the pack. */
  readonly changed: number;
  /** 0 to 100 while a pack is being loaded. */
  readonly loadingPercent: number | undefined;
  /** When a hub last said that nothing is missing, by this desk's clock. */
  readonly asOf: number | undefined;
}

/** `later`: nothing to do for a while. `never`: this hub does not serve names to this desk. */
type Step = 'again' | 'later' | 'never';

export class NameIndexClient implements NamesPort {
  readonly #replica: Replica;
  readonly #timers: Timers;
  readonly #onStatus: () => void;
  readonly #search: NameSearch;
  readonly #shown = new Map<StreamId, NameRow>();
  readonly #offers = new Map<string, { readonly answer: NamesAnswer; readonly at: number }>();
  #status: NameIndexStatus = { rows: 0, version: '', changed: 0, loadingPercent: undefined, asOf: undefined };
  /** One link loads at a time. */
  #loader: string | undefined;

  private constructor(replica: Replica, timers: Timers, onStatus: () => void) {
    this.#replica = replica;
    this.#timers = timers;
    this.#onStatus = onStatus;
    this.#search = new NameSearch(replica.ports.storage.sql);
  }

  static async open(replica: Replica, timers: Timers, onStatus: () => void = () => undefined): Promise<NameIndexClient> {
    const { sql } = replica.ports.storage;
    await createNameIndex(sql);
    const client = new NameIndexClient(replica, timers, onStatus);
    const progress = await noteOf(sql, 'loading', progressNote);
    // The last chunk had come, and the program ended before it was written down.
    if (progress !== undefined && (await nameIndexState(sql)).version === progress.version) await client.#finish(progress);
    await client.#refresh();
    return client;
  }

  get status(): NameIndexStatus {
    return this.#status;
  }

  async search(text: string, limit: number): Promise<FoundNames> {
    const found = await this.#search.search(text, limit);
    for (const { row } of found.rows) this.#remember(row);
    return found;
  }

  async row(patient: StreamId): Promise<NameRow | undefined> {
    return (await changedRow(this.#replica.ports.storage.sql, patient)) ?? this.#shown.get(patient);
  }

  /** Goes along with a live link until it ends. Never fails: without this hub the index is as old as it is, and says so. */
  async follow(peer: LivePeer, cancelled: Promise<void>): Promise<void> {
    let over = false;
    void cancelled.then(() => (over = true));
    const pause = (ms: number): Promise<void> => Promise.race([this.#timers.sleep(ms), cancelled]);
    const ended = (): boolean => over; // asked again after each wait
    while (!ended()) {
      let step: Step;
      try {
        step = peer.busy() ? 'later' : await this.step(peer, cancelled, NAMES_WAIT_MS);
      } catch {
        step = 'later'; // the hub went away or the disk is full: the link and the storage say so themselves
      }
      if (step === 'never') return;
      if (step === 'later' && !ended()) await pause(RETRY_MS);
    }
  }

  /** One thing: a question, a chunk or a page of changes. */
  async step(peer: LivePeer, cancelled: Promise<void> | undefined, waitMs: number): Promise<Step> {
    const { sql } = this.#replica.ports.storage;
    const offer = await this.#offer(peer, cancelled);
    if (offer === undefined) return 'never';
    const cursor = await noteOf(sql, `hub ${peer.hub}`, cursorNote);
    const valid = cursor !== undefined && cursor.log === offer.log ? cursor : undefined;
    const used = await noteOf(sql, 'pack', packNote);
    if (offer.state === 'ready' && (await this.#worthLoading(offer, valid, used))) return this.#loadOne(peer, offer, cancelled);
    if (valid !== undefined) return this.#followOne(peer, valid, cancelled, waitMs);
    if (offer.state === 'building') return 'later';
    // Our pack is newer than this hub's: what this hub learned since its own is enough.
    await writeNote(sql, `hub ${peer.hub}`, JSON.stringify({ log: offer.log, n: offer.n } satisfies Cursor));
    return 'again';
  }

  async #worthLoading(offer: ReadyPack, cursor: Cursor | undefined, used: PackNote | undefined): Promise<boolean> {
    if (used === undefined) return true;
    if (used.version === offer.version || used.at >= offer.at) return false;
    if (cursor === undefined) return true;
    return (
      offer.at - used.at > RENEW_AFTER_MS ||
      (await changedCount(this.#replica.ports.storage.sql)) > Math.min(MANY_CHANGED, Math.max(5000, used.rows / 4))
    );
  }

  async #offer(peer: LivePeer, cancelled: Promise<void> | undefined): Promise<NamesAnswer | undefined> {
    const now = this.#replica.ports.clock.now();
    const known = this.#offers.get(peer.hub);
    if (known !== undefined && known.answer.state === 'ready' && now - known.at < ASK_PACK_EVERY_MS) return known.answer;
    const reply = await peer.ask(NAMES_VERB, {}, { deadlineMs: BULK_DEADLINE_MS, ...(cancelled === undefined ? {} : { cancelled }) });
    if (reply.status === 403 || reply.status === 404) return undefined;
    const answer = reply.status === 200 ? namesAnswer.safeParse(jsonOf(reply.body)) : undefined;
    if (answer?.success !== true) throw new Error('hub-damaged-answer');
    this.#offers.set(peer.hub, { answer: answer.data, at: now });
    return answer.data;
  }

  async #loadOne(peer: LivePeer, offer: ReadyPack, cancelled: Promise<void> | undefined): Promise<Step> {
    if (this.#loader !== undefined && this.#loader !== peer.hub) return 'later';
    this.#loader = peer.hub;
    try {
      return await this.#loadChunk(peer, offer, cancelled);
    } finally {
      this.#loader = undefined;
    }
  }

  async #loadChunk(peer: LivePeer, offer: ReadyPack, cancelled: Promise<void> | undefined): Promise<Step> {
    const { sql } = this.#replica.ports.storage;
    const begun = await noteOf(sql, 'loading', progressNote);
    const progress =
      begun?.version === offer.version
        ? begun
        : { version: offer.version, hub: peer.hub, log: offer.log, n: offer.n, at: offer.at, rows: offer.rows, next: 0 };
    if (progress !== begun) await writeNote(sql, 'loading', JSON.stringify(progress));
    const request = { version: offer.version, chunk: progress.next };
    const reply = await peer.ask(NAMES_VERB, request, { deadlineMs: BULK_DEADLINE_MS, ...(cancelled === undefined ? {} : { cancelled }) });
    if (reply.status === 404) {
      this.#offers.delete(peer.hub);
      return 'again';
    }
    if (reply.status !== 200) throw new Error('hub-damaged-answer');
    const applied = await applyPackChunk(sql, offer.version, decodeChunk(reply.body));
    if (applied === 'newer-format') return 'never';
    if (applied === 'done') {
      await this.#finish(progress);
      await this.#refresh();
      return 'again';
    }
    // After the last chunk without the whole: from the start, once more.
    const next = progress.next + 1 < offer.chunks && applied === 'loading' ? progress.next + 1 : 0;
    await writeNote(sql, 'loading', JSON.stringify({ ...progress, next }));
    this.#set({ loadingPercent: Math.floor((100 * next) / Math.max(1, offer.chunks)) });
    await this.#timers.sleep(PAUSE_MS);
    return next === 0 ? 'later' : 'again';
  }

  /** A whole pack is in use: what it contains is forgotten beside it, and its hub's changes are followed from there. */
  async #finish(progress: PackNote): Promise<void> {
    const { sql } = this.#replica.ports.storage;
    const { version, hub, log, n, at, rows } = progress;
    const cursor = await noteOf(sql, `hub ${hub}`, cursorNote);
    const followed = cursor?.log === log ? Math.max(cursor.n, n) : n;
    await writeNote(sql, `hub ${hub}`, JSON.stringify({ log, n: followed } satisfies Cursor));
    await forgetChanges(sql, { hub, n, at });
    await writeNote(sql, 'pack', JSON.stringify({ version, hub, log, n, at, rows } satisfies PackNote));
    await doneLoading(sql);
  }

  async #followOne(peer: LivePeer, cursor: Cursor, cancelled: Promise<void> | undefined, waitMs: number): Promise<Step> {
    const { sql } = this.#replica.ports.storage;
    const { asOf } = this.#status;
    // The first question is answered at once, so that the screen can say as of when.
    const held = asOf === undefined || this.#replica.ports.clock.now() - asOf > NAMES_WAIT_MS + BULK_DEADLINE_MS ? 0 : waitMs;
    const reply = await peer.ask(
      NAMES_CHANGED_VERB,
      { log: cursor.log, after: cursor.n, waitMs: held },
      { deadlineMs: held + BULK_DEADLINE_MS, ...(cancelled === undefined ? {} : { cancelled }) },
    );
    const answer = reply.status === 200 ? changedAnswer.safeParse(jsonOf(reply.body)) : undefined;
    if (answer?.success !== true) throw new Error('hub-damaged-answer');
    const { log, n, more, rows } = answer.data;
    if (log !== cursor.log) {
      // The hub has begun another log: what it has is asked for anew.
      this.#offers.delete(peer.hub);
      return 'again';
    }
    await applyNames(
      sql,
      rows.map(({ row, stamp, n: told }) => ({ row, stamp, told: { hub: peer.hub, n: told } })),
    );
    if (n !== cursor.n) await writeNote(sql, `hub ${peer.hub}`, JSON.stringify({ log, n } satisfies Cursor));
    for (const { row } of rows) if (this.#shown.has(row.patient)) this.#shown.delete(row.patient);
    if (!more) await this.#asOf(rows.length > 0);
    return waitMs === 0 && !more ? 'later' : 'again';
  }

  async #asOf(changed: boolean): Promise<void> {
    const now = this.#replica.ports.clock.now();
    const { sql } = this.#replica.ports.storage;
    if (now - (this.#status.asOf ?? 0) > DEADLINE_MS) await writeNote(sql, 'asOf', JSON.stringify(now));
    this.#set({ asOf: now, ...(changed ? { changed: await changedCount(sql) } : {}) });
  }

  async #refresh(): Promise<void> {
    const { sql } = this.#replica.ports.storage;
    const state = await nameIndexState(sql);
    const asOf = Number((await readNote(sql, 'asOf')) ?? Number.NaN);
    this.#set({
      rows: state.rows,
      version: state.version,
      changed: await changedCount(sql),
      loadingPercent: undefined,
      asOf: Number.isFinite(asOf) ? asOf : undefined,
    });
  }

  #remember(row: NameRow): void {
    this.#shown.delete(row.patient);
    this.#shown.set(row.patient, row);
    const oldest = this.#shown.keys().next().value;
    if (this.#shown.size > REMEMBERED && oldest !== undefined) this.#shown.delete(oldest);
  }

  #set(change: Partial<NameIndexStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#onStatus();
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // not JSON
  }
}
