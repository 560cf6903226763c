// One queue for each replica: one writer, no locks, no half-done command. Work that may share one sync is done in groups.

interface Item<T> {
  readonly run: () => Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export class SerialQueue {
  readonly #first: Item<unknown>[] = [];
  readonly #urgent: Item<unknown>[] = [];
  readonly #items: Item<unknown>[] = [];
  #running = false;

  /** Runs after everything before it in its lane. What a person waits for (`first`) overtakes live work of other desks (`urgent`), and that history. */
  add<T>(run: () => Promise<T>, lane: 'first' | 'urgent' | 'history' = 'history'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const item: Item<T> = { run, resolve, reject };
      const items = lane === 'first' ? this.#first : lane === 'urgent' ? this.#urgent : this.#items;
      items.push(item as Item<unknown>); // resolve takes what run gives
      void this.#drain();
    });
  }

  get length(): number {
    return this.#items.length + this.#urgent.length + this.#first.length;
  }

  async #drain(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const item = this.#first.shift() ?? this.#urgent.shift() ?? this.#items.shift();
      if (item === undefined) break;
      try {
        item.resolve(await item.run());
      } catch (error) {
        item.reject(error);
      }
    }
    this.#running = false;
  }
}
