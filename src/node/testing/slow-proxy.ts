// Stands between a desk and a hub: counts what is pushed, answers late when told to. For tests only.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeWire } from '#journal/wire.ts';

export interface SlowProxy {
  readonly url: string;
  /** Each answer comes so much later from now on. */
  delayMs: number;
  /** Commits in pushes that the hub answered with 200, and in those it did not answer. */
  readonly pushed: { answered: number; unanswered: number };
  /** Resolves when the hub has answered so many commits of pushes. */
  readonly answered: (commits: number) => Promise<void>;
  close(): Promise<void>;
}

export async function slowProxy(target: string): Promise<SlowProxy> {
  const pushed = { answered: 0, unanswered: 0 };
  let waiting: { readonly commits: number; readonly resolve: () => void }[] = [];
  const tell = (): void => {
    for (const one of waiting) if (pushed.answered >= one.commits) one.resolve();
    waiting = waiting.filter((one) => pushed.answered < one.commits);
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const wire = request.url === '/sync/push' ? decodeWire(body) : undefined;
      const commits = wire?.ok === true ? wire.payloads.length : 0;
      const { authorization } = request.headers;
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      fetch(`${target}${request.url ?? ''}`, {
        method: 'POST',
        body,
        signal: gone.signal,
        headers: { 'content-type': 'application/octet-stream', ...(authorization === undefined ? {} : { authorization }) },
      })
        .then(async (answer) => {
          const bytes = Buffer.from(await answer.arrayBuffer());
          const retryAfter = answer.headers.get('retry-after');
          if (answer.status === 200) pushed.answered += commits;
          await new Promise((resolve) => setTimeout(resolve, proxy.delayMs));
          response.writeHead(answer.status, retryAfter === null ? {} : { 'retry-after': retryAfter }).end(bytes);
          tell();
        })
        .catch(() => {
          pushed.unanswered += commits;
          response.destroy();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const proxy: SlowProxy = {
    url: `http://127.0.0.1:${port}`,
    delayMs: 0,
    pushed,
    answered: (commits) =>
      new Promise((resolve) => {
        waiting.push({ commits, resolve });
        tell();
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}
