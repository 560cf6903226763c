// Builds a hub's name index in a thread of its own, so that 11 seconds of CPU at 1.5 million patients hold nobody up.
import { Worker } from 'node:worker_threads';
import type { PackBuilding } from '#roles/names/pack-builder.ts';
import type { NameRow } from '#views/name-index/name-row.ts';

export type ToPackThread =
  | { readonly kind: 'rows'; readonly rows: readonly NameRow[] }
  | { readonly kind: 'finish'; readonly version: string };
export type FromPackThread = { readonly kind: 'taken' } | { readonly kind: 'chunks'; readonly chunks: readonly Uint8Array[] };

/** 1.5 million rows and their lists take about 1.2 GB while they are built. */
const MAX_MEGABYTES = 4096;

/** @param onFailure told when the thread dies of itself */
export function buildInThread(onFailure: (error: Error) => void = () => undefined): PackBuilding {
  const worker = new Worker(new URL('./name-pack-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEGABYTES },
  });
  // A hub that is stopped does not wait for it.
  worker.unref();
  let failed: Error | undefined;
  let over = false;
  let waiting: { resolve(message: FromPackThread): void; reject(error: Error): void } | undefined;
  const fail = (error: Error): void => {
    if (failed === undefined && !over) onFailure(error);
    failed ??= error;
    waiting?.reject(failed);
    waiting = undefined;
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that builds the name index ended')));
  worker.on('message', (message: FromPackThread) => {
    waiting?.resolve(message);
    waiting = undefined;
  });
  const ask = (message: ToPackThread): Promise<FromPackThread> =>
    new Promise((resolve, reject) => {
      if (failed !== undefined) return reject(failed);
      waiting = { resolve, reject };
      worker.postMessage(message);
    });
  return {
    async add(rows) {
      if (rows.length > 0) await ask({ kind: 'rows', rows });
    },
    async finish(version) {
      const answer = await ask({ kind: 'finish', version });
      over = true;
      void worker.terminate();
      if (answer.kind !== 'chunks') throw new Error('invariant: the end is answered with chunks');
      return answer.chunks;
    },
    cancel() {
      over = true;
      void worker.terminate();
    },
  };
}
