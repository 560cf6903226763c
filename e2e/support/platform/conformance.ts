// Runs the storage port's conformance suite on the browser's storage, each place in workers that can be killed.
import { StorageFailure, type FailureClass, type Files, type Sql, type Storage, type StorageFailureCode } from '#journal/ports/storage.ts';
import { STORAGE_CONFORMANCE, type StoragePlace } from '#journal/testing/storage-conformance.ts';

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly counters?: { readonly syncs: number; readonly appends: number };
  readonly error?: { readonly message: string; readonly code?: StorageFailureCode; readonly failureClass?: FailureClass };
}

/** A killed worker's files are free some milliseconds later. */
const OPEN_TRIES = 100;

class RemoteStorage {
  readonly #worker = new Worker(new URL('./storage.worker.ts', import.meta.url), { type: 'module' });
  readonly #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #counters = { syncs: 0, appends: 0 };
  #nextId = 1;

  constructor() {
    this.#worker.addEventListener('message', (event: MessageEvent<Reply>) => {
      const { id, value, error, counters } = event.data;
      if (counters !== undefined) this.#counters = counters;
      const call = this.#open.get(id);
      this.#open.delete(id);
      if (error === undefined) call?.resolve(value);
      else
        call?.reject(
          error.code === undefined
            ? new Error(error.message)
            : new StorageFailure(error.code, error.failureClass ?? 'permanent', error.message),
        );
    });
  }

  call(on: 'open' | 'files' | 'sql', method: string, args: readonly unknown[]): Promise<unknown> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.#worker.postMessage({ id, on, method, args });
    });
  }

  kill(): void {
    this.#worker.terminate();
  }

  storage(notes: readonly string[]): Storage {
    const counters = (): { readonly syncs: number; readonly appends: number } => this.#counters;
    const proxy = (on: 'files' | 'sql'): unknown =>
      new Proxy(
        {},
        {
          get: (_target, method) =>
            method === 'counters'
              ? counters()
              : method === 'then'
                ? undefined
                : (...args: readonly unknown[]) => this.call(on, String(method), args),
        },
      );
    return { files: proxy('files') as Files, sql: proxy('sql') as Sql, notes }; // every verb of the ports goes over the wire
  }
}

async function newPlace(): Promise<StoragePlace> {
  const name = crypto.randomUUID();
  const opened = new Map<Storage, RemoteStorage>();
  return {
    async open() {
      for (let tries = 1; ; tries += 1) {
        const remote = new RemoteStorage();
        try {
          const storage = remote.storage((await remote.call('open', 'open', [name])) as readonly string[]); // the worker answers its notes
          opened.set(storage, remote);
          return storage;
        } catch (error) {
          remote.kill();
          if (!(error instanceof StorageFailure) || error.failureClass !== 'transient' || tries >= OPEN_TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    },
    async kill(storage) {
      opened.get(storage)?.kill();
    },
  };
}

/** @returns what did not hold, by the name of the case */
export async function runConformance(): Promise<{ readonly ran: number; readonly failed: Readonly<Record<string, string>> }> {
  const failed: Record<string, string> = {};
  for (const one of STORAGE_CONFORMANCE) {
    try {
      await one.run(newPlace);
    } catch (error) {
      failed[one.name] = String(error);
    }
  }
  return { ran: STORAGE_CONFORMANCE.length, failed };
}
