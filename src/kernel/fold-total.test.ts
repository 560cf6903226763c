// Every event type of every stream, in every order, whoever knew what: fold never throws, and numbers, links and unit answer.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CODES } from './shared/codes.ts';
import type { FoldEvent } from './shared/event.ts';
import { commitOf, type CommitRef, type EventRef } from './shared/ids.ts';
import { testStream } from './shared/testing.ts';
import { instant } from './shared/time.ts';
import { streams } from './streams.ts';

const REFS = Array.from({ length: 8 }, (_, at) => `AAAAAAAAAA${at}.0` as EventRef);
const STREAM_IDS = ['patient', 'order', 'specimen', 'result', 'device'].flatMap((type) => [testStream(type, 'a'), testStream(type, 'b')]);

interface Def {
  readonly type: string;
  readonly [key: string]: unknown;
}

function defOf(schema: z.ZodType): Def {
  return (schema as unknown as { _zod: { def: Def } })._zod.def; // zod keeps the definition there
}

/** Values for a schema, from its definition. What comes out is parsed again, so a poor guess costs a case and proves nothing wrong. */
function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = defOf(schema);
  const inner = (name: string) => def[name] as z.ZodType;
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def['shape'] as Record<string, z.ZodType>).map(([name, one]) => [name, arbitraryOf(one)])),
      );
    case 'optional':
      return fc.option(arbitraryOf(inner('innerType')), { nil: undefined });
    case 'array':
      return fc.array(arbitraryOf(inner('element')), { minLength: 1, maxLength: 3 });
    case 'tuple':
      return fc.tuple(...(def['items'] as z.ZodType[]).map((one) => arbitraryOf(one)));
    case 'union':
      return fc.oneof(...(def['options'] as z.ZodType[]).map((one) => arbitraryOf(one)));
    case 'enum':
      return fc.constantFrom(...Object.values(def['entries'] as Record<string, string>));
    case 'literal':
      return fc.constantFrom(...(def['values'] as unknown[]));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(0, 0.5, 1));
    case 'string':
      // One of each form that the patterns ask for; the wrong ones fall out at the parse.
      return fc.constantFrom(
        ...REFS,
        ...STREAM_IDS,
        'AAAAAAAAAAAAAAAA',
        '2022-11-23',
        '201000000018',
        'PLT',
        'edta',
        'desk',
        '110001',
        '98000 00001',
        '2345-7',
        `$argon2id$${'x'.repeat(30)}`,
      );
    default:
      return fc.constant(undefined);
  }
}

describe('fold is total', () => {
  for (const [type, definition] of streams) {
    const samples = new Map<string, unknown[]>();
    for (const [name, schema] of Object.entries(definition.events)) samples.set(name, sample(schema));

    test(`${type}: there is an example of every event`, () => {
      expect([...samples].filter(([, list]) => list.length === 0).map(([name]) => name)).toEqual([]);
    });

    test(`${type}: any events in any order`, () => {
      const one = fc.record({
        name: fc.constantFrom(...samples.keys()),
        pick: fc.nat(),
        knows: fc.array(fc.nat({ max: 7 }), { maxLength: 8 }),
      });
      fc.assert(
        fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (events) => {
          let state = definition.initial;
          const self = testStream(type, 'self');
          for (const [at, { name, pick, knows }] of events.entries()) {
            const list = samples.get(name) ?? [];
            const data = definition.events[name]?.parse(list[pick % list.length]);
            const ref = REFS[at] ?? REFS[0];
            if (ref === undefined) throw new Error('invariant: refs are there');
            const known = new Set<CommitRef>(knows.flatMap((index) => (REFS[index] === undefined ? [] : [commitOf(REFS[index])])));
            const event: FoldEvent = {
              ref,
              stream: self,
              type: name,
              v: 1,
              data,
              occurredAt: instant(at),
              committedAt: instant(at),
              user: testStream('user', 'u'),
              device: testStream('device', 'd'),
              command: 'c',
            };
            const before = state;
            const beforeJson = JSON.stringify(before);
            state = definition.fold(state, event, {
              knows: (other) => known.has(commitOf(other)),
              issue(code, refs) {
                expect(CODES).toHaveProperty([code]);
                expect(refs.length).toBeGreaterThan(0);
              },
            });
            // A fold makes a new state and leaves the old one as it was.
            expect(JSON.stringify(before)).toBe(beforeJson);
            for (const number of definition.numbers(state)) expect(typeof number).toBe('string');
            for (const link of definition.links(state)) expect(link.to).toMatch(/\//);
            const unit = definition.unit(state, self);
            expect(definition.trust ? unit === undefined : unit !== undefined).toBe(true);
            // What a replica stores is JSON: folding on from the stored state must give what folding on from the live one gives.
            const stored: unknown = JSON.parse(JSON.stringify(state));
            expect(definition.numbers(stored)).toEqual(definition.numbers(state));
            expect(definition.links(stored)).toEqual(definition.links(state));
            state = stored;
          }
        }),
        { numRuns: 150 },
      );
    });
  }
});

/** Up to 12 examples that parse; strings of the wrong form are replaced one after the other, guided by where the parse fails. */
function sample(schema: z.ZodType): unknown[] {
  const found: unknown[] = [];
  for (const guess of fc.sample(arbitraryOf(schema), { numRuns: 12, seed: 7 })) {
    const mended = mend(schema, guess);
    if (mended !== undefined) found.push(mended.data);
  }
  return found;
}

const STRINGS: readonly unknown[] = [
  'AAAAAAAAAAAAAAAA',
  REFS[0],
  STREAM_IDS[0],
  STREAM_IDS[2],
  '2022-11-23',
  '201000000018',
  'plt',
  '110001',
  '98000 00001',
  '2345-7',
  `$argon2id$${'x'.repeat(30)}`,
  'query:patient',
];

function mend(schema: z.ZodType, guess: unknown): { readonly data: unknown } | undefined {
  const data = structuredClone(guess);
  for (let round = 0; round < 400; round += 1) {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { data };
    const [issue] = parsed.error.issues;
    if (issue === undefined || issue.path.length === 0) return undefined;
    const last = issue.path.at(-1);
    const holder = issue.path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], data) as Record<
      PropertyKey,
      unknown
    >; // the path is the parser's own
    if (last === undefined) return undefined;
    const better = STRINGS.find((text) => {
      holder[last] = text;
      const next = schema.safeParse(data);
      return next.success || JSON.stringify(next.error.issues[0]?.path) !== JSON.stringify(issue.path);
    });
    if (better === undefined) return undefined;
  }
  return undefined;
}
