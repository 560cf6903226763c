// How a link reaches a hub: one call with a deadline. HTTP in Node and the browser, a queue of messages in the simulator.

export interface TransportReply {
  readonly status: number;
  readonly body: Uint8Array;
  readonly retryAfterSeconds?: number;
}

export interface Transport {
  /** Where it leads, for the status screen. */
  readonly url: string;
  /** Rejects when the hub cannot be reached, when `deadlineMs` passes, and when `cancelled` resolves. */
  call(
    verb: string,
    body: Uint8Array,
    options: { readonly token?: string; readonly deadlineMs: number; readonly cancelled?: Promise<void> },
  ): Promise<TransportReply>;
}

/** Time as a port: the simulator runs weeks in milliseconds. */
export interface Timers {
  sleep(ms: number): Promise<void>;
}
