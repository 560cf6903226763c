// What is not known gives "not evaluated", never "normal"; a limit reached is critical; a doubt about the age that spans two rows is a doubt about the range.
import { describe, expect, test } from 'vitest';
import { importCatalogue } from '#kernel/catalogue/import-csv.ts';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import { toldAge, type AgeAsTold } from '#kernel/shared/age.ts';
import type { Sex } from '#kernel/shared/fields.ts';
import { TEST_START } from '#kernel/shared/testing.ts';
import { dateAt, instant, type PlainDate } from '#kernel/shared/time.ts';
import type { TestData } from '#kernel/test/test.ts';
import { evaluateNumber, evaluateText } from './evaluate.ts';
import { convert, unitFactor } from './units.ts';

const TODAY = dateAt(TEST_START);
const CATALOGUE = new Map(importCatalogue(LAB_CATALOG_CSV, { status: 'approved' }).tests.map((one) => [one.code, one]));
const ON = { proposedRangesGiveFlags: true };

function of(code: string): TestData {
  const test = CATALOGUE.get(code);
  if (test === undefined) throw new Error(`no test ${code}`);
  return test;
}

function judge(
  code: string,
  value: number,
  sex: Sex,
  age: AgeAsTold | undefined,
  more: Partial<Parameters<typeof evaluateNumber>[2]> = {},
) {
  return evaluateNumber(of(code), value, { person: { age, sex }, at: TEST_START, settings: ON, ...more });
}

const years = (count: number) => toldAge({ years: count }, TODAY);
const days = (count: number) => toldAge({ days: count }, TODAY);

describe('evaluateNumber', () => {
  const table: readonly (readonly [string, number, Sex, AgeAsTold | undefined, string, boolean, string?])[] = [
    ['HGB', 13, 'female', years(34), 'normal', false],
    ['HGB', 12.9, 'male', years(34), 'low', false],
    ['HGB', 12, 'female', years(34), 'normal', false],
    ['HGB', 7, 'female', years(34), 'critical-low', true],
    ['HGB', 20, 'male', years(34), 'critical-high', true],
    // The clerk did not ask the sex: the row is not known, and neither row is guessed.
    ['HGB', 13, 'unknown', years(34), 'not-evaluated', false, 'sex-unknown'],
    ['HGB', 13, 'other', years(34), 'not-evaluated', false, 'no-range'],
    ['HGB', 13, 'other', years(9), 'normal', false],
    ['HGB', 13, 'female', undefined, 'not-evaluated', false, 'age-unknown'],
    // 12 years told: born in a year that holds the change of range at 4380 days? No: at 12 years one is over it.
    ['HGB', 13, 'female', years(11), 'not-evaluated', false, 'range-straddled'],
    ['HGB', 15, 'female', days(10), 'normal', false],
    ['HGB', 6, 'female', days(10), 'low', false],
    ['PLT', 20, 'female', years(34), 'critical-low', true],
    ['PLT', 21, 'female', years(34), 'low', false],
    ['PLT', 150, 'female', years(34), 'normal', false],
    ['PLT', 1000, 'female', years(34), 'critical-high', true],
    ['PLT', 250, 'female', undefined, 'not-evaluated', false, 'age-unknown'],
    ['PLT', 8, 'unknown', undefined, 'not-evaluated', true, 'age-unknown'],
    ['K', 6.3, 'female', years(34), 'critical-high', true],
    ['K', 6.3, 'female', days(20), 'high', false],
    // Between the two rows' limits, with an age that could be either: not critical by both, so nothing is said.
    ['K', 6.3, 'unknown', undefined, 'not-evaluated', false, 'age-unknown'],
    ['K', 7.2, 'unknown', undefined, 'not-evaluated', true, 'age-unknown'],
    ['CREA', 0.3, 'female', days(10), 'not-evaluated', false, 'no-range'],
    ['TBIL', 5, 'female', days(10), 'not-evaluated', false, 'no-range'],
    ['TBIL', 14, 'female', days(10), 'critical-high', true],
    ['CHOL', 180, 'female', years(34), 'normal', false],
    ['CHOL', 240, 'female', years(34), 'high', false],
    ['HDL', 40, 'female', years(34), 'low', false],
    ['TROPI', 5, 'female', years(34), 'not-evaluated', false, 'no-range'],
  ];
  for (const [code, value, sex, age, flag, critical, why] of table) {
    test(`${code} ${value}, ${sex}, ${age === undefined ? 'age unknown' : `${age.kind === 'told' ? age.value : ''} ${age.kind === 'told' ? age.precision : ''}`}: ${flag}${critical ? ', critical' : ''}`, () => {
      expect(judge(code, value, sex, age)).toMatchObject({ flag, critical, ...(why === undefined ? {} : { why }) });
    });
  }

  test('a tube of nobody known is never normal', () => {
    for (const [code, one] of CATALOGUE) {
      if (one.value === 'number')
        expect([code, evaluateNumber(one, 1, { person: undefined, at: TEST_START, settings: ON }).flag]).toEqual([code, 'not-evaluated']);
    }
  });
  test('where no critical limit is set, that is said', () => {
    expect(judge('HGB', 15, 'female', days(10)).criticality).toBe('not-evaluated');
    expect(judge('HGB', 13, 'female', years(34)).criticality).toBe('not-critical');
  });
  test('a range that no pathologist approved gives no flag where the hospital says so, and still alerts', () => {
    const proposed: TestData = { ...of('PLT'), status: 'proposed' };
    const settings = { proposedRangesGiveFlags: false };
    const person = { age: years(34), sex: 'female' as const };
    expect(evaluateNumber(proposed, 200, { person, at: TEST_START, settings })).toMatchObject({
      flag: 'not-evaluated',
      why: 'range-not-approved',
    });
    expect(evaluateNumber(proposed, 10, { person, at: TEST_START, settings })).toMatchObject({ flag: 'critical-low', critical: true });
    expect(evaluateNumber(proposed, 200, { person, at: TEST_START, settings: ON })).toMatchObject({
      flag: 'normal',
      reference: { status: 'proposed' },
    });
  });
  test('the age that counts is the age when the blood was drawn', () => {
    const born: AgeAsTold = { kind: 'birth', date: '2022-10-20' as PlainDate };
    const at = (text: string) => instant(Date.parse(text));
    expect(evaluateNumber(of('HGB'), 12, { person: { age: born, sex: 'female' }, at: at('2022-11-10T06:00:00Z'), settings: ON }).flag).toBe(
      'low',
    );
    expect(evaluateNumber(of('HGB'), 12, { person: { age: born, sex: 'female' }, at: at('2022-11-25T06:00:00Z'), settings: ON }).flag).toBe(
      'normal',
    );
  });
  test('delta: passed, failed, and not evaluated when there is no earlier value or it is too old', () => {
    const hours = (count: number) => instant(TEST_START - count * 3_600_000);
    const delta = (value: number, previous?: { value: number; at: typeof TEST_START }) =>
      judge('PLT', value, 'female', years(34), { previous }).delta?.status;
    expect(delta(200)).toBe('not-evaluated');
    expect(delta(200, { value: 210, at: hours(10) })).toBe('passed');
    expect(delta(200, { value: 90, at: hours(10) })).toBe('failed');
    expect(delta(200, { value: 210, at: hours(80) })).toBe('not-evaluated');
    expect(delta(200, { value: 0, at: hours(10) })).toBe('not-evaluated');
  });
});

