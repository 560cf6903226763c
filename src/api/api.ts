// HTTP for programs: `Request` in, `Response` out, over an `ApiHost`. It decides nothing of the hospital and stores nothing.
// No middleware: each layer would cost every request, and a registration through HTTP has 0.8 ms in all (docs/performance.md).
import { Hono } from 'hono';
import type { Context } from 'hono';
import { parseCommandId } from '#kernel/shared/ids.ts';
import type { CommandId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { docsPage } from './docs-page.ts';
import type { ApiConfig, ApiHost } from './host.ts';
import { readJsonBody } from './json-body.ts';
import { MAX_PASSWORD_CHARS, MAX_TOKEN_CHARS, MAX_USER_CHARS } from './limits.ts';
import { openApi } from './openapi.ts';
import { Refusal, problemOf } from './problem.ts';
import { queryInput } from './query-input.ts';

interface Bindings {
  readonly requestId: string;
  readonly address: string | undefined;
}
type Env = { Bindings: Bindings };
type C = Context<Env>;

export interface Api {
  /** Never rejects. @param address of the caller, where the server knows it */
  fetch(request: Request, address?: string): Promise<Response>;
}

/** Is this path answered by the API, and not by the files of the desks? */
export function isApiPath(path: string): boolean {
  return (
    path.startsWith('/api/') ||
    path === '/api' ||
    path.startsWith('/sync/') ||
    path === '/healthz' ||
    path === '/readyz' ||
    path === '/metrics'
  );
}

const ALLOWED_METHODS = 'GET, POST, DELETE';
const ALLOWED_HEADERS = 'authorization, content-type, idempotency-key, x-request-id';
const EXPOSED_HEADERS = 'x-request-id, retry-after';
const PREFLIGHT_SECONDS = '600';

export function createApi<S>(host: ApiHost<S>, config: ApiConfig): Api {
  const app = new Hono<Env>();
  addSessions(app, host);
  addCommands(app, host);
  addQueries(app, host);
  addOperating(app, host);
  addDocs(app, host, config);
  app.all('/sync/*', (c) => host.sync(c.req.raw));
  app.notFound((c) => problemResponse({ code: 'api-path-unknown', facts: {} }, c.env.requestId));
  app.onError((error, c) => errorResponse(host, error, c.env.requestId));

  let count = 0;
  return {
    async fetch(request, address) {
      const requestId = requestIdOf(request) ?? `${config.instance}-${(count += 1).toString(36)}`;
      const origin = request.headers.get('origin');
      if (request.method === 'OPTIONS') return preflight(config, origin);
      let response: Response;
      try {
        response = await app.fetch(request, { requestId, address });
      } catch (error) {
        response = errorResponse(host, error, requestId);
      }
      return withOrigin(response, config, origin);
    },
  };
}

function requestIdOf(request: Request): string | undefined {
  const told = request.headers.get('x-request-id');
  return told !== null && /^[A-Za-z0-9_-]{8,64}$/.test(told) ? told : undefined;
}

function preflight(config: ApiConfig, origin: string | null): Response {
  if (origin === null || !config.origins.has(origin)) return new Response(null, { status: 204, headers: { vary: 'origin' } });
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': ALLOWED_METHODS,
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': PREFLIGHT_SECONDS,
      vary: 'origin',
    },
  });
}

/** Lets the pages of known origins read the answer; tokens go in a header, so no credentials mode is allowed. */
function withOrigin(response: Response, config: ApiConfig, origin: string | null): Response {
  if (origin === null || !config.origins.has(origin)) return response;
  response.headers.set('access-control-allow-origin', origin);
  response.headers.set('access-control-expose-headers', EXPOSED_HEADERS);
  response.headers.append('vary', 'origin');
  return response;
}

const NO_STORE = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

function json(value: unknown, requestId: string): Response {
  return new Response(JSON.stringify(value), { headers: { ...NO_STORE, 'x-request-id': requestId } });
}

function problemResponse(rejection: Rejection, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const problem = problemOf(rejection, requestId);
  const seconds = rejection.facts['retryAfterSeconds'];
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...NO_STORE,
      'content-type': 'application/problem+json',
      'x-request-id': requestId,
      ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(typeof seconds === 'number' ? { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } : {}),
      ...headers,
    },
  });
}

function errorResponse<S>(host: ApiHost<S>, error: unknown, requestId: string): Response {
  if (error instanceof Refusal) return problemResponse(error.rejection, requestId, error.headers);
  try {
    host.failed(error, requestId);
  } catch {
    // A log that fails must not hide the answer.
  }
  if (error instanceof StorageFailure) {
    const code = error.failureClass === 'ambiguous' ? 'api-outcome-unknown' : 'api-storage-failed';
    return problemResponse({ code, facts: {} }, requestId, { 'retry-after': '5' });
  }
  return problemResponse({ code: 'api-failed', facts: {} }, requestId);
}

async function sessionOf<S>(host: ApiHost<S>, c: C): Promise<S> {
  const header = c.req.raw.headers.get('authorization');
  const token = header === null ? undefined : /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1];
  if (token === undefined || token.length > MAX_TOKEN_CHARS) throw new Refusal('api-session-missing');
  const found = host.session(token);
  const session = found instanceof Promise ? await found : found;
  if (session === undefined) throw new Refusal('api-session-ended');
  return session;
}

function otherMethods(app: Hono<Env>, path: string, allowed: string): void {
  app.all(path, () => {
    throw new Refusal('api-method-unknown', { allowed }, { allow: allowed });
  });
}

