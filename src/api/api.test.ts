import { beforeEach, describe, expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { createApi, isApiPath } from './api.ts';
import type { Api } from './api.ts';
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from './limits.ts';
import { TOKEN, fakeHost } from './testing/fake-host.ts';
import type { FakeHost } from './testing/fake-host.ts';

const HUB = 'http://hub.test';
const DESK = 'https://desk.hospital.test';
let host: FakeHost;
let api: Api;

beforeEach(() => {
  host = fakeHost();
  api = createApi(host, { origins: new Set([DESK]), instance: 'run1', title: 'Test hospital', version: '1.2.3' });
});

const auth = { authorization: `Bearer ${TOKEN}` };

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init: RequestInit = { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } };
  if (body !== undefined) init.body = text;
  return api.fetch(new Request(HUB + path, init));
}

async function refused(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const problem = (await response.json()) as Record<string, unknown>; // checked below
  expect([response.status, problem['code'], response.headers.get('content-type')]).toEqual([status, code, 'application/problem+json']);
  expect(problem).toMatchObject({ ok: false, status, type: `urn:nirantar:problem:${code}` });
  expect(problem['detail']).toMatch(/\w/);
  expect(problem['detailHi']).toMatch(/[\u0900-\u097f]/);
  expect(problem['requestId']).toBe(response.headers.get('x-request-id'));
  return problem;
}

