// Real sockets: limits hold, garbage is answered, and closing waits for who is being served.
import net from 'node:net';
import { once } from 'node:events';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type Handler, type HttpServerOptions, type RunningServer, serveHttp } from './http-server.ts';
import { HOSPITAL_NETWORKS, makeHubAuthority, makeRoot, makeServerCertificate } from './tls/hospital-ca.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close(10);
});

async function serve(handler: Handler, more: Partial<HttpServerOptions> = {}): Promise<RunningServer> {
  const server = await serveHttp({ handler, ...more });
  running.push(server);
  return server;
}

/** Sends raw bytes and gives back all that comes until the other side ends. */
async function raw(port: number, bytes: string | Uint8Array, hold = false): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  let got = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (got += chunk));
  socket.on('error', () => undefined);
  if (hold) socket.write(bytes);
  else socket.end(bytes);
  await once(socket, 'close');
  return got;
}

const echo: Handler = async (request) => new Response(await request.text(), { headers: { 'x-method': request.method } });

describe('serving', () => {
  test('method, path, query, headers and body reach the handler, and its answer comes back', async () => {
    const server = await serve(async (request, from) => {
      const url = new URL(request.url);
      return Response.json(
        {
          from: from.address,
          path: url.pathname,
          query: url.searchParams.get('q'),
          a: request.headers.get('x-a'),
          body: await request.json(),
        },
        { status: 201 },
      );
    });
    const response = await fetch(`${server.url}/api/v1/x?q=सुनीता`, { method: 'POST', headers: { 'x-a': '1' }, body: '{"b":2}' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ from: '127.0.0.1', path: '/api/v1/x', query: 'सुनीता', a: '1', body: { b: 2 } });
  });

  test('a streamed answer arrives piece by piece, and a client that goes away ends it', async () => {
    let ended: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (ended = resolve));
    const server = await serve(() => {
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode('first\n')),
        cancel: () => ended(),
      });
      return new Response(stream);
    });
    const abort = new AbortController();
    const response = await fetch(server.url, { signal: abort.signal });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first\n');
    abort.abort();
    await gone;
  });

  test('a handler that throws is a problem document without a trace, and the caller of serve is told', async () => {
    const told: unknown[] = [];
    const server = await serve(
      () => {
        throw new Error('secret inside');
      },
      { onError: (error) => told.push(error) },
    );
    const response = await fetch(server.url);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(text).not.toMatch(/secret|\.ts|at /);
    expect(told).toHaveLength(1);
    expect((await fetch(server.url)).status).toBe(500);
  });

  test('a handler that throws after it has read the body is told of as well', async () => {
    const told: unknown[] = [];
    const fails: Handler = async (request) => {
      await request.text();
      throw new Error('later');
    };
    const server = await serve(fails, { onError: (error) => told.push(error) });
    expect((await fetch(server.url, { method: 'POST', body: 'x' })).status).toBe(500);
    expect(told).toHaveLength(1);
  });

  test('a port that is taken rejects', async () => {
    const server = await serve(echo);
    await expect(serveHttp({ handler: echo, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('limits', () => {
  const maxBodyBytes = (path: string): number => (path === '/big' ? 100_000 : 1_000);

  test('a body over the limit of its path is refused by its stated length', async () => {
    const server = await serve(echo, { maxBodyBytes });
    expect((await fetch(`${server.url}/small`, { method: 'POST', body: 'x'.repeat(1_000) })).status).toBe(200);
    const refused = await fetch(`${server.url}/small?big`, { method: 'POST', body: 'x'.repeat(1_001) });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ status: 413, detail: expect.stringContaining('1000 bytes') as string });
    expect((await fetch(`${server.url}/big`, { method: 'POST', body: 'x'.repeat(90_000) })).status).toBe(200);
  });

  test('a body without a length is counted as it comes', async () => {
    let handled = '';
    const server = await serve(async (request) => new Response((handled = await request.text())), { maxBodyBytes });
    const chunk = `1f4\r\n${'x'.repeat(500)}\r\n`;
    const head = 'POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
    expect(await raw(server.port, `${head}${chunk}${chunk}0\r\n\r\n`)).toContain('200 OK');
    expect(handled).toHaveLength(1_000);
    handled = '';
    await raw(server.port, head + chunk + chunk + chunk, true);
    expect(handled).toBe('');
    expect((await fetch(server.url, { method: 'POST', body: 'still serving' })).status).toBe(200);
  });

  test('whatever bytes come, the server answers or hangs up, and serves the next', async () => {
    const server = await serve(echo);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        const got = await raw(server.port, bytes);
        expect(got === '' || got.startsWith('HTTP/1.1 ')).toBe(true);
        expect(got).not.toMatch(/\n {4}at /);
      }),
      { numRuns: 60 },
    );
    expect(await raw(server.port, 'GET / HTTP/1.1\r\nHost: h\r\nX: ' + 'y'.repeat(40_000) + '\r\n\r\n')).toContain('431');
    expect(await (await fetch(server.url, { method: 'POST', body: 'ok' })).text()).toBe('ok');
  });
});

describe('the end', () => {
  test('closing waits for the request under way and refuses new connections', async () => {
    let release: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const server = await serve(async () => {
      arrived();
      await waiting;
      return new Response('served');
    });
    const answer = fetch(server.url).then((response) => response.text());
    await arrival;
    const closing = server.close(5_000);
    await expect(fetch(server.url)).rejects.toThrow();
    release();
    expect(await answer).toBe('served');
    await closing;
  });

  test('what does not end is cut at the deadline', async () => {
    const server = await serve(
      () => new Response(new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) })),
    );
    const response = await fetch(server.url);
    const reading = response.arrayBuffer().catch(() => 'cut');
    await server.close(20);
    expect(await reading).toBe('cut');
  });
});

test('HTTPS under the hospital root, and a renewed certificate without a restart', async () => {
  const now = Date.now();
  const root = await makeRoot('H', now);
  const permitted = { dnsSuffixes: ['h.internal'], networks: HOSPITAL_NETWORKS };
  const hub = await makeHubAuthority(root, { hub: 'opd', hospital: 'H', permitted, authoritiesBelow: 0 }, now);
  const first = await makeServerCertificate(hub, ['127.0.0.1'], now);
  const server = await serve(() => new Response('secure'), { tls: first });
  const ask = (): Promise<{ body: string; serial: string }> =>
    new Promise((resolve, reject) => {
      https
        .get(server.url, { ca: root.certificatePem, agent: false }, (response) => {
          const { serialNumber } = (response.socket as TLSSocket).getPeerCertificate(); // an https response
          response.setEncoding('utf8').on('data', (body: string) => resolve({ body, serial: serialNumber }));
        })
        .on('error', reject);
    });
  expect(server.url).toMatch(/^https:/);
  const before = await ask();
  expect(before.body).toBe('secure');
  server.useCertificate(await makeServerCertificate(hub, ['127.0.0.1'], now));
  expect((await ask()).serial).not.toBe(before.serial);
  await expect(fetch(server.url)).rejects.toThrow();
});
