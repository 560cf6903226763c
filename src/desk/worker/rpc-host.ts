// The worker's end of the calls: each call runs once however often it is heard. It must not know what the service does.
import { BEAT_MS, wireError, type FromWorker, type Message, type Wire, type WireError } from './rpc.ts';
import type { WorkerService } from './service.ts';

/** Answers kept for a call that is heard again. A tab has a handful of calls open; ten tabs have less than this. */
const MAX_ANSWERS = 2_000;

type State =
  | { readonly status: 'opening'; readonly trouble?: WireError }
  | { readonly status: 'ready'; readonly service: WorkerService }
  /** It will not get better by waiting: every call is answered with the reason. */
  | { readonly status: 'stopped'; readonly trouble: WireError };

export class RpcHost {
  readonly #wire: Wire;
  readonly #host: string;
  readonly #build: number;
  #state: State = { status: 'opening' };
  /** By tab and id: undefined while it runs. */
  readonly #answers = new Map<string, FromWorker | undefined>();
  readonly #beat: ReturnType<typeof setInterval>;

  /** @param host a random name of this worker @param build time of the build, milliseconds */
  constructor(wire: Wire, host: string, build: number) {
    this.#wire = wire;
    this.#host = host;
    this.#build = build;
    wire.listen((message) => this.#hear(message));
    this.#beat = setInterval(() => this.#say(), BEAT_MS);
    this.#say();
  }

  serve(service: WorkerService): void {
    this.#state = { status: 'ready', service };
    service.onChange((change) => this.#wire.post({ kind: 'change', host: this.#host, change }));
    this.#say();
  }

  /** Not open yet, and why; still trying. */
  waiting(trouble: unknown): void {
    this.#state = { status: 'opening', trouble: wireError(trouble) };
    this.#say();
  }

  /** Not open, and it will not open by itself. */
  stopped(trouble: unknown): void {
    this.#state = { status: 'stopped', trouble: wireError(trouble) };
    this.#say();
  }

  close(): void {
    clearInterval(this.#beat);
    this.#wire.close();
  }

  #say(): void {
    const { status } = this.#state;
    const base = { host: this.#host, build: this.#build };
    if (status === 'ready') this.#wire.post({ kind: 'ready', ...base });
    else
      this.#wire.post(
        this.#state.trouble === undefined ? { kind: 'opening', ...base } : { kind: 'opening', ...base, trouble: this.#state.trouble },
      );
  }

  #hear(message: Message): void {
    if (message.kind === 'who') this.#say();
    // While opening nobody is promised anything: the tab repeats its call when it hears `ready`.
    if (message.kind !== 'call' || this.#state.status === 'opening') return;
    const { tab, id } = message;
    if (this.#state.status === 'stopped') {
      this.#wire.post({ kind: 'answer', host: this.#host, tab, id, ok: false, error: this.#state.trouble });
      return;
    }
    const key = `${tab} ${id}`;
    if (this.#answers.has(key)) {
      const answer = this.#answers.get(key);
      if (answer !== undefined) this.#wire.post(answer);
      return;
    }
    this.#answers.set(key, undefined);
    void this.#run(this.#state.service, tab, id, message.method, message.args, key);
  }

  async #run(service: WorkerService, tab: string, id: number, method: string, args: unknown, key: string): Promise<void> {
    const base = { kind: 'answer', host: this.#host, tab, id } as const;
    let answer: FromWorker;
    try {
      answer = { ...base, ok: true, value: await service.call(method, args) };
    } catch (error) {
      answer = { ...base, ok: false, error: wireError(error) };
    }
    try {
      this.#wire.post(answer);
    } catch (error) {
      // A value that cannot be copied to another tab is a bug of the service; the tab must not wait for ever.
      answer = { ...base, ok: false, error: { ...wireError(error), code: 'desk-fault' } };
      this.#wire.post(answer);
    }
    this.#answers.set(key, answer);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    for (const [key, answer] of this.#answers) {
      if (this.#answers.size <= MAX_ANSWERS) return;
      if (answer !== undefined) this.#answers.delete(key);
    }
  }
}
