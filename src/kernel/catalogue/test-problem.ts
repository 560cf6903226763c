// What is wrong with a catalogue test beyond its form: ranges that overlap or are upside down, a unit that is missing.
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { ReferenceRange, TestData } from '#kernel/test/test.ts';

const OPEN = Number.MAX_SAFE_INTEGER;

/** Do two rows claim the same person? */
function overlap(a: ReferenceRange, b: ReferenceRange): boolean {
  const sexes = a.sex === 'any' || b.sex === 'any' || a.sex === b.sex;
  return sexes && a.fromDays < (b.toDays ?? OPEN) && b.fromDays < (a.toDays ?? OPEN);
}

function upsideDown(range: ReferenceRange): boolean {
  const { low, high, criticalLow, criticalHigh, fromDays, toDays } = range;
  if (toDays !== undefined && toDays <= fromDays) return true;
  if (low !== undefined && high !== undefined && low > high) return true;
  if (criticalLow !== undefined && criticalHigh !== undefined && criticalLow >= criticalHigh) return true;
  // A critical limit inside the normal range would call normal values; at the range's edge it may stand.
  if (criticalLow !== undefined && low !== undefined && criticalLow > low) return true;
  return criticalHigh !== undefined && high !== undefined && criticalHigh < high;
}

export function testProblem(test: TestData): Rejection | undefined {
  const { code, ranges } = test;
  if (test.value === 'number' && test.unit === undefined) return { code: 'test-unit-needed', facts: { test: code }, field: 'unit' };
  if (!test.calculated && test.containers.length === 0)
    return { code: 'test-container-needed', facts: { test: code }, field: 'containers' };
  for (const [index, range] of ranges.entries()) {
    if (upsideDown(range)) return { code: 'range-upside-down', facts: { test: code, row: index + 1 }, field: `ranges.${index}` };
    const other = ranges.findIndex((one, at) => at < index && overlap(one, range));
    if (other >= 0) return { code: 'range-overlaps', facts: { test: code, row: index + 1, other: other + 1 }, field: `ranges.${index}` };
  }
  return undefined;
}
