// The end of a connection, told to whoever waits on it. It must not know what they wait for.

/**
 * A promise that lives as long as a connection would keep every reaction ever hung on it: a link that is live for weeks would
 * grow with each pull. So each wait gets a promise of its own.
 */
export class Cancel {
  readonly #waiting = new Set<() => void>();
  #over = false;

  get over(): boolean {
    return this.#over;
  }

  /** Waits going on now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  end(): void {
    this.#over = true;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** @param run gets a promise that resolves when the connection ends while it runs */
  async during<T>(run: (cancelled: Promise<void>) => Promise<T>): Promise<T> {
    let resolve: () => void = () => undefined;
    const cancelled = new Promise<void>((done) => {
      resolve = done;
    });
    if (this.#over) resolve();
    else this.#waiting.add(resolve);
    try {
      return await run(cancelled);
    } finally {
      this.#waiting.delete(resolve);
    }
  }
}
