// From the rows of the laboratory catalogue (one row for each range) to the inputs of `defineTest`, with an error for each row that is wrong. Pure and total.
import { synonymsOf } from '#kernel/result/units.ts';
import { testData, type ReferenceRange, type TestData } from '#kernel/test/test.ts';
import { containersOf } from './container-words.ts';
import { parseCsv, type CsvRow } from './csv.ts';
import { testProblem } from './test-problem.ts';

export const COLUMNS = [
  'test_code',
  'name',
  'loinc',
  'specimen_type',
  'container',
  'unit_ucum',
  'ref_low',
  'ref_high',
  'sex',
  'age_from_days',
  'age_to_days',
  'critical_low',
  'critical_high',
  'delta_pct',
  'delta_hours',
  'source',
] as const;
type Column = (typeof COLUMNS)[number];

export interface RowProblem {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface CatalogueImport {
  /** Tests without any problem, in the order of the file. */
  readonly tests: readonly TestData[];
  /** Tests that have a problem are left out whole: half a test would flag some patients and not others. */
  readonly problems: readonly RowProblem[];
}

interface Row {
  readonly line: number;
  readonly cell: (column: Column) => string;
}

/** @param knownContainers codes that a cell may name besides the words of the shipped catalogue. */
export function importCatalogue(
  text: string,
  options: { readonly status: TestData['status']; readonly knownContainers?: ReadonlySet<string> },
): CatalogueImport {
  const table = parseCsv(text);
  if (!table.ok) return { tests: [], problems: [table.problem] };
  const [header, ...body] = table.rows;
  const columns = new Map((header?.cells ?? []).map((name, at) => [name.trim().toLowerCase(), at]));
  const absent = COLUMNS.filter((column) => !columns.has(column));
  if (absent.length > 0) return { tests: [], problems: absent.map((column) => ({ code: 'csv-column-missing', facts: { column } })) };

  const problems: RowProblem[] = [];
  const groups = new Map<string, Row[]>();
  const width = header?.cells.length ?? 0;
  for (const one of body) {
    if (one.cells.length !== width) {
      problems.push({ code: 'csv-cells', facts: { row: one.line, cells: one.cells.length, expected: width } });
      const broken = (one.cells[columns.get('test_code') ?? 0] ?? '').trim();
      if (broken !== '') groups.set(broken, [...(groups.get(broken) ?? []), rowOf(one, columns)]);
      continue;
    }
    const row = rowOf(one, columns);
    groups.set(row.cell('test_code'), [...(groups.get(row.cell('test_code')) ?? []), row]);
  }
  const tests: TestData[] = [];
  const brokenLines = new Set(problems.map((problem) => problem.facts['row']));
  for (const rows of groups.values()) {
    if (rows.some((row) => brokenLines.has(row.line))) continue;
    const before = problems.length;
    const test = readTest(rows, options, problems);
    if (test !== undefined && problems.length === before) tests.push(test);
  }
  return { tests, problems };
}

function rowOf(row: CsvRow, columns: ReadonlyMap<string, number>): Row {
  return { line: row.line, cell: (column) => (row.cells[columns.get(column) ?? -1] ?? '').trim().normalize('NFC') };
}

/** Cells that say one thing of the whole test and must not change from row to row. */
const PER_TEST: readonly Column[] = ['name', 'loinc', 'specimen_type', 'container', 'unit_ucum'];

function readTest(rows: readonly Row[], options: Parameters<typeof importCatalogue>[1], problems: RowProblem[]): TestData | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const code = first.cell('test_code');
  for (const row of rows) {
    for (const column of PER_TEST) {
      if (row.cell(column) !== first.cell(column))
        problems.push({ code: 'csv-differs', facts: { row: row.line, other: first.line, column, test: code } });
    }
  }
  const unit = first.cell('unit_ucum');
  const isText = unit === '';
  const container = containersOf(first.cell('container'), options.knownContainers ?? new Set());
  if (container === undefined) problems.push({ code: 'csv-container', facts: { row: first.line } });
  const ranges: ReferenceRange[] = [];
  const texts: { critical: string[]; normal: string[] } = { critical: [], normal: [] };
  for (const row of rows) {
    if (isText) readTexts(row, texts);
    else {
      const range = readRange(row, problems);
      if (range !== undefined) ranges.push(range);
    }
  }
  const loinc = first.cell('loinc');
  const parsed = testData.safeParse({
    code,
    name: first.cell('name'),
    ...(loinc === '' ? {} : { loinc }),
    specimenType: first.cell('specimen_type'),
    containers: container?.containers ?? [],
    calculated: container?.calculated ?? false,
    value: isText ? 'text' : 'number',
    ...(isText ? {} : { unit }),
    unitSynonyms: synonymsOf(isText ? undefined : unit, code),
    normalTexts: texts.normal,
    criticalTexts: texts.critical,
    ranges,
    status: options.status,
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues.slice(0, 5))
      problems.push({
        code: 'csv-value',
        facts: { row: first.line, column: columnOf(String(issue.path[0] ?? '')), expected: issue.message },
      });
    return undefined;
  }
  const problem = testProblem(parsed.data);
  if (problem !== undefined) problems.push({ code: problem.code, facts: withLines(problem.facts, rows) });
  return parsed.data;
}

