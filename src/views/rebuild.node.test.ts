// A rebuild gives identical rows, whatever order the documents were saved in and however often: also for what triggers keep.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Document } from '#kernel/shared/document.ts';
import { streams } from '#kernel/streams.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL } from '#roles/replica/schema.ts';
import { hospitalStory } from './testing/story.ts';
import { openTables } from './testing/table-reader.ts';
import { views } from './views.ts';

/** Every state that each document went through, oldest first. */
const histories: Document[][] = [];

const UNITS: Readonly<Record<string, string>> = { PLT: '10*3/uL', HGB: 'g/dL', NA: 'mmol/L' };
const unitOf = (test: string | undefined): string | undefined => UNITS[test ?? ''];

beforeAll(async () => {
  const story = hospitalStory();
  const seen = new Map<string, string>();
  const index = new Map<string, Document[]>();
  const look = (): void => {
    for (const document of story.documents) {
      const text = JSON.stringify(document);
      if (seen.get(document.stream) === text) continue;
      seen.set(document.stream, text);
      const states = index.get(document.stream);
      if (states === undefined) {
        const fresh = [document];
        index.set(document.stream, fresh);
        histories.push(fresh);
      } else states.push(document);
    }
  };
  const run = async (name: string, input: unknown, user?: string) => {
    const result = await story.run(name, input, user);
    look();
    return result;
  };
  for (const name of ['Sunita Devi', 'Mohd Irfan', 'राकेश चौधरी']) {
    const { uhid } = await run('registerPatient', { name, sex: 'female', age: { years: 30 }, phone: '0123456789' });
    await run('startVisit', { uhid, department: 'MED' });
    const placed = await run('placeOrder', { uhid, tests: ['PLT', 'HGB', 'NA'] });
    const tubes = placed['specimens'] as readonly { accession: string; tests: readonly string[] }[];
    for (const { accession } of tubes) await run('collectSpecimen', { accession });
    for (const { accession } of tubes) await run('receiveSpecimen', { accession });
    const [first, second] = tubes;
    await run(
      'enterResult',
      { accession: first?.accession, test: first?.tests[0], value: name === 'Mohd Irfan' ? '115' : '140', unit: unitOf(first?.tests[0]) },
      'bina',
    );
    if (name === 'Mohd Irfan') await run('rejectSpecimen', { accession: second?.accession, reason: 'clotted' });
    await run('validateTechnically', { accession: first?.accession }, 'bina');
    await run('validateMedically', { accession: first?.accession }, 'chand');
    if (name !== 'राकेश चौधरी') {
      await run('releaseReport', { accession: first?.accession }, 'chand');
      await run(
        'amendResult',
        { accession: first?.accession, test: first?.tests[0], value: '130', unit: unitOf(first?.tests[0]), reason: 'typing error' },
        'chand',
      );
    }
  }
  const last = await run('registerPatient', { name: 'Ram', sex: 'male', tests: ['PLT'] });
  await run('cancelOrder', { order: (last['order'] as { number: string }).number, reason: 'by mistake' });
});

const KEPT = [
  'SELECT slot, rank, since FROM to_enter ORDER BY slot',
  'SELECT value, since FROM to_release ORDER BY value',
  'SELECT number FROM number_twice ORDER BY number',
];
const SEARCHES = ['"nsunita"', '"ssnt"', '"p0123456789"', '"nराकेश"', '"nmo"*'];

async function pictureOf(order: readonly Document[]): Promise<readonly unknown[]> {
  const { sql } = await NodeSql.open(':memory:');
  const tables = await openTables(sql, REPLICA_DDL, streams, views);
  for (const document of order) await tables.put(document);
  const picture: unknown[] = [];
  for (const view of views) if (view.name !== 'v_patient_words') picture.push([view.name, await tables.dump(view)]);
  for (const kept of KEPT) picture.push(await sql.read(kept));
  for (const match of SEARCHES) {
    const rows = await sql.read(
      'SELECT d.stream AS stream FROM patient_words JOIN documents d ON d.id = patient_words.rowid WHERE patient_words MATCH ?',
      [match],
    );
    picture.push(rows.map((row) => String(row['stream'])).sort());
  }
  // What the triggers keep is the difference that they stand for.
  const toEnter = await sql.read(
    'SELECT count(*) AS n FROM v_tube_test t WHERE NOT EXISTS (SELECT 1 FROM v_result r WHERE r.slot = t.slot)',
  );
  const toRelease = await sql.read(
    "SELECT count(*) AS n FROM v_result r WHERE r.step = 'to-release' AND NOT EXISTS (SELECT 1 FROM v_report_line l WHERE l.value = r.value)",
  );
  expect((await sql.read('SELECT count(*) AS n FROM to_enter'))[0]).toEqual(toEnter[0]);
  expect((await sql.read('SELECT count(*) AS n FROM to_release'))[0]).toEqual(toRelease[0]);
  await sql.close();
  return picture;
}

describe('rebuild', () => {
  test('last states in any order, and every state in any interleaving, give the same rows', async () => {
    const expected = await pictureOf(histories.map((states) => states.at(-1)).filter((document) => document !== undefined));
    expect(JSON.stringify(expected)).toContain('to-release');
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (numbers, whole) => {
        const queues = histories.map((states) => [...(whole ? states : states.slice(-1))]);
        const order: Document[] = [];
        while (queues.some((queue) => queue.length > 0)) {
          const open = queues.filter((queue) => queue.length > 0);
          const next = open[(numbers.next().value ?? 0) % open.length]?.shift();
          if (next !== undefined) order.push(next);
        }
        expect(await pictureOf(order)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});
