// Virtual time: one queue of events, run one after the other, all promises settled between two. It must not know what the events do.

export interface Runner {
  /** Resolves when every promise that can go on has gone on (a turn of the engine's own loop). */
  readonly settle: () => Promise<void>;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** A seed of a small world needs some tens of thousands. */
const MAX_STEPS = 400_000;

export class Scheduler {
  readonly #settle: () => Promise<void>;
  /** A binary heap: smallest (at, order) first. */
  readonly #heap: Event[] = [];
  #now: number;
  #shift = 0;
  #order = 0;
  #steps = 0;

  constructor(runner: Runner, startMs: number) {
    this.#settle = runner.settle;
    this.#now = startMs;
  }

  /** True time in milliseconds, which no machine knows exactly. */
  get now(): number {
    return this.#now + this.#shift;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Runs `run` after `delayMs`. @returns a function that calls it off */
  after(delayMs: number, run: () => void): () => void {
    const event: Event = { at: this.#now + Math.max(0, delayMs), order: (this.#order += 1), run, cancelled: false };
    this.#push(event);
    return () => {
      event.cancelled = true;
    };
  }

  /** The whole world stands still for so long: clocks go on, nothing runs (a night, a week with every PC off). */
  leap(ms: number): void {
    this.#shift += ms;
  }

  async settle(): Promise<void> {
    await this.#settle();
  }

  /** Runs everything that is due within the next `ms`. */
  async run(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.#settle();
    for (;;) {
      const next = this.#heap[0];
      if (next === undefined || next.at > until) break;
      this.#pop();
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.at);
      this.#steps += 1;
      if (this.#steps > MAX_STEPS) throw new Error('the world does not come to rest: something repeats itself without waiting');
      next.run();
      await this.#settle();
    }
    this.#now = until;
  }

  /** Runs until `done` says so, looking every `everyMs`, at most `limitMs`. @returns how long it took, or undefined */
  async until(done: () => boolean | Promise<boolean>, limitMs: number, everyMs = 100): Promise<number | undefined> {
    const from = this.#now;
    while (this.#now - from <= limitMs) {
      if (await done()) return this.#now - from;
      await this.run(everyMs);
    }
    return undefined;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    heap.push(event);
    let i = heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(heap[i]!, heap[parent]!)) break; // both are inside
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!]; // both are inside
      i = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      const right = left + 1;
      let least = i;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left; // both are inside
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right; // both are inside
      if (least === i) return;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!]; // both are inside
      i = least;
    }
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
