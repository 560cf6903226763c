// The OpenAPI 3.1 description, made from the same schemas that parse the requests. It must not describe anything by hand twice.
import { z } from 'zod';
import { EXAMPLES } from './examples.ts';
import type { ApiConfig, ApiHost } from './host.ts';
import { MAX_BODY_BYTES, MAX_JSON_DEPTH } from './limits.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. What JSON Schema cannot say (a refinement) is left to the server. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function jsonContent(schema: Json, example?: unknown): Json {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}

const problem = (description: string): Json => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });

const REFUSALS: Json = {
  '400': problem('The request cannot be read, or the input is not what is asked for.'),
  '401': problem('No session, or it has ended.'),
  '403': problem('The roles of this user do not allow it.'),
  '404': problem('Nothing of this name or number is known here.'),
  '409': problem('What is so now does not allow it.'),
  '413': problem(`Larger than ${MAX_BODY_BYTES} bytes.`),
  '415': problem('Not JSON.'),
  '422': problem('Understood, and refused by a rule.'),
  '429': problem('Too many failed attempts: wait as the header Retry-After says.'),
  '503': problem('This hub cannot do it now; another hub or the desk can.'),
};

const SCHEMAS: Json = {
  Problem: {
    type: 'object',
    description: 'Why something was not done (RFC 9457), with what to do, in English and Hindi.',
    required: ['ok', 'type', 'title', 'status', 'detail', 'detailHi', 'code', 'facts'],
    properties: {
      ok: { const: false },
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What happened and what to do, in English.' },
      detailHi: { type: 'string', description: 'The same in Hindi.' },
      code: { type: 'string', description: 'Stable: programs look at this.' },
      facts: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
      field: { type: 'string', description: 'The input field that it is about, as a path.' },
      requestId: { type: 'string' },
    },
  },
  SignIn: {
    type: 'object',
    required: ['user', 'password'],
    properties: { user: { type: 'string', minLength: 1, maxLength: 128 }, password: { type: 'string', minLength: 1, maxLength: 1024 } },
  },
  Session: {
    type: 'object',
    required: ['ok', 'token', 'user', 'userName', 'roles', 'expiresAt'],
    properties: {
      ok: { const: true },
      token: { type: 'string', description: 'Send it as `Authorization: Bearer TOKEN`.' },
      user: { type: 'string' },
      userName: { type: 'string' },
      roles: { type: 'array', items: { type: 'string' } },
      expiresAt: { type: 'integer', description: 'Milliseconds since 1970: the end of the session when it is not used.' },
    },
  },
  May: {
    oneOf: [{ type: 'object', required: ['ok'], properties: { ok: { const: true } } }, ref('Problem')],
  },
};

interface Described {
  readonly name: string;
  readonly title: { readonly en: string; readonly hi: string };
}

function operation(kind: 'command' | 'query', described: Described, id: string): Json {
  return {
    operationId: id,
    tags: [kind === 'command' ? 'Commands' : 'Queries'],
    summary: described.title.en,
    description: described.title.hi,
  };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const KEY_HEADER: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The command id: the same one never has an effect twice, and is answered as it was the first time.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};

function answered(result: string, withCommit: boolean): Json {
  return {
    type: 'object',
    required: withCommit ? ['ok', 'commit', 'result'] : ['ok', 'result'],
    properties: {
      ok: { const: true },
      ...(withCommit
        ? {
            commit: { type: 'string', description: 'Hash of the commit, durable on this hub; empty when nothing changed.' },
            repeated: { const: true, description: 'Done before under this Idempotency-Key.' },
          }
        : {}),
      result: ref(result),
    },
  };
}

function body(input: string, name: string): Json {
  return { requestBody: { required: true, content: jsonContent(ref(input), EXAMPLES[name]) } };
}

