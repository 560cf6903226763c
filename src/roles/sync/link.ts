// One link to one hub: prove who we are, push what it lacks, fetch what we lack, tail what is new. Runs until stopped.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';

import { addInterval, unbrokenTo, type Intervals } from '#journal/intervals.ts';
import type { EpochId } from '#journal/refs.ts';
import type { ChainState } from '#journal/vector.ts';
import { decodeWire, encodeWire, MAX_BATCH_BYTES } from '#journal/wire.ts';
import { Cancel } from './cancel.ts';
import { BULK_DEADLINE_MS, Busy, Conversation, jitter, Refused } from './conversation.ts';
import type { LinkPorts, LivePeer } from './link-ports.ts';
import { StatusBoard, type LinkStatus } from './link-status.ts';
import { cover, NEW_CURSOR, readPeer, uncovered, writePeer, type PeerRow } from './peer-table.ts';
import * as protocol from './protocol.ts';
import { proofBytes } from './proof.ts';
import { slices } from './slices.ts';

/** Waits after a failure: doubled up to this, with up to half added at random so that thousands do not come back at once. */
const MAX_BACKOFF_MS = 5000;
const FIRST_BACKOFF_MS = 250;
/** Commits looked at for one push. */
const PUSH_COMMITS = 2000;
/** Of our own commits so many go first to a hub that lacks history. */
const NEWEST_COMMITS = 20;
/** Up to so many of our own commits are pushed without asking first. */
const PUSH_WITHOUT_OFFER = 50;
/** A deadline that ends this much later than it should was missed by our own busy thread, not by the hub. */
const STALL_MS = 500;
/** A page with altered commits is asked for this often before they are left behind as evidence. */
const PULL_TRIES = 3;
/** The smallest page that a slow link is asked for. */
const MIN_PAGE_BYTES = 16 * 1024;
/** The first page of a tail; how fast it is taken in says how large the next may be. */
const FIRST_PAGE_BYTES = 128 * 1024;
/** Taking a page in longer than this keeps the next page, and the live work at its head, waiting. */
const PAGE_MS = 250;
export class Link {
  readonly #ports: LinkPorts;
  readonly #board: StatusBoard;
  readonly #conversation: Conversation;
  #stopped = false;
  #peer: PeerRow | undefined;
  #cameFrom: Intervals = [];
  /** Of our epoch, the highest that the hub has, with or without a gap before it. */
  #theirHead = 0;
  #tries = { n: 0, count: 0 };
  /** The pull that is under way in the tail, and since when the hub is known to have more than it brought. */
  #onePull = new Cancel();
  #lag: { readonly n: number; readonly since: number } | undefined;
  #patienceMs = protocol.HEARTBEAT_MS;
  #pageBytes = MAX_BATCH_BYTES;
  /** Up to where in the hub's log live work came ahead of history, in this connection. */
  #aheadTo = 0;
  #cancel: () => void = () => undefined;
  #wakePush: () => void = () => undefined;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.#board = new StatusBoard(
      ports.transport.url,
      () => ports.replica.ports.clock.now(),
      () => ports.onStatus(),
    );
    this.#conversation = new Conversation(ports.transport, () => this.#board.seen());
  }

  get status(): LinkStatus {
    return this.#board.status;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#wakePush();
    this.#board.set({ state: 'stopped' });
  }

  /** There is something new to push. */
  wake(): void {
    this.#wakePush();
  }

  async run(): Promise<void> {
    let backoff = FIRST_BACKOFF_MS;
    while (!this.#stopped) {
      try {
        await this.#connect();
        backoff = FIRST_BACKOFF_MS;
        await this.#live();
      } catch (error) {
        if (this.#stopped) break;
        this.#cancel();
        if (error instanceof Busy) {
          // Busy is not down: the hub was there, and said when.
          this.#board.set({ state: 'connecting', why: error.message });
          await this.#ports.timers.sleep(error.waitMs + jitter(this.#ports.replica.ports.crypto, FIRST_BACKOFF_MS * 4)); // the hub has spread them already
          continue;
        }
        this.#board.set({
          state: error instanceof Refused ? 'refused' : 'down',
          why: error instanceof Error ? error.message : String(error),
        });
        await this.#ports.timers.sleep(backoff + jitter(this.#ports.replica.ports.crypto, backoff / 2));
        backoff = Math.min(MAX_BACKOFF_MS, backoff * 2);
      }
    }
  }

  /** Pushes everything that the hub lacks and fetches everything new, once. @returns what moved */
  async once(): Promise<{ readonly sent: number; readonly received: number }> {
    await this.#connect();
    const sent = this.#ports.pushes ? await this.#pushAll() : 0;
    await this.#backfill();
    let received = 0;
    for (;;) {
      const page = await this.#pull(0);
      received += page.received;
      if (!page.more) break;
    }
    await this.#askState();
    return { sent, received };
  }

  /** Whole units by name, now; false when the hub does not answer. */
  async fetchUnits(units: readonly string[]): Promise<boolean> {
    if (this.#board.status.state !== 'live') return false;
    try {
      await this.#unitsPage({ units });
      return true;
    } catch {
      return false; // the link's own loops see what is wrong with the hub
    }
  }

  #asPeer(): LivePeer {
    return {
      hub: this.#peerRow().device,
      busy: () => this.#ports.pushes && this.#peerRow().offered < this.#ports.replica.position.applied,
      ask: (verb, request, { deadlineMs, cancelled }) => this.#conversation.ask(verb, request, deadlineMs, cancelled),
    };
  }

  async #connect(): Promise<void> {
    this.#board.set({ state: 'connecting' });
    const { replica } = this.#ports;
    const own = replica.own;
    if (own === undefined) throw new Error('invariant: a link needs an enrolled device');
    const hello = await this.#conversation.json('hello', {}, protocol.helloAnswer);
    if (hello.root !== toBase64Url(replica.root)) throw new Refused('hub-other-hospital');
    const mine = replica.ports.crypto.randomBytes(32);
    const device = own.identity.device.slice('device/'.length);
    const nonce = fromBase64Url(hello.nonce) ?? new Uint8Array(0);
    const introduction = await this.#ports.introduction();
    const answer = await this.#conversation.json(
      'session',
      {
        protocol: protocol.PROTOCOL,
        device,
        epoch: own.epoch,
        nonce: hello.nonce,
        mine: toBase64Url(mine),
        signature: toBase64Url(await own.identity.signer.sign(proofBytes('caller', nonce, device))),
        ...(introduction === undefined ? {} : { introduction: toBase64Url(introduction) }),
      },
      protocol.sessionAnswer,
    );
    this.#conversation.continueAs(answer.token);
    this.#peer = await readPeer(replica.ports.storage.sql, hello.device);
    await this.#checkHub(hello, answer.signature, mine);
    this.#board.set({ hub: hello.device, name: hello.name });
    const url = this.#ports.announces?.() ?? '';
    if (url !== '') await this.#conversation.bytes('announce', { url }, protocol.DEADLINE_MS);
    const { yours } = await this.#askState();
    if (this.#rolledBack(yours)) {
      await this.#fetchOwnTail(yours);
      await this.#ports.onRollback(yours);
      throw new Error('device-new-epoch'); // the next try proves the new key
    }
    await this.#beginScope();
  }

  /** A desk that is new to this hub gets the trust streams and follows the log from now on; older patients come by `#backfill`. */
  async #beginScope(): Promise<void> {
    const { scope } = this.#ports;
    if (scope.kind === 'all' || this.#peerRow().cursor.n > 0) return;
    const state = await this.#conversation.json('state', { scope }, protocol.stateAnswer);
    await this.#unitsPage({ units: ['trust'] });
    await this.#savePeer({ ...this.#peerRow(), cursor: state.end });
  }

  /** A hub must prove its key before it gets anything of ours. One that is new here first shows its certificate: the trust streams. */
  async #checkHub(hello: { device: string; epoch: string }, signature: string, mine: Uint8Array): Promise<void> {
    const { replica } = this.#ports;
    const epoch = hello.epoch as EpochId; // the schema checked the form
    const bytes = fromBase64Url(signature);
    if (replica.trust.epoch(epoch) === undefined) await this.#unitsPage({ units: ['trust'] });
    const trust = replica.trust.epoch(epoch);
    if (trust === undefined || trust.device !== `device/${hello.device}` || replica.trust.isRevoked(trust.device))
      throw new Refused('hub-not-proved');
    if (
      trust.role === 'desk' ||
      bytes === undefined ||
      !(await replica.ports.crypto.verify(trust.publicKey, bytes, proofBytes('hub', mine, hello.device)))
    )
      throw new Refused('hub-not-proved');
  }

  async #live(): Promise<void> {
    // A loop that still waits for an answer when its connection ends must not go on in the next one: each connection has its own.
    const cancel = new Cancel();
    this.#cancel = () => cancel.end();
    this.#board.set({ state: 'live', why: undefined });
    const loops = [this.#heartbeat(cancel), this.#tail(cancel), this.#backfill(cancel)];
    if (this.#ports.pushes) loops.push(this.#pushLoop(cancel));
    // A hub that is gone is seen by the loops.
    void cancel.during(async (cancelled) => this.#ports.aside?.(this.#asPeer(), cancelled)).catch(() => undefined);
    await cancel.during((cancelled) => Promise.race([Promise.all(loops), cancelled]));
    if (!this.#stopped) throw new Error('hub-silent');
  }

  async #heartbeat(cancel: Cancel): Promise<void> {
    for (;;) {
      await cancel.during((cancelled) => Promise.race([this.#ports.timers.sleep(protocol.HEARTBEAT_MS), cancelled]));
      if (this.#isOver(cancel)) return;
      const state = await this.#beat();
      if (state === undefined) continue;
      const { yours } = state;
      this.#lookForStuckPull(state.end.n);
      if (this.#rolledBack(yours)) {
        await this.#fetchOwnTail(yours);
        await this.#ports.onRollback(yours);
        throw new Error('device-new-epoch');
      }
    }
  }

  /** Asks whether the hub answers in time. Undefined when it was we who were busy, or when it answered something else meanwhile. */
  async #beat(): Promise<{ yours: [EpochId, ChainState][]; end: protocol.Cursor } | undefined> {
    const { clock } = this.#ports.replica.ports;
    const asked = clock.now();
    const question = this.#conversation.questions;
    try {
      return await this.#askState();
    } catch (error) {
      const late = clock.now() - asked > protocol.DEADLINE_MS + STALL_MS;
      // An answer to something asked after this question proves a hub that answers in time; one to something older proves nothing.
      const heard = this.#conversation.answered > question + 1;
      if (late || heard) return undefined;
      throw error;
    }
  }

  #isOver(cancel: Cancel): boolean {
    return cancel.over || this.#stopped;
  }

  /** The hub has more than we follow, for a while now, and the pull that should bring it does not end: its answer was lost. */
  #lookForStuckPull(end: number): void {
    const now = this.#ports.replica.ports.clock.now();
    const { n } = this.#peerRow().cursor;
    if (end <= n) this.#lag = undefined;
    else if (this.#lag?.n !== n || this.#lag.since > now) this.#lag = { n, since: now };
    else if (now - this.#lag.since >= this.#patienceMs) {
      this.#lag = undefined;
      this.#onePull.end();
    }
  }

  async #tail(cancel: Cancel): Promise<void> {
    this.#pageBytes = FIRST_PAGE_BYTES;
    this.#aheadTo = 0;
    while (!this.#isOver(cancel)) {
      const onePull = new Cancel();
      this.#onePull = onePull;
      try {
        const { tookMs } = await cancel.during((cancelled) =>
          onePull.during((stuck) => this.#pull(protocol.TAIL_WAIT_MS, Promise.race([cancelled, stuck]))),
        );
        this.#patienceMs = protocol.HEARTBEAT_MS;
        // Live work comes at the head of the next page: no page may take long.
        if (tookMs > PAGE_MS) this.#pageBytes = Math.max(MIN_PAGE_BYTES, Math.floor(this.#pageBytes / 2));
        else this.#pageBytes = Math.min(MAX_BATCH_BYTES, this.#pageBytes * 2);
      } catch (error) {
        if (!onePull.over || this.#isOver(cancel)) throw error;
        // Asked again for less and with more patience: a slow link is not a lost answer.
        this.#patienceMs *= 2;
        this.#pageBytes = Math.max(MIN_PAGE_BYTES, Math.floor(this.#pageBytes / 4));
      }
    }
  }

  async #pushLoop(cancel: Cancel): Promise<void> {
    while (!this.#isOver(cancel)) {
      const woken = new Promise<void>((resolve) => {
        this.#wakePush = resolve;
      });
      await this.#pushAll();
      if (this.#peerRow().offered < this.#ports.replica.position.applied) continue;
      await cancel.during((cancelled) => Promise.race([woken, cancelled]));
    }
  }

  async #askState(): Promise<{ yours: [EpochId, ChainState][]; end: protocol.Cursor }> {
    const peer = this.#peerRow();
    const state = await this.#conversation.json(
      'state',
      {
        scope: this.#ports.scope,
        ...(peer.cursor.n === 0 ? {} : { cursor: peer.cursor }),
        ...(peer.pushed === undefined ? {} : { pushed: peer.pushed }),
      },
      protocol.stateAnswer,
    );
    if (!state.pushedHeld) {
      // It was restored to a picture from before our push: what it has forgotten is offered again.
      const { pushed: _forgotten, ...rest } = this.#peerRow();
      await this.#savePeer({ ...rest, offered: 0, acknowledged: 0 });
      this.#cameFrom = [];
      this.#wakePush();
    }
    if (!state.cursorValid) {
      // The hub's log is not the one that we followed: it was restored. It gets everything that we hold, and is read from the start.
      await this.#savePeer({ device: peer.device, cursor: NEW_CURSOR, offered: 0, acknowledged: 0, scope: '' });
      this.#cameFrom = [];
      this.#wakePush();
    }
    const epoch = this.#ports.replica.own?.epoch;
    const yours = state.yours.map(([id, chain]): [EpochId, ChainState] => [id as EpochId, chain]); // the schema checked the form
    const held = yours.find(([id]) => id === epoch)?.[1];
    // Paper or what was pushed first may be there before what comes before it: only what is there without a gap is held.
    const heldSeq = unbrokenTo(held?.have ?? []);
    this.#theirHead = held?.headSeq ?? 0;
    // Kept, so that a desk that starts with no hub in reach still knows what it need not call unsent.
    if (heldSeq !== this.#peerRow().acknowledged) await this.#savePeer({ ...this.#peerRow(), acknowledged: heldSeq });
    this.#board.set({ heldSeq, alsoOn: new Map(state.alsoOn), clockOffsetMs: state.now - this.#ports.replica.ports.clock.now() });
    this.#ports.onHubs(state.hubs, state.unreachable);
    return { yours, end: state.end };
  }

  /** Does the hub hold of our current epoch what we do not: more, or something else at the same place? */
  #rolledBack(yours: readonly (readonly [EpochId, ChainState])[]): boolean {
    const own = this.#ports.replica.own;
    if (own === undefined) return false;
    const theirs = yours.find(([epoch]) => epoch === own.epoch)?.[1];
    if (theirs === undefined) return false;
    const mine = this.#ports.replica.index.chain(own.epoch);
    if (theirs.forkedAt !== undefined || mine?.forkedAt !== undefined) return true;
    if (mine === undefined || theirs.headSeq > mine.headSeq) return true;
    return theirs.headSeq === mine.headSeq && theirs.headHash !== mine.headHash;
  }

  async #fetchOwnTail(yours: readonly (readonly [EpochId, ChainState])[]): Promise<void> {
    const reply = await this.#conversation.bytes('fetch', { want: yours.map(([epoch, state]) => [epoch, state.have]) });
    const wire = decodeWire(reply);
    if (wire.ok) await this.#ports.replica.ingest(wire.payloads, { live: true });
  }

  async #pull(waitMs: number, cancelled?: Promise<void>): Promise<{ received: number; more: boolean; tookMs: number }> {
    const peer = this.#peerRow();
    const { clock } = this.#ports.replica.ports;
    const request = { cursor: peer.cursor, scope: this.#ports.scope, waitMs, maxBytes: this.#pageBytes, aheadTo: this.#aheadTo };
    const reply = await this.#conversation.bytes('pull', request, waitMs + BULK_DEADLINE_MS, cancelled);
    const began = clock.now();
    const page = protocol.decodeWithMeta(protocol.pullMeta, reply);
    const wire = page === undefined ? undefined : decodeWire(page.wire);
    if (page === undefined || wire === undefined || !wire.ok) throw new Error('hub-damaged-answer');
    const { cursor, units, more, whole = [], ahead = { commits: 0, units: 0, to: 0 } } = page.meta;
    await this.#fetchUncovered(units.slice(0, ahead.units));
    const live = await this.#take(wire.payloads.slice(0, ahead.commits), true);
    // What came altered is fetched again, live work too: it comes once more in its order.
    this.#aheadTo = Math.max(this.#aheadTo, ahead.to);
    await this.#fetchUncovered(units.slice(ahead.units));
    const rest = wire.payloads.slice(ahead.commits);
    const then = await this.#take(rest, !more && rest.length < PUSH_WITHOUT_OFFER);
    if (live.refused + then.refused === 0) await cover(this.#ports.replica.ports.storage.sql, whole);
    const received = live.accepted + then.accepted;
    const tookMs = clock.now() - began;
    if (then.refused > 0 && this.#againAt(peer.cursor.n)) return { received, more: true, tookMs };
    await this.#savePeer({ ...this.#peerRow(), cursor });
    this.#board.seen();
    return { received, more, tookMs };
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
        this.#cameFrom = addInterval(this.#cameFrom, report.lastN - report.accepted.length + 1, report.lastN);
      accepted += report.accepted.length;
      for (const count of Object.values(report.refused)) refused += count;
    }
    return { accepted, refused };
  }

  /** A patient that enters the scope is fetched whole first, so that nothing is shown or decided on a part. */
  async #fetchUncovered(units: readonly string[]): Promise<void> {
    if (this.#ports.scope.kind === 'all' || units.length === 0) return;
    const missing = await uncovered(this.#ports.replica.ports.storage.sql, units);
    for (let i = 0; i < missing.length;) {
      const page = await this.#unitsPage({ units: missing.slice(i, i + protocol.MAX_UNITS) });
      if (page.units.length === 0) break;
      i += page.units.length;
    }
  }

  /** The patients of a desk's scope, page by page; broken off, it goes on where it was. */
  async #backfill(cancel: Cancel = new Cancel()): Promise<void> {
    const { scope } = this.#ports;
    const name = JSON.stringify(scope);
    const done = this.#peerRow().scope;
    if (scope.kind === 'all' || done === name) return;
    this.#board.set({ catchingUp: true });
    let after = done.startsWith(`${name} after `) ? done.slice(`${name} after `.length) : undefined;
    for (;;) {
      const page = await cancel.during((cancelled) => this.#unitsPage({ scope, ...(after === undefined ? {} : { after }) }, cancelled));
      if (page.next === null) break;
      after = page.next;
      await this.#savePeer({ ...this.#peerRow(), scope: `${name} after ${after}` });
    }
    await this.#savePeer({ ...this.#peerRow(), scope: name });
    this.#board.set({ catchingUp: false });
  }

  async #unitsPage(request: object, cancelled?: Promise<void>): Promise<{ units: readonly string[]; next: string | null }> {
    const reply = await this.#conversation.bytes('units', request, BULK_DEADLINE_MS, cancelled);
    const page = protocol.decodeWithMeta(protocol.unitsMeta, reply);
    const wire = page === undefined ? undefined : decodeWire(page.wire);
    if (page === undefined || wire === undefined || !wire.ok) throw new Error('hub-damaged-answer');
    const { refused } = await this.#take(wire.payloads, wire.payloads.length < PUSH_WITHOUT_OFFER);
    // A patient of whom a part was altered on the way is not held whole.
    if (refused === 0) await cover(this.#ports.replica.ports.storage.sql, page.meta.units);
    return page.meta;
  }

  /** What was done here last goes before the history that this hub may not have: it is what somebody waits for. */
  async #pushNewest(): Promise<number> {
    const { replica } = this.#ports;
    const own = replica.own;
    const head = own === undefined ? undefined : replica.index.chain(own.epoch)?.headSeq;
    if (own === undefined || head === undefined || replica.position.applied - this.#peerRow().offered <= PUSH_WITHOUT_OFFER) return 0;
    const from = Math.max(1, this.#theirHead + 1, head - NEWEST_COMMITS + 1);
    if (from > head) return 0;
    const numbers = (await replica.index.numbersOfChain(own.epoch, from, head)).filter((n) => n <= replica.position.applied);
    const payloads = await replica.readable(numbers);
    if (payloads.length === 0) return 0;
    await this.#push(payloads);
    await this.#askState();
    return payloads.length;
  }

  async #pushAll(): Promise<number> {
    let sent = await this.#pushNewest();
    for (;;) {
      const { offered } = this.#peerRow();
      // What the database shows: a commit that is appended and not yet indexed could not be read, and would be passed over.
      const end = Math.min(this.#ports.replica.position.applied, offered + PUSH_COMMITS);
      if (end <= offered) return sent;
      const numbers: number[] = [];
      for (let n = offered + 1; n <= end; n += 1) if (!this.#cameFrom.some(([from, to]) => from <= n && n <= to)) numbers.push(n);
      sent += await this.#pushNumbers(numbers);
      await this.#savePeer({ ...this.#peerRow(), offered: end });
      this.#cameFrom = this.#cameFrom.filter(([, to]) => to > end);
      const state = await this.#askState();
      if (numbers.length > 0 && this.#peerRow().offered >= end) await this.#savePeer({ ...this.#peerRow(), pushed: state.end });
    }
  }

  async #pushNumbers(numbers: readonly number[]): Promise<number> {
    if (numbers.length === 0) return 0;
    const wanted = numbers.length <= PUSH_WITHOUT_OFFER ? numbers : await this.#wanted(numbers);
    const payloads = await this.#ports.replica.readable(wanted);
    for (let i = 0; i < payloads.length;) {
      let bytes = 0;
      const start = i;
      while (i < payloads.length && (i === start || bytes + payloads[i]!.length < MAX_BATCH_BYTES)) {
        bytes += payloads[i]!.length; // i is inside, as in the condition
        i += 1;
      }
      await this.#push(payloads.slice(start, i));
    }
    return payloads.length;
  }

  async #push(payloads: readonly Uint8Array[]): Promise<void> {
    for (;;) {
      const reply = await this.#conversation.call('push', encodeWire(payloads), BULK_DEADLINE_MS);
      if (reply.status === 503) {
        // Busy is not down: many came back at once. Wait as told, spread, and try again.
        const wait = (reply.retryAfterSeconds ?? 1) * 1000;
        await this.#ports.timers.sleep(wait + jitter(this.#ports.replica.ports.crypto, wait));
        this.#board.seen();
        continue;
      }
      if (reply.status !== 200) throw new Error(`push refused with ${reply.status}`);
      this.#board.seen();
      return;
    }
  }

  /** Of these commits, those that the hub says it lacks. */
  async #wanted(numbers: readonly number[]): Promise<readonly number[]> {
    const { replica } = this.#ports;
    const chains = new Map<EpochId, { state: ChainState; numbers: Map<number, number[]> }>();
    for (const n of numbers) {
      const run = await replica.index.runAt(n);
      if (run === undefined) continue;
      const seq = run.seq0 + n - run.n0;
      const held = replica.index.chain(run.epoch);
      const chain = chains.get(run.epoch) ?? {
        state: { device: held?.device ?? '', have: [], headSeq: 0, headHash: '', count: 0 },
        numbers: new Map<number, number[]>(),
      };
      const have = addInterval(chain.state.have, seq, seq);
      const newHead = seq > chain.state.headSeq;
      const headHash = newHead ? toBase64Url((await replica.commits([n]))[0]?.hash ?? new Uint8Array(0)) : chain.state.headHash;
      chains.set(run.epoch, {
        state: { ...chain.state, have, headSeq: Math.max(seq, chain.state.headSeq), headHash, count: chain.state.count + 1 },
        numbers: chain.numbers,
      });
      chain.numbers.set(seq, [...(chain.numbers.get(seq) ?? []), n]);
    }
    const answer = await this.#conversation.json(
      'offer',
      { chains: [...chains].map(([epoch, chain]) => [epoch, chain.state]) },
      protocol.offerAnswer,
      BULK_DEADLINE_MS,
    );
    const out: number[] = [];
    for (const [epoch, seqs] of answer.want) {
      const chain = chains.get(epoch as EpochId); // the schema checked the form
      for (const [from, to] of seqs) for (let seq = from; seq <= to; seq += 1) out.push(...(chain?.numbers.get(seq) ?? []));
    }
    return out.sort((a, b) => a - b);
  }

  #peerRow(): PeerRow {
    if (this.#peer === undefined) throw new Error('invariant: connected before use');
    return this.#peer;
  }

  async #savePeer(peer: PeerRow): Promise<void> {
    this.#peer = peer;
    await writePeer(this.#ports.replica.ports.storage.sql, peer);
  }
}
