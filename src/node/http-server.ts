// Serves a `Request → Response` function over HTTP or HTTPS with limits, deadlines and an orderly end. It must not know
// what the function does. @hono/node-server builds its Request lazily: 61 to 100 µs of CPU for a request, as node:http.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export type Handler = (request: Request, from: Peer) => Promise<Response> | Response;

export interface Peer {
  /** Address of the other end, for slowing down failed attempts. Never a patient's. */
  readonly address: string;
}

export interface HttpServerOptions {
  readonly handler: Handler;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Absent: loopback only. `0.0.0.0` or `::` serves the network. */
  readonly host?: string;
  /** Both PEM; absent: plain HTTP. */
  readonly tls?: { readonly certificatePem: string; readonly keyPem: string };
  /** Largest body that is read, by path. Absent: 2 MiB, twice the largest chunk of replication. */
  readonly maxBodyBytes?: (path: string) => number;
  /** Told of whatever the handler let fall. It answers nothing. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:4000` or `https://…`. */
  readonly url: string;
  /** Takes no new connection, lets requests under way end, and cuts what is left after `withinMs`. */
  close(withinMs?: number): Promise<void>;
  /** A renewed certificate, without a restart and without cutting anybody. */
  useCertificate(tls: { readonly certificatePem: string; readonly keyPem: string }): void;
}

const DEFAULT_BODY_BYTES = 2 * 1024 * 1024;
/** 5,500 desks with two connections each, and room for probes. */
const MAX_CONNECTIONS = 16_384;
/** Connections that wait to be accepted. When thousands of desks come back at once and this is full, the others try again after 1, 3 and 7 s. */
const BACKLOG = 4096;
/** A desk that cannot send its headers in this time is on a dead link. */
const HEADERS_TIMEOUT_MS = 10_000;
/** A body of 2 MiB over a link of 300 kbit/s. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than the usual 60 s of proxies between, so that they and not we close an idle connection. */
const KEEP_ALIVE_MS = 65_000;
const MAX_HEADER_BYTES = 16 * 1024;
const CLOSE_WITHIN_MS = 5_000;

export async function serveHttp(options: HttpServerOptions): Promise<RunningServer> {
  const limits = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Nagle would hold back the last bytes of a live tail.
    noDelay: true,
  };
  const listener = bounded(options);
  const server =
    options.tls === undefined
      ? http.createServer(limits, listener)
      : https.createServer({ ...limits, cert: options.tls.certificatePem, key: options.tls.keyPem, minVersion: 'TLSv1.2' }, listener);
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuseGarbage);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { address, port, family } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    port,
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    close: (withinMs = CLOSE_WITHIN_MS) => close(server, sockets, withinMs),
    useCertificate: ({ certificatePem, keyPem }) => {
      if (!(server instanceof https.Server)) throw new TypeError('invariant: only an HTTPS server has a certificate');
      server.setSecureContext({ cert: certificatePem, key: keyPem, minVersion: 'TLSv1.2' });
    },
  };
}

function listen(server: http.Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Refuses a body over the limit, by what its header says or, for one without a length, by counting as it comes. */
function bounded(options: HttpServerOptions): http.RequestListener {
  const limitOf = options.maxBodyBytes ?? ((): number => DEFAULT_BODY_BYTES);
  const answer = getRequestListener(
    async (request, { incoming }) => {
      try {
        return await options.handler(request, { address: incoming.socket.remoteAddress ?? '' });
      } catch (error) {
        if (incoming.errored instanceof BodyTooLarge) return problem(413, incoming.errored.message);
        if (incoming.errored === null) options.onError?.(error);
        return problem(500, 'Something went wrong in the program. It was noted; try again, or ask another hub.');
      }
    },
    { overrideGlobalObjects: true },
  );
  return (incoming, outgoing) => {
    const limit = limitOf(pathOf(incoming.url ?? '/'));
    if (Number(incoming.headers['content-length'] ?? 0) > limit) {
      refuse(outgoing, 413, tooLarge(limit));
      return;
    }
    if (incoming.headers['transfer-encoding'] !== undefined) countBody(incoming, limit);
    void answer(incoming, outgoing);
  };
}

class BodyTooLarge extends Error {}

const tooLarge = (limit: number): string => `The body is larger than ${limit} bytes. Send it in parts.`;

/** The parser hands every chunk to `push`; listening for data instead would take it away from the handler. */
function countBody(incoming: http.IncomingMessage, limit: number): void {
  const push = incoming.push.bind(incoming);
  let got = 0;
  incoming.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) got += chunk.length;
    if (got <= limit) return push(chunk, encoding);
    incoming.destroy(new BodyTooLarge(tooLarge(limit)));
    return false;
  };
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

const PROBLEM_HEADERS = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };

/** RFC 9457. */
function problemBody(status: number, detail: string): string {
  return JSON.stringify({ type: 'about:blank', title: http.STATUS_CODES[status], status, detail });
}

function problem(status: number, detail: string): Response {
  return new Response(problemBody(status, detail), { status, headers: PROBLEM_HEADERS });
}

function refuse(outgoing: http.ServerResponse, status: number, detail: string): void {
  // The body is still on its way; reading it to the end would be the attack.
  outgoing.writeHead(status, { ...PROBLEM_HEADERS, connection: 'close' }).end(problemBody(status, detail));
}

/** What is not HTTP at all gets one line and is cut. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: NodeJS.WritableStream & { destroy(): void; writable: boolean }): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function close(server: http.Server, sockets: ReadonlySet<Socket>, withinMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection becomes idle when its answer is out; nobody else closes it then.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, withinMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
