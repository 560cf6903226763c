// Speaks to a desk's worker as a tab does, for what no screen shows. It must not know what is asked.
import type { Page } from 'playwright-core';
import { CHANNEL } from '#desk/worker/rpc.ts';

/** The worker's answer as it stands; rejects with the worker's words when the call failed. Waits for a worker that is still opening. */
export async function askWorker(page: Page, method: string, args: unknown): Promise<unknown> {
  return page.evaluate(
    ([channel, name, input]) =>
      new Promise((resolve, reject) => {
        const wire = new BroadcastChannel(channel);
        const tab = crypto.randomUUID();
        const say = (): void => wire.postMessage({ kind: 'call', tab, id: 1, method: name, args: input });
        // Bytes do not cross from the page to the test; base64 does.
        const plain = (value: unknown): unknown => {
          if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
          if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
          return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
        };
        wire.addEventListener(
          'message',
          (event: MessageEvent<{ kind: string; tab?: string; ok?: boolean; value?: unknown; error?: { message: string } }>) => {
            if (event.data.kind === 'ready') say();
            if (event.data.kind !== 'answer' || event.data.tab !== tab) return;
            wire.close();
            if (event.data.ok === true) resolve(plain(event.data.value));
            else reject(new Error(event.data.error?.message));
          },
        );
        wire.postMessage({ kind: 'who' });
        say();
      }),
    [CHANNEL, method, args] as const,
  );
}
