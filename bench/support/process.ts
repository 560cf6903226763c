// Child processes that do the measured work or make the load, each counting its own CPU. It must not know what they do.
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Used {
  readonly wallMs: number;
  /** User and system time of the process that answered, all its threads. */
  readonly cpuMs: number;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What a piece of work took, in this process. Collect garbage before it, so that it pays for its own only. */
export async function measured<T>(work: () => Promise<T> | T): Promise<Used & { readonly result: T }> {
  globalThis.gc?.();
  const cpu = cpuMs();
  const wall = performance.now();
  const result = await work();
  return { result, wallMs: performance.now() - wall, cpuMs: cpuMs() - cpu };
}

export class Helper {
  readonly #child: ChildProcess;
  readonly #open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #next = 1;
  #ended = false;

  /** @param script file of this folder or absolute; it must call `serveHelper` */
  constructor(script: URL, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const profile = process.env['BENCH_PROFILE'];
    const execArgv = [
      '--expose-gc',
      ...(profile !== undefined && script.href.includes(profile) ? ['--cpu-prof', '--cpu-prof-dir=/tmp/nirantar-bench/profiles'] : []),
    ];
    this.#child = fork(fileURLToPath(script), args, {
      execArgv,
      serialization: 'advanced',
      env: { ...process.env, NIRANTAR_LOG: '/dev/null', ...env },
    });
    this.#child.on('message', (answer: Answer) => {
      const call = this.#open.get(answer.id);
      this.#open.delete(answer.id);
      if (answer.error === undefined) call?.resolve(answer.result);
      else call?.reject(new Error(answer.error));
    });
    this.#child.on('exit', (code) => {
      this.#ended = true;
      for (const call of this.#open.values()) call.reject(new Error(`a helper of the bench ended with ${code}`));
      this.#open.clear();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  call<T>(verb: string, input?: unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#ended) {
        reject(new Error('this helper of the bench has ended'));
        return;
      }
      const id = this.#next;
      this.#next += 1;
      this.#open.set(id, { resolve: resolve as (value: unknown) => void, reject }); // the caller names what the verb gives
      this.#child.send({ id, verb, input });
    });
  }

  /** CPU of the helper since it started, milliseconds. */
  cpu(): Promise<number> {
    return this.call<number>('cpu');
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    await this.call('stop').catch(() => undefined);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(timer);
  }
}

export type Verbs = Readonly<Record<string, (input: never) => unknown>>;

/** In the helper: answers verbs one at a time or as they come; `stop` ends the process after the verb of that name. */
export function serveHelper(verbs: Verbs): void {
  process.on('message', (message: { id: number; verb: string; input: unknown }) => void answer(message));
  process.on('disconnect', () => process.exit(0));
  const answer = async ({ id, verb, input }: { id: number; verb: string; input: unknown }): Promise<void> => {
    try {
      const found = verbs[verb];
      const result = verb === 'cpu' ? cpuMs() : await found?.(input as never); // each verb knows its own input
      process.send?.({ id, result }, () => {
        if (verb === 'stop') process.exit(0);
      });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
}

export const helperUrl = (name: string): URL => new URL(`../helpers/${name}`, import.meta.url);
