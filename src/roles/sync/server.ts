// The serving side of replication: says what it has, takes and gives commits, to whoever has a session. It must not know about HTTP.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { EpochId } from '#journal/refs.ts';
import { lacking, type ChainState, type Vector } from '#journal/vector.ts';
import { decodeWire, encodeWire, MAX_BATCH_BYTES } from '#journal/wire.ts';
import type { Replica } from '../replica/replica.ts';
import { Admission } from './admission.ts';
import { Greeting } from './greeting.ts';
import { Pages } from './pages.ts';
import { PeerSessions, type PeerSession } from './peer-sessions.ts';
import { encodeWithMeta, MAX_UNITS, offerAnswer, offerRequest, pullRequest, stateRequest, unitsRequest, type Scope } from './protocol.ts';
import { isAccessLog, numbersOfUnit, trustNumbers, unitsInScope, type UnitAt } from './scope.ts';
import { slices } from './slices.ts';
import { parseJson, type SyncCall, type SyncReply } from './sync-call.ts';

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

/** Large pushes taken in at the same time; more are asked to come back, spread over some seconds. Live ones always pass. */
export const MAX_BULK_PUSHES = 8;
/** A push of at most this many bytes is live work and overtakes history. */
export const LIVE_PUSH_BYTES = 64 * 1024;
/** Commits given at once by name. */
const MAX_FETCH = 20_000;

export class SyncServer {
  readonly #replica: Replica;
  readonly #options: SyncServerOptions;
  readonly #pages: Pages;
  readonly #admission = new Admission();
  readonly #sessions = new PeerSessions();
  readonly #greeting: Greeting;
  #bulk = 0;
  #wake: { readonly promise: Promise<void>; readonly resolve: () => void } = deferred();

  constructor(replica: Replica, options: SyncServerOptions) {
    this.#replica = replica;
    this.#options = options;
    this.#greeting = new Greeting(replica, options, this.#sessions, this.#admission);
    this.#pages = new Pages(replica);
    replica.onChange(() => {
      this.#wake.resolve();
      this.#wake = deferred();
    });
  }

  /** Devices with a live session and how far each has pulled. */
  peers(): readonly { readonly device: StreamId; readonly role: string; readonly pulled: number; readonly expires: number }[] {
    return this.#sessions.all();
  }

  /** What a live session belongs to; undefined for a token that opens none. */
  roleOf(token: string | undefined): string | undefined {
    return this.#sessions.find(token)?.role;
  }

