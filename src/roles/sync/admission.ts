// How many devices a hub lets in at once, so that its answers stay within the deadline after which a desk takes it for dead.
// It must not know what they bring.

/** Let in at the same time: proven, and not yet through their first push or pull. More are asked to come back. */
export const MAX_ARRIVING = 64;
/** One that has proven itself and goes no further gives its place up. */
const ARRIVING_MS = 5000;
/** Devices served in a second, until it has been seen how many are. */
const FIRST_RATE = 100;
/** Places are promised faster than they were served: a hub that waits for its desks would count as slow, and wait longer. */
const OVERBOOKED = 2;
/** Nobody is sent away for longer: by then it is known how it goes on. */
const MAX_RETRY_SECONDS = 30;

export class Admission {
  /** By device, since when: one that tries again takes no second place. In the order in which they came. */
  readonly #arriving = new Map<string, number>();
  /** Who has arrived in the running second, and how many do so in one. */
  #served = { since: 0, count: 0, rate: FIRST_RATE };
  /** The time up to which places have been promised to those who were sent away. */
  #promised = 0;

  /**
   * For a caller that has proven nothing yet: takes no place, and costs the hub next to nothing while others are being served.
   * @param device who it says that it is: one that has a place already goes on
   * @returns undefined, or in how many seconds it may ask again
   */
  greet(now: number, device?: string): number | undefined {
    this.#dropOld(now);
    if (device !== undefined && this.#arriving.has(device)) return undefined;
    return this.#arriving.size < MAX_ARRIVING ? undefined : this.#later(now);
  }

  /** Takes a place for a device that has proven who it is. @returns undefined, or in how many seconds it may ask again */
  enter(device: string, now: number): number | undefined {
    this.#dropOld(now);
    if (this.#arriving.has(device)) return undefined;
    if (this.#arriving.size >= MAX_ARRIVING) return this.#later(now);
    this.#arriving.set(device, now);
    return undefined;
  }

  /** It has pushed or pulled: its place is free for the next. */
  arrived(device: string, now: number): void {
    if (!this.#arriving.delete(device)) return;
    const { since, count, rate } = this.#served;
    if (now >= since && now - since < 1000) this.#served = { since, count: count + 1, rate };
    else
      this.#served = {
        since: now,
        count: 0,
        rate: now >= since && now - since < 5000 ? Math.max(FIRST_RATE / 5, (rate + ((count + 1) * 1000) / (now - since)) / 2) : rate,
      };
  }

  #dropOld(now: number): void {
    for (const [name, since] of this.#arriving) {
      // One that came later than now came before the clock was set back.
      if (since <= now && since + ARRIVING_MS >= now) break;
      this.#arriving.delete(name);
    }
  }

  /** Each gets a time behind those before. */
  #later(now: number): number {
    const furthest = now + MAX_RETRY_SECONDS * 1000;
    this.#promised = Math.min(furthest, Math.max(now, this.#promised) + 1000 / (OVERBOOKED * this.#served.rate));
    return Math.ceil((this.#promised - now) / 1000);
  }
}
