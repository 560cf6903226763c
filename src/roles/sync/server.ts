// The serving side of replication: says who it is, what it has, takes and gives commits. It must not know about HTTP.
import { fromBase64Url, toBase64Url, concatBytes } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { encodeCommit, decodeCommit } from '#journal/commit.ts';
import { HASH_BYTES } from '#journal/header.ts';
import type { EpochId } from '#journal/refs.ts';
import { lacking, type ChainState, type Vector } from '#journal/vector.ts';
import { decodeWire, encodeWire, MAX_BATCH_BYTES } from '#journal/wire.ts';
import type { Replica } from '../replica/replica.ts';
import { placeIn } from '../replica/index-store.ts';
import {
  encodeWithMeta,
  MAX_UNITS,
  offerAnswer,
  offerRequest,
  PROTOCOL,
  pullRequest,
  sessionRequest,
  stateRequest,
  unitsRequest,
  type Cursor,
  type Scope,
} from './protocol.ts';
import { slices } from './slices.ts';
import { numbersOfUnit, scopedNumbers, trustNumbers, unitsInScope, unitsOfNumbers } from './scope.ts';

export interface SyncCall {
  /** Last part of the path: `hello`, `session`, `state`, `offer`, `push`, `pull`, `units`. */
  readonly verb: string;
  readonly token: string | undefined;
  readonly body: Uint8Array;
  /** Resolves when the caller has gone away. */
  readonly aborted?: Promise<void>;
}

export type SyncReply =
  | { readonly status: 200; readonly json: unknown }
  | { readonly status: 200; readonly bytes: Uint8Array }
  | { readonly status: 400 | 401 | 403 | 404 | 413 | 503; readonly code: string; readonly retryAfterSeconds?: number };

export interface SyncServerOptions {
  readonly hospital: string;
  readonly name: string;
  readonly unreachable: () => readonly string[];
  readonly hubs: () => readonly { device: string; name: string; url: string }[];
  /** Waits at most so long for a new commit; resolves early when one comes. The host owns timers. */
  readonly sleep: (ms: number, wake: Promise<void>) => Promise<void>;
  /** Serves the name index, where this replica does. */
  readonly names?: { answer(verb: string, body: Uint8Array, device: StreamId, aborted?: Promise<void>): Promise<SyncReply> };
}

interface Session {
  readonly device: StreamId;
  readonly epoch: EpochId;
  readonly role: string;
  expires: number;
  /** How far this peer has pulled: everything up to here is on that replica too. */
  pulled: number;
}

const NONCE_MS = 60_000;
const SESSION_MS = 60 * 60_000;
/** Nonces and sessions are bounded, so that a flood of greetings costs memory once. */
const MAX_SESSIONS = 20_000;
/** Sessions of one epoch; a retry opens another, and the oldest goes. */
const MAX_SESSIONS_OF_ONE = 4;
/** Desks let in at the same time: greeted, and not yet through their first push or pull. More are asked to come back: the
 * hub's answers then stay well within the deadline after which a desk takes it for dead, however slow its machine is. */
export const MAX_ARRIVING = 64;
/** One that was greeted and goes no further gives its place up. */
const ARRIVING_MS = 5000;
/** Desks served in a second, until it has been seen how many are. */
const FIRST_RATE = 100;
/** Places are promised faster than they were served: a hub that waits for its desks would count as slow, and wait longer. */
const OVERBOOKED = 2;
/** Nobody is sent away for longer: by then it is known how it goes on. */
const MAX_RETRY_SECONDS = 30;
/** Large pushes taken in at the same time; more are asked to come back, spread over some seconds. Live ones always pass. */
export const MAX_BULK_PUSHES = 8;
/** The longest pause between two slices of history. */
const MAX_PAUSE_MS = 1000;
/** A push of at most this many bytes is live work and overtakes history. */
export const LIVE_PUSH_BYTES = 64 * 1024;
/** Openings of epochs in one greeting. */
const MAX_INTRODUCED = 8;
const PULL_RUNS = 400;
/** A page may be this many times what was asked for before a run is cut in the middle: finding the hash there costs a read. */
const PAGE_OVER = 2;
/** Commits given at once by name. */
const MAX_FETCH = 20_000;

const NEVER = new Promise<void>(() => undefined);
const text = new TextEncoder();
const decode = new TextDecoder();

/** What the two sides sign to prove who they are. */
export function proofBytes(role: 'caller' | 'hub', nonce: Uint8Array, device: string): Uint8Array {
  return concatBytes(text.encode(`nirantar sync ${PROTOCOL} ${role}\n${device}\n`), nonce);
}

