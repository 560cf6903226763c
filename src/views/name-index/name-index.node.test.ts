// The name index on a real SQLite: loading, changing, finding. The same functions run in the browser's worker.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { generatePatients } from '#importers/synthetic/patients.ts';
import type { NameRow } from './name-row.ts';
import { BLOCK_ROWS, RECORDS, buildNamePack } from './pack.ts';
import type { PackRecord } from './pack.ts';
import { NameSearch } from './search.ts';
import { applyNames, applyPackChunk, createNameIndex, forgetChanges, nameIndexState } from './store.ts';

let folder = '';
let sql: NodeSql;
let search: NameSearch;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'names-'));
  ({ sql } = await NodeSql.open(join(folder, 'names.db')));
  await createNameIndex(sql);
  await createNameIndex(sql);
  search = new NameSearch(sql);
});
afterEach(async () => {
  await sql.close();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
function row(uhid: string, name: string, more: Partial<NameRow> = {}): NameRow {
  made += 1;
  return { patient: `patient/${String(made).padStart(16, '0')}` as StreamId, uhid, name, sex: 'female', ...more }; // 16 letters
}

async function load(rows: readonly NameRow[], version = 'v1'): Promise<void> {
  expect(await applyPackChunk(sql, version, buildNamePack(rows, version))).toBe('done');
}

const names = async (text: string, limit = 10): Promise<readonly string[]> =>
  (await search.search(text, limit)).rows.map((found) => `${found.match} ${found.row.name}`);

describe('finding', () => {
  beforeEach(() =>
    load([
      row('100000000011', 'Sunita Devi', { nameHi: 'सुनीता देवी', phone: '0123456789', relation: { type: 'W/O', name: 'Ramesh Kumar' } }),
      row('100000000022', 'Suneeta Devi', { phone: '0123456780' }),
      row('100000000033', 'Sunil Kumar'),
      row('100000000044', 'Devi Lal'),
      row('AB/77', "Mary D'Souza", { phone: '1234' }),
      row('12345', 'Mohd Khan'),
    ]),
  );

  test('by name: exact before beginning before sounding alike, any order of words, either script', async () => {
    expect(await names('sunita')).toEqual(['exact Sunita Devi', 'sounds Suneeta Devi']);
    expect(await names('SUNI')).toEqual(['begins Sunita Devi', 'begins Sunil Kumar'].toSorted((a, b) => (a < b ? 1 : -1)));
    expect(await names('devi sunita')).toEqual(['exact Sunita Devi', 'sounds Suneeta Devi']);
    expect(await names('de su')).toEqual(['begins Sunita Devi', 'begins Suneeta Devi']);
    expect(await names('सुनीता')).toEqual(['exact Sunita Devi', 'sounds Suneeta Devi']);
    expect(await names('सुन')).toEqual(['begins Sunita Devi']);
    expect(await names('dsouza')).toEqual(["exact Mary D'Souza"]);
  });
  test('not by the name of the relative, nor by nothing', async () => {
    expect(await names('ramesh')).toEqual([]);
    for (const text of ['', '   ', '123', '.', 'qqqq', '%', "' OR 1=1 --", '\u0000', '𝒳'.repeat(300)])
      expect([text, await names(text)]).toEqual([text, []]);
  });
  test('by UHID of any kind, and by phone or its beginning', async () => {
    expect(await names('100000000022')).toEqual(['number Suneeta Devi']);
    expect(await names('1000 0000 0022')).toEqual(['number Suneeta Devi']);
    expect(await names('१००००००००००२२')).toEqual([]);
    expect(await names('१०००००००००२२')).toEqual(['number Suneeta Devi']);
    expect(await names('12345')).toEqual(['number Mohd Khan']);
    expect(await names('0123456789')).toEqual(['phone Sunita Devi']);
    expect(await names('01234')).toEqual(['phone Suneeta Devi', 'phone Sunita Devi']);
    expect(await names('1234')).toEqual(["phone Mary D'Souza"]);
  });
  test('more is said when there is more, and never more are given', async () => {
    const found = await search.search('de', 1);
    expect([found.rows.length, found.more]).toEqual([1, true]);
    expect((await search.search('sunil', 5)).more).toBe(false);
  });
});

describe('changes', () => {
  test('stand before the pack, are found in all ways, and older ones are ignored', async () => {
    const old = row('100000000011', 'Sunita Devi', { phone: '0111111111' });
    await load([old, row('100000000022', 'Anita')]);
    await applyNames(sql, [{ row: { ...old, name: 'Vinita Devi', phone: '0222222222' }, stamp: 20 }]);
    await applyNames(sql, [{ row: { ...old, name: 'Stale Devi' }, stamp: 10 }]);
    expect([await names('sunita'), await names('stale'), await names('0111111111')]).toEqual([[], [], []]);
    expect([
      await names('vinita devi'),
      await names('vini'),
      await names('vinta'),
      await names('100000000011'),
      await names('022222'),
    ]).toEqual([['exact Vinita Devi'], ['begins Vinita Devi'], ['sounds Vinita Devi'], ['number Vinita Devi'], ['phone Vinita Devi']]);
    await applyNames(sql, [
      { row: { ...old, name: 'Binita Devi' }, stamp: 30 },
      { row: { ...old, name: 'Earlier' }, stamp: 25 },
    ]);
    expect([await names('vinita'), await names('binita')]).toEqual([[], ['exact Binita Devi']]);
    const day = 86_400_000;
    await forgetChanges(sql, { hub: 'hub', n: 100, at: 30 });
    expect(await names('binita')).toEqual(['exact Binita Devi']);
    await forgetChanges(sql, { hub: 'hub', n: 100, at: 30 + 2 * day });
    expect([await names('binita'), await names('sunita')]).toEqual([[], ['exact Sunita Devi']]);
  });
  test('told by the hub that made a pack, they go with that pack when it contains them, however old they are', async () => {
    const one = row('100000000011', 'Vinita');
    await load([]);
    await applyNames(sql, [{ row: one, stamp: 5, told: { hub: 'hub', n: 7 } }]);
    await forgetChanges(sql, { hub: 'hub', n: 6, at: 1_000 });
    expect(await names('vinita')).toEqual(['exact Vinita']);
    await forgetChanges(sql, { hub: 'hub', n: 7, at: 1_000 });
    expect(await names('vinita')).toEqual([]);
  });
  test('a weaker match among them does not take the place of a better one in the pack', async () => {
    await load([row('100000000011', 'Sunita Devi')]);
    await applyNames(
      sql,
      ['Suneeta A', 'Suneeta B', 'Suneeta C'].map((name, stamp) => ({ row: row(String(stamp), name), stamp })),
    );
    expect((await names('sunita', 2))[0]).toBe('exact Sunita Devi');
    expect((await search.search('sunita', 2)).more).toBe(true);
  });
  test('work before any pack came', async () => {
    await applyNames(sql, [{ row: row('1', 'Asha'), stamp: 1 }]);
    await applyNames(sql, []);
    expect([await names('asha'), await names('as')]).toEqual([['exact Asha'], ['begins Asha']]);
    expect(await nameIndexState(sql)).toEqual({ pack: 0, version: '', rows: 0, loading: undefined });
  });
});

describe('packs', () => {
  const chunks = (records: readonly PackRecord[]): PackRecord[][] =>
    [records.slice(0, 2), records.slice(2, -1), records.slice(-1)].map((part) => [...part]);

  test('the old one is searched until the new one is whole; a broken load goes on, another version begins anew', async () => {
    await load([row('100000000011', 'Old')]);
    const [first = [], middle = [], last = []] = chunks(buildNamePack([row('100000000011', 'New'), row('100000000022', 'Newer')], 'v2'));
    expect(await applyPackChunk(sql, 'v2', first)).toBe('loading');
    expect(await applyPackChunk(sql, 'v2', first)).toBe('loading');
    expect((await nameIndexState(sql)).loading).toEqual({ version: 'v2', records: 2 });
    expect(await names('old')).toEqual(['exact Old']);
    expect(await applyPackChunk(sql, 'v2', last)).toBe('incomplete');
    expect(await names('old')).toEqual(['exact Old']);
    await applyPackChunk(sql, 'v2', middle);
    expect(await applyPackChunk(sql, 'v2', last)).toBe('done');
    expect([await names('old'), await names('new')]).toEqual([[], ['exact New', 'begins Newer']]);
    await applyPackChunk(sql, 'v3', first);
    await load([row('1', 'Fourth')], 'v4');
    expect(await names('fourth')).toEqual(['exact Fourth']);
    expect(await sql.read('SELECT DISTINCT pack FROM name_pack')).toHaveLength(1);
  });
  test('a newer format is not used', async () => {
    const head = new TextEncoder().encode(JSON.stringify({ format: 99, version: 'v9', records: 0 }));
    expect(await applyPackChunk(sql, 'v9', [{ id: RECORDS.head, bytes: head }])).toBe('newer-format');
    expect((await nameIndexState(sql)).pack).toBe(0);
  });
  test('an empty hospital', async () => {
    await load([]);
    expect([await names('a'), await names('12345')]).toEqual([[], []]);
  });
});

test('everybody of a larger hospital is found by UHID, phone, name and both at once', async () => {
  const rows = [...generatePatients('index', 3000)].map((patient) =>
    row(String(100_000_000_000 + patient.index * 7), patient.name, {
      sex: patient.sex,
      relation: { type: patient.relation.kind, name: patient.relation.name },
      ...(patient.nameHi === undefined ? {} : { nameHi: patient.nameHi }),
      ...(patient.phone === undefined ? {} : { phone: patient.phone }),
    }),
  );
  expect(rows.length).toBeGreaterThan(BLOCK_ROWS * 2);
  await load(rows);
  for (const wanted of rows.filter((_, index) => index % 37 === 0)) {
    expect((await search.search(wanted.uhid, 5)).rows).toEqual([{ row: wanted, match: 'number' }]);
    for (const text of [wanted.name, wanted.nameHi ?? wanted.name, wanted.phone ?? wanted.name, wanted.name.toUpperCase()]) {
      expect((await search.search(text, 3000)).rows.map((found) => found.row)).toContainEqual(wanted);
    }
  }
}, 30_000);

describe('against a plain model', () => {
  const word = fc.constantFrom(
    'Sunita',
    'Suneeta',
    'Sunil',
    'Devi',
    'Khan',
    'Mohd',
    'Mohammad',
    'Abdul-Rahman',
    'सुनीता',
    'खान',
    "D'Souza",
    'Zed',
    'Smt',
    'A',
  );
  const nameOf = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const person = fc.record({ number: fc.nat(12), name: nameOf, nameHi: fc.option(nameOf, { nil: undefined }) });
  const typed = fc
    .array(
      fc.oneof(
        word,
        word.chain((text) => fc.nat(text.length).map((length) => text.slice(0, length))),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((words) => words.join(' '));
  const rowOf = ({ number, name, nameHi }: { number: number; name: string; nameHi: string | undefined }): NameRow => ({
    patient: `patient/${String(number).padStart(16, 'A')}` as StreamId,
    uhid: String(number),
    name,
    sex: 'other',
    ...(nameHi === undefined ? {} : { nameHi }), // 16 letters
  });
  const fits = (row: NameRow, words: readonly string[]): boolean => {
    const own = [...row.name.split(' '), ...(row.nameHi ?? '').split(' ')].filter((part) => part !== '').flatMap((part) => nameWords(part));
    return words.every((wanted, index) =>
      own.some(
        (has) =>
          has.startsWith(wanted) ||
          (soundKey(wanted) !== '' &&
            (soundKey(has) === soundKey(wanted) ||
              (index === words.length - 1 && soundKey(wanted).length >= 3 && soundKey(has).startsWith(soundKey(wanted))))),
      ),
    );
  };

  test('a search gives exactly those whose every typed word is begun or sounded by one of theirs', async () => {
    let version = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 10 }), fc.array(person, { maxLength: 4 }), typed, async (packed, changed, text) => {
        version += 1;
        const base = new Map(packed.map((one) => [one.number, rowOf(one)]));
        await forgetChanges(sql, { hub: 'any', n: 0, at: Number.MAX_SAFE_INTEGER });
        await load([...base.values()], `v${version}`);
        await applyNames(
          sql,
          changed.map((one, stamp) => ({ row: rowOf(one), stamp })),
        );
        for (const one of changed) base.set(one.number, rowOf(one));
        const words = nameWords(text);
        const expected = words.length === 0 ? [] : [...base.values()].filter((row) => fits(row, words));
        const found = (await search.search(text, 50)).rows.map((one) => one.row);
        expect(new Set(found.map((row) => row.patient))).toEqual(new Set(expected.map((row) => row.patient)));
        expect(found.every((row) => base.get(Number(row.uhid))?.name === row.name)).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});
