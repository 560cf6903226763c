// Anything at all under the scanner: an answer with a registered code, nothing thrown, nothing of a bad sheet kept.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { CODES } from '#kernel/shared/codes.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { LocalNotes } from './local-notes.ts';
import { Paper } from './paper.ts';
import { join, newHospital, picture, run, type Node, type Tools } from './testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.split('');
let reader: Node;
let paper: Paper;
let texts: readonly string[];
let foreign: readonly string[];
let before: string;

async function sheetOf(node: Node): Promise<readonly string[]> {
  const written = await run(node, 'writeNote', { text: 'on paper' });
  const { note } = (written as { result: { note: StreamId } }).result;
  const sheet = await new Paper(node.replica, await LocalNotes.open(new MemoryFiles())).sheet('slip', [note]);
  if (!sheet.ok) throw new Error(sheet.rejection.code);
  return sheet.texts;
}

beforeAll(async () => {
  const hub = await newHospital(tools);
  const writer = await join(tools, hub, 'desk');
  reader = await join(tools, hub, 'desk');
  texts = await sheetOf(writer);
  foreign = await sheetOf(await join(tools, await newHospital(tools), 'desk'));
  paper = new Paper(reader.replica, await LocalNotes.open(new MemoryFiles()));
  before = await picture(reader);
});

async function scan(text: string): Promise<boolean> {
  const scanned = await paper.scan(text);
  if (!scanned.ok) expect(CODES).toHaveProperty([scanned.rejection.code]);
  return scanned.ok && scanned.kind !== 'number' && scanned.kind !== 'other' && scanned.accepted > 0;
}

test('whatever is scanned is answered, and no altered sheet is taken', async () => {
  const [whole] = texts;
  const altered = fc
    .tuple(fc.nat(whole!.length - 1), fc.constantFrom(...BASE45))
    .map(([at, to]) => whole!.slice(0, at) + to + whole!.slice(at + 1)); // a slip has a symbol
  const cut = fc.tuple(fc.nat(whole!.length - 1), fc.nat(40)).map(([at, gone]) => whole!.slice(0, at) + whole!.slice(at + gone + 1)); // as above
  const random = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...BASE45), { maxLength: 300 }).map((parts) => `${whole!.slice(0, 6)}${parts.join('')}`),
  ); // as above
  await fc.assert(
    fc.asyncProperty(fc.oneof(altered, cut, random), async (text) => {
      fc.pre(text !== whole);
      expect(await scan(text)).toBe(false);
    }),
    { numRuns: 500 },
  );
  expect(await picture(reader)).toBe(before);
}, 20_000);

test('a sheet of another hospital is refused with a reason, and the real one is taken once after all that', async () => {
  for (const text of foreign) expect(await scan(text)).toBe(false);
  expect(await picture(reader)).toBe(before);
  const taken: boolean[] = [];
  for (const text of texts) taken.push(await scan(text));
  expect(taken.filter(Boolean)).toHaveLength(1);
  for (const text of texts) expect(await scan(text)).toBe(false);
  expect(JSON.parse(await picture(reader))[1]).toHaveLength(1);
});