describe('evaluateText', () => {
  test('words', () => {
    expect(evaluateText(of('UPRO'), 'Negative', ON)).toMatchObject({ flag: 'normal' });
    expect(evaluateText(of('UPRO'), '2+', ON)).toMatchObject({ flag: 'abnormal', critical: false });
    expect(evaluateText(of('HIV'), 'reactive', ON)).toMatchObject({ flag: 'abnormal' });
    expect(evaluateText(of('BCULT'), 'positive', ON)).toMatchObject({ flag: 'critical', critical: true });
    expect(evaluateText(of('BCULT'), 'no growth', ON)).toMatchObject({ flag: 'not-evaluated', criticality: 'not-critical' });
  });
});

describe('units', () => {
  test('spellings of one unit, other sizes, and those of another quantity', () => {
    for (const unit of ['10*3/uL', '10^3/µL', '10³/μL', 'x10^3/uL', 'K/uL', 'thou/ul', '10^9/L'])
      expect([unit, unitFactor(of('PLT'), unit)]).toEqual([unit, 1]);
    expect(unitFactor(of('PLT'), 'Lakhs / cumm')).toBe(100);
    expect(unitFactor(of('PLT'), '/cumm')).toBe(0.001);
    expect(convert(150_000, 0.001)).toBe(150);
    for (const unit of ['g/dL', 'lakh/L', '', undefined, '10*6/uL']) expect([unit, unitFactor(of('PLT'), unit)]).toEqual([unit, undefined]);
    expect(unitFactor(of('K'), 'mEq/L')).toBe(1);
    // A milliequivalent of calcium is half a millimole.
    expect(unitFactor(of('ICA'), 'mEq/L')).toBeUndefined();
    expect(unitFactor(of('INR'), undefined)).toBe(1);
  });
});
