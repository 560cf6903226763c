// Does the one box find people as clerks spell them, in either script, best first? And does it refuse to guess?
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streams } from '#kernel/streams.ts';
import { instant } from '#kernel/shared/time.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL } from '#roles/replica/schema.ts';
import { duplicatesQuery } from './queries/duplicates.ts';
import { patientsQuery } from './queries/patients.ts';
import type { QueryInput } from './query-signatures.ts';
import { actorFor, hospitalStory, type Story } from './testing/story.ts';
import { openTables, type Tables } from './testing/table-reader.ts';
import { views } from './views.ts';

const PEOPLE = [
  {
    name: 'Sunita Devi',
    nameHi: 'सुनीता देवी',
    sex: 'female',
    age: { years: 34 },
    phone: '0123456789',
    relation: { type: 'W/O', name: 'Ramesh Kumar' },
    address: { village: 'Rampur' },
  },
  { name: 'Suneeta Kumari', sex: 'female', age: { years: 21 }, phone: '0999900001' },
  { nameHi: 'सुनीता यादव', sex: 'female', age: { years: 60 } },
  { name: 'Anita Devi', sex: 'female', age: { years: 33 }, address: { village: 'Sunderpur' } },
  { name: 'Mohammed Irfan', nameHi: 'मोहम्मद इरफ़ान', sex: 'male', age: { years: 45 } },
  { name: 'Mohamad Irfaan', sex: 'male', age: { years: 19 } },
  { name: 'Md. Salim', sex: 'male', age: { years: 30 } },
  { name: 'Rakesh Chaudhary', sex: 'male', age: { years: 50 } },
  { name: 'Rakesh Choudhury', sex: 'male', age: { years: 51 } },
  { nameHi: 'राकेश चौधरी', sex: 'male', age: { years: 52 } },
  { name: 'Ram', sex: 'male', age: { years: 70 } },
  { name: 'Ram Kumar Yadav', sex: 'male', age: { years: 71 } },
] as const;

let story: Story;
let sql: NodeSql;
let tables: Tables;
const uhids: string[] = [];

beforeAll(async () => {
  story = hospitalStory();
  for (const person of PEOPLE) uhids.push(String((await story.run('registerPatient', person))['uhid']));
  ({ sql } = await NodeSql.open(':memory:'));
  tables = await openTables(sql, REPLICA_DDL, streams, views);
  await tables.put(...story.documents);
});
afterAll(() => sql.close());

async function find(search: string, limit = 20) {
  const answer = await patientsQuery.run({ search, limit }, tables.reader(story.now, actorFor('asha')));
  if (!answer.ok) throw new Error('a search is never refused');
  return answer.result;
}
const names = async (search: string, limit?: number): Promise<readonly string[]> => (await find(search, limit)).rows.map((row) => row.name);

describe('by name', () => {
  test('exact spelling first, then other spellings, in either script', async () => {
    expect(await names('Sunita')).toEqual(['Sunita Devi', 'Suneeta Kumari', 'सुनीता यादव']);
    const hindi = await names('सुनीता');
    expect(hindi.slice(0, 2).toSorted()).toEqual(['Sunita Devi', 'सुनीता यादव']);
    expect(hindi).toContain('Suneeta Kumari');
    expect(hindi).not.toContain('Anita Devi');
  });

  test.each(['Mohammed', 'Mohamad', 'Mohd', 'मोहम्मद', 'muhammad'])('%s finds all three spellings', async (typed) => {
    expect((await names(typed)).toSorted()).toEqual(['Md. Salim', 'Mohamad Irfaan', 'Mohammed Irfan']);
  });

  test.each(['Chaudhary', 'choudhury', 'चौधरी', 'Rakesh Chowdhury', 'राकेश चौधरी'])('%s finds all three families', async (typed) => {
    expect((await names(typed)).toSorted()).toEqual(['Rakesh Chaudhary', 'Rakesh Choudhury', 'राकेश चौधरी'].toSorted());
  });

  test('the exact spelling stands first among variants', async () => {
    expect((await names('Rakesh Choudhury'))[0]).toBe('Rakesh Choudhury');
    expect((await names('राकेश चौधरी'))[0]).toBe('राकेश चौधरी');
  });

  test('while typing: each letter finds', async () => {
    for (const typed of ['s', 'su', 'sun', 'suni', 'sunit', 'sunita', 'sunita ', 'sunita d', 'sunita de'])
      expect([typed, ...(await names(typed))]).toContain('Sunita Devi');
    for (const typed of ['सु', 'सुनी', 'सुनीता दे']) expect([typed, ...(await names(typed))]).toContain('Sunita Devi');
  });

  test('words in any order, and without the middle name', async () => {
    expect(await names('devi sunita')).toContain('Sunita Devi');
    expect(await names('ram yadav')).toEqual(['Ram Kumar Yadav']);
  });

  test('the whole name before names that only begin so', async () =>
    expect((await names('ram')).slice(0, 2)).toEqual(['Ram', 'Ram Kumar Yadav']));

  test('husband, village, age and a piece of the phone narrow it', async () => {
    expect(await names('sunita ramesh')).toEqual(['Sunita Devi']);
    expect(await names('sunita rampur')).toEqual(['Sunita Devi']);
    expect(await names('sunita 0123')).toEqual(['Sunita Devi']);
    expect(await names('sunita 6789')).toEqual(['Sunita Devi']);
    expect(await names('sunita 60')).toEqual(['सुनीता यादव']);
    expect(await names('sunita 90')).toEqual([]);
  });

  test('nobody is nobody; nothing typed is nothing; syntax of the index is only letters', async () => {
    expect(await find('Zzyzx')).toMatchObject({ rows: [], more: false });
    expect(await find('   ')).toMatchObject({ rows: [], asked: 'nothing' });
    for (const typed of [
      '"',
      "'; DROP TABLE v_patient",
      'a" OR "b',
      '*',
      'AND',
      'NOT sunita',
      '(((',
      'NEAR(a b)',
      '\u0000',
      '🙂',
      'x'.repeat(200),
      'a '.repeat(90),
    ])
      await expect(find(typed)).resolves.toBeDefined();
  });

  test('more is said when there is more', async () => {
    expect(await find('s', 1)).toMatchObject({ more: true });
    expect((await find('s', 1)).rows).toHaveLength(1);
  });
});