export class SyncServer {
  readonly #replica: Replica;
  readonly #options: SyncServerOptions;
  readonly #nonces = new Map<string, number>();
  readonly #sessions = new Map<string, Session>();
  readonly #tokensOf = new Map<EpochId, string[]>();
  /** By nonce until the session is opened, then by token: when each began to arrive. */
  readonly #arriving = new Map<string, number>();
  /** Who has arrived in the running second, and how many do so in one. */
  #served = { since: 0, count: 0, rate: FIRST_RATE };
  /** The time up to which places have been promised to those who were sent away. */
  #promised = 0;
  readonly #hubSessions = new Set<Session>();
  #bulk = 0;
  #wake: { readonly promise: Promise<void>; readonly resolve: () => void } = deferred();

  constructor(replica: Replica, options: SyncServerOptions) {
    this.#replica = replica;
    this.#options = options;
    replica.onChange(() => {
      this.#wake.resolve();
      this.#wake = deferred();
    });
  }

  /** Devices with a live session and how far each has pulled. */
  peers(): readonly { readonly device: StreamId; readonly role: string; readonly pulled: number; readonly expires: number }[] {
    return [...this.#sessions.values()];
  }

  /** What a live session belongs to; undefined for a token that opens none. */
  roleOf(token: string | undefined): string | undefined {
    return token === undefined ? undefined : this.#sessions.get(token)?.role;
  }

  async handle(call: SyncCall): Promise<SyncReply> {
    if (call.verb === 'hello') return this.#hello();
    if (call.verb === 'session') return this.#open(call);
    const session = call.token === undefined ? undefined : this.#sessions.get(call.token);
    const now = this.#now();
    if (session === undefined || session.expires < now) return { status: 401, code: 'sync-session-unknown' };
    if (this.#replica.trust.isRevoked(session.device)) {
      this.#sessions.delete(call.token ?? '');
      return { status: 403, code: 'device-revoked' };
    }
    session.expires = now + SESSION_MS;
    if (call.token !== undefined && (call.verb === 'pull' || call.verb === 'units')) this.#hasArrived(call.token);
    switch (call.verb) {
      case 'state':
        return this.#state(call, session);
      case 'offer':
        return this.#offer(call);
      case 'push':
        return this.#push(call, session).finally(() => this.#hasArrived(call.token ?? ''));
      case 'pull':
        return this.#pull(call, session);
      case 'units':
        return this.#units(call);
      case 'fetch':
        return this.#fetch(call, session);
      case 'names':
      case 'names-changed':
        return (
          this.#options.names?.answer(call.verb, call.body, session.device, call.aborted) ?? { status: 404, code: 'sync-verb-unknown' }
        );
      default:
        return { status: 404, code: 'sync-verb-unknown' };
    }
  }

  #hello(): SyncReply {
    const own = this.#replica.own;
    if (own === undefined) return { status: 503, code: 'hub-not-enrolled' };
    const now = this.#now();
    for (const [nonce, expires] of this.#nonces) {
      if (expires >= now && this.#nonces.size < MAX_SESSIONS) break;
      this.#nonces.delete(nonce);
    }
    const retryAfterSeconds = this.#tooMany(now);
    if (retryAfterSeconds !== undefined) return { status: 503, code: 'hub-busy', retryAfterSeconds };
    const nonce = toBase64Url(this.#replica.ports.crypto.randomBytes(32));
    this.#nonces.set(nonce, now + NONCE_MS);
    this.#arriving.set(nonce, now);
    return {
      status: 200,
      json: {
        protocol: PROTOCOL,
        hospital: this.#options.hospital,
        root: toBase64Url(this.#replica.root),
        device: own.identity.device.slice('device/'.length),
        epoch: own.epoch,
        name: this.#options.name,
        nonce,
        now,
      },
    };
  }

  async #open(call: SyncCall): Promise<SyncReply> {
    const request = parseJson(sessionRequest, call.body);
    const own = this.#replica.own;
    if (request === undefined || own === undefined) return { status: 400, code: 'sync-malformed' };
    if (request.protocol !== PROTOCOL) return { status: 400, code: 'sync-protocol' };
    const expires = this.#nonces.get(request.nonce);
    this.#nonces.delete(request.nonce);
    const arrived = this.#arriving.get(request.nonce);
    this.#arriving.delete(request.nonce);
    if (expires === undefined || expires < this.#now()) return { status: 401, code: 'sync-nonce' };
    if (request.introduction !== undefined) {
      const bytes = fromBase64Url(request.introduction);
      if (bytes !== undefined) await this.#introduce(bytes);
    }
    const epoch = request.epoch as EpochId; // the schema checked the form
    const trust = this.#replica.trust.epoch(epoch);
    const device = `device/${request.device}` as StreamId; // the schema checked the form
    if (trust === undefined || trust.device !== device) return { status: 403, code: 'device-unknown' };
    if (this.#replica.trust.isRevoked(device)) return { status: 403, code: 'device-revoked' };
    const nonce = fromBase64Url(request.nonce);
    const mine = fromBase64Url(request.mine);
    const signature = fromBase64Url(request.signature);
    if (nonce === undefined || mine === undefined || signature === undefined) return { status: 400, code: 'sync-malformed' };
    if (!(await this.#replica.ports.crypto.verify(trust.publicKey, signature, proofBytes('caller', nonce, request.device))))
      return { status: 403, code: 'sync-proof' };
    const token = toBase64Url(this.#replica.ports.crypto.randomBytes(24));
    this.#makeRoom(epoch);
    const session: Session = { device, epoch, role: trust.role, expires: this.#now() + SESSION_MS, pulled: 0 };
    this.#sessions.set(token, session);
    if (trust.role === 'hub') this.#hubSessions.add(session);
    this.#tokensOf.set(epoch, [...(this.#tokensOf.get(epoch) ?? []), token]);
    if (arrived !== undefined) this.#arriving.set(token, arrived);
    const proof = await own.identity.signer.sign(proofBytes('hub', mine, own.identity.device.slice('device/'.length)));
    return { status: 200, json: { token, signature: toBase64Url(proof), yours: this.#chainsOf(device) } };
  }

  /** Nobody has proved anything yet: only a commit whose key a known device vouches for is looked at further. */
  async #introduce(bytes: Uint8Array): Promise<void> {
    // One commit, or several framed ones of which each vouches for the next: a device may have opened epochs that no hub saw.
    const wire = decodeWire(bytes);
    for (const payload of wire.ok ? wire.payloads.slice(0, MAX_INTRODUCED) : [bytes]) {
      const decoded = decodeCommit(payload, this.#replica.ports.crypto.sha256);
      if (decoded.ok && (await this.#replica.trust.introduce(decoded.commit)) !== undefined)
        await this.#replica.ingest([payload], { live: true });
    }
  }

  async #state(call: SyncCall, session: Session): Promise<SyncReply> {
    const request = parseJson(stateRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const cursorValid = request.cursor === undefined || (await this.#cursorHolds(request.cursor));
    return {
      status: 200,
      json: {
        now: this.#now(),
        cursorValid,
        pushedHeld: request.pushed === undefined || (await this.#cursorHolds(request.pushed)),
        end: await this.#end(),
        yours: this.#chainsOf(session.device),
        alsoOn: await this.#alsoOn(session.epoch),
        unreachable: this.#options.unreachable(),
        hubs: this.#options.hubs(),
      },
    };
  }

  async #offer(call: SyncCall): Promise<SyncReply> {
    const request = parseJson(offerRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const theirs: Vector = new Map(request.chains.map(([epoch, state]) => [epoch as EpochId, state])); // the schema checked the form
    const held = new Set<EpochId>();
    for (const [epoch, state] of theirs) if (await this.#replica.index.hasRef(epoch, state.headSeq, state.headHash)) held.add(epoch);
    const want = lacking(theirs, this.#replica.index.chains, (epoch) => held.has(epoch));
    return { status: 200, json: { want: want.map((lack) => [lack.epoch, lack.seqs]) } };
  }

  async #push(call: SyncCall, session: Session): Promise<SyncReply> {
    if (call.body.length > 2 * MAX_BATCH_BYTES) return { status: 413, code: 'sync-too-large' };
    const wire = decodeWire(call.body);
    if (!wire.ok) return { status: 400, code: wire.problem };
    const live = call.body.length <= LIVE_PUSH_BYTES;
    if (!live && this.#bulk >= MAX_BULK_PUSHES) return { status: 503, code: 'hub-busy', retryAfterSeconds: 1 };
    if (!live) this.#bulk += 1;
    try {
      const total = { accepted: 0, duplicates: 0, pending: 0, refused: new Map<string, number>() };
      // In slices, so that other desks' live work and questions get in between.
      let began = this.#now();
      for (const [i, slice] of slices(wire.payloads).entries()) {
        // History comes in at half the pace at which it could: whoever follows this hub must keep up and still see live work at once.
        if (i > 0) await this.#options.sleep(Math.min(MAX_PAUSE_MS, this.#now() - began), NEVER);
        began = this.#now();
        const report = await this.#replica.ingest(slice, { live, from: session.device });
        // What was taken in stays; sent again, it is a duplicate.
        if (report.overflow > 0) return { status: 503, code: 'hub-busy', retryAfterSeconds: 5 };
        total.accepted += report.accepted.length;
        total.duplicates += report.duplicates;
        total.pending = report.pending;
        for (const [why, count] of Object.entries(report.refused)) total.refused.set(why, (total.refused.get(why) ?? 0) + count);
      }
      return { status: 200, json: { ...total, refused: Object.fromEntries(total.refused) } };
    } finally {
      if (!live) this.#bulk -= 1;
    }
  }

  async #pull(call: SyncCall, session: Session): Promise<SyncReply> {
    const request = parseJson(pullRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    if (!(await this.#cursorHolds(request.cursor))) return { status: 400, code: 'sync-cursor' };
    session.pulled = Math.max(session.pulled, request.cursor.n);
    const wake = this.#wake.promise;
    if (request.cursor.n >= this.#replica.position.applied && request.waitMs > 0) {
      await this.#options.sleep(request.waitMs, call.aborted === undefined ? wake : Promise.race([wake, call.aborted]));
    }
    const page = await this.#page(request.cursor, request.scope, request.maxBytes);
    const numbers = request.scope.kind === 'all' ? page.numbers : await scopedNumbers(this.#replica, page.numbers, request.scope);
    const payloads = request.scope.kind === 'all' ? await this.#replica.payloads(numbers) : await this.#ownSigned(numbers);
    const units = request.scope.kind === 'all' ? [] : await unitsOfNumbers(this.#replica, numbers);
    return {
      status: 200,
      bytes: encodeWithMeta({ cursor: page.cursor, units, more: page.cursor.n < this.#replica.position.applied }, encodeWire(payloads)),
    };
  }

  async #units(call: SyncCall): Promise<SyncReply> {
    const request = parseJson(unitsRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const since = this.#now();
    const page =
      request.units === undefined
        ? await unitsInScope(this.#replica, request.scope ?? { kind: 'all' }, request.after, since)
        : { units: request.units, next: null };
    const numbers = new Set<number>();
    const served: string[] = [];
    let bytes = 0;
    for (const unit of page.units.slice(0, MAX_UNITS)) {
      const found = unit === 'trust' ? await trustNumbers(this.#replica) : await numbersOfUnit(this.#replica, unit);
      for (const n of found) numbers.add(n);
      served.push(unit);
      bytes += found.length * 700;
      if (bytes > MAX_BATCH_BYTES) break;
    }
    const cut = served.length < page.units.length;
    const next = request.units === undefined ? (cut ? (served.at(-1) ?? null) : page.next) : null;
    const payloads = await this.#ownSigned([...numbers].sort((a, b) => a - b));
    return { status: 200, bytes: encodeWithMeta({ units: served, next }, encodeWire(payloads)) };
  }

  /** Commits by chain and seq: a device that was rolled back gets its own tail again. */
  async #fetch(call: SyncCall, session: Session): Promise<SyncReply> {
    const request = parseJson(offerAnswer, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const numbers: number[] = [];
    const own = session.device.slice('device/'.length);
    for (const [epoch, seqs] of request.want) {
      // A desk gets its own chains here and nothing else.
      if (session.role === 'desk' && this.#replica.index.chain(epoch as EpochId)?.device !== own) continue; // the schema checked the form
      for (const [from, to] of seqs)
        if (numbers.length < MAX_FETCH)
          numbers.push(...(await this.#replica.index.numbersOfChain(epoch as EpochId, from, Math.min(to, from + MAX_FETCH)))); // the schema checked the form
    }
    return { status: 200, bytes: encodeWire(await this.#replica.payloads(numbers.slice(0, MAX_FETCH))) };
  }

  /** Each commit with its own signature checked, because a scoped desk cannot see the chain. Bad ones come with their cover. */
  async #ownSigned(numbers: readonly number[]): Promise<readonly Uint8Array[]> {
    const out: Uint8Array[] = [];
    const sent = new Set<string>();
    for (const payload of await this.#replica.payloads(numbers)) {
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

  async #page(cursor: Cursor, scope: Scope, maxBytes: number): Promise<{ numbers: number[]; cursor: Cursor }> {
    const { applied } = this.#replica.position;
    const numbers: number[] = [];
    let bytes = 0;
    let last = cursor.n;
    let receipt = cursor.receipt;
    // Whole runs where they fit, so that the running hash at the end of the page is one that is stored.
    for (const run of await this.#replica.index.runsFrom(cursor.n + 1, scope.kind === 'all' ? PULL_RUNS : PULL_RUNS * 5)) {
      const end = run.n0 + run.count - 1;
      if (end > applied || (bytes > 0 && bytes >= maxBytes)) break;
      for (let n = Math.max(run.n0, cursor.n + 1); n <= end; n += 1) {
        numbers.push(n);
        if (scope.kind === 'all') bytes += placeIn(run, n).length;
        // A run of large commits is cut: a page is never much more than was asked for.
        if (bytes >= PAGE_OVER * maxBytes && n < end) return { numbers, cursor: { n, receipt: (await this.#receiptAt(n)) ?? '' } };
      }
      last = end;
      receipt = toBase64Url(run.receipt);
    }
    return { numbers, cursor: { n: last, receipt } };
  }

  async #cursorHolds(cursor: Cursor): Promise<boolean> {
    return cursor.n === 0 || (await this.#receiptAt(cursor.n)) === cursor.receipt;
  }

  /** The running hash at a place of the log, also in the middle of a run: after a rebuild the runs are cut elsewhere. */
  async #receiptAt(n: number): Promise<string | undefined> {
    const { index, ports } = this.#replica;
    const run = await index.runAt(n);
    if (run === undefined) return undefined;
    if (run.n0 + run.count - 1 === n) return toBase64Url(run.receipt);
    let receipt: Uint8Array = run.n0 === 1 ? new Uint8Array(HASH_BYTES) : ((await index.runAt(run.n0 - 1))?.receipt ?? new Uint8Array(0));
    const numbers = Array.from({ length: n - run.n0 + 1 }, (_, i) => run.n0 + i);
    for (const commit of await this.#replica.commits(numbers)) receipt = ports.crypto.sha256(concatBytes(receipt, commit.hash));
    return toBase64Url(receipt);
  }

  /** Where a desk that fetches its units now goes on: what documents do not show yet is still to come. */
  async #end(): Promise<Cursor> {
    const { applied } = this.#replica.position;
    return { n: applied, receipt: (await this.#receiptAt(applied)) ?? '' };
  }

  #chainsOf(device: StreamId): [EpochId, ChainState][] {
    return this.#replica.index.chainsOf(device.slice('device/'.length));
  }

  /** What other hubs, by their pulls, are known to hold of the caller's chain. */
  async #alsoOn(epoch: EpochId): Promise<[string, number][]> {
    const chain = this.#replica.index.chain(epoch);
    if (chain === undefined) return [];
    const out = new Map<string, number>();
    for (const peer of this.#hubSessions) {
      if (peer.pulled === 0) continue;
      const seq = await this.#replica.unbrokenUpTo(epoch, peer.pulled);
      const id = peer.device.slice('device/'.length);
      out.set(id, Math.max(out.get(id) ?? 0, seq));
    }
    return [...out];
  }

  /** In how many seconds one more may ask again; undefined when it may come in now. Each gets a place behind those before. */
  #tooMany(now: number): number | undefined {
    for (const [name, since] of this.#arriving) {
      if (since + ARRIVING_MS >= now) break;
      this.#arriving.delete(name);
    }
    if (this.#arriving.size < MAX_ARRIVING) return undefined;
    const furthest = now + MAX_RETRY_SECONDS * 1000;
    this.#promised = Math.min(furthest, Math.max(now, this.#promised) + 1000 / (OVERBOOKED * this.#served.rate));
    return Math.ceil((this.#promised - now) / 1000);
  }

  #hasArrived(token: string): void {
    if (!this.#arriving.delete(token)) return;
    const now = this.#now();
    const { since, count, rate } = this.#served;
    if (now - since < 1000) this.#served = { since, count: count + 1, rate };
    else
      this.#served = {
        since: now,
        count: 0,
        rate: now - since < 5000 ? Math.max(FIRST_RATE / 5, (rate + ((count + 1) * 1000) / (now - since)) / 2) : rate,
      };
  }

  #forget(token: string): void {
    const session = this.#sessions.get(token);
    if (session !== undefined) this.#hubSessions.delete(session);
    this.#sessions.delete(token);
  }

  #makeRoom(epoch: EpochId): void {
    const mine = this.#tokensOf.get(epoch) ?? [];
    while (mine.length >= MAX_SESSIONS_OF_ONE) this.#forget(mine.shift() ?? '');
    for (const [token, session] of this.#sessions) {
      if (this.#sessions.size < MAX_SESSIONS) break;
      this.#forget(token);
      this.#tokensOf.set(
        session.epoch,
        (this.#tokensOf.get(session.epoch) ?? []).filter((other) => other !== token),
      );
    }
  }

  #now(): number {
    return this.#replica.ports.clock.now();
  }
}

function parseJson<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  bytes: Uint8Array,
): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(decode.decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