/** The whole document. Costly (all schemas): made once and kept by the caller. */
export function openApi(host: Pick<ApiHost, 'commands' | 'queries'>, config: Pick<ApiConfig, 'title' | 'version'>): Json {
  const schemas: Record<string, unknown> = { ...SCHEMAS };
  const paths: Record<string, unknown> = { ...FIXED_PATHS };
  for (const command of [...host.commands.values()].toSorted(byName)) {
    const base = `${capital(command.name)}Command`;
    schemas[`${base}Input`] = jsonSchema(command.input, 'input');
    schemas[`${base}Result`] = jsonSchema(command.result, 'output');
    paths[`/api/v1/commands/${command.name}`] = {
      post: {
        ...operation('command', command, command.name),
        parameters: [KEY_HEADER],
        ...body(`${base}Input`, command.name),
        responses: { '200': { description: 'Done and durable.', content: jsonContent(answered(`${base}Result`, true)) }, ...REFUSALS },
      },
    };
  }
  for (const query of [...host.queries.values()].toSorted(byName)) {
    const base = `${capital(query.name)}Query`;
    schemas[`${base}Input`] = jsonSchema(query.input, 'input');
    schemas[`${base}Result`] = jsonSchema(query.result, 'output');
    const responses = { '200': { description: 'The answer.', content: jsonContent(answered(`${base}Result`, false)) }, ...REFUSALS };
    const input = {
      name: 'input',
      in: 'query',
      required: false,
      description: 'The input as JSON; simple inputs may be given as parameters of their own names.',
      content: jsonContent(ref(`${base}Input`), EXAMPLES[query.name]),
    };
    paths[`/api/v1/queries/${query.name}`] = {
      get: { ...operation('query', query, `get${capital(query.name)}`), parameters: [input], responses },
      post: { ...operation('query', query, `query${capital(query.name)}`), ...body(`${base}Input`, query.name), responses },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${config.title}: API`,
      version: config.version,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      description: INTRODUCTION,
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    tags: [{ name: 'Sessions' }, { name: 'Commands' }, { name: 'Queries' }, { name: 'Operating' }],
    paths,
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } }, schemas },
  };
}

function byName(a: Described, b: Described): number {
  return a.name < b.name ? -1 : 1;
}

const INTRODUCTION = `Every command and query of this hospital, with the same names and shapes as on the desks. JSON in UTF-8, at most ${MAX_BODY_BYTES} bytes and ${MAX_JSON_DEPTH} levels. Whatever is refused answers with a problem document (RFC 9457).`;

const plain = (description: string): Json => ({ description, content: { 'text/plain': { schema: { type: 'string' } } } });
const facts = (description: string): Json => ({ description, content: jsonContent({ type: 'object' }) });

const FIXED_PATHS: Json = {
  '/api/v1/sessions': {
    post: {
      operationId: 'signIn',
      tags: ['Sessions'],
      summary: 'Sign in',
      description: 'साइन इन',
      security: [],
      requestBody: { required: true, content: jsonContent(ref('SignIn'), EXAMPLES['signIn']) },
      responses: {
        '200': { description: 'Signed in.', content: jsonContent(ref('Session')) },
        '400': REFUSALS['400'],
        '401': problem('User or password is wrong.'),
        '413': REFUSALS['413'],
        '415': REFUSALS['415'],
        '429': REFUSALS['429'],
      },
    },
    delete: {
      operationId: 'signOut',
      tags: ['Sessions'],
      summary: 'Sign out',
      description: 'साइन आउट',
      responses: { '204': { description: 'Signed out.' }, '401': REFUSALS['401'] },
    },
  },
  '/api/v1/may/{command}': {
    get: {
      operationId: 'may',
      tags: ['Commands'],
      summary: 'May I, and if not why not',
      description: 'क्या मैं कर सकता हूँ, और नहीं तो क्यों',
      parameters: [{ name: 'command', in: 'path', required: true, schema: { type: 'string' } }],
      responses: {
        '200': { description: 'Yes, or no with the reason.', content: jsonContent(ref('May')) },
        '401': REFUSALS['401'],
        '404': REFUSALS['404'],
      },
    },
  },
  '/healthz': {
    get: {
      operationId: 'healthz',
      tags: ['Operating'],
      summary: 'Is this process alive',
      security: [],
      responses: { '200': plain('Yes.'), '503': plain('No: restart it.') },
    },
  },
  '/readyz': {
    get: {
      operationId: 'readyz',
      tags: ['Operating'],
      summary: 'Can this hub serve',
      security: [],
      responses: { '200': facts('Yes.'), '503': problem('Not yet.') },
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      tags: ['Operating'],
      summary: 'Metrics for Prometheus',
      security: [],
      responses: { '200': plain('Text format 0.0.4.') },
    },
  },
};
