// The cumulative table: every value in its place, none invented.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResultShape } from '#desk/app/shapes.ts';
import { cumulative, CUMULATIVE_COLUMNS } from './cumulative.ts';

const result = (accession: string, code: string, at: number, value: number | null): ResultShape =>
  ({
    accession,
    test: code,
    testName: code,
    testNameHi: code,
    collectedAt: at,
    current: value === null ? null : { value, act: { at } },
  }) as unknown as ResultShape; // only what the table reads

describe('the cumulative table', () => {
  test('newest tube first, tests by name, holes stay holes', () => {
    const table = cumulative([
      result('1', 'PLT', 10, 200),
      result('2', 'PLT', 20, 18),
      result('2', 'HGB', 20, 9),
      result('3', 'PLT', 30, null),
    ]);
    expect(table.columns.map((column) => column.accession)).toEqual(['2', '1']);
    expect(table.rows.map((row) => row.test)).toEqual(['HGB', 'PLT']);
    expect(table.rows[0]?.cells.get('1')).toBeUndefined();
    expect(table.rows[1]?.cells.get('2')?.current?.value).toBe(18);
  });
  test('every value stands exactly where its tube and test are, in whatever order they came', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('1', '2', '3', '4'), fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 9 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(some, (list) => {
        const last = new Map(list.map(([accession, code, value]) => [`${accession} ${code}`, value]));
        const results = [...last].map(([key, value]) => {
          const [accession = '', code = ''] = key.split(' ');
          return result(accession, code, Number(accession), value);
        });
        const table = cumulative(results);
        const back = new Map(
          table.rows.flatMap((row) =>
            [...row.cells].map(([accession, cell]) => [`${accession} ${row.test}`, cell.current?.value] as const),
          ),
        );
        expect(back).toEqual(last);
        expect(table).toEqual(cumulative(results.toReversed()));
      }),
    );
  });
  test('ends at a number of columns', () => {
    expect(cumulative(Array.from({ length: 40 }, (_, i) => result(String(i), 'A', i, i))).columns).toHaveLength(CUMULATIVE_COLUMNS);
  });
});
