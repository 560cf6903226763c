// The network between machines: calls that are late, lost, doubled, cut, damaged. It must not know what the messages mean.
import type { Transport, TransportReply } from '#roles/sync/transport.ts';
import type { Random } from '#importers/synthetic/random.ts';
import type { Incarnation } from './disk.ts';
import type { Scheduler } from './scheduler.ts';

export interface Served {
  readonly status: number;
  readonly body: Uint8Array;
  readonly retryAfterSeconds?: number;
}

export interface Endpoint {
  readonly life: Incarnation;
  serve(verb: string, token: string | undefined, body: Uint8Array, aborted: Promise<void>): Promise<Served>;
}

/** How one direction between two machines behaves. */
export interface Wire {
  cut: boolean;
  delayMs: number;
  jitterMs: number;
  /** Of each message, 0 to 1. */
  loss: number;
  double: number;
  damage: number;
  bytesPerSecond: number;
}

export function goodWire(): Wire {
  return { cut: false, delayMs: 2, jitterMs: 3, loss: 0, double: 0, damage: 0, bytesPerSecond: Infinity };
}

export interface NetworkCounts {
  messages: number;
  lost: number;
  doubled: number;
  damaged: number;
}

/** Changes bytes on their way, as a bad cable or somebody between would. */
export type Damage = (verb: string, bytes: Uint8Array, random: Random) => Uint8Array;

export class Network {
  readonly counts: NetworkCounts = { messages: 0, lost: 0, doubled: 0, damaged: 0 };
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #damage: Damage;
  readonly #wires = new Map<string, Wire>();
  readonly #endpoints = new Map<string, Endpoint>();

  constructor(scheduler: Scheduler, random: Random, damage: Damage) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#damage = damage;
  }

  wire(from: string, to: string): Wire {
    const name = `${from}>${to}`;
    const known = this.#wires.get(name);
    if (known !== undefined) return known;
    const made = goodWire();
    this.#wires.set(name, made);
    return made;
  }

  /** Everything works again. */
  heal(): void {
    this.#wires.clear();
  }

  open(name: string, endpoint: Endpoint): void {
    this.#endpoints.set(name, endpoint);
  }

  close(name: string): void {
    this.#endpoints.delete(name);
  }

  transport(from: string, life: Incarnation, to: string): Transport {
    return {
      url: `http://${to}`,
      call: (verb, body, options) =>
        new Promise<TransportReply>((resolve, reject) => {
          let gone: () => void = () => undefined;
          const aborted = new Promise<void>((done) => {
            gone = done;
          });
          const end = (finish: () => void): void => {
            gone();
            cancelDeadline();
            if (life.alive) finish();
          };
          const cancelDeadline = this.#scheduler.after(options.deadlineMs, () => end(() => reject(new Error('deadline'))));
          void options.cancelled?.then(() => end(() => reject(new Error('cancelled'))));
          const answer = (reply: Served | undefined): void =>
            end(() => (reply === undefined ? reject(new Error('refused')) : resolve(reply)));
          this.#send(from, to, verb, body, (arrived) => this.#deliver(from, to, verb, options.token, arrived, aborted, answer));
        }),
    };
  }

  #deliver(
    from: string,
    to: string,
    verb: string,
    token: string | undefined,
    body: Uint8Array,
    aborted: Promise<void>,
    answer: (reply: Served | undefined) => void,
  ): void {
    const endpoint = this.#endpoints.get(to);
    if (endpoint === undefined || !endpoint.life.alive) {
      this.#send(to, from, 'refused', new Uint8Array(0), () => answer(undefined));
      return;
    }
    void endpoint.serve(verb, token, body, aborted).then((reply) => {
      if (!endpoint.life.alive) return;
      this.#send(to, from, verb, reply.body, (bytes) => answer({ ...reply, body: bytes }));
    });
  }

  #send(from: string, to: string, verb: string, bytes: Uint8Array, arrive: (bytes: Uint8Array) => void): void {
    const wire = this.wire(from, to);
    this.counts.messages += 1;
    if (wire.cut || this.#random.chance(wire.loss)) {
      this.counts.lost += 1;
      return;
    }
    const copies = this.#random.chance(wire.double) ? 2 : 1;
    this.counts.doubled += copies - 1;
    for (let i = 0; i < copies; i += 1) {
      const damaged = this.#random.chance(wire.damage);
      if (damaged) this.counts.damaged += 1;
      const arrived = damaged ? this.#damage(verb, bytes, this.#random) : bytes.slice();
      const delay = wire.delayMs + this.#random.fraction() * wire.jitterMs + (1000 * bytes.length) / wire.bytesPerSecond;
      // A wire that is cut while the message is under way loses it.
      this.#scheduler.after(delay, () => {
        if (this.wire(from, to).cut) this.counts.lost += 1;
        else arrive(arrived);
      });
    }
  }
}
