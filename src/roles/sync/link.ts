// One link to one hub: proves who we are, then keeps the fetching and the sending side going while the hub answers, until stopped.
// It must not know how commits are fetched and sent.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { EpochId } from '#journal/refs.ts';
import { Cancel } from './cancel.ts';
import { Busy, Conversation, jitter, Refused } from './conversation.ts';
import type { LinkPorts, LivePeer } from './link-ports.ts';
import { StatusBoard, type LinkStatus } from './link-status.ts';
import { readPeer } from './peer-table.ts';
import { proofBytes } from './proof.ts';
import * as protocol from './protocol.ts';
import { Pulling } from './pulling.ts';
import { Pushing } from './pushing.ts';
import { Standing, type Yours } from './standing.ts';

/** Waits after a failure: doubled up to this, with up to half added at random so that thousands do not come back at once. */
const MAX_BACKOFF_MS = 5000;
const FIRST_BACKOFF_MS = 250;
/** A deadline that ends this much later than it should was missed by our own busy thread, not by the hub. */
const STALL_MS = 500;

export class Link {
  readonly #ports: LinkPorts;
  readonly #board: StatusBoard;
  readonly #conversation: Conversation;
  readonly #standing: Standing;
  readonly #pulling: Pulling;
  readonly #pushing: Pushing;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.#board = new StatusBoard(
      ports.transport.url,
      () => ports.replica.ports.clock.now(),
      () => ports.onStatus(),
    );
    this.#conversation = new Conversation(ports.transport, () => this.#board.seen());
    this.#standing = new Standing(ports, this.#conversation, this.#board, () => this.#pushing.wake());
    this.#pulling = new Pulling(ports, this.#conversation, this.#standing, this.#board);
    this.#pushing = new Pushing(ports, this.#conversation, this.#standing, this.#board);
  }

  get status(): LinkStatus {
    return this.#board.status;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#pushing.wake();
    this.#board.set({ state: 'stopped' });
  }

  /** There is something new to push. */
  wake(): void {
    this.#pushing.wake();
  }

  async run(): Promise<void> {
    let backoff = FIRST_BACKOFF_MS;
    while (!this.#stopped) {
      try {
        await this.#connect();
        if (this.#stopped) break;
        backoff = FIRST_BACKOFF_MS;
        await this.#live();
      } catch (error) {
        if (this.#stopped) break;
        this.#cancel();
        if (error instanceof Busy) {
          // Busy is not down: the hub was there, and said when.
          this.#board.set({ state: 'connecting', why: error.message, catchingUp: false });
          await this.#ports.timers.sleep(error.waitMs + jitter(this.#ports.replica.ports.crypto, FIRST_BACKOFF_MS * 4)); // the hub has spread them already
          continue;
        }
        this.#board.set({
          state: error instanceof Refused ? 'refused' : 'down',
          why: error instanceof Error ? error.message : String(error),
          catchingUp: false,
        });
        await this.#ports.timers.sleep(backoff + jitter(this.#ports.replica.ports.crypto, backoff / 2));
        backoff = Math.min(MAX_BACKOFF_MS, backoff * 2);
      }
    }
    this.#board.set({ state: 'stopped' });
  }

  /** What hubs hold of an earlier key says nothing of the one that we have now. */
  forgetHeld(): Promise<void> {
    return this.#standing.forgetHeld();
  }

  /** Pushes everything that the hub lacks and fetches everything new, once. @returns what moved */
  async once(): Promise<{ readonly sent: number; readonly received: number }> {
    await this.#connect();
    const sent = this.#ports.pushes ? await this.#pushing.pushAll() : 0;
    await this.#pulling.backfill();
    let received = 0;
    for (;;) {
      const page = await this.#pulling.pull(0);
      received += page.received;
      if (!page.more) break;
    }
    await this.#standing.ask();
    return { sent, received };
  }

  /** Whole units by name, now; false when the hub does not answer. */
  async fetchUnits(units: readonly string[]): Promise<boolean> {
    if (this.#board.status.state !== 'live') return false;
    try {
      await this.#pulling.units(units);
      return true;
    } catch {
      return false; // the link's own loops see what is wrong with the hub
    }
  }

  #asPeer(): LivePeer {
    return {
      hub: this.#standing.row.device,
      busy: () => this.#ports.pushes && this.#standing.unsent,
      ask: (verb, request, { deadlineMs, cancelled }) => this.#conversation.ask(verb, request, deadlineMs, cancelled),
    };
  }

  async #connect(): Promise<void> {
    this.#board.set({ state: 'connecting' });
    const { replica } = this.#ports;
    const own = replica.own;
    if (own === undefined) throw new Error('invariant: a link needs an enrolled device');
    const hello = await this.#conversation.json('hello', { device: own.identity.device }, protocol.helloAnswer);
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
    this.#standing.meet(await readPeer(replica.ports.storage.sql, hello.device));
    await this.#checkHub(hello, answer.signature, mine);
    this.#board.set({ hub: hello.device, name: hello.name });
    const url = this.#ports.announces?.() ?? '';
    if (url !== '') await this.#conversation.bytes('announce', { url }, protocol.DEADLINE_MS);
    const { yours } = await this.#standing.ask();
    if (this.#standing.rolledBack(yours)) await this.#startAnew(yours);
    await this.#beginScope();
  }

  /** A desk that is new to this hub gets the trust streams and follows the log from now on; older patients come by `backfill`. */
  async #beginScope(): Promise<void> {
    const { scope } = this.#ports;
    if (scope.kind === 'all' || this.#standing.row.cursor.n > 0) return;
    const state = await this.#conversation.json('state', { scope }, protocol.stateAnswer);
    await this.#pulling.trustOf();
    await this.#standing.save({ ...this.#standing.row, cursor: state.end });
  }

  /** A hub must prove its key before it gets anything of ours. One that is new here first shows its certificate: the trust streams. */
  async #checkHub(hello: { device: string; epoch: string }, signature: string, mine: Uint8Array): Promise<void> {
    const { replica } = this.#ports;
    const epoch = hello.epoch as EpochId; // the schema checked the form
    const bytes = fromBase64Url(signature);
    if (replica.trust.epoch(epoch) === undefined) await this.#pulling.trustOf();
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
    const isOver = (): boolean => cancel.over || this.#stopped;
    const loops = [this.#heartbeat(cancel, isOver), this.#pulling.tail(cancel, isOver), this.#pulling.backfill(cancel, isOver)];
    if (this.#ports.pushes) loops.push(this.#pushing.loop(cancel, isOver));
    // A hub that is gone is seen by the loops.
    void cancel.during(async (cancelled) => this.#ports.aside?.(this.#asPeer(), cancelled)).catch(() => undefined);
    await cancel.during((cancelled) => Promise.race([Promise.all(loops), cancelled]));
    if (!this.#stopped) throw new Error('hub-silent');
  }

  async #heartbeat(cancel: Cancel, isOver: () => boolean): Promise<void> {
    for (;;) {
      await cancel.during((cancelled) => Promise.race([this.#ports.timers.sleep(protocol.HEARTBEAT_MS), cancelled]));
      if (isOver()) return;
      const state = await this.#beat();
      if (state === undefined) continue;
      const { yours } = state;
      this.#pulling.lookForStuckPull(state.end.n);
      if (this.#standing.rolledBack(yours)) await this.#startAnew(yours);
    }
  }

  /** Asks whether the hub answers in time. Undefined when it was we who were busy, or when it answered something else meanwhile. */
  async #beat(): Promise<{ yours: Yours; end: protocol.Cursor } | undefined> {
    const { clock } = this.#ports.replica.ports;
    const asked = clock.now();
    const question = this.#conversation.questions;
    try {
      return await this.#standing.ask();
    } catch (error) {
      const late = clock.now() - asked > protocol.DEADLINE_MS + STALL_MS;
      // An answer to something asked after this question proves a hub that answers in time; one to something older proves nothing.
      const heard = this.#conversation.answered > question + 1;
      if (late || heard) return undefined;
      throw error;
    }
  }

  /** Our disk was set back, or copied: what this hub holds of us is fetched, and we go on under a new key. */
  async #startAnew(yours: Yours): Promise<never> {
    await this.#pulling.fetchOwnTail(yours);
    await this.#ports.onRollback(yours);
    throw new Error('device-new-epoch'); // the next try proves the new key
  }
}
