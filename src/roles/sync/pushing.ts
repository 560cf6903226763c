// The sending side of a link: our own commits to a hub, newest first, in bounded pieces, and only what it lacks.
// It must not know when the link lives.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { decodeCommit } from '#journal/commit.ts';
import { addInterval, type Intervals } from '#journal/intervals.ts';
import type { EpochId } from '#journal/refs.ts';
import type { ChainState } from '#journal/vector.ts';
import { encodeWire, MAX_BATCH_BYTES } from '#journal/wire.ts';
import type { Cancel } from './cancel.ts';
import { BULK_DEADLINE_MS, jitter, Refused, type Conversation } from './conversation.ts';
import type { LinkPorts } from './link-ports.ts';
import type { StatusBoard } from './link-status.ts';
import { offerAnswer, pushAnswer } from './protocol.ts';
import type { Standing } from './standing.ts';

/** Commits looked at for one push. */
const PUSH_COMMITS = 2000;
/** Of our own commits so many go first to a hub that lacks history. */
const NEWEST_COMMITS = 20;
/** Up to so many of our own commits are pushed without asking first. */
const PUSH_WITHOUT_OFFER = 50;
/** How often a piece of which the hub refused a part is sent. */
const PUSH_TRIES = 3;

export class Pushing {
  readonly #ports: LinkPorts;
  readonly #conversation: Conversation;
  readonly #standing: Standing;
  readonly #board: StatusBoard;
  #wake: () => void = () => undefined;

  constructor(ports: LinkPorts, conversation: Conversation, standing: Standing, board: StatusBoard) {
    this.#ports = ports;
    this.#conversation = conversation;
    this.#standing = standing;
    this.#board = board;
  }

  /** There is something new to push. */
  wake(): void {
    this.#wake();
  }

  /** Pushes what is there, then whenever it is woken. @param isOver the connection has ended, or the link was stopped */
  async loop(cancel: Cancel, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await this.pushAll(isOver);
      if (this.#standing.unsent) continue;
      await cancel.during((cancelled) => Promise.race([woken, cancelled]));
    }
  }

  /** @returns how many commits were sent */
  async pushAll(isOver: () => boolean = () => false): Promise<number> {
    const standing = this.#standing;
    let sent = await this.#pushNewest(isOver);
    for (;;) {
      const { offered } = standing.row;
      // What the database shows: a commit that is appended and not yet indexed could not be read, and would be passed over.
      const end = Math.min(this.#ports.replica.position.applied, offered + PUSH_COMMITS);
      if (end <= offered) return sent;
      const numbers: number[] = [];
      for (let n = offered + 1; n <= end; n += 1) if (!standing.cameFromHub(n)) numbers.push(n);
      sent += await this.#pushNumbers(numbers, isOver);
      await standing.save({ ...standing.row, offered: end });
      standing.dropOrigins(end);
      const state = await standing.ask();
      if (numbers.length > 0 && standing.row.offered >= end) await standing.save({ ...standing.row, pushed: state.end });
    }
  }

  /** What was done here last goes before the history that this hub may not have: it is what somebody waits for. */
  async #pushNewest(isOver: () => boolean): Promise<number> {
    const { replica } = this.#ports;
    const own = replica.own;
    const head = own === undefined ? undefined : replica.index.chain(own.epoch)?.headSeq;
    if (own === undefined || head === undefined || replica.position.applied - this.#standing.row.offered <= PUSH_WITHOUT_OFFER) return 0;
    const from = Math.max(1, this.#standing.theirHead + 1, head - NEWEST_COMMITS + 1);
    if (from > head) return 0;
    const numbers = (await replica.index.numbersOfChain(own.epoch, from, head)).filter((n) => n <= replica.position.applied);
    const payloads = await replica.readable(numbers);
    if (payloads.length === 0) return 0;
    await this.#pushPieces(payloads, isOver);
    await this.#standing.ask();
    return payloads.length;
  }

  async #pushNumbers(numbers: readonly number[], isOver: () => boolean): Promise<number> {
    if (numbers.length === 0) return 0;
    const wanted = numbers.length <= PUSH_WITHOUT_OFFER ? numbers : await this.#wanted(numbers);
    return this.#pushPieces(await this.#ports.replica.readable(wanted), isOver);
  }

  /** In pieces of at most 1 MB. */
  async #pushPieces(payloads: readonly Uint8Array[], isOver: () => boolean): Promise<number> {
    for (let i = 0; i < payloads.length;) {
      let bytes = 0;
      const start = i;
      while (i < payloads.length && (i === start || bytes + payloads[i]!.length < MAX_BATCH_BYTES)) {
        bytes += payloads[i]!.length; // i is inside, as in the condition
        i += 1;
      }
      await this.#push(payloads.slice(start, i), isOver);
    }
    return payloads.length;
  }