function addSessions<S>(app: Hono<Env>, host: ApiHost<S>): void {
  app.post('/api/v1/sessions', async (c) => {
    const { user, password } = credentials(await readJsonBody(c.req.raw));
    const answer = await host.signIn(user, password, { address: c.env.address, requestId: c.env.requestId });
    return answer.ok ? json(answer, c.env.requestId) : problemResponse(answer.rejection, c.env.requestId);
  });
  app.delete('/api/v1/sessions', async (c) => {
    await host.signOut(await sessionOf(host, c));
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store', 'x-request-id': c.env.requestId } });
  });
  otherMethods(app, '/api/v1/sessions', 'POST, DELETE');
}

function credentials(body: unknown): { readonly user: string; readonly password: string } {
  const user = typeof body === 'object' && body !== null && 'user' in body ? body.user : undefined;
  const password = typeof body === 'object' && body !== null && 'password' in body ? body.password : undefined;
  if (typeof user !== 'string' || typeof password !== 'string') throw new Refusal('api-sign-in-shape');
  if (user === '' || password === '' || user.length > MAX_USER_CHARS || password.length > MAX_PASSWORD_CHARS)
    throw new Refusal('api-sign-in-shape');
  return { user, password };
}

function keyOf(c: C): CommandId | undefined {
  const text = c.req.raw.headers.get('idempotency-key');
  if (text === null) return undefined;
  const key = parseCommandId(text);
  if (key === undefined) throw new Refusal('api-key-invalid');
  return key;
}

function addCommands<S>(app: Hono<Env>, host: ApiHost<S>): void {
  app.post('/api/v1/commands/:name', async (c) => {
    const session = await sessionOf(host, c);
    const name = c.req.param('name');
    if (!host.commands.has(name)) throw new Refusal('api-command-unknown');
    const key = keyOf(c);
    const answer = await host.command(session, name, await readJsonBody(c.req.raw), key);
    if (!answer.ok) return problemResponse(answer.rejection, c.env.requestId);
    const { commit, result, repeated } = answer;
    return json(repeated === undefined ? { ok: true, commit, result } : { ok: true, commit, result, repeated }, c.env.requestId);
  });
  otherMethods(app, '/api/v1/commands/:name', 'POST');
  app.get('/api/v1/may/:command', async (c) => {
    const session = await sessionOf(host, c);
    const name = c.req.param('command');
    if (!host.commands.has(name)) throw new Refusal('api-command-unknown');
    const may = host.may(session, name);
    return json(may.ok ? may : problemOf(may.rejection), c.env.requestId);
  });
  otherMethods(app, '/api/v1/may/:command', 'GET');
}

function addQueries<S>(app: Hono<Env>, host: ApiHost<S>): void {
  const path = '/api/v1/queries/:name';
  const answer = async (c: C, inputOf: (name: string) => unknown): Promise<Response> => {
    const session = await sessionOf(host, c);
    const name = c.req.param('name') ?? '';
    if (!host.queries.has(name)) throw new Refusal('api-query-unknown');
    const input = await inputOf(name);
    const found = await host.query(session, name, input);
    return found.ok ? json({ ok: true, result: found.result }, c.env.requestId) : problemResponse(found.rejection, c.env.requestId);
  };
  app.get(path, (c) =>
    answer(c, (name) => {
      const query = host.queries.get(name);
      return query === undefined ? {} : queryInput(c.req.raw.url, query.input);
    }),
  );
  app.post(path, (c) => answer(c, () => readJsonBody(c.req.raw)));
  otherMethods(app, path, 'GET, POST');
}

function addOperating<S>(app: Hono<Env>, host: ApiHost<S>): void {
  const text = (body: string, status: number, type = 'text/plain; charset=utf-8'): Response =>
    new Response(body, { status, headers: { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
  app.get('/healthz', () => (host.alive() ? text('ok\n', 200) : text('failed\n', 503)));
  app.get('/readyz', async (c) => {
    const { ready, facts, retryAfterSeconds = 5 } = await host.ready();
    if (ready) return json({ ok: true, ...facts }, c.env.requestId);
    return problemResponse(
      { code: 'api-not-ready', facts: { seconds: retryAfterSeconds, retryAfterSeconds, ...textual(facts) } },
      c.env.requestId,
    );
  });
  app.get('/metrics', async () => text(await host.metrics(), 200, 'text/plain; version=0.0.4; charset=utf-8'));
  for (const path of ['/healthz', '/readyz', '/metrics']) otherMethods(app, path, 'GET');
}

function textual(facts: Readonly<Record<string, string | number | boolean>>): Rejection['facts'] {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]));
}

function addDocs<S>(app: Hono<Env>, host: ApiHost<S>, config: ApiConfig): void {
  let description: string | undefined;
  app.get('/api/openapi.json', () => {
    description ??= JSON.stringify(openApi(host, config));
    return new Response(description, { headers: { ...NO_STORE, 'cache-control': 'no-cache' } });
  });
  app.get('/api', (c) => c.redirect('/api/docs'));
  app.get('/api/docs/:file?', async (c) => {
    const page = await docsPage(host, c.req.param('file') ?? '');
    if (page === undefined) throw new Refusal('api-path-unknown');
    return page;
  });
  for (const path of ['/api/openapi.json', '/api/docs/:file?']) otherMethods(app, path, 'GET');
}
