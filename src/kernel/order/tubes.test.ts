// The fewest tubes, the same on every desk, in the order of draw.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importCatalogue } from '#kernel/catalogue/import-csv.ts';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import { CONTAINER_SEED } from '#kernel/catalogue/seed.ts';
import { planTubes } from './tubes.ts';

const TESTS = importCatalogue(LAB_CATALOG_CSV, { status: 'approved' }).tests;
const DRAW = new Map(CONTAINER_SEED.flatMap((one) => (one.drawOrder === undefined ? [] : [[one.code, one.drawOrder] as const])));
const plan = (...codes: readonly string[]) =>
  planTubes(
    codes.map((code) => TESTS.find((one) => one.code === code) ?? never(code)),
    DRAW,
  ).map((tube) => `${tube.container}: ${tube.tests.join(' ')}`);

function never(code: string): never {
  throw new Error(`no test ${code}`);
}

describe('planTubes', () => {
  test('one EDTA tube for a count, one serum tube for chemistry, in the order of draw', () => {
    expect(plan('PLT', 'NA', 'HGB', 'K', 'PT')).toEqual(['citrate: PT', 'sst: NA K', 'edta: PLT HGB']);
  });
  test('one urine container serves strip and culture', () => expect(plan('UPRO', 'UCULT')).toEqual(['urine-sterile: UPRO UCULT']));
  test('a strip alone takes the clean container', () => expect(plan('UPRO')).toEqual(['urine-plain: UPRO']));
  test('a calculated test rides along and needs no tube of its own', () => {
    expect(plan('CREA', 'EGFR')).toEqual(['sst: CREA EGFR']);
    expect(plan('EGFR')).toEqual([]);
    expect(plan('INR')).toEqual(['citrate: INR']);
  });
  test('lactate on ice and glucose are two tubes; arterial and venous blood never share one', () => {
    expect(plan('LACT', 'GLUR')).toHaveLength(2);
    expect(plan('PH', 'ICA')).toHaveLength(2);
  });
  test('every test is on exactly one tube that will do, and the order of asking does not matter', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...TESTS], { minLength: 1 }), (tests) => {
        const tubes = planTubes(tests, DRAW);
        const placed = tubes.flatMap((tube) => tube.tests);
        const drawn = tests.filter((one) => one.containers.length > 0).map((one) => one.code);
        expect(placed.filter((code) => drawn.includes(code)).sort()).toEqual(drawn.sort());
        for (const tube of tubes)
          for (const code of tube.tests) {
            const one = TESTS.find((test) => test.code === code);
            expect(one?.containers.length === 0 || one?.containers.includes(tube.container)).toBe(true);
          }
        const kinds = (some: typeof tubes) => some.map((tube) => `${tube.container} ${tube.specimenType}`);
        expect(kinds(planTubes(tests.toReversed(), DRAW))).toEqual(kinds(tubes));
      }),
      { numRuns: 60 },
    );
  });
});