describe('sessions', () => {
  test('a right password gives a token', async () => {
    const response = await send('POST', '/api/v1/sessions', { user: 'admin', password: 'right' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: true, token: TOKEN, userName: 'admin' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
  test('a wrong one does not, and too many wait', async () => {
    const wrong = await send('POST', '/api/v1/sessions', { user: 'admin', password: 'wrong' });
    expect([wrong.ok, await wrong.json()]).toMatchObject([false, { code: 'sign-in-failed' }]);
    const slow = await send('POST', '/api/v1/sessions', { user: 'tired', password: 'right' });
    expect(slow.headers.get('retry-after')).toBe('8');
  });
  test.each([
    {},
    { user: 'a' },
    { user: 1, password: 'x' },
    { user: '', password: 'x' },
    { user: 'a', password: '' },
    { user: 'a'.repeat(129), password: 'x' },
    { user: 'a', password: 'x'.repeat(1025) },
    null,
    [],
    7,
  ])('not a sign-in: %j', async (body) => {
    await refused(await send('POST', '/api/v1/sessions', body), 400, 'api-sign-in-shape');
  });
  test('ends with a token only', async () => {
    expect((await send('DELETE', '/api/v1/sessions', undefined, auth)).status).toBe(204);
    await refused(await send('DELETE', '/api/v1/sessions'), 401, 'api-session-missing');
  });
});

describe('commands', () => {
  test('are done, with their key', async () => {
    const first = await send('POST', '/api/v1/commands/ping', { word: 'a' }, { ...auth, 'idempotency-key': 'key-1' });
    expect([first.status, await first.json()]).toEqual([200, { ok: true, commit: 'HASH', result: { word: 'pong' } }]);
    const again = await send('POST', '/api/v1/commands/ping', { word: 'a' }, { ...auth, 'idempotency-key': 'key-1' });
    expect(await again.json()).toMatchObject({ repeated: true });
    expect(host.seen[0]).toEqual({ name: 'ping', input: { word: 'a' }, key: 'key-1' });
    await send('POST', '/api/v1/commands/ping', { word: 'a' }, auth);
    expect(host.seen[2]?.key).toBeUndefined();
  });
  test('need a session that is known', async () => {
    const missing = await send('POST', '/api/v1/commands/ping', { word: 'a' });
    await refused(missing, 401, 'api-session-missing');
    expect(missing.headers.get('www-authenticate')).toBe('Bearer');
    await refused(await send('POST', '/api/v1/commands/ping', { word: 'a' }, { authorization: 'Bearer other' }), 401, 'api-session-ended');
    for (const header of ['', 'Basic abc', 'Bearer', 'Bearer a b', `Bearer ${'a'.repeat(201)}`]) {
      await refused(await send('POST', '/api/v1/commands/ping', { word: 'a' }, { authorization: header }), 401, 'api-session-missing');
    }
    expect(host.seen).toEqual([]);
  });
  test('that nobody knows are not found, also those of every object', async () => {
    for (const name of ['pong', 'constructor', '__proto__', 'toString', 'Ping', '%00', '..%2fping']) {
      await refused(await send('POST', `/api/v1/commands/${name}`, { word: 'a' }, auth), 404, 'api-command-unknown');
    }
  });
  test('that are refused say why', async () => {
    const input = await send('POST', '/api/v1/commands/ping', { word: 1 }, auth);
    expect([input.ok, await input.json()]).toMatchObject([false, { code: 'input-invalid', field: 'word' }]);
    const role = await send('POST', '/api/v1/commands/retireRole', { word: 'a' }, auth);
    expect([role.ok, ((await role.json()) as { code: string }).code]).toEqual([false, 'role-missing']); // the shape is tested above
  });
  test.each(['a b', 'a!', 'x'.repeat(65), ''])('a key that is none: %j', async (key) => {
    await refused(await send('POST', '/api/v1/commands/ping', { word: 'a' }, { ...auth, 'idempotency-key': key }), 400, 'api-key-invalid');
  });
});

describe('bodies', () => {
  const post = (body: BodyInit, type: string | undefined, headers: Record<string, string> = {}): Promise<Response> =>
    api.fetch(
      new Request(`${HUB}/api/v1/commands/ping`, {
        method: 'POST',
        body,
        headers: { ...auth, ...(type === undefined ? {} : { 'content-type': type }), ...headers },
        duplex: 'half',
      } as RequestInit),
    ); // duplex is needed for streams, and missing from the type
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json; x=1'])(
    '%s is taken',
    async (type) => {
      expect((await post('{"word":"a"}', type)).status).toBe(200);
    },
  );
  test.each(['text/plain', 'application/json; charset=latin1', 'application/xml', 'application/jsonx', 'multipart/form-data', ''])(
    '%j is not',
    async (type) => {
      await refused(await post('{"word":"a"}', type), 415, 'api-content-type');
    },
  );
  test('no type is not', async () => {
    await refused(await post(new Uint8Array([0x7b, 0x7d]), undefined), 415, 'api-content-type');
  });
  test.each(['', '{', '{"word":}', '{"word":"a"} x', "{'word':'a'}", 'undefined', '{"word":"\u0001"}'])('broken JSON: %j', async (body) => {
    await refused(await post(body, 'application/json'), 400, 'api-json-invalid');
  });
  test('bytes that are not UTF-8', async () => {
    await refused(await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'application/json'), 400, 'api-json-invalid');
  });
  test('a byte order mark is passed over', async () => {
    expect((await post('\ufeff{"word":"a"}', 'application/json')).status).toBe(200);
  });
  test('nesting at the limit and beyond', async () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    await refused(await post(nested(MAX_JSON_DEPTH + 1), 'application/json'), 400, 'api-json-too-deep');
    await refused(await post('['.repeat(200_000), 'application/json'), 400, 'api-json-too-deep');
    expect([(await (await post(nested(MAX_JSON_DEPTH), 'application/json')).json()) as unknown]).toMatchObject([{ code: 'input-invalid' }]);
    expect((await post(`{"word":${JSON.stringify('[[[{{{\\"'.repeat(5))}}`, 'application/json')).status).toBe(200);
  });
  test('size at the limit and beyond, told and untold', async () => {
    const filled = (bytes: number): string => `{"word":"a"}${' '.repeat(bytes - 12)}`;
    expect((await post(filled(MAX_BODY_BYTES), 'application/json')).status).toBe(200);
    await refused(await post(filled(MAX_BODY_BYTES + 1), 'application/json'), 413, 'api-body-too-large');
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });
    await refused(await post(endless, 'application/json'), 413, 'api-body-too-large');
    expect(pulled).toBeLessThan(10);
  });
  test('a told length that is absurd', async () => {
    for (const length of ['99999999999', '9'.repeat(30), '-1', '1e3']) {
      const request = new Request(`${HUB}/api/v1/commands/ping`, {
        method: 'POST',
        body: '{}',
        headers: { ...auth, 'content-type': 'application/json', 'content-length': length },
      });
      if (request.headers.get('content-length') !== length) continue; // the platform may hold back this header
      await refused(await api.fetch(request), 413, 'api-body-too-large');
    }
  });
  test('a body that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('socket closed')) });
    await refused(await post(broken, 'application/json'), 400, 'api-body-broken');
  });
});

