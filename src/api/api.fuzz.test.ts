// Whatever comes in: never a 500, never a stack, always a problem document or a right answer, and nothing half done.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApi } from './api.ts';
import { TOKEN, fakeHost } from './testing/fake-host.ts';

const host = fakeHost();
const api = createApi(host, { origins: new Set(['https://desk.test']), instance: 'fuzz', title: 'T', version: '1' });

async function check(response: Response, verb: string): Promise<void> {
  expect(response.status).not.toBe(500);
  const text = await response.text();
  expect(text).not.toMatch(/\n\s+at |node_modules|\.ts:\d|Error:/);
  if (response.ok || response.status === 302) return;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  if (verb === 'HEAD') return; // has no body
  const problem: unknown = JSON.parse(text);
  expect(problem).toMatchObject({ ok: false, status: response.status });
}

/** Bytes that a header may bear; what the platform refuses never reaches the api. */
function headers(pairs: readonly (readonly [string, string])[]): Headers {
  const out = new Headers();
  for (const [name, value] of pairs) {
    try {
      out.append(name, value);
    } catch {
      // Not a header at all.
    }
  }
  return out;
}

const known = fc.constantFrom(
  '/api/v1/commands/ping',
  '/api/v1/commands/retireRole',
  '/api/v1/queries/list',
  '/api/v1/sessions',
  '/api/v1/may/ping',
  '/healthz',
  '/readyz',
  '/metrics',
  '/api/docs',
  '/api/openapi.json',
);
const path = fc.oneof(
  known,
  fc.webPath().map((text) => `/api/v1${text}`),
  fc.string({ unit: 'binary' }).map((text) => `/api/v1/commands/${text.replace(/[?#]/g, '')}`),
  fc.tuple(known, fc.string({ unit: 'binary' })).map(([start, text]) => `${start}?${text}`),
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND');
const json = fc.oneof(
  fc.json({ maxDepth: 40 }),
  fc.object({ withNullPrototype: true, withBigInt: false }).map((value) => JSON.stringify(value)),
  fc.constant('{"word":"a","__proto__":{"admin":true}}'),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  json.map((text) => new TextEncoder().encode(text)),
  fc.string().map((text) => new TextEncoder().encode(text)),
);
const type = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain', '');
const header = fc.tuple(
  fc.constantFrom('idempotency-key', 'x-request-id', 'origin', 'authorization', 'accept', 'x-anything'),
  fc.string({ unit: 'binary' }),
);

test('any request, signed in or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      method,
      path,
      type,
      body,
      fc.array(header, { maxLength: 3 }),
      fc.boolean(),
      async (verb, where, contentType, bytes, extra, signedIn) => {
        const list = headers([...extra, ['content-type', contentType]]);
        if (signedIn) list.set('authorization', `Bearer ${TOKEN}`);
        const init: RequestInit = { method: verb, headers: list };
        if (verb !== 'GET' && verb !== 'HEAD') init.body = new Uint8Array(bytes);
        let request: Request;
        try {
          request = new Request(`http://hub.test${where}`, init);
        } catch {
          return; // not an address
        }
        await check(await api.fetch(request), verb);
      },
    ),
    { numRuns: 1500 },
  );
});

test('any JSON as input of a command: done once or refused, and the host sees what was sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const before = host.seen.length;
      const response = await api.fetch(
        new Request('http://hub.test/api/v1/commands/ping', {
          method: 'POST',
          body: JSON.stringify(value),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
        }),
      );
      expect(host.seen.slice(before).map((item) => item.input)).toEqual(response.ok ? [JSON.parse(JSON.stringify(value))] : []);
      await check(response, 'POST');
    }),
    { numRuns: 500 },
  );
  expect(({} as { admin?: boolean }).admin).toBeUndefined(); // nothing reached the prototype
});
