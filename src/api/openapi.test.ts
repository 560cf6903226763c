import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '#kernel/commands.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { QUERY_SIGNATURES } from '#views/query-signatures.ts';
import { EXAMPLES } from './examples.ts';
import { openApi } from './openapi.ts';
import { fakeHost } from './testing/fake-host.ts';

const document = openApi(fakeHost(), { title: 'Test', version: '1.2.3' });

/** The parts of OpenAPI 3.1 that this document uses, as its specification has them (section 4.8); strict, so that a misspelt key fails. */
const schemaObject = z.union([z.boolean(), z.record(z.string(), z.unknown())]);
const media = z.strictObject({ schema: schemaObject, example: z.unknown().optional() });
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), media);
const parameter = z
  .strictObject({
    name: z.string(),
    in: z.enum(['query', 'header', 'path', 'cookie']),
    required: z.boolean(),
    description: z.string().optional(),
    schema: schemaObject.optional(),
    content: content.optional(),
  })
  .refine((item) => (item.schema === undefined) !== (item.content === undefined), 'a parameter has either schema or content');
const operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.strictObject({ description: z.string(), content: content.optional() })),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
const openApiDocument = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[a-zA-Z0-9._-]+$/), schemaObject),
    securitySchemes: z.record(z.string(), z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer') })),
  }),
});

test('it is an OpenAPI 3.1 document', () => {
  const parsed = openApiDocument.parse(JSON.parse(JSON.stringify(document)));
  const operations = Object.values(parsed.paths).flatMap((item) => Object.values(item));
  const ids = operations.map((item) => item.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = new Set(parsed.tags.map((tag) => tag.name));
  for (const item of operations) expect(item.tags.every((tag) => tags.has(tag))).toBe(true);
});

test('every reference has its target, and every path parameter is declared', () => {
  const parsed = openApiDocument.parse(document);
  const names = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect([name, name.replace('#/components/schemas/', '') in parsed.components.schemas]).toEqual([name, true]);
  for (const [path, item] of Object.entries(parsed.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    for (const each of Object.values(item))
      expect((each.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inPath);
  }
});

test('every command and query is in it, with its titles and both schemas', () => {
  const parsed = openApiDocument.parse(document);
  expect(parsed.paths['/api/v1/commands/ping']?.post).toMatchObject({ summary: 'ping in English', description: 'हिन्दी में' });
  expect(parsed.paths['/api/v1/queries/list']?.get?.operationId).toBe('getList');
  expect(parsed.components.schemas['PingCommandInput']).toMatchObject({
    type: 'object',
    required: ['word'],
    properties: { word: { type: 'string', maxLength: 50 } },
  });
  expect(parsed.components.schemas['ListQueryResult']).toMatchObject({ type: 'object' });
});

test('a schema that JSON Schema cannot say is described as anything, not refused', () => {
  const odd = { name: 'odd', title: { en: 'o', hi: 'ओ' }, input: z.object({ when: z.date(), big: z.bigint() }), result: z.undefined() };
  const described = openApi({ commands: new Map(), queries: new Map([['odd', odd]]) }, { title: 'T', version: '1' });
  expect(() => openApiDocument.parse(JSON.parse(JSON.stringify(described)))).not.toThrow();
});

test('the example of signing in is valid', () => {
  expect(z.object({ user: z.string(), password: z.string() }).safeParse(EXAMPLES['signIn']).success).toBe(true);
});

describe("the hospital's own commands", () => {
  const queries = new Map(Object.entries(QUERY_SIGNATURES).map(([name, signature]) => [name, { name, ...signature }]));
  const own = openApiDocument.parse(JSON.parse(JSON.stringify(openApi({ commands, queries }, { title: 'Test', version: '1' }))));

  test('are all described, with titles in both languages', () => {
    for (const name of commands.keys()) expect(own.paths[`/api/v1/commands/${name}`]?.post?.description).toMatch(/[\u0900-\u097f]/);
    for (const name of queries.keys()) expect(own.paths[`/api/v1/queries/${name}`]?.get?.description).toMatch(/[\u0900-\u097f]/);
  });
  test('every example is for something, and valid for it', () => {
    for (const [name, example] of Object.entries(EXAMPLES)) {
      if (name === 'signIn') continue;
      const input: z.ZodType | undefined = commands.get(name)?.input ?? queries.get(name)?.input;
      expect([name, input?.safeParse(example).error?.issues]).toEqual([name, undefined]);
      expect([name, input === undefined]).toEqual([name, false]);
    }
  });
  test('numbers in examples have right check digits', () => {
    for (const [number] of JSON.stringify(EXAMPLES).matchAll(/\d{12}/g)) expect([number, parseNumber(number).ok]).toEqual([number, true]);
  });
  test('every schema says something: no input or result is described as anything at all', () => {
    const empty = Object.entries(own.components.schemas)
      .filter(([, schema]) => typeof schema === 'object' && Object.keys(schema).length === 0)
      .map(([name]) => name);
    expect(empty).toEqual([]);
  });
});