  async handle(call: SyncCall): Promise<SyncReply> {
    if (call.verb === 'hello') return this.#greeting.hello(call);
    if (call.verb === 'session') return this.#greeting.open(call);
    const session = this.#sessions.find(call.token);
    const now = this.#now();
    if (session === undefined || session.expires < now) return { status: 401, code: 'sync-session-unknown' };
    if (this.#replica.trust.isRevoked(session.device)) {
      this.#sessions.close(call.token);
      return { status: 403, code: 'device-revoked' };
    }
    this.#sessions.extend(session, now);
    if (call.verb === 'pull' || call.verb === 'units') this.#admission.arrived(session.device, now);
    switch (call.verb) {
      case 'state':
        return this.#state(call, session);
      case 'offer':
        return this.#offer(call);
      case 'push':
        return this.#push(call, session).finally(() => this.#admission.arrived(session.device, this.#now()));
      case 'pull':
        return this.#pull(call, session);
      case 'units':
        return this.#units(call, session);
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

  async #state(call: SyncCall, session: PeerSession): Promise<SyncReply> {
    const request = parseJson(stateRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const cursorValid = request.cursor === undefined || (await this.#pages.holds(request.cursor));
    return {
      status: 200,
      json: {
        now: this.#now(),
        cursorValid,
        pushedHeld: request.pushed === undefined || (await this.#pages.holds(request.pushed)),
        end: await this.#pages.end(),
        yours: this.#chainsOf(session.device),
        alsoOn: await this.#alsoOn(session),
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

  async #push(call: SyncCall, session: PeerSession): Promise<SyncReply> {
    if (call.body.length > 2 * MAX_BATCH_BYTES) return { status: 413, code: 'sync-too-large' };
    const wire = decodeWire(call.body);
    if (!wire.ok) return { status: 400, code: wire.problem };
    const live = call.body.length <= LIVE_PUSH_BYTES;
    if (!live && this.#bulk >= MAX_BULK_PUSHES) return { status: 503, code: 'hub-busy', retryAfterSeconds: 1 };
    if (!live) this.#bulk += 1;
    try {
      const total = { accepted: 0, duplicates: 0, pending: 0, refused: new Map<string, number>() };
      // In slices, so that other desks' live work and questions get in between.
      for (const slice of slices(wire.payloads)) {
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

  async #pull(call: SyncCall, session: PeerSession): Promise<SyncReply> {
    const request = parseJson(pullRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    if (!mayHave(session, request.scope)) return NOT_FOR_DESKS;
    if (!(await this.#pages.holds(request.cursor))) return { status: 400, code: 'sync-cursor' };
    session.pulled = Math.max(session.pulled, request.cursor.n);
    const wake = this.#wake.promise;
    if (request.cursor.n >= this.#replica.position.applied && request.waitMs > 0) {
      await this.#options.sleep(request.waitMs, call.aborted === undefined ? wake : Promise.race([wake, call.aborted]));
    }
    const { payloads, meta } = await this.#pages.page(request.cursor, request.scope, request.maxBytes, request.aheadTo);
    return { status: 200, bytes: encodeWithMeta(meta, encodeWire(payloads)) };
  }

  async #units(call: SyncCall, session: PeerSession): Promise<SyncReply> {
    const request = parseJson(unitsRequest, call.body);
    if (request === undefined) return { status: 400, code: 'sync-malformed' };
    const { units, scope = { kind: 'all' }, after } = request;
    if (units === undefined ? !mayHave(session, scope) : session.role === 'desk' && units.some(isAccessLog)) return NOT_FOR_DESKS;
    const page =
      units === undefined
        ? await unitsInScope(this.#replica, scope, after, this.#now())
        : { units: units.map((unit) => ({ unit, at: '' })), next: null };
    const numbers = new Set<number>();
    const served: UnitAt[] = [];
    let bytes = 0;
    for (const { unit, at } of page.units.slice(0, MAX_UNITS)) {
      const found = unit === 'trust' ? await trustNumbers(this.#replica) : await numbersOfUnit(this.#replica, unit);
      for (const n of found) numbers.add(n);
      served.push({ unit, at });
      bytes += found.length * 700;
      if (bytes > MAX_BATCH_BYTES) break;
    }
    const cut = served.length < page.units.length;
    const next = units === undefined ? (cut ? (served.at(-1)?.at ?? null) : page.next) : null;
    const payloads = await this.#pages.ownSigned([...numbers].sort((a, b) => a - b));
    return { status: 200, bytes: encodeWithMeta({ units: served.map(({ unit }) => unit), next }, encodeWire(payloads)) };
  }

  /** Commits by chain and seq: a device that was rolled back gets its own tail again. */
  async #fetch(call: SyncCall, session: PeerSession): Promise<SyncReply> {
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
    return { status: 200, bytes: encodeWire(await this.#replica.readable(numbers.slice(0, MAX_FETCH))) };
  }

  #chainsOf(device: StreamId): [EpochId, ChainState][] {
    return this.#replica.index.chainsOf(device.slice('device/'.length));
  }

  /** What other hubs, by their pulls, are known to hold of the caller's chain. */
  async #alsoOn({ epoch, device }: PeerSession): Promise<[string, number][]> {
    const chain = this.#replica.index.chain(epoch);
    if (chain === undefined) return [];
    const out = new Map<string, number>();
    for (const peer of this.#sessions.hubs(this.#now())) {
      if (peer.pulled === 0 || peer.device === device || this.#replica.trust.isRevoked(peer.device)) continue;
      const seq = await this.#replica.unbrokenUpTo(epoch, peer.pulled);
      const id = peer.device.slice('device/'.length);
      out.set(id, Math.max(out.get(id) ?? 0, seq));
    }
    return [...out];
  }

  #now(): number {
    return this.#replica.ports.clock.now();
  }
}

/** Whatever a desk asks for: everything, and who looked at what, is for hubs and vaults. */
const NOT_FOR_DESKS: SyncReply = { status: 403, code: 'scope-not-for-desks' };

function mayHave(session: PeerSession, scope: Scope): boolean {
  return session.role !== 'desk' || scope.kind === 'desk';
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
