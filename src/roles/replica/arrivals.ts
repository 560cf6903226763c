// Live work of others that arrives at the same moment, taken in together: one append, one sync, one transaction.
import { ingest, ingestTogether, type Arrival, type IngestPorts, type IngestReport } from './ingest.ts';
import type { SerialQueue } from './queue.ts';

/** Commits of one group, and so of one transaction. */
const GROUP_COMMITS = 500;

interface Pending extends Arrival {
  readonly resolve: (report: IngestReport) => void;
  readonly reject: (error: unknown) => void;
}

export interface ArrivalPorts {
  readonly queue: SerialQueue;
  /** Before anything is done: opens again what a failure left behind. */
  readonly mend: () => Promise<void>;
  readonly ingestPorts: (live: boolean) => IngestPorts;
  /** Told of everything that was accepted. */
  readonly accepted: (report: IngestReport) => void;
}

export class Arrivals {
  readonly #ports: ArrivalPorts;
  readonly #pending: Pending[] = [];

  constructor(ports: ArrivalPorts) {
    this.#ports = ports;
  }

  /** Somebody waits for it: shares its sync with what comes meanwhile. */
  live(arrival: Arrival): Promise<IngestReport> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ ...arrival, resolve, reject });
      if (this.#pending.length === 1) this.#takeInSoon();
    });
  }

  /** Nobody waits for it: behind all live work, one after the other. */
  history(arrival: Arrival): Promise<IngestReport> {
    return this.#ports.queue.add(() => this.#alone(arrival, false), 'history');
  }

  #takeInSoon(): void {
    void this.#ports.queue.add(() => this.#takeIn(), 'urgent').catch(() => undefined); // each sender was told
  }

  async #takeIn(): Promise<void> {
    let commits = 0;
    let count = 0;
    for (const { payloads } of this.#pending) {
      commits += payloads.length;
      if (count > 0 && commits > GROUP_COMMITS) break;
      count += 1;
    }
    const group = this.#pending.splice(0, count);
    if (this.#pending.length > 0) this.#takeInSoon();
    try {
      await this.#ports.mend();
      const together = group.length > 1 ? await ingestTogether(group, this.#ports.ingestPorts(true)) : [];
      for (const report of together) if (report !== undefined) this.#ports.accepted(report);
      for (const [i, arrival] of group.entries()) arrival.resolve(together[i] ?? (await this.#alone(arrival, true)));
    } catch (error) {
      // Those that were answered stay answered.
      for (const arrival of group) arrival.reject(error);
    }
  }

  async #alone({ payloads, from }: Arrival, live: boolean): Promise<IngestReport> {
    await this.#ports.mend();
    const report = await ingest(payloads, this.#ports.ingestPorts(live), from);
    this.#ports.accepted(report);
    return report;
  }
}
