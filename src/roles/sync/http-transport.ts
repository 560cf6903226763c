// A link's way to a hub over HTTP, for Node and the browser. It must not know what the bytes say.
import type { Transport, TransportReply } from './transport.ts';

/** The browser's or Node's own, handed in. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** @param origin scheme, host and port of the hub */
export function httpTransport(origin: string, fetchFrom: Fetch): Transport {
  return {
    url: origin,
    async call(verb, body, options): Promise<TransportReply> {
      const stopped = new AbortController();
      void options.cancelled?.then(() => stopped.abort(new Error('link-stopped')));
      const response = await fetchFrom(`${origin}/sync/${verb}`, {
        method: 'POST',
        // A body that is not shared memory: fetch takes nothing else.
        body: new Uint8Array(body),
        headers: {
          'content-type': 'application/octet-stream',
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        },
        signal: AbortSignal.any([AbortSignal.timeout(options.deadlineMs), stopped.signal]),
        cache: 'no-store',
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const retryAfter = Number(response.headers.get('retry-after'));
      return {
        status: response.status,
        body: bytes,
        ...(Number.isFinite(retryAfter) && retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
      };
    },
  };
}
