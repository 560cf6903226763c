// The one box of a desk that holds few records and knows everybody's name: one list, nobody twice, linked records lead on.
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { birthInterval } from '#kernel/shared/age.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { DAY_MS } from '#kernel/shared/time.ts';
import { streams } from '#kernel/streams.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL } from '#roles/replica/schema.ts';
import { nameRowOf } from './name-index/from-patient.ts';
import { buildNamePack } from './name-index/pack.ts';
import { NameSearch } from './name-index/search.ts';
import { applyPackChunk, createNameIndex } from './name-index/store.ts';
import { duplicatesQuery } from './queries/duplicates.ts';
import { numberQuery } from './queries/number.ts';
import { patientQuery } from './queries/patient.ts';
import { patientsQuery } from './queries/patients.ts';
import { ageOfBorn } from './read/name-only.ts';
import { actorFor, hospitalStory, type Story } from './testing/story.ts';
import { openTables, type Tables } from './testing/table-reader.ts';
import type { NamesPort, ViewReader } from './view.ts';
import { views } from './views.ts';

const PEOPLE = [
  {
    name: 'Sunita Devi',
    nameHi: 'सुनीता देवी',
    sex: 'female',
    age: { years: 34 },
    phone: '0123456789',
    relation: { type: 'W/O', name: 'Ramesh Kumar' },
  },
  { name: 'Suneeta Kumari', sex: 'female', age: { years: 21 }, phone: '0999900001' },
  { name: 'Sunita', sex: 'female', age: { years: 60 } },
  { name: 'Anita Devi', sex: 'female', age: { months: 7 }, phone: '0123456789' },
  { name: 'Mohammed Irfan', sex: 'male', birthDate: '1980-02-29' },
  { name: 'Sunita Rani', sex: 'female', age: { days: 3 } },
] as const;

let story: Story;
let everybody: readonly Document<PatientState>[];
const uhids: string[] = [];

beforeAll(async () => {
  story = hospitalStory();
  for (const person of PEOPLE) uhids.push(String((await story.run('registerPatient', person))['uhid']));
  // The last one is the second.
  await story.run('linkPatients', { patient: uhids[5], into: uhids[1], reason: 'same person' });
  everybody = story.documents.filter((document) => document.stream.startsWith('patient/')) as readonly Document<PatientState>[]; // patients' streams
});

interface Desk {
  readonly sql: NodeSql;
  readonly read: ViewReader;
  readonly tables: Tables;
}

/** A desk that holds the records of these patients (by place in PEOPLE) and the names of all. */
async function deskWith(held: readonly number[], names = true): Promise<Desk> {
  const { sql } = await NodeSql.open(':memory:');
  const tables = await openTables(sql, REPLICA_DDL, streams, views);
  const wanted = new Set(held.map((place) => uhids[place]));
  await tables.put(
    ...story.documents.filter((document) => !document.stream.startsWith('patient/') || wanted.has((document.state as PatientState).uhid)),
  ); // as above
  await createNameIndex(sql);
  const uhidOf = new Map(everybody.map((document) => [document.stream, document.state.uhid]));
  const rows = everybody.flatMap(
    ({ stream, state }) => nameRowOf(stream, state, state.linkedInto === undefined ? undefined : uhidOf.get(state.linkedInto)) ?? [],
  );
  await applyPackChunk(sql, 'v1', buildNamePack(rows, 'v1'));
  const search = new NameSearch(sql);
  const port: NamesPort = {
    search: (text, limit) => search.search(text, limit),
    row: async (patient: StreamId) => rows.find((row) => row.patient === patient),
  };
  const reader = tables.reader(story.now, actorFor('asha'));
  return { sql, tables, read: names ? { ...reader, names: port } : reader };
}

async function find(desk: Desk, search: string, limit = 20) {
  const answer = await patientsQuery.run({ search, limit }, desk.read);
  if (!answer.ok) throw new Error('a search is never refused');
  return answer.result;
}
const list = async (desk: Desk, search: string): Promise<readonly string[]> =>
  (await find(desk, search)).rows.map((row) => `${row.match} ${row.name}${row.recordHere ? '' : ', elsewhere'}`);

