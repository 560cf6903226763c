// How a hub and we stand to each other: what each holds of the other's commits, and whether one of us was restored. The one owner
// of the hub's peer row. It must not know how commits travel.
import { addInterval, unbrokenTo, type Intervals } from '#journal/intervals.ts';
import type { EpochId } from '#journal/refs.ts';
import type { ChainState } from '#journal/vector.ts';
import type { Conversation } from './conversation.ts';
import type { LinkPorts } from './link-ports.ts';
import type { StatusBoard } from './link-status.ts';
import { NEW_CURSOR, writePeer, type PeerRow } from './peer-table.ts';
import { stateAnswer, type Cursor } from './protocol.ts';

/** What the hub holds of this device: all its epochs. */
export type Yours = readonly (readonly [EpochId, ChainState])[];

export class Standing {
  readonly #ports: LinkPorts;
  readonly #conversation: Conversation;
  readonly #board: StatusBoard;
  readonly #onForgotten: () => void;
  #row: PeerRow | undefined;
  /** Of our own log, by receipt number, what this hub gave us and need not be offered. */
  #cameFrom: Intervals = [];
  /** Of our epoch, the highest that the hub has, with or without a gap before it. */
  #theirHead = 0;

  /** @param onForgotten the hub has lost what we gave it: there is something to push again */
  constructor(ports: LinkPorts, conversation: Conversation, board: StatusBoard, onForgotten: () => void) {
    this.#ports = ports;
    this.#conversation = conversation;
    this.#board = board;
    this.#onForgotten = onForgotten;
  }

  get row(): PeerRow {
    if (this.#row === undefined) throw new Error('invariant: connected before use');
    return this.#row;
  }

  get theirHead(): number {
    return this.#theirHead;
  }

  /** Own commits wait to be offered. */
  get unsent(): boolean {
    return this.row.offered < this.#ports.replica.position.applied;
  }

  /** From now on it is about this hub, as remembered. */
  meet(row: PeerRow): void {
    if (this.#row?.device !== row.device) {
      this.#cameFrom = [];
      this.#theirHead = 0;
    }
    this.#row = row;
  }

  /** We have a new key: nobody holds anything of it yet. */
  async forgetHeld(): Promise<void> {
    this.#theirHead = 0;
    this.#board.set({ heldSeq: 0, alsoOn: new Map() });
    if (this.#row !== undefined) await this.save({ ...this.#row, acknowledged: 0 });
  }

  async save(row: PeerRow): Promise<void> {
    this.#row = row;
    await writePeer(this.#ports.replica.ports.storage.sql, row);
  }

  cameFromHub(n: number): boolean {
    return this.#cameFrom.some(([from, to]) => from <= n && n <= to);
  }

  addOrigin(from: number, to: number): void {
    // Who pushes nothing need not know what not to push.
    if (this.#ports.pushes) this.#cameFrom = addInterval(this.#cameFrom, from, to);
  }

  /** Up to there all has been offered. */
  dropOrigins(upTo: number): void {
    this.#cameFrom = this.#cameFrom.filter(([, to]) => to > upTo);
  }

  /** Asks the hub, and notes what it says. */
  async ask(): Promise<{ yours: Yours; end: Cursor }> {
    const peer = this.row;
    const state = await this.#conversation.json(
      'state',
      {
        scope: this.#ports.scope,
        ...(peer.cursor.n === 0 ? {} : { cursor: peer.cursor }),
        ...(peer.pushed === undefined ? {} : { pushed: peer.pushed }),
      },
      stateAnswer,
    );
    if (!state.pushedHeld) {
      // It was restored to a picture from before our push: what it has forgotten is offered again.
      const { pushed: _forgotten, ...rest } = this.row;
      await this.#offerAgain({ ...rest, offered: 0, acknowledged: 0 });
    }
    if (!state.cursorValid) {
      // The hub's log is not the one that we followed: it was restored. It gets everything that we hold, and is read from the start.
      await this.#offerAgain({ device: peer.device, cursor: NEW_CURSOR, offered: 0, acknowledged: 0, scope: '' });
    }
    const epoch = this.#ports.replica.own?.epoch;
    const yours = state.yours.map(([id, chain]): [EpochId, ChainState] => [id as EpochId, chain]); // the schema checked the form
    const held = yours.find(([id]) => id === epoch)?.[1];
    // Paper or what was pushed first may be there before what comes before it: only what is there without a gap is held.
    const heldSeq = unbrokenTo(held?.have ?? []);
    this.#theirHead = held?.headSeq ?? 0;
    // Kept, so that a desk that starts with no hub in reach still knows what it need not call unsent.
    if (heldSeq !== this.row.acknowledged) await this.save({ ...this.row, acknowledged: heldSeq });
    this.#board.set({ heldSeq, alsoOn: new Map(state.alsoOn), clockOffsetMs: state.now - this.#ports.replica.ports.clock.now() });
    this.#ports.onHubs(state.hubs, state.unreachable);
    return { yours, end: state.end };
  }

  /** Does the hub hold of our current epoch what we do not: more, or something else at the same place? */
  rolledBack(yours: Yours): boolean {
    const own = this.#ports.replica.own;
    if (own === undefined) return false;
    const theirs = yours.find(([epoch]) => epoch === own.epoch)?.[1];
    if (theirs === undefined) return false;
    const mine = this.#ports.replica.index.chain(own.epoch);
    if (theirs.forkedAt !== undefined || mine?.forkedAt !== undefined) return true;
    if (mine === undefined || theirs.headSeq > mine.headSeq) return true;
    return theirs.headSeq === mine.headSeq && theirs.headHash !== mine.headHash;
  }

  async #offerAgain(row: PeerRow): Promise<void> {
    await this.save(row);
    this.#cameFrom = [];
    this.#onForgotten();
  }
}
