// One line in, one line out, in order, whatever comes: never a missing answer, never a stack trace.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { PassThrough, Readable, Writable } from 'node:stream';
import { type Answer, type JsonLinesOptions, MAX_LINE_BYTES, runJsonLines } from './json-lines.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

async function converse(
  input: readonly Uint8Array[],
  handle: JsonLinesOptions['handle'],
  more: Partial<JsonLinesOptions> = {},
): Promise<readonly Answer[]> {
  const output = new PassThrough();
  let got = '';
  output.setEncoding('utf8').on('data', (chunk: string) => (got += chunk));
  await runJsonLines({ input: Readable.from(input), output, handle, ...more });
  expect(got === '' || got.endsWith('\n')).toBe(true);
  expect(got).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
  return got
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer); // what runJsonLines writes
}

const echo: JsonLinesOptions['handle'] = (request) => Promise.resolve({ ok: true, got: request['say'] ?? null });

describe('one line in, one line out', () => {
  test('answers carry the id of their line, in order', async () => {
    const answers = await converse([bytes('{"id":1,"say":"a"}\n{"id":"two","say":"b"}\n{"id":1.5}\n')], echo);
    expect(answers).toEqual([
      { id: 1, ok: true, got: 'a' },
      { id: 'two', ok: true, got: 'b' },
      { id: 1.5, ok: true, got: null },
    ]);
  });

  test('a last line without a line feed counts, a carriage return and a byte order mark do no harm', async () => {
    expect(await converse([bytes('{"id":1}\r\n{"id":2}')], echo)).toHaveLength(2);
    expect((await converse([bytes(' {"id":1} \n')], echo))[0]).toMatchObject({ id: 1, ok: true });
    expect(await converse([], echo)).toEqual([]);
  });

  test('a line in pieces, in the middle of a letter, is one line', async () => {
    const whole = bytes('{"id":1,"say":"सुनीता"}\n');
    const pieces = [...whole].map((byte) => Uint8Array.of(byte));
    expect(await converse(pieces, echo)).toEqual([{ id: 1, ok: true, got: 'सुनीता' }]);
  });

  test.each([
    ['nonsense', 'line-not-json'],
    ['', 'line-not-json'],
    ['{"id":1', 'line-not-json'],
    ['\u0000', 'line-not-json'],
    ['[1]', 'line-not-object'],
    ['null', 'line-not-object'],
    ['"text"', 'line-not-object'],
    ['7', 'line-not-object'],
    ['{"id":1e999}', 'line-without-id'],
    ['{"id":12345678901234567890}', 'line-without-id'],
    ['{}', 'line-without-id'],
    ['{"id":null}', 'line-without-id'],
    ['{"id":{"a":1}}', 'line-without-id'],
    ['{"id":true}', 'line-without-id'],
    [`{"id":"${'x'.repeat(257)}"}`, 'line-without-id'],
  ])('%j is refused with %s and a null id, and the next line is served', async (line, code) => {
    const answers = await converse([bytes(`${line}\n{"id":2}\n`)], echo);
    expect(answers[0]).toEqual({ id: null, ok: false, code, message: expect.any(String) as string });
    expect(answers[1]).toMatchObject({ id: 2, ok: true });
  });

  test('bytes that are no UTF-8 are refused or replaced, and answered', async () => {
    expect(await converse([Uint8Array.of(0xff, 0xfe, 0x0a), bytes('{"id":2}\n')], echo)).toHaveLength(2);
  });

  test('a line that is too long is skipped without being kept, and the next is served', async () => {
    const long = Array.from({ length: 40 }, () => Buffer.alloc(100, 'x'));
    const answers = await converse([...long, bytes('\n{"id":2}\n'), ...long], echo, { maxLineBytes: 1_000 });
    expect(answers.map((answer) => answer['code'])).toEqual(['line-too-long', undefined, 'line-too-long']);
    expect(answers[0]?.['message']).toContain('1000 bytes');
    const edge = `{"id":1,"say":"${'x'.repeat(983)}"}`;
    expect(edge.length).toBe(1_000);
    expect((await converse([bytes(`${edge}\n${edge} \n`)], echo, { maxLineBytes: 1_000 })).map((answer) => answer['ok'])).toEqual([
      true,
      false,
    ]);
    expect(MAX_LINE_BYTES).toBeGreaterThanOrEqual(500_000);
  });
});