describe('queries', () => {
  const ask = (search: string): Promise<Response> => send('GET', `/api/v1/queries/list${search}`, undefined, auth);
  test('by POST, by JSON and by parameters', async () => {
    expect(await (await send('POST', '/api/v1/queries/list', { search: 'a' }, auth)).json()).toEqual({ ok: true, result: { rows: [] } });
    await ask(`?input=${encodeURIComponent('{"search":"सुनीता","age":{"years":3}}')}`);
    await ask('?search=12&limit=20&open=true&tests=A&tests=B');
    await ask('?search=a%20b+c');
    expect(host.seen.map((item) => item.input)).toEqual([
      { search: 'a' },
      { search: 'सुनीता', age: { years: 3 } },
      { search: '12', limit: 20, open: true, tests: ['A', 'B'] },
      { search: 'a b c' },
    ]);
  });
  test.each([
    '?limit=many&search=a',
    '?limit=&search=a',
    '?search=a&search=b',
    '?open=yes&search=a',
    '?age=3&search=a',
    '?unknown=1&search=a',
    '?__proto__=1',
    '?input={}&search=a',
  ])('%s is refused', async (search) => {
    await refused(await ask(search), 400, 'api-parameter-invalid');
  });
  test('other refusals', async () => {
    await refused(await ask('?input={'), 400, 'api-json-invalid');
    await refused(await ask(`?search=${'a'.repeat(9000)}`), 413, 'api-body-too-large');
    expect((await ask('')).ok).toBe(false);
    await refused(await send('GET', '/api/v1/queries/other', undefined, auth), 404, 'api-query-unknown');
    await refused(await send('GET', '/api/v1/queries/list?search=a'), 401, 'api-session-missing');
  });
});

describe('may I', () => {
  test('yes, no with the reason, and not known', async () => {
    expect(await (await send('GET', '/api/v1/may/ping', undefined, auth)).json()).toEqual({ ok: true });
    expect(await (await send('GET', '/api/v1/may/retireRole', undefined, auth)).json()).toMatchObject({ ok: false, code: 'role-missing' });
    await refused(await send('GET', '/api/v1/may/other', undefined, auth), 404, 'api-command-unknown');
    await refused(await send('GET', '/api/v1/may/ping'), 401, 'api-session-missing');
  });
});

