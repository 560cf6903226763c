// Bytes on disk for each commit, where they lie: journal, index, documents, each view, search. After a close, so that no log is left.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Bench, BenchContext, Report, Table } from './support/report.ts';
import { target } from './support/report.ts';
import { bytesBelow, freshFolder } from './support/folders.ts';
import { foundBenchHospital, identityOfDesk, openBench } from './support/hospital.ts';
import { runsOf } from './support/commits.ts';
import { patientsData, patientsFacts } from './support/patients-data.ts';

const DESKS = 20;

interface Sizes {
  readonly journal: number;
  readonly tables: ReadonlyMap<string, number>;
}

/** The SQLite of Node counts pages by table; the one of the product was built without that. The file is the same. */
function sizesOf(dir: string): Sizes {
  const database = new DatabaseSync(path.join(dir, 'index', 'index.db'), { readOnly: true });
  const rows = database.prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name').all();
  database.close();
  return {
    journal: bytesBelow(path.join(dir, 'journal')),
    tables: new Map(rows.map((row) => [String(row['name']), Number(row['bytes'])])),
  };
}

const GROUPS: readonly (readonly [string, RegExp])[] = [
  ['index: runs and chains', /^(runs|runs_chain|chains|sqlite_autoindex_chains_\d+)$/],
  ['index: which commit touches which document', /^(stream_commits|stream_commits_n)$/],
  ['index: command ids', /^commands/],
  ['documents', /^documents$/],
  ['documents: their indexes', /^(documents_|sqlite_autoindex_documents)/],
  ['numbers and links', /^(numbers|links)/],
  ['search (FTS5)', /^patient_words/],
  ['view v_patient', /^v_patient/],
  ['other views', /^v_/],
];

/** What `more` commits added, in bytes each. */
function perCommit(before: Sizes, after: Sizes, more: number): { readonly rows: (string | number)[][]; readonly total: number } {
  const grown = (pattern: RegExp, but: readonly RegExp[]): number => {
    let sum = 0;
    for (const [name, bytes] of after.tables) {
      if (pattern.test(name) && !but.some((other) => other.test(name))) sum += bytes - (before.tables.get(name) ?? 0);
    }
    return sum / more;
  };
  const seen: RegExp[] = [];
  const rows: (string | number)[][] = [['journal', (after.journal - before.journal) / more]];
  for (const [name, pattern] of GROUPS) {
    rows.push([name, grown(pattern, seen)]);
    seen.push(pattern);
  }
  rows.push(['everything else', grown(/./, seen)]);
  const total = rows.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  return { rows: [...rows, ['all', total]], total };
}

async function smallCommits(
  count: number,
  context: BenchContext,
): Promise<{ readonly rows: (string | number)[][]; readonly total: number }> {
  const dir = freshFolder('size-small');
  const hospital = await foundBenchHospital(dir, DESKS);
  const before = sizesOf(dir);
  context.say(`signing ${count} commits`);
  const runs = await runsOf(
    hospital,
    hospital.desks.map(identityOfDesk),
    hospital.desks.map((desk) => desk.range),
    count / DESKS,
    'size',
  );
  const { home, replica } = await openBench(dir);
  // As a hub gets them in a working day: a few at a time from each desk in turn.
  const each = 5;
  for (let at = 0; at < count / DESKS; at += each) await replica.ingest(runs.flatMap((run) => run.slice(at, at + each)));
  await home.close();
  return perCommit(before, sizesOf(dir), count);
}

async function run(context: BenchContext): Promise<Report> {
  const count = context.quick ? 2000 : 40_000;
  const small = await smallCommits(count, context);
  const tables: Table[] = [{ columns: [`registrations with bodies of 400 bytes (${count})`, 'bytes each'], rows: small.rows }];
  const patients = context.quick ? 4000 : context.full ? 1_500_000 : 50_000;
  const data = await patientsData(patients, context.say);
  const empty = freshFolder('size-empty');
  await foundBenchHospital(empty, 24);
  const whole = perCommit(sizesOf(empty), sizesOf(data), patients);
  tables.push({
    columns: [
      `registrations as the desk writes them, bodies of ${Math.round(patientsFacts(patients).bodyBytes)} bytes (${patients}, in bulk)`,
      'bytes each',
    ],
    rows: whole.rows,
  });
  return {
    tables,
    targets: [target('small record with views and search', 'at most', 2048, small.total, 'bytes')],
    notes: [
      'A commit with a body of 400 bytes is 574 bytes in the journal: record head 8, flag 1, header 101, signature 64. Index and views are read with the write-ahead log folded in, without VACUUM.',
    ],
  };
}

export const bench: Bench = { name: 'size', title: 'Bytes on disk for each commit', run };