describe('a desk that holds Sunita and nobody else', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await deskWith([2]);
    return () => desk.sql.close();
  });

  test('finds the others too, in one order, and says whose record is elsewhere', async () => {
    expect(await list(desk, 'sunita')).toEqual(['exact Sunita', 'exact Sunita Devi, elsewhere', 'exact Suneeta Kumari, elsewhere']);
    expect(await list(desk, 'irfan')).toEqual(['exact Mohammed Irfan, elsewhere']);
    expect(await list(desk, '0123456789')).toEqual(['phone Anita Devi, elsewhere', 'phone Sunita Devi, elsewhere']);
    expect(await list(desk, 'sunita 34')).toEqual(['exact Sunita Devi, elsewhere']);
    expect(await list(desk, 'sunita 0123')).toEqual(['exact Sunita Devi, elsewhere']);
    expect((await find(desk, 'sunita', 2)).more).toBe(true);
  });

  test('a scan of a UHID that only the index knows shows the name, on every query that is asked', async () => {
    const uhid = uhids[0] ?? '';
    expect((await find(desk, uhid)).rows).toMatchObject([
      { uhid, name: 'Sunita Devi', recordHere: false, elsewhere: true, match: 'number', age: { value: 34, unit: 'years', about: true } },
    ]);
    expect(await numberQuery.run({ number: uhid }, desk.read)).toMatchObject({
      result: { found: [{ type: 'patient', patient: { name: 'Sunita Devi' }, status: 'elsewhere' }] },
    });
    const page = await patientQuery.run({ uhid }, desk.read);
    expect(page).toMatchObject({
      ok: true,
      result: { name: 'Sunita Devi', recordHere: false, status: 'elsewhere', allergies: { status: 'not-asked' }, visits: [] },
    });
    expect(patientQuery.result.safeParse(page.ok ? page.result : undefined).success).toBe(true);
    const stream = everybody.find((one) => one.state.uhid === uhid)?.stream;
    if (stream === undefined) throw new Error('registered above');
    expect(await patientQuery.run({ patient: stream }, desk.read)).toMatchObject({ ok: true, result: { uhid } });
  });

  test('an old card leads to the record that it was linked into', async () => {
    expect((await find(desk, uhids[5] ?? '')).rows.map((row) => [row.name, row.mergedInto === null])).toEqual([
      ['Suneeta Kumari', true],
      ['Sunita Rani', false],
    ]);
    expect(await patientQuery.run({ uhid: uhids[5] ?? '' }, desk.read)).toMatchObject({ ok: true, result: { uhid: uhids[1] } });
  });

  test('possible duplicates are those of the whole hospital, linked ones left out', async () => {
    const ask = async (input: Parameters<typeof duplicatesQuery.run>[0]) => {
      const answer = await duplicatesQuery.run(input, desk.read);
      return answer.ok ? answer.result.candidates.map(({ person, outcome }) => [person.name, outcome]) : [];
    };
    expect(
      await ask({
        name: 'Suneeta Devi',
        sex: 'female',
        age: { years: 35 },
        phone: '0123456789',
        relation: { type: 'W/O', name: 'Ramesh' },
      }),
    ).toEqual([['Sunita Devi', 'same']]);
    expect((await ask({ name: 'Sunita Rani', sex: 'female', age: { days: 3 } })).map(([name]) => name)).not.toContain('Sunita Rani');
  });

  test('a number that nobody bears is still accepted as told: nobody is found, nothing is wrong with it', async () => {
    const answer = await patientQuery.run({ uhid: '100042000179' }, desk.read);
    expect(answer).toMatchObject({ ok: false });
  });
});

test('a desk that holds the old record only is led to the other one', async () => {
  const desk = await deskWith([5]);
  expect((await find(desk, uhids[5] ?? '')).rows.map((row) => [row.name, row.recordHere])).toEqual([
    ['Suneeta Kumari', false],
    ['Sunita Rani', true],
  ]);
  await desk.sql.close();
});

test('a card accepted as told stands for its number: the visits made here are on it', async () => {
  const other = hospitalStory();
  await other.run('acceptCard', { uhid: uhids[0], name: 'Sunita', sex: 'female' });
  const desk = await deskWith([]);
  await desk.tables.put(...other.documents.filter((document) => document.stream.startsWith('patient/')));
  expect((await find(desk, uhids[0] ?? '')).rows).toMatchObject([{ name: 'Sunita', recordHere: true, elsewhere: true }]);
  expect((await find(desk, 'sunita')).rows.filter((row) => row.uhid === uhids[0])).toHaveLength(1);
  await desk.sql.close();
});

test('without an index everything is as it was', async () => {
  const desk = await deskWith([2], false);
  expect(await list(desk, 'sunita')).toEqual(['exact Sunita']);
  expect((await patientQuery.run({ uhid: uhids[0] ?? '' }, desk.read)).ok).toBe(false);
  await desk.sql.close();
});

test('whatever a desk holds, it finds the same people, each once, and knows whose record it has', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([0, 1, 2, 3, 4, 5]),
      fc.constantFrom('sunita', 'suni', 'devi', 'irfan', '0123456789', 'd', ...uhids),
      async (held, text) => {
        const whole = await deskWith([0, 1, 2, 3, 4, 5], false);
        const part = await deskWith(held);
        const there = await find(whole, text);
        const here = await find(part, text);
        // Somebody linked is shown as such where the record is, and as who it is now where only the name is known.
        const living = (rows: typeof here.rows): readonly string[] =>
          rows
            .filter((row) => row.mergedInto === null)
            .map((row) => row.patient)
            .toSorted();
        expect(new Set(here.rows.map((row) => row.patient)).size).toBe(here.rows.length);
        expect(living(here.rows)).toEqual(expect.arrayContaining([...living(there.rows)]));
        for (const row of here.rows)
          expect([row.name, row.recordHere]).toEqual([row.name, held.some((place) => uhids[place] === row.uhid)]);
        await whole.sql.close();
        await part.sql.close();
      },
    ),
    { numRuns: 40 },
  );
}, 30_000);

test('an age out of the index gives the interval of births that went in', () => {
  for (const { state } of everybody) {
    const born = birthInterval(state.age);
    if (born === undefined) continue;
    const days = { fromDay: Date.parse(`${born.from}T00:00:00Z`) / DAY_MS, toDay: Date.parse(`${born.to}T00:00:00Z`) / DAY_MS };
    expect(birthInterval(ageOfBorn(days))).toEqual(born);
  }
});