describe('by number', () => {
  test('UHID whole, in groups, in Devanagari digits, and its beginning', async () => {
    const [uhid = ''] = uhids;
    const grouped = `${uhid.slice(0, 4)} ${uhid.slice(4, 8)} ${uhid.slice(8)}`;
    const hindi = uhid.replace(/\d/g, (digit) => String.fromCharCode(0x0966 + Number(digit)));
    for (const typed of [uhid, grouped, hindi])
      expect({ typed, ...(await find(typed)) }).toMatchObject({ typed, rows: [{ uhid, match: 'number' }], asked: 'number', more: false });
    expect((await find(uhid.slice(0, 6))).rows.map((row) => row.uhid)).toEqual(uhids.toSorted());
  });

  test('phone: whole, with +91, its beginning, its end', async () => {
    for (const typed of ['0123456789', '+91 01234 56789', '01234', '56789'])
      expect({ typed, ...(await find(typed)).rows[0] }).toMatchObject({ typed, name: 'Sunita Devi', match: 'phone' });
  });

  test('a mistyped number says what is wrong and finds nobody', async () => {
    const [uhid = ''] = uhids;
    const wrong = uhid.slice(0, 11) + String((Number(uhid[11]) + 1) % 10);
    expect(await find(wrong)).toMatchObject({ rows: [], problem: { code: 'number-check-digit' } });
  });
});

describe('possible duplicates', () => {
  async function duplicates(input: QueryInput<'duplicates'>) {
    const answer = await duplicatesQuery.run(input, tables.reader(instant(story.now), actorFor('asha')));
    if (!answer.ok) throw new Error('never refused');
    return answer.result.candidates.map(({ person, outcome }) => [person.name, outcome]);
  }
  test('same phone, other spelling, other script: the same', async () => {
    expect(
      await duplicates({
        name: 'Suneeta Devi',
        sex: 'female',
        age: { years: 35 },
        phone: '0123456789',
        relation: { type: 'W/O', name: 'Ramesh' },
      }),
    ).toEqual([['Sunita Devi', 'same']]);
    expect(await duplicates({ nameHi: 'सुनीता देवी', sex: 'female', age: { years: 34 }, phone: '0123456789' })).toEqual([
      ['Sunita Devi', 'same'],
    ]);
  });
  test('a sister with the same phone is not', async () =>
    expect(await duplicates({ name: 'Anita Devi', sex: 'female', age: { years: 8 }, phone: '0123456789' })).toEqual([]));
  test('another man of that name in another house is asked about or new, never the same', async () => {
    for (const [, outcome] of await duplicates({ name: 'Rakesh Choudhary', sex: 'male', age: { years: 50 } })) expect(outcome).toBe('ask');
  });
  test('an empty form has none', async () => expect(await duplicates({})).toEqual([]));
});
