// How one link stands, for the status screen and for who chooses among the hubs. It must not know how it came about.

export type LinkState = 'connecting' | 'live' | 'down' | 'refused' | 'stopped';

export interface LinkStatus {
  readonly url: string;
  readonly state: LinkState;
  readonly hub: string | undefined;
  readonly name: string | undefined;
  /** Our clock when it last answered. */
  readonly lastSeen: number | undefined;
  /** Hub's clock less ours, milliseconds, when it last said. */
  readonly clockOffsetMs: number | undefined;
  /** Highest seq of our own epoch that the hub holds. */
  readonly heldSeq: number;
  readonly alsoOn: ReadonlyMap<string, number>;
  readonly why: string | undefined;
  /** True while older patients are still being fetched. */
  readonly catchingUp: boolean;
}

/** A link that has not heard its hub yet. */
export function newStatus(url: string, state: LinkState): LinkStatus {
  return {
    url,
    state,
    hub: undefined,
    name: undefined,
    lastSeen: undefined,
    clockOffsetMs: undefined,
    heldSeq: 0,
    alsoOn: new Map(),
    why: undefined,
    catchingUp: false,
  };
}

/** The status of one link, kept up by all parts of it. */
export class StatusBoard {
  readonly #now: () => number;
  readonly #onStatus: () => void;
  #status: LinkStatus;

  constructor(url: string, now: () => number, onStatus: () => void) {
    this.#now = now;
    this.#onStatus = onStatus;
    this.#status = newStatus(url, 'connecting');
  }

  get status(): LinkStatus {
    return this.#status;
  }

  set(change: Partial<LinkStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#onStatus();
  }

  /** The hub has answered just now. */
  seen(): void {
    this.set({ lastSeen: this.#now() });
  }
}
