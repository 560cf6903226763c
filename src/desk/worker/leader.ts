// Which tab owns the worker: the one that holds a Web Lock; the others wait in line for it. It must not know what the worker does.
import { BEAT_MS, type Message, type Wire } from './rpc.ts';

export const LEADER_LOCK = 'nirantar-desk-leader';
/** A worker that fell over is made again after this long, and then less and less often. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
/** A rebuild may keep the worker busy for long; only one that has been silent for this long is taken for dead. */
const DEAD_AFTER_MS = 120 * BEAT_MS;
/** How long a worker that steps down may take to finish what it writes. */
const STOP_WITHIN_MS = 1_000;

/** The part of `Worker` that is needed. */
export interface WorkerHandle {
  terminate(): void;
  postMessage(message: unknown): void;
  addEventListener(kind: 'error' | 'message', listener: (event: unknown) => void): void;
}

/** The part of `navigator.locks` that is needed. */
export interface Locks {
  request(name: string, options: { readonly signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>;
}

export interface Candidate {
  readonly locks: Locks;
  readonly wire: Wire;
  readonly spawn: () => WorkerHandle;
  /** Time of the build, milliseconds: a tab of a newer one asks an older leader to step down. */
  readonly build: number;
  readonly now: () => number;
  readonly onRole: (role: 'leader' | 'follower') => void;
}

/** Sent to the worker before it is ended in peace; it answers `stopped`. */
export const STOP = 'stop';
export const STOPPED = 'stopped';

export interface Candidacy {
  /** Gives the lock back and ends the worker at once: the page goes away. */
  leave(): void;
  /** In line again, after a page came back from the browser's memory. */
  stand(): void;
}

export function standForLeader(candidate: Candidate): Candidacy {
  let line: AbortController | undefined;
  let term: Term | undefined;

  async function waitInLine(controller: AbortController): Promise<void> {
    while (!controller.signal.aborted) {
      try {
        await candidate.locks.request(LEADER_LOCK, { signal: controller.signal }, async () => {
          if (controller.signal.aborted) return;
          term = new Term(candidate);
          candidate.onRole('leader');
          await term.ended;
        });
      } catch (error) {
        if (controller.signal.aborted) return;
        throw error;
      } finally {
        term = undefined;
        candidate.onRole('follower');
      }
    }
  }

  function stand(): void {
    if (line !== undefined) return;
    line = new AbortController();
    void waitInLine(line);
  }

  candidate.wire.listen((message) => {
    if (message.kind === 'step-down' && message.build > candidate.build) void term?.stepDown();
    // A worker of an older build answers while this tab is newer: its words may not be ours.
    if ((message.kind === 'ready' || message.kind === 'opening') && message.build < candidate.build) {
      candidate.wire.post({ kind: 'step-down', build: candidate.build });
    }
    term?.hear(message);
  });
  stand();
  return {
    stand,
    leave() {
      line?.abort();
      line = undefined;
      term?.end();
    },
  };
}

/** One tab's time as leader: one worker at a time, made again when it falls over. */
class Term {
  readonly ended: Promise<void>;
  readonly #candidate: Candidate;
  readonly #watch: ReturnType<typeof setInterval>;
  #end: () => void = () => undefined;
  #over = false;
  #worker: WorkerHandle;
  #heardAt: number;
  #retryMs = FIRST_RETRY_MS;

  constructor(candidate: Candidate) {
    this.#candidate = candidate;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#heardAt = candidate.now();
    this.#worker = this.#spawn();
    this.#watch = setInterval(() => {
      if (candidate.now() - this.#heardAt > DEAD_AFTER_MS) this.#again();
    }, BEAT_MS);
  }

  hear(message: Message): void {
    if (message.kind !== 'ready' && message.kind !== 'opening') return;
    this.#heardAt = this.#candidate.now();
    if (message.kind === 'ready') this.#retryMs = FIRST_RETRY_MS;
  }

  async stepDown(): Promise<void> {
    if (this.#over) return;
    const stopped = new Promise<void>((resolve) => {
      this.#worker.addEventListener('message', (event) => {
        if (typeof event === 'object' && event !== null && 'data' in event && event.data === STOPPED) resolve();
      });
      setTimeout(resolve, STOP_WITHIN_MS);
    });
    this.#worker.postMessage(STOP);
    await stopped;
    this.end();
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#watch);
    this.#worker.terminate();
    this.#end();
  }

  #spawn(): WorkerHandle {
    const worker = this.#candidate.spawn();
    // Only what kills the worker comes here: it could not be loaded, or threw outside of any call while starting.
    worker.addEventListener('error', () => {
      if (worker === this.#worker) this.#again();
    });
    return worker;
  }

  #again(): void {
    if (this.#over) return;
    this.#worker.terminate();
    this.#heardAt = this.#candidate.now();
    const wait = this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, wait * 2);
    setTimeout(() => {
      if (!this.#over) this.#worker = this.#spawn();
    }, wait);
  }
}
