// The first visit through views and queries on real SQLite: what each list shows at each step, and what is refused.
import { describe, expect, test } from 'vitest';
import { streams } from '#kernel/streams.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { HOUR_MS, instant } from '#kernel/shared/time.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL } from '#roles/replica/schema.ts';
import { queries } from './queries.ts';
import { QUERY_SIGNATURES, type QueryInput, type QueryName, type QueryResult } from './query-signatures.ts';
import { actorFor, hospitalStory, type Story } from './testing/story.ts';
import { openTables } from './testing/table-reader.ts';
import { views } from './views.ts';

/** Asks after everything that the story has so far was saved; the answer is held against its own schema. */
async function ask<N extends QueryName>(story: Story, name: N, input: QueryInput<N>): Promise<QueryResult<N>> {
  const answer = await attempt(story, name, input);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.rejection)}`);
  return QUERY_SIGNATURES[name].result.parse(answer.result) as QueryResult<N>; // parsed by the schema of that name
}

async function attempt<N extends QueryName>(story: Story, name: N, input: QueryInput<N>) {
  const { sql } = await NodeSql.open(':memory:');
  const tables = await openTables(sql, REPLICA_DDL, streams, views);
  await tables.put(...story.documents);
  const query = queries.get(name);
  if (query === undefined) throw new Error(`no query ${name}`);
  const read = { ...tables.reader(instant(story.now + HOUR_MS), actorFor('asha')), history: story.history };
  const answer = await query.run(query.input.parse(input), read);
  await sql.close();
  return answer;
}

const SUNITA = {
  name: 'Sunita Devi',
  nameHi: 'सुनीता देवी',
  sex: 'female',
  age: { years: 34 },
  relation: { type: 'W/O', name: 'Ramesh Kumar' },
  phone: '0123456789',
  address: { village: 'Rampur', district: 'Patna' },
};

async function ordered(): Promise<{ story: Story; uhid: string; patient: StreamId; accession: string; order: string }> {
  const story = hospitalStory();
  const registered = await story.run('registerPatient', SUNITA);
  const uhid = String(registered['uhid']);
  await story.run('startVisit', { uhid, department: 'MED' });
  const placed = await story.run('placeOrder', { uhid, tests: ['PLT', 'HGB'], urgency: 'urgent' });
  const [tube] = placed['specimens'] as readonly { accession: string }[];
  return { story, uhid, patient: registered['patient'] as StreamId, accession: tube?.accession ?? '', order: String(placed['number']) };
}

async function received() {
  const all = await ordered();
  await all.story.run('collectSpecimen', { accession: all.accession });
  await all.story.run('receiveSpecimen', { accession: all.accession });
  return all;
}

async function released() {
  const all = await received();
  const { story, accession } = all;
  await story.run('enterResult', { accession, test: 'PLT', value: '12', unit: '10*3/uL' }, 'bina');
  await story.run('enterResult', { accession, test: 'HGB', value: '9.5', unit: 'g/dL' }, 'bina');
  await story.run('validateTechnically', { accession }, 'bina');
  await story.run('validateMedically', { accession }, 'chand');
  const report = await story.run('releaseReport', { accession }, 'chand');
  return { ...all, report: report['report'] as StreamId };
}

describe('the registry', () => {
  test('has every signature and no other name', () => expect([...queries.keys()].sort()).toEqual(Object.keys(QUERY_SIGNATURES).sort()));
  test('every table of a view holds its columns', async () => {
    const { sql } = await NodeSql.open(':memory:');
    await openTables(sql, REPLICA_DDL, streams, views);
    for (const view of views)
      await expect(sql.read(`SELECT doc, ${view.columns.join(', ')} FROM ${view.name} LIMIT 1`)).resolves.toEqual([]);
    expect(views.map((view) => view.stream).filter((stream) => !streams.has(stream))).toEqual([]);
    await sql.close();
  });
});

describe('patient', () => {
  test('is whole: identity, visit, order, tube', async () => {
    const { story, uhid } = await ordered();
    const page = await ask(story, 'patient', { uhid });
    expect(page).toMatchObject({
      uhid,
      name: 'Sunita Devi',
      nameHi: 'सुनीता देवी',
      sex: 'female',
      age: { value: 34, unit: 'years', about: true },
      more: false,
    });
    expect(page.allergies).toEqual({ status: 'not-asked', list: [], asOf: null });
    expect(page.visits).toMatchObject([{ department: 'MED', departmentNameHi: 'मेडिसिन', status: 'open' }]);
    expect(page.orders).toMatchObject([{ urgency: 'urgent', tests: [{ test: 'PLT', nameHi: 'प्लेटलेट' }, { test: 'HGB' }] }]);
    expect(page.specimens).toMatchObject([{ status: 'planned', tests: ['PLT', 'HGB'] }]);
  });

  test('allergies: none known is not the same as not asked, and a known one wins', async () => {
    const { story, uhid } = await ordered();
    await story.run('recordAllergy', { uhid, status: 'none-known' });
    expect((await ask(story, 'patient', { uhid })).allergies).toMatchObject({ status: 'none-known', list: [] });
    await story.run('recordAllergy', { uhid, status: 'known', substance: 'Penicillin', severity: 'severe' });
    expect((await ask(story, 'patient', { uhid })).allergies).toMatchObject({
      status: 'known',
      list: [{ substance: 'Penicillin', severity: 'severe' }],
    });
  });

  test('a linked record brings its visits, results and allergies along', async () => {
    const { story, uhid, accession } = await received();
    const other = await story.run('registerPatient', { ...SUNITA, name: 'Suneeta Devi' });
    await story.run('recordAllergy', { uhid, status: 'known', substance: 'Latex' });
    await story.run('linkPatients', { patient: uhid, into: String(other['uhid']), reason: 'same person, same husband' });
    const page = await ask(story, 'patient', { uhid: String(other['uhid']) });
    expect(page.linked).toMatchObject([{ uhid, how: 'from' }]);
    expect(page.specimens.map((one) => one.accession)).toEqual([accession]);
    expect(page.allergies.list).toMatchObject([{ substance: 'Latex' }]);
    // The old card leads to the record to work with.
    expect((await ask(story, 'patient', { uhid })).uhid).toBe(other['uhid']);
  });

  test('an unknown or mistyped UHID says what is wrong', async () => {
    const { story, uhid } = await ordered();
    const wrongDigit = uhid.slice(0, 11) + String((Number(uhid[11]) + 1) % 10);
    expect(await attempt(story, 'patient', { uhid: wrongDigit })).toMatchObject({ ok: false, rejection: { code: 'number-check-digit' } });
    expect(await attempt(story, 'patient', { uhid: '100420001700' })).toMatchObject({ ok: false });
    expect(await attempt(story, 'specimen', { accession: uhid })).toMatchObject({ ok: false, rejection: { code: 'number-kind-other' } });
  });
});

describe('the way of a tube', () => {
  test('to be collected, then to be received, then to be measured', async () => {
    const { story, accession, patient } = await ordered();
    expect((await ask(story, 'collectionList', {})).rows).toMatchObject([
      { department: 'MED', urgency: 'urgent', specimens: [{ accession }] },
    ]);
    expect((await ask(story, 'collectionList', { patient })).rows).toHaveLength(1);
    expect((await ask(story, 'collectionList', { department: 'SUR' })).rows).toEqual([]);
    expect((await ask(story, 'labWorklist', {})).rows).toEqual([]);
    await story.run('collectSpecimen', { accession });
    expect((await ask(story, 'collectionList', {})).rows).toEqual([]);
    expect(await ask(story, 'labWorklist', {})).toMatchObject({
      rows: [{ step: 'to-receive', test: null, specimen: { accession } }],
      counts: { 'to-receive': 1, 'to-enter': 0 },
    });
    await story.run('receiveSpecimen', { accession });
    const list = await ask(story, 'labWorklist', {});
    expect(list.rows.map(({ step, test }) => [step, test])).toEqual([
      ['to-enter', 'HGB'],
      ['to-enter', 'PLT'],
    ]);
    expect((await ask(story, 'labWorklist', { test: 'plt' })).rows).toMatchObject([{ test: 'PLT' }]);
    expect((await ask(story, 'labWorklist', { department: 'SUR' })).rows).toEqual([]);
    expect(await ask(story, 'labWorklist', { limit: 1 })).toMatchObject({ more: true, counts: { 'to-enter': 2 } });
  });

  test('measured, validated, released; the critical value waits to be told', async () => {
    const { story, accession } = await received();
    await story.run('enterResult', { accession, test: 'PLT', value: '12', unit: '10*3/uL' }, 'bina');
    const list = await ask(story, 'labWorklist', {});
    expect(list.rows.map(({ step, test }) => [step, test])).toEqual([
      ['to-enter', 'HGB'],
      ['to-validate', 'PLT'],
    ]);
    expect(list.rows[1]?.result).toMatchObject({
      current: { value: 12, evaluation: { flag: 'critical-low', critical: true }, act: { userName: 'Bina' } },
      call: { status: 'open' },
    });
    const calls = await ask(story, 'criticalCalls', {});
    expect(calls.rows).toMatchObject([
      { department: 'MED', room: '12', waitMinutes: 60, overdue: false, patient: { name: 'Sunita Devi' } },
    ]);
    await story.run('validateTechnically', { accession }, 'bina');
    expect((await ask(story, 'labWorklist', { status: 'to-validate-medically' })).rows).toMatchObject([
      { test: 'PLT', result: { technical: { userName: 'Bina' } } },
    ]);
    await story.run('validateMedically', { accession }, 'chand');
    expect((await ask(story, 'labWorklist', { status: 'to-release' })).rows).toMatchObject([{ test: 'PLT' }]);
    const { report } = await story.run('releaseReport', { accession }, 'chand');
    expect((await ask(story, 'labWorklist', { status: 'to-release' })).rows).toEqual([]);
    const page = await ask(story, 'report', { report: report as StreamId });
    expect(page).toMatchObject({
      status: 'partial',
      outdated: false,
      versions: [{ lines: [{ test: 'PLT', value: 12, medical: { userName: 'Chand' } }], pending: [{ test: 'HGB' }] }],
    });
  });

  test('an amended value stands in the report with the old one beside it', async () => {
    const { story, accession, report } = await released();
    await story.run('amendResult', { accession, test: 'PLT', value: '112', unit: '10*3/uL', reason: 'clot in the tube' }, 'chand');
    const page = await ask(story, 'report', { report });
    expect(page.versions.at(-1)).toMatchObject({
      status: 'corrected',
      lines: expect.arrayContaining([
        expect.objectContaining({ test: 'PLT', value: 112, corrects: expect.objectContaining({ value: 12 }) }),
      ]),
    });
    const content = await ask(story, 'reportContent', { report });
    expect(content.content).toMatchObject({ status: 'corrected', laboratory: { en: 'Central laboratory' } });
    const row = content.content.sections[0]?.rows.find(({ name }) => name.en === 'Platelets');
    expect(row).toMatchObject({ value: '112', range: '150 - 450', correction: { oldValue: '12', reason: 'clot in the tube' } });
  });

  test('the trend has only values that may be compared, oldest first', async () => {
    const { story, patient } = await released();
    const trend = await ask(story, 'trend', { patient, test: 'plt' });
    expect(trend).toMatchObject({
      test: 'PLT',
      unit: '10*3/uL',
      points: [{ value: 12, flag: 'critical-low', atIs: 'collected' }],
      others: [],
    });
  });

  test('a rejected tube leaves the lists', async () => {
    const { story, accession } = await received();
    await story.run('rejectSpecimen', { accession, reason: 'clotted' });
    expect((await ask(story, 'labWorklist', {})).rows).toEqual([]);
    expect(await ask(story, 'specimen', { accession })).toMatchObject({ status: 'rejected', rejected: { reason: 'clotted' } });
  });

  test('any number tells what it is', async () => {
    const { story, uhid, accession, order } = await ordered();
    expect(await ask(story, 'number', { number: uhid })).toMatchObject({ kind: 'uhid', found: [{ type: 'patient' }] });
    expect(await ask(story, 'number', { number: `${accession.slice(0, 4)} ${accession.slice(4)}` })).toMatchObject({
      kind: 'accession',
      found: [{ type: 'specimen', patient: { uhid } }],
    });
    expect(await ask(story, 'number', { number: order })).toMatchObject({ kind: 'order', found: [{ type: 'order' }] });
    expect(await ask(story, 'number', { number: '123456789012' })).toMatchObject({
      kind: null,
      found: [],
      problem: { code: expect.stringMatching(/^number-/) },
    });
  });
});

describe('papers', () => {
  test('the slip carries patient, visit, orders, tubes and where to go', async () => {
    const { story, patient } = await ordered();
    const { streams: carried, content } = await ask(story, 'slipContent', { patient });
    expect(carried[0]).toBe(patient);
    expect(carried.map((stream) => stream.split('/')[0])).toEqual(['patient', 'visit', 'order', 'specimen']);
    expect(content).toMatchObject({
      hospital: { name: { hi: 'ज़िला अस्पताल' } },
      allergies: { status: 'not-asked' },
      visit: { department: { en: 'Medicine' } },
      copy: 1,
    });
    expect(content.next.map(({ en }) => en)).toEqual(['Go to Medicine, room 12', 'Give the samples at Sample room, room 3']);
  });

  test('the first slip of a new visit is no duplicate; the next one of that visit is', async () => {
    const { story, patient, uhid } = await ordered();
    const print = async (): Promise<number> => {
      const { streams: carried, content } = await ask(story, 'slipContent', { patient });
      await story.run('recordPrint', { what: 'slip', of: uhid, visit: carried.find((stream) => stream.startsWith('visit/')) });
      return content.copy;
    };
    expect([await print(), await print()]).toEqual([1, 2]);
    await story.run('startVisit', { uhid, department: 'MED' });
    expect([await print(), await print()]).toEqual([1, 2]);
  });

  test('the label has two identifiers; a tube of nobody known says so', async () => {
    const { story, accession, uhid } = await received();
    expect((await ask(story, 'labelContent', { accession })).content).toMatchObject({
      patient: { number: { kind: 'uhid', digits: uhid } },
      ageSex: '34Y F',
      container: 'edta tube 3 mL',
      collector: 'Asha',
      unidentified: false,
    });
    const taken = await story.run('collectUnidentified', {
      name: 'Unknown Lotus',
      sex: 'male',
      age: { years: 40 },
      tests: ['PLT'],
      container: 'edta',
    });
    const label = (await ask(story, 'labelContent', { accession: String(taken['accession']) })).content;
    expect(label).toMatchObject({
      patient: { name: { latin: 'Unknown Lotus' }, number: { kind: 'temporary' } },
      ageSex: '40Y M',
      unidentified: true,
    });
    const sheet = await ask(story, 'rackSheetContent', { accessions: [accession, String(taken['accession']), '200000000000'] });
    expect(sheet.content.tubes).toHaveLength(2);
    expect(sheet.notFound).toEqual(['200000000000']);
  });
});
