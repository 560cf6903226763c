// A plain web server for a built app, which can go away and come back at the same address. It must not know what it serves.
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

export interface Served {
  /** `http://localhost:PORT/`, which a browser takes for a secure place. */
  readonly url: string;
  readonly port: number;
  /** Paths asked for since the start. */
  readonly asked: readonly string[];
  readonly stopped: boolean;
  /** From now on another build is served at the same address. */
  use(folder: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Nothing may be cached by HTTP: what works without the server works by the service worker alone.
 * @param under path at which the app is offered; its one `<base>` tag is rewritten to it, as a hub would
 */
export async function serve(folder: string, under = '/'): Promise<Served> {
  let root = folder;
  let port = 0;
  let server: Server | undefined;
  const asked: string[] = [];

  async function start(): Promise<void> {
    if (server !== undefined) return;
    const starting = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      asked.push(path);
      void answer(root, path, under).then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(body);
      });
    });
    await new Promise<void>((resolve, reject) => {
      starting.on('error', reject);
      starting.listen(port, '127.0.0.1', resolve);
    });
    server = starting;
    port = (starting.address() as AddressInfo).port; // a TCP server's address
  }

  await start();
  return {
    get url() {
      return `http://localhost:${port}${under}`;
    },
    get port() {
      return port;
    },
    asked,
    get stopped() {
      return server === undefined;
    },
    use(next) {
      root = next;
    },
    start,
    async stop() {
      const ending = server;
      server = undefined;
      if (ending === undefined) return;
      ending.closeAllConnections();
      await new Promise((resolve) => ending.close(resolve));
    },
  };
}

async function answer(
  root: string,
  path: string,
  under: string,
): Promise<{ readonly status: number; readonly type: string; readonly body: Buffer | string }> {
  const missing = { status: 404, type: 'text/plain', body: 'not found' };
  if (!path.startsWith(under)) return missing;
  const inside = normalize(`/${path.slice(under.length)}`);
  const file = inside.endsWith('/') || extname(inside) === '' ? '/index.html' : inside;
  try {
    const body = await readFile(join(root, file));
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return file === '/index.html'
      ? { status: 200, type, body: body.toString().replace('<base href="/"', `<base href="${under}"`) }
      : { status: 200, type, body };
  } catch {
    return missing;
  }
}
