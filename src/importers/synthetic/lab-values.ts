// What the generator knows of the laboratory: ranges by sex and age from the catalogue file, and which tests are ordered together.
import Papa from 'papaparse';
import type { Random } from './random.ts';

interface RangeRow {
  readonly sex: 'A' | 'F' | 'M';
  readonly fromDays: number;
  readonly toDays: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly criticalLow: number | undefined;
  readonly criticalHigh: number | undefined;
}

export interface SyntheticTest {
  readonly code: string;
  readonly unit: string;
  readonly decimals: number;
  readonly ranges: readonly RangeRow[];
}

export type SyntheticTests = ReadonlyMap<string, SyntheticTest>;

/** What doctors order together. Tests that the catalogue lacks are left out when drawn. */
export const ORDER_SETS: readonly { readonly name: string; readonly weight: number; readonly tests: readonly string[] }[] = [
  { name: 'blood count', weight: 40, tests: ['HGB', 'RBC', 'WBC', 'PLT', 'MCV', 'HCT'] },
  { name: 'platelets only', weight: 6, tests: ['PLT', 'HGB'] },
  { name: 'kidney', weight: 18, tests: ['UREA', 'CREA', 'NA', 'K', 'CL', 'URIC'] },
  { name: 'liver', weight: 16, tests: ['TBIL', 'DBIL', 'ALT', 'AST', 'ALP', 'ALB', 'TP'] },
  { name: 'glucose', weight: 20, tests: ['GLUR'] },
  { name: 'diabetes', weight: 9, tests: ['GLUF', 'GLUPP', 'HBA1C'] },
  { name: 'lipids', weight: 7, tests: ['CHOL', 'TG', 'HDL'] },
  { name: 'thyroid', weight: 8, tests: ['TSH', 'FT4', 'FT3'] },
  { name: 'clotting', weight: 6, tests: ['PT', 'APTT'] },
  { name: 'calcium', weight: 5, tests: ['CA', 'PHOS', 'MG'] },
  { name: 'inflammation', weight: 6, tests: ['CRP', 'ESR'] },
];

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Tests with numbers for results, from the text of `lab-catalog.csv`. Calculated and worded tests are left out. */
export function readSyntheticTests(csv: string): SyntheticTests {
  const rows = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  const tests = new Map<string, SyntheticTest>();
  for (const row of rows) {
    const code = row['test_code'];
    const low = numberIn(row['ref_low']);
    const high = numberIn(row['ref_high']);
    if (code === undefined || row['container'] === 'calculated' || (low === undefined && high === undefined)) continue;
    const known = tests.get(code);
    const decimals = Math.max(known?.decimals ?? 0, ...[row['ref_low'], row['ref_high']].map((text) => text?.split('.')[1]?.length ?? 0));
    const sex = row['sex'] === 'F' || row['sex'] === 'M' ? row['sex'] : 'A';
    const range: RangeRow = {
      sex,
      fromDays: numberIn(row['age_from_days']) ?? 0,
      toDays: numberIn(row['age_to_days']) ?? Number.POSITIVE_INFINITY,
      low,
      high,
      criticalLow: numberIn(row['critical_low']),
      criticalHigh: numberIn(row['critical_high']),
    };
    tests.set(code, { code, unit: row['unit_ucum'] ?? '', decimals, ranges: [...(known?.ranges ?? []), range] });
  }
  return tests;
}

/** The range for this person, or the test's first one where none is meant for this age and sex. */
function rangeFor(test: SyntheticTest, sex: string, ageDays: number): RangeRow {
  const letter = sex === 'female' ? 'F' : 'M';
  const fits = (range: RangeRow): boolean =>
    (range.sex === 'A' || range.sex === letter) && ageDays >= range.fromDays && ageDays < range.toDays;
  return test.ranges.find(fits) ?? test.ranges[0]!; // a test has at least one row
}

export type ResultKind = 'normal' | 'abnormal' | 'critical';

export interface DrawnResult {
  readonly value: number;
  readonly kind: ResultKind;
}

/** One measured value: mostly inside the range, some outside, one in fifty beyond a critical limit where there is one. */
export function drawResult(random: Random, test: SyntheticTest, sex: string, ageDays: number): DrawnResult {
  const range = rangeFor(test, sex, ageDays);
  const low = range.low ?? 0;
  const high = range.high ?? Math.max(low * 2, 1);
  const width = high - low;
  const draw = random.fraction();
  const rounded = (value: number): number => Number(Math.max(0, value).toFixed(test.decimals));
  const step = 10 ** -test.decimals;
  if (draw < 0.02 && range.criticalLow !== undefined && (range.criticalHigh === undefined || random.chance(0.5)))
    return { value: belowCritical(random, test, range.criticalLow), kind: 'critical' };
  if (draw < 0.02 && range.criticalHigh !== undefined)
    return { value: rounded(range.criticalHigh * (1.02 + random.fraction() * 0.2) + step), kind: 'critical' };
  if (draw < 0.2) return { value: rounded(abnormal(random, range, low, high, width)), kind: 'abnormal' };
  const inside = Math.min(high, Math.max(low, low + width * (0.5 + random.normal() * 0.17)));
  return { value: Math.min(high, Math.max(low, rounded(inside))), kind: 'normal' };
}

/** A value that demands a call, of a test with a lower critical limit. Undefined where this test has none. */
export function drawCritical(random: Random, test: SyntheticTest, sex: string, ageDays: number): number | undefined {
  const { criticalLow } = rangeFor(test, sex, ageDays);
  return criticalLow === undefined ? undefined : belowCritical(random, test, criticalLow);
}

function belowCritical(random: Random, test: SyntheticTest, limit: number): number {
  return Number(Math.max(0, limit * (0.55 + random.fraction() * 0.43) - 10 ** -test.decimals).toFixed(test.decimals));
}

/** Outside the range, but short of the critical limits. */
function abnormal(random: Random, range: RangeRow, low: number, high: number, width: number): number {
  const far = 0.08 + random.fraction() * 0.5;
  const below = range.low !== undefined && low > 0 && (range.high === undefined || random.chance(0.5));
  if (below) return Math.max(low - width * far, (low + (range.criticalLow ?? 0)) / 2);
  return Math.min(high + width * far, range.criticalHigh === undefined ? Number.POSITIVE_INFINITY : (high + range.criticalHigh) / 2);
}