describe('operating', () => {
  test('health, readiness, metrics need no session', async () => {
    expect(await (await send('GET', '/healthz')).text()).toBe('ok\n');
    expect(await (await send('GET', '/readyz')).json()).toEqual({ ok: true, commits: 3, peers: 'two' });
    const metrics = await send('GET', '/metrics');
    expect([await metrics.text(), metrics.headers.get('content-type')]).toEqual([
      'nirantar_commits 3\n',
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    host.setReady(false);
    const waiting = await send('GET', '/readyz');
    expect(waiting.headers.get('retry-after')).toBe('5');
    await refused(waiting, 503, 'api-not-ready');
  });
  test('what is not here', async () => {
    for (const path of [
      '/',
      '/api/v1',
      '/api/v2/commands/ping',
      '/api/v1/commands',
      '/api/v1/commands/ping/x',
      '/api/docs/../../etc/passwd',
      '/api/docs/index.html',
      '/api/docs/constructor',
    ]) {
      await refused(await send('GET', path, undefined, auth), 404, 'api-path-unknown');
    }
  });
  test('methods that are not taken say which are', async () => {
    for (const [method, path, allowed] of [
      ['GET', '/api/v1/commands/ping', 'POST'],
      ['PUT', '/api/v1/queries/list', 'GET, POST'],
      ['GET', '/api/v1/sessions', 'POST, DELETE'],
      ['POST', '/metrics', 'GET'],
      ['POST', '/api/v1/may/ping', 'GET'],
    ] as const) {
      const response = await send(method, path, undefined, auth);
      expect(response.headers.get('allow')).toBe(allowed);
      await refused(response, 405, 'api-method-unknown');
    }
  });
  test('sync goes to the host as it is, whatever the method', async () => {
    const response = await api.fetch(new Request(`${HUB}/sync/v1/pull`, { method: 'POST', body: new Uint8Array([1]) }));
    expect([response.status, await response.text()]).toEqual([299, 'POST /sync/v1/pull']);
  });
  test('which paths are the api', () => {
    expect(['/api', '/api/x', '/sync/x', '/healthz', '/readyz', '/metrics'].every(isApiPath)).toBe(true);
    expect(['/', '/apix', '/registration', '/syncx', '/metrics/x'].some(isApiPath)).toBe(false);
  });
  test('request ids: told ones are kept when harmless, others are made', async () => {
    expect((await send('GET', '/readyz', undefined, { 'x-request-id': 'told-by-caller' })).headers.get('x-request-id')).toBe(
      'told-by-caller',
    );
    expect((await send('GET', '/readyz', undefined, { 'x-request-id': '<script>' })).headers.get('x-request-id')).toBe('run1-1');
    expect((await send('GET', '/readyz')).headers.get('x-request-id')).toBe('run1-2');
  });
});

describe('failures of the world', () => {
  const ping = (): Promise<Response> => send('POST', '/api/v1/commands/ping', { word: 'a' }, auth);
  test('a disk that is full: nothing done, use another hub', async () => {
    host.breakWith(new StorageFailure('disk-full', 'permanent', 'no space at /secret/place'));
    const response = await ping();
    expect(response.headers.get('retry-after')).toBe('5');
    const problem = await refused(response, 503, 'api-storage-failed');
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(host.failures).toHaveLength(1);
  });
  test('an ambiguous one: ask again with the same key', async () => {
    host.breakWith(new StorageFailure('io', 'ambiguous', 'x'));
    await refused(await ping(), 503, 'api-outcome-unknown');
  });
  test.each([new Error('secret of patient'), 'a text', undefined, { status: 200 }])(
    'a bug (%s): said, logged, and nothing of it shown',
    async (error) => {
      host.breakWith(error);
      for (const response of [await ping(), await send('GET', '/api/v1/queries/list?search=a', undefined, auth)]) {
        const text = JSON.stringify(await refused(response, 500, 'api-failed'));
        expect(text).not.toMatch(/secret|\.ts|at \w+ \(/);
      }
      expect(host.failures).toEqual([error, error]);
    },
  );
});

describe('pages of other origins', () => {
  test('the desks may call and read', async () => {
    const preflight = await send('OPTIONS', '/api/v1/commands/ping', undefined, { origin: DESK, 'access-control-request-method': 'POST' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(DESK);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    for (const path of ['/readyz', '/sync/x', '/api/v1/commands/ping', '/nothing']) {
      const response = await send('GET', path, undefined, { origin: DESK });
      expect([path, response.headers.get('access-control-allow-origin'), response.headers.get('vary')]).toEqual([path, DESK, 'origin']);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
  test('others may not', async () => {
    for (const origin of ['https://evil.test', 'null', `${DESK}.evil.test`, '*']) {
      for (const method of ['OPTIONS', 'GET'])
        expect((await send(method, '/readyz', undefined, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('documentation', () => {
  test('a page without outside host or inline script', async () => {
    const page = await send('GET', '/api/docs');
    const html = await page.text();
    expect(html).not.toMatch(/https?:|<script>|onload=/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    for (const [path, type] of [
      ['/api/docs/start.js', 'text/javascript; charset=utf-8'],
      ['/api/docs/swagger-ui.css', 'text/css; charset=utf-8'],
      ['/api/openapi.json', 'application/json'],
    ] as const) {
      const response = await send('GET', path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, type]);
    }
    expect((await send('GET', '/api/docs/swagger-ui-bundle.js')).status).toBe(404); // this fake has no such file
    expect((await send('GET', '/api')).headers.get('location')).toBe('/api/docs');
  });
});