  async #push(payloads: readonly Uint8Array[], isOver: () => boolean): Promise<void> {
    for (let tries = 1; ;) {
      const reply = await this.#conversation.call('push', encodeWire(payloads), BULK_DEADLINE_MS);
      // Whatever was noted from here on would belong to another connection.
      if (isOver()) throw new Error('hub-silent');
      if (reply.status === 503) {
        // Busy is not down: many came back at once. Wait as told, spread, and try again.
        const wait = (reply.retryAfterSeconds ?? 1) * 1000;
        await this.#ports.timers.sleep(wait + jitter(this.#ports.replica.ports.crypto, wait));
        if (isOver()) throw new Error('hub-silent');
        this.#board.seen();
        continue;
      }
      if (reply.status === 403) throw new Refused(new TextDecoder().decode(reply.body).slice(0, 200));
      if (reply.status !== 200) throw new Error(`push refused with ${reply.status}`);
      this.#board.seen();
      // What came altered at the hub is sent again; what it refuses each time is evidence there, and must not stop the rest.
      if (refusedOf(reply.body) === 0 || tries >= PUSH_TRIES) return;
      tries += 1;
    }
  }

  /** Of these commits, those that the hub says it lacks. */
  async #wanted(numbers: readonly number[]): Promise<readonly number[]> {
    const { replica } = this.#ports;
    const chains = new Map<EpochId, { have: Intervals; head: { seq: number; n: number }; numbers: Map<number, number[]> }>();
    for (const n of numbers) {
      const run = await replica.index.runAt(n);
      if (run === undefined) continue;
      const seq = run.seq0 + n - run.n0;
      const chain = chains.get(run.epoch) ?? { have: [], head: { seq: 0, n: 0 }, numbers: new Map<number, number[]>() };
      chains.set(run.epoch, chain);
      chain.have = addInterval(chain.have, seq, seq);
      if (seq > chain.head.seq) chain.head = { seq, n };
      chain.numbers.set(seq, [...(chain.numbers.get(seq) ?? []), n]);
    }
    const states: [EpochId, ChainState][] = [];
    for (const [epoch, { have, head, numbers: held }] of chains) {
      const [payload] = await replica.readable([head.n]);
      const last = payload === undefined ? undefined : decodeCommit(payload, replica.ports.crypto.sha256);
      // One that the disk no longer gives has no name here: the hub then says what it lacks as if it knew no head.
      const headHash = last?.ok === true ? toBase64Url(last.commit.hash) : '';
      states.push([epoch, { device: replica.index.chain(epoch)?.device ?? '', have, headSeq: head.seq, headHash, count: held.size }]);
    }
    const answer = await this.#conversation.json('offer', { chains: states }, offerAnswer, BULK_DEADLINE_MS);
    const out = new Set<number>();
    for (const [epoch, seqs] of answer.want) {
      const chain = chains.get(epoch as EpochId); // the schema checked the form
      for (const [from, to] of seqs) for (let seq = from; seq <= to; seq += 1) for (const n of chain?.numbers.get(seq) ?? []) out.add(n);
    }
    // Of two histories of a chain an offer names one head: what the other has the hub cannot ask for, and gets all the same.
    for (const [epoch, { numbers: held }] of chains) {
      const forkedAt = replica.index.chain(epoch)?.forkedAt ?? Number.POSITIVE_INFINITY;
      for (const [seq, both] of held) if (seq >= forkedAt) for (const n of both) out.add(n);
    }
    return [...out].sort((a, b) => a - b);
  }
}

/** Commits that the hub did not take for what they should be. */
function refusedOf(body: Uint8Array): number {
  const answer = pushAnswer.safeParse(JSON.parse(new TextDecoder().decode(body)));
  if (!answer.success) throw new Error('hub-damaged-answer');
  return Object.values(answer.data.refused).reduce((sum, count) => sum + count, 0);
}
