// Query: what the laboratory has to do next: tubes to receive, tests to measure, values to choose, validate and release.
import type { StreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { SqlRow, SqlValue } from '#journal/ports/storage.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf, type Catalogue } from '../read/catalogue.ts';
import { personAt } from '../read/persons.ts';
import { resultShapeOf } from '../read/results.ts';
import { specimenRow, toldShapeOf } from '../read/specimens.ts';
import { askedFor } from '../read/visit-of.ts';
import { LAB_STEPS, type LabStep } from '../shapes/laboratory.ts';
import { defineQuery, type ViewReader } from '../view.ts';

type Row = QueryResult<'labWorklist'>['rows'][number];

const DEFAULT_LIMIT = 50;
/** Rows of one step looked at for one list; a filter that finds less in them says that there is more. */
export const SCAN_LIMIT = 1_000;

/** Each gives `specimen` or `result` (a stream), `slot` where there is no result yet, and `since`; most urgent first, then oldest. */
export const LAB_SQL = {
  tubes:
    'SELECT d.stream AS specimen, NULL AS result, NULL AS slot, w.since AS since FROM v_specimen_work w JOIN documents d ON d.id = w.doc WHERE w.step = ? ORDER BY w.rank, w.since, w.doc LIMIT ?',
  toEnter: `SELECT d.stream AS specimen, NULL AS result, e.slot AS slot, e.since AS since FROM to_enter e JOIN documents d ON d.id = e.doc
    WHERE ? IS NULL OR substr(e.slot, instr(e.slot, ' ') + 1) = ? ORDER BY e.rank, e.since, e.slot LIMIT ?`,
  results: `SELECT NULL AS specimen, d.stream AS result, r.slot AS slot, r.since AS since FROM v_result r JOIN documents d ON d.id = r.doc
    WHERE r.step = ? AND r.step IS NOT NULL AND r.step <> 'to-release' AND (? IS NULL OR substr(r.slot, instr(r.slot, ' ') + 1) = ?) ORDER BY r.since, r.doc LIMIT ?`,
  toRelease: `SELECT NULL AS specimen, d.stream AS result, r.slot AS slot, t.since AS since FROM to_release t JOIN v_result r ON r.doc = t.doc JOIN documents d ON d.id = t.doc
    WHERE ? IS NULL OR substr(r.slot, instr(r.slot, ' ') + 1) = ? ORDER BY t.since, t.value LIMIT ?`,
  countTubes: 'SELECT count(*) AS n FROM (SELECT 1 FROM v_specimen_work WHERE step = ? LIMIT 1000)',
  countToEnter: 'SELECT count(*) AS n FROM (SELECT 1 FROM to_enter LIMIT 1000)',
  countResults:
    "SELECT count(*) AS n FROM (SELECT 1 FROM v_result WHERE step = ? AND step IS NOT NULL AND step <> 'to-release' LIMIT 1000)",
  countToRelease: 'SELECT count(*) AS n FROM (SELECT 1 FROM to_release LIMIT 1000)',
} as const;

export const labWorklistQuery = defineQuery({
  name: 'labWorklist',
  ...QUERY_SIGNATURES.labWorklist,
  audited: () => [],
  async run({ status, department, test, limit = DEFAULT_LIMIT }, read) {
    const catalogue = await catalogueOf(read);
    const code = test === undefined ? undefined : (catalogue.test(test)?.test ?? catalogue.test(test.toUpperCase())?.test ?? test);
    const rows: Row[] = [];
    let more = false;
    for (const step of status === undefined ? LAB_STEPS : [status]) {
      const found = await rowsOf(read, step, code ?? null, SCAN_LIMIT);
      for (const one of found) {
        const row = await workRow(read, step, one, catalogue);
        if (row === undefined || (code !== undefined && row.test !== null && row.test !== code)) continue;
        if (code !== undefined && row.test === null && !row.specimen.tests.includes(code)) continue;
        if (department !== undefined && row.specimen.department !== department) continue;
        if (rows.length >= limit) {
          more = true;
          break;
        }
        rows.push(row);
      }
      more ||= found.length >= SCAN_LIMIT;
      if (rows.length >= limit && more) break;
    }
    return { ok: true, result: { rows, counts: await countsOf(read), more } };
  },
});

function rowsOf(read: ViewReader, step: LabStep, test: string | null, limit: number): Promise<readonly SqlRow[]> {
  switch (step) {
    case 'to-receive':
    case 'on-hold':
      return read.rows(LAB_SQL.tubes, [step, limit]);
    case 'to-enter':
      return toEnter(read, test, limit);
    case 'to-choose':
    case 'to-validate':
    case 'to-validate-medically':
      return read.rows(LAB_SQL.results, [step, test, test, limit]);
    case 'to-release':
      return read.rows(LAB_SQL.toRelease, [test, test, limit]);
    default:
      return step satisfies never;
  }
}

/** Repeats that were asked for stand before first measurements: somebody waits for them already. */
async function toEnter(read: ViewReader, test: string | null, limit: number): Promise<readonly SqlRow[]> {
  const repeats = await read.rows(LAB_SQL.results, ['to-enter', test, test, limit]);
  const fresh = await read.rows(LAB_SQL.toEnter, [test, test, limit - repeats.length]);
  return [...repeats, ...fresh];
}

async function workRow(read: ViewReader, step: LabStep, found: SqlRow, catalogue: Catalogue): Promise<Row | undefined> {
  // These columns hold stream ids only.
  const resultStream = found['result'] as StreamId | null;
  const result = resultStream === null ? undefined : await read.document<ResultState>(resultStream);
  const tubeStream = (found['specimen'] as StreamId | null) ?? result?.state.specimen;
  const tube = tubeStream === undefined ? undefined : await read.document<SpecimenState>(tubeStream);
  if (tube === undefined) return undefined;
  const slot = typeof found['slot'] === 'string' ? found['slot'] : null;
  const test = slot === null ? null : slot.slice(slot.indexOf(' ') + 1);
  const known = test === null ? undefined : catalogue.test(test);
  return {
    step,
    specimen: { ...specimenRow(tube, catalogue), department: (await askedFor(read, tube.state)).department },
    patient: await personAt(read, tube.state.patient),
    told: toldShapeOf(tube.state.told, read.now),
    test,
    testName: known?.name ?? test,
    testNameHi: known?.nameHi ?? test,
    unit: known?.unit ?? null,
    result: result === undefined ? null : ((await resultShapeOf(read, result, catalogue)) ?? null),
    since: instant(Number(found['since'])),
  };
}

async function countsOf(read: ViewReader): Promise<QueryResult<'labWorklist'>['counts']> {
  const count = async (sql: string, params: readonly SqlValue[] = []): Promise<number> =>
    Number((await read.rows(sql, params))[0]?.['n'] ?? 0);
  return {
    'to-receive': await count(LAB_SQL.countTubes, ['to-receive']),
    'on-hold': await count(LAB_SQL.countTubes, ['on-hold']),
    'to-enter': (await count(LAB_SQL.countToEnter)) + (await count(LAB_SQL.countResults, ['to-enter'])),
    'to-choose': await count(LAB_SQL.countResults, ['to-choose']),
    'to-validate': await count(LAB_SQL.countResults, ['to-validate']),
    'to-validate-medically': await count(LAB_SQL.countResults, ['to-validate-medically']),
    'to-release': await count(LAB_SQL.countToRelease),
  };
}