describe('what the handler lets fall', () => {
  test('is an answer with a reference that was told to the log, and nothing of the error', async () => {
    const told: [unknown, string][] = [];
    const error = new Error('Sunita Devi, 34');
    const [answer] = await converse([bytes('{"id":1}\n')], () => Promise.reject(error), { onError: (...args) => told.push(args) });
    expect(answer).toMatchObject({ id: 1, ok: false, code: 'internal-error' });
    expect(JSON.stringify(answer)).not.toContain('Sunita');
    expect(told).toEqual([[error, 'line-1']]);
    expect(answer?.['message']).toContain('line-1');
  });

  test('is named when it is the disk', async () => {
    const full = new StorageFailure('disk-full', 'transient', 'internal words');
    const [answer] = await converse([bytes('{"id":1}\n')], () => Promise.reject(full));
    expect(answer).toMatchObject({ code: 'storage-disk-full', ok: false });
  });

  test('an answer that cannot be written as JSON is an internal error', async () => {
    const circle: Record<string, unknown> = { ok: true };
    circle['circle'] = circle;
    for (const answer of [circle, { ok: true, big: 1n }]) {
      expect((await converse([bytes('{"id":1}\n')], () => Promise.resolve(answer)))[0]).toMatchObject({ id: 1, code: 'internal-error' });
    }
  });

  test('an answer cannot change the id', async () => {
    expect((await converse([bytes('{"id":1}\n')], () => Promise.resolve({ id: 9, ok: true })))[0]?.['id']).toBe(1);
  });
});

describe('order and back-pressure', () => {
  const lines = (count: number): Buffer => bytes(Array.from({ length: count }, (_, i) => `{"id":${i}}\n`).join(''));

  test('by default a line is looked at when the one before it is answered', async () => {
    const log: string[] = [];
    await converse([lines(3)], async ({ id }) => {
      log.push(`in ${String(id)}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`out ${String(id)}`);
      return { ok: true };
    });
    expect(log).toEqual(['in 0', 'out 0', 'in 1', 'out 1', 'in 2', 'out 2']);
  });

  test('several at once answer in order although they finish in another, and never more than allowed', async () => {
    let now = 0;
    let most = 0;
    const answers = await converse(
      [lines(50)],
      async ({ id }) => {
        now += 1;
        most = Math.max(most, now);
        for (let i = Number(id) % 7; i < 7; i += 1) await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return { ok: true };
      },
      { inFlight: 5 },
    );
    expect(answers.map((answer) => answer['id'])).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(most).toBe(5);
  });

  test('a reader that does not read stops the reading of lines', async () => {
    let handled = 0;
    const stuck = new Writable({ highWaterMark: 100, write: () => undefined });
    const run = runJsonLines({ input: Readable.from([lines(1_000)]), output: stuck, handle: () => Promise.resolve({ ok: ++handled > 0 }) });
    for (let i = 0; i < 200; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(handled).toBeLessThan(20);
    stuck.destroy();
    await run;
  });

  test('a reader that has gone ends the conversation without an error', async () => {
    const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    let handled = 0;
    await runJsonLines({ input: Readable.from([lines(1_000)]), output: gone, handle: () => Promise.resolve({ ok: ++handled > 0 }) });
    expect(handled).toBeLessThan(1_000);
  });
});

describe('fuzz', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 4 }),
    fc.record({ id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)), say: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    fc.constantFrom('{"id":1,"__proto__":{"x":1}}', `{"id":1,"say":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, `${'{"a":'.repeat(3_000)}`),
  );

  test('any lines in any pieces: as many answers as lines, each an object with an id', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 1, max: 97 }),
        fc.integer({ min: 1, max: 4 }),
        async (lines, size, inFlight) => {
          const clean = lines.map((text) => text.replaceAll('\n', ' '));
          const all = bytes(clean.map((text) => `${text}\n`).join(''));
          const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
          const answers = await converse(
            pieces,
            (request) => (request['say'] === 'throw' ? Promise.reject(new Error('x')) : Promise.resolve({ ok: true, ...request })),
            {
              maxLineBytes: 20_000,
              inFlight,
            },
          );
          expect(answers).toHaveLength(clean.length);
          for (const answer of answers) expect(Object.hasOwn(answer, 'id')).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
