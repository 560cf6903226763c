import { describe, expect, test } from 'vitest';
import { decodeCommit } from '#journal/commit.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { NoteState } from '../testing/toy-domain.ts';
import { copy, join, newHospital, run, type Node, type Tools } from '../testing/world.ts';
import { Pages } from './pages.ts';
import { NEW_CURSOR } from './peer-table.ts';
import type { Cursor, Scope } from './protocol.ts';
import { unitsInScope } from './scope.ts';

const crypto = new NodeCrypto();
const tools: Tools = { crypto, sql: async () => (await NodeSql.open(':memory:')).sql };
const ALL: Scope = { kind: 'all' };
const DESK: Scope = { kind: 'desk', departments: [], days: 30 };
const PAGE_BYTES = 16 * 1024;
const HISTORY = 300;

/** A hub that has taken in history of one desk, and then a live note of another. */
async function hubWithHistory(): Promise<{ hub: Node; pages: Pages; live: string }> {
  const hub = await newHospital(tools);
  const away = await join(tools, hub, 'desk');
  const here = await join(tools, hub, 'desk');
  for (let i = 0; i < HISTORY; i += 1) await run(away, 'writeNote', { text: `history ${i} ${'x'.repeat(100)}` });
  await copy(away.replica, hub.replica);
  const head = here.replica.position.n;
  const done = await run(here, 'writeNote', { text: 'somebody waits for this' });
  if (!done.ok) throw new Error(done.rejection.code);
  await hub.replica.ingest(await here.replica.payloads([head + 1]), { live: true });
  return { hub, pages: new Pages(hub.replica), live: done.commit };
}

const hashes = (payloads: readonly Uint8Array[]): readonly string[] =>
  payloads.map((payload) => {
    const decoded = decodeCommit(payload, crypto.sha256);
    return decoded.ok ? Buffer.from(decoded.commit.hash).toString('base64url') : 'not a commit';
  });
const weight = (payloads: readonly Uint8Array[]): number => payloads.reduce((sum, payload) => sum + payload.length, 0);

async function follow(pages: Pages, scope: Scope, aheadTo: number | undefined): Promise<readonly (readonly string[])[]> {
  const out: (readonly string[])[] = [];
  let cursor: Cursor = NEW_CURSOR;
  let ahead = aheadTo;
  for (let more = true; more;) {
    const page = await pages.page(cursor, scope, PAGE_BYTES, ahead);
    expect(page.meta.cursor.n).toBeGreaterThan(cursor.n);
    expect(weight(page.payloads)).toBeLessThan(4 * PAGE_BYTES);
    ({ cursor, more } = page.meta);
    if (ahead !== undefined) ahead = page.meta.ahead?.to;
    out.push(hashes(page.payloads));
  }
  return out;
}

describe('pages of the receipt log', () => {
  test.each([
    ['everything', ALL],
    ['a desk’s scope', DESK],
  ])('%s: live work comes at the head of the first page, once more in its order, and history in small pages', async (_, scope) => {
    const { pages, live } = await hubWithHistory();
    const got = await follow(pages, scope, 0);
    expect(got.length).toBeGreaterThan(3);
    expect(got[0]?.[0]).toBe(live);
    expect(got.flat().filter((hash) => hash === live)).toHaveLength(2);
    expect(got.at(-1)?.at(-1)).toBe(live);
    // Whoever does not ask for it gets everything once, in its order.
    const inOrder = (await follow(pages, scope, undefined)).flat();
    expect(new Set(inOrder).size).toBe(inOrder.length);
    expect(new Set(inOrder)).toEqual(new Set(got.flat()));
  });

  test('a patient that began after the cursor is whole for who follows; one that began before, or comes early in part, is fetched', async () => {
    const { pages, hub } = await hubWithHistory();
    const first = await pages.page(NEW_CURSOR, DESK, PAGE_BYTES, 0);
    expect(first.meta.units).toEqual([]);
    expect(first.meta.whole?.length).toBeGreaterThan(10);
    const { cursor } = first.meta;
    const note = String(first.meta.whole?.[1]);
    const later = await join(tools, hub, 'desk');
    await copy(hub.replica, later.replica);
    const end = hub.replica.position.n;
    const head = later.replica.position.n;
    const { number } = (await later.replica.document<NoteState>(note as StreamId))?.state ?? {}; // a unit is the stream of a note here
    await run(later, 'changeNote', { number, text: 'later' });
    await hub.replica.ingest(await later.replica.payloads([head + 1]), { live: true });
    // The live line belongs to a note of which the rest is not in this page.
    const early = await pages.page(NEW_CURSOR, DESK, 1024, end);
    expect(early.meta.ahead).toMatchObject({ commits: 1, units: 1 });
    expect(early.meta.units[0]).toBe(note);
    const last = await pages.page((await pages.page(cursor, DESK, 1024 * 1024, undefined)).meta.cursor, DESK, PAGE_BYTES, end);
    expect(last.payloads).toHaveLength(0);
    const behind = await pages.page(cursor, DESK, 1024 * 1024, undefined);
    expect(behind.meta.units).toEqual([note]);
  });
});

describe('units of a desk that is new', () => {
  test('come newest first, each once, whatever the size of the pages', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const notes: string[] = [];
    const numbers: string[] = [];
    for (let i = 0; i < 30; i += 1) {
      const done = await run(desk, 'writeNote', { text: `note ${i}` });
      if (!done.ok) throw new Error(done.rejection.code);
      const { note, number } = done.result as { note: string; number: string }; // of writeNote
      notes.push(note);
      numbers.push(number);
    }
    // The oldest has become the newest.
    await run(desk, 'changeNote', { number: numbers[0], text: 'today' });
    await copy(desk.replica, hub.replica);
    const wanted = [notes[0], ...notes.slice(1).toReversed()];
    const page = await unitsInScope(hub.replica, DESK, undefined, 0);
    expect(page.units.map(({ unit }) => unit)).toEqual(wanted);
    expect(page.next).toBeNull();
    // Cut anywhere, the next page goes on where this one ended.
    const got: string[] = [];
    for (let after: string | undefined; got.length < wanted.length;) {
      const [first] = (await unitsInScope(hub.replica, DESK, after, 0)).units;
      if (first === undefined) break;
      got.push(first.unit);
      after = first.at;
    }
    expect(got).toEqual(wanted);
    expect((await unitsInScope(hub.replica, DESK, 'nonsense', 0)).units).toEqual([]);
  });
});
