// The time of one visit: it goes forward by a random number of minutes, and never beyond the end.
import { instant, type Instant } from '#kernel/shared/time.ts';
import type { Random } from './random.ts';
import type { Step } from './visit-commands.ts';

/** Goes forward in time by a random number of minutes. */
export class Timeline {
  #at: number;
  readonly #until: number;
  readonly #random: Random;
  readonly #prefix: string;
  #count = 0;

  constructor(startsAt: Instant, random: Random, prefix: string, until = Number.POSITIVE_INFINITY) {
    this.#at = startsAt;
    this.#until = until;
    this.#random = random;
    this.#prefix = prefix;
  }

  get now(): Instant {
    return instant(this.#at);
  }

  later(lowMinutes: number, highMinutes: number): void {
    this.#at = Math.min(this.#until, this.#at + this.#random.between(lowMinutes * 60, highMinutes * 60) * 1000);
  }

  /** Nothing more can begin: it is `now`. */
  get over(): boolean {
    return this.#at >= this.#until;
  }

  step(what: Pick<Step, 'as' | 'do' | 'with'>): Step {
    this.#count += 1;
    return { at: instant(this.#at), ...what, key: `${this.#prefix}-${this.#count}` };
  }
}