/** Rows of the test, told by the lines of the file. */
function withLines(facts: RowProblem['facts'], rows: readonly Row[]): RowProblem['facts'] {
  const line = (index: unknown) => rows[Number(index) - 1]?.line ?? Number(index);
  return {
    ...facts,
    ...('row' in facts ? { row: line(facts['row']) } : {}),
    ...('other' in facts ? { other: line(facts['other']) } : {}),
  };
}

const COLUMN_OF: Readonly<Record<string, Column>> = {
  code: 'test_code',
  name: 'name',
  loinc: 'loinc',
  specimenType: 'specimen_type',
  containers: 'container',
  unit: 'unit_ucum',
};

function columnOf(field: string): string {
  return COLUMN_OF[field] ?? field;
}

/** Words that are normal stand in the source column as `normal = …` or `ordinal: …`; critical ones in the upper critical limit. */
function readTexts(row: Row, texts: { readonly critical: string[]; readonly normal: string[] }): void {
  const critical = row.cell('critical_high').toLowerCase();
  if (critical !== '') texts.critical.push(critical);
  const told = /(?:normal = |ordinal: )([a-z-]+)/.exec(row.cell('source').toLowerCase())?.[1];
  if (told !== undefined) texts.normal.push(told);
}

const SEX: Readonly<Record<string, ReferenceRange['sex']>> = { A: 'any', F: 'female', M: 'male' };

function readRange(row: Row, problems: RowProblem[]): ReferenceRange | undefined {
  const before = problems.length;
  const wrong = (column: Column, expected: string) => problems.push({ code: 'csv-value', facts: { row: row.line, column, expected } });
  const number = (column: Column, whole = false): number | undefined => {
    const cell = row.cell(column);
    if (cell === '') return undefined;
    if (!(whole ? /^\d{1,6}$/ : /^-?\d{1,7}(\.\d{1,6})?$/).test(cell)) {
      wrong(column, whole ? 'a whole number of days is needed' : 'a number with a point is needed, or nothing');
      return undefined;
    }
    return Number(cell);
  };
  const sex = SEX[row.cell('sex').toUpperCase()];
  if (sex === undefined) wrong('sex', 'A (all), F or M is needed');
  const values = {
    toDays: number('age_to_days', true),
    low: number('ref_low'),
    high: number('ref_high'),
    criticalLow: number('critical_low'),
    criticalHigh: number('critical_high'),
    deltaPercent: number('delta_pct'),
    deltaHours: number('delta_hours'),
    source: row.cell('source') === '' ? undefined : row.cell('source').slice(0, 300),
  };
  const fromDays = number('age_from_days', true) ?? 0;
  if (problems.length > before || sex === undefined) return undefined;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { sex, fromDays, ...given };
}
