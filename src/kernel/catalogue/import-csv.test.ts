// The shipped catalogue comes in whole; broken files are told row by row, and nothing ever throws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODES } from '#kernel/shared/codes.ts';
import { parseCsv } from './csv.ts';
import { COLUMNS, importCatalogue } from './import-csv.ts';
import { LAB_CATALOG_CSV } from './lab-catalog.ts';
import { CONTAINER_SEED } from './seed.ts';
import { testProblem } from './test-problem.ts';

const HEADER = COLUMNS.join(',');
const GOOD = 'X,Test X,2345-7,serum,SST gel (gold) or plain (red),mg/dL,1,2,A,0,,,,,,source';
const read = (...rows: readonly string[]) => importCatalogue([HEADER, ...rows].join('\n'), { status: 'proposed' });

describe('importCatalogue', () => {
  test('the shipped file: 77 tests, no problem, every container is seeded', () => {
    const { tests, problems } = importCatalogue(LAB_CATALOG_CSV, { status: 'proposed' });
    expect(problems).toEqual([]);
    expect(tests).toHaveLength(77);
    const seeded = new Set(CONTAINER_SEED.map((one) => one.code));
    for (const one of tests) expect(one.containers.filter((container) => !seeded.has(container))).toEqual([]);
    expect(tests.find((one) => one.code === 'EGFR')).toMatchObject({ calculated: true, containers: [] });
    expect(tests.find((one) => one.code === 'INR')).toMatchObject({ calculated: true, containers: ['citrate'] });
    expect(tests.find((one) => one.code === 'BCULT')).toMatchObject({ value: 'text', criticalTexts: ['positive'] });
    expect(tests.find((one) => one.code === 'UCOL')).toMatchObject({ normalTexts: ['straw-yellow'] });
    expect(tests.find((one) => one.code === 'HGB')?.ranges).toHaveLength(9);
  });

  const broken: readonly (readonly [string, readonly string[], string, Record<string, unknown>])[] = [
    ['a letter in a limit', [GOOD.replace(',1,2,', ',1x,2,')], 'csv-value', { row: 2, column: 'ref_low' }],
    ['a wrong sex', [GOOD.replace(',A,', ',W,')], 'csv-value', { row: 2, column: 'sex' }],
    ['half days', [GOOD.replace(',A,0,', ',A,0.5,')], 'csv-value', { column: 'age_from_days' }],
    ['a cell too many', [`${GOOD},more`], 'csv-cells', { row: 2, cells: 17, expected: 16 }],
    ['an unknown container', [GOOD.replace('SST gel (gold) or plain (red)', 'bucket')], 'csv-container', { row: 2 }],
    [
      'two names of one test',
      [GOOD, GOOD.replace('Test X', 'Test Y').replace(',A,0,', ',A,9,')],
      'csv-differs',
      { row: 3, other: 2, column: 'name' },
    ],
    ['rows that overlap', [GOOD, GOOD.replace(',A,0,', ',F,9,')], 'range-overlaps', { row: 3, other: 2 }],
    ['limits upside down', [GOOD.replace(',1,2,', ',2,1,')], 'range-upside-down', { row: 2 }],
    ['a wrong LOINC', [GOOD.replace('2345-7', 'glucose')], 'csv-value', { row: 2, column: 'loinc' }],
    ['no code', [GOOD.replace(/^X/, '')], 'csv-value', { row: 2, column: 'test_code' }],
  ];
  for (const [what, rows, code, facts] of broken) {
    test(`${what}: told, and the whole test left out`, () => {
      const { tests, problems } = read(...rows);
      expect(problems[0]).toMatchObject({ code, facts });
      expect(tests).toEqual([]);
    });
  }
  test('one broken test does not take the others with it', () => {
    const { tests, problems } = read(GOOD, GOOD.replace(/^X/, 'Y').replace(',1,2,', ',2,1,'));
    expect(tests.map((one) => one.code)).toEqual(['X']);
    expect(problems).toHaveLength(1);
  });
  test('a missing column, an empty file, an open quotation mark', () => {
    expect(importCatalogue('test_code,name\nX,Y', { status: 'proposed' }).problems[0]).toMatchObject({
      code: 'csv-column-missing',
      facts: { column: 'loinc' },
    });
    expect(importCatalogue('', { status: 'proposed' }).problems).toEqual([{ code: 'csv-empty', facts: {} }]);
    expect(read('X,"Test').problems[0]).toMatchObject({ code: 'csv-quote-open', facts: { row: 2 } });
  });

  test('any text: problems have registered codes, tests are sound', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'A',
        'F',
        '1',
        '2.5',
        '-1',
        'X',
        '"',
        'EDTA (lavender)',
        'calculated',
        'mg/dL',
        '1e9',
        'NaN',
        '२',
        '=1+1',
        '<script>',
      ),
      fc.string({ maxLength: 8 }),
    );
    const row = fc.array(cell, { minLength: 14, maxLength: 17 }).map((cells) => cells.join(','));
    const file = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(row, { maxLength: 8 }).map((rows) => [HEADER, ...rows].join('\r\n')),
      fc.array(row, { maxLength: 4 }).map((rows) => [HEADER, GOOD, ...rows].join('\n')),
    );
    fc.assert(
      fc.property(file, (text) => {
        const { tests, problems } = importCatalogue(text, { status: 'proposed' });
        for (const problem of problems) expect(CODES).toHaveProperty([problem.code]);
        for (const one of tests) expect(testProblem(one)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe('parseCsv', () => {
  test('quotes, blank lines, all line ends and a mark at the beginning', () => {
    expect(parseCsv('\ufeffa,b\r\n"x, ""y""\nz",2\r\r\n\nlast,3')).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['x, "y"\nz', '2'] },
        { line: 6, cells: ['last', '3'] },
      ],
    });
  });
  test('print and parse give the same cells', () => {
    const cells = fc.array(fc.array(fc.string({ maxLength: 6 }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cells, (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
        const parsed = parseCsv(text);
        expect(parsed.ok && parsed.rows.map((row) => row.cells)).toEqual(rows);
      }),
    );
  });
});
