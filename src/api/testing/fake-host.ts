// A hub for tests: two commands, two queries, one user, and a switch for everything that can go wrong.
import { z } from 'zod';
import { YES, no } from '#kernel/shared/actor.ts';
import type { ApiHost, CommandAnswer } from '../host.ts';

interface FakeSession {
  readonly user: string;
}

export interface FakeHost extends ApiHost<FakeSession> {
  readonly seen: { readonly name: string; readonly input: unknown; readonly key: string | undefined }[];
  readonly failures: unknown[];
  /** Thrown or rejected by the next command and query. */
  breakWith(error: unknown): void;
  setReady(ready: boolean): void;
}

export const TOKEN = 'AAAAAAAAAAAAAAAAAAAAAA';

const pingInput = z.object({ word: z.string().max(50), times: z.number().int().min(1).max(9).optional() });
const listInput = z.object({
  search: z.string().max(200),
  limit: z.number().int().min(1).max(200).optional(),
  open: z.boolean().optional(),
  tests: z.array(z.string()).optional(),
  age: z.object({ years: z.number() }).optional(),
});

/** Only the fields that `ApiHost` reads. */
function command(name: string, needsHub: boolean) {
  return {
    name,
    title: { en: `${name} in English`, hi: 'हिन्दी में' },
    input: pingInput,
    result: z.object({ word: z.string() }),
    needsHub,
  } as const;
}

export function fakeHost(): FakeHost {
  const seen: FakeHost['seen'] = [];
  const failures: unknown[] = [];
  let broken: { readonly error: unknown } | undefined;
  let isReady = true;
  const parsed = (schema: z.ZodType, input: unknown): CommandAnswer | undefined => {
    const result = schema.safeParse(input);
    if (result.success) return undefined;
    const first = result.error.issues[0];
    return {
      ok: false,
      rejection: { code: 'input-invalid', facts: { problems: result.error.issues.length }, field: first?.path.map(String).join('.') ?? '' },
    };
  };
  return {
    seen,
    failures,
    breakWith: (error) => (broken = { error }),
    setReady: (ready) => (isReady = ready),
    commands: new Map([
      ['ping', command('ping', false)],
      ['retireRole', command('retireRole', true)],
    ]) as unknown as ApiHost['commands'], // the schemas are what a real definition has
    queries: new Map([
      ['list', { name: 'list', title: { en: 'List', hi: 'सूची' }, input: listInput, result: z.object({ rows: z.array(z.string()) }) }],
    ]) as unknown as ApiHost['queries'], // as above
    signIn: async (user, password) => {
      if (user === 'tired') return { ok: false, rejection: { code: 'sign-in-slow', facts: { retryAfterSeconds: 8 } } };
      if (password !== 'right') return { ok: false, rejection: { code: 'sign-in-failed', facts: {} } };
      return { ok: true, token: TOKEN, user: 'user/0000000000000000', userName: user, roles: ['admin'], expiresAt: 1000 };
    },
    signOut: () => undefined,
    session: (token) => (token === TOKEN ? { user: 'admin' } : undefined),
    command: async (_session, name, input, key) => {
      if (broken !== undefined) throw broken.error;
      const refused = parsed(pingInput, input);
      if (refused !== undefined) return refused;
      if (name === 'retireRole') return { ok: false, rejection: { code: 'role-missing', facts: { action: name } } };
      const again = key !== undefined && seen.some((item) => item.key === key);
      seen.push({ name, input, key });
      return { ok: true, commit: 'HASH', result: { word: 'pong' }, ...(again ? { repeated: true as const } : {}) };
    },
    query: async (_session, name, input) => {
      if (broken !== undefined) throw broken.error;
      const refused = parsed(listInput, input);
      if (refused !== undefined && !refused.ok) return refused;
      seen.push({ name, input, key: undefined });
      return { ok: true, result: { rows: [] } };
    },
    may: (_session, name) => (name === 'ping' ? YES : no('role-missing', { action: name })),
    alive: () => true,
    ready: () => ({ ready: isReady, facts: { commits: 3, peers: 'two' } }),
    metrics: () => 'nirantar_commits 3\n',
    sync: async (request) => new Response(`${request.method} ${new URL(request.url).pathname}`, { status: 299 }),
    docsFile: async (name) => (name === 'swagger-ui.css' ? new TextEncoder().encode('body{}') : undefined),
    failed: (error) => failures.push(error),
  };
}
