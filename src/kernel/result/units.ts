// Units as people and analysers write them, against the unit of the catalogue (UCUM). Never guesses: what is not listed is refused with what to type.
import type { TestData } from '#kernel/test/test.ts';

interface Synonym {
  readonly unit: string;
  readonly factor: number;
}

/** Value × factor = value in the UCUM unit of the key. Spellings differ only by what `unitForm` does not remove. */
const SYNONYMS: Readonly<Record<string, readonly Synonym[]>> = {
  '10*3/uL': [
    ...[
      '10^3/uL',
      'x10^3/uL',
      'x10*3/uL',
      'x10E3/uL',
      '10E3/uL',
      'K/uL',
      'thou/uL',
      'thousand/uL',
      '10*9/L',
      '10^9/L',
      'x10^9/L',
      'x10E9/L',
      '10^3/mm3',
      '10*3/mm3',
      '10^3/cumm',
    ].map(same),
    ...['/uL', 'cells/uL', '/cumm', '/mm3', 'cells/cumm', 'cells/mm3', '/cmm'].map((unit) => ({ unit, factor: 0.001 })),
    ...['lakh/cumm', 'lakhs/cumm', 'lakh/uL', 'lakhs/uL', 'lac/cumm', 'lacs/cumm', 'lakh/mm3', 'lakh', 'lakhs'].map((unit) => ({
      unit,
      factor: 100,
    })),
  ],
  '10*6/uL': [
    '10^6/uL',
    'x10^6/uL',
    'x10*6/uL',
    'x10E6/uL',
    'M/uL',
    'million/uL',
    'mill/uL',
    '10*12/L',
    '10^12/L',
    'x10^12/L',
    'million/cumm',
    'mill/cumm',
    'millions/cumm',
  ].map(same),
  'g/dL': [...['gm/dL', 'gms/dL', 'g%', 'gm%', 'gram/dL'].map(same), { unit: 'g/L', factor: 0.1 }],
  'mg/dL': ['mg%', 'mgs/dL', 'mg/100mL'].map(same),
  'mmol/L': ['mM', 'mM/L', 'meq/L'].map(same),
  'U/L': ['IU/L', 'units/L', '[IU]/L'].map(same),
  'm[IU]/L': ['mIU/L', 'uIU/mL', 'u[IU]/mL', 'mU/L', 'uU/mL'].map(same),
  'mm/h': ['mm/hr', 'mm/1h', 'mm/1sthour', 'mm'].map(same),
  '%': ['percent', 'pct'].map(same),
  s: ['sec', 'secs', 'second', 'seconds'].map(same),
  '{INR}': ['INR', 'ratio', '1'].map(same),
  'mm[Hg]': ['mmHg', 'torr'].map(same),
  '[pH]': ['pH', '1'].map(same),
  'mL/min/{1.73_m2}': ['mL/min/1.73m2', 'mL/min/1.73m^2', 'mL/min', 'mL/min/1.73 sqm'].map(same),
  'ug/mL{FEU}': ['ug/mL', 'ug FEU/mL', 'ugFEU/mL', 'mg/L FEU', 'mg/L{FEU}', 'mcg/mL'].map(same),
  'ng/L': ['pg/mL'].map(same),
  'pg/mL': ['ng/L'].map(same),
  '/[HPF]': ['/HPF', 'per HPF', 'cells/HPF', '/hpf'].map(same),
  fL: ['femtolitre', 'cuum', 'um3', 'um^3'].map(same),
  pg: ['picogram', 'pgs'].map(same),
};

/** Nobody writes a unit behind these. */
const WITHOUT_UNIT = new Set(['1', '{INR}', '[pH]']);

/** Milliequivalents equal millimoles only for ions of one charge; for calcium, magnesium and phosphate the number is another. */
const NOT_MEQ = new Set(['CA', 'ICA', 'MG', 'PHOS', 'LACT']);

function same(unit: string): Synonym {
  return { unit, factor: 1 };
}

/** What the catalogue of this program knows about a unit: spellings and sizes. Goes into the test when it is imported. */
export function synonymsOf(unit: string | undefined, test: string): readonly Synonym[] {
  const all = unit === undefined ? [] : (SYNONYMS[unit] ?? []);
  return NOT_MEQ.has(test) ? all.filter((one) => one.unit !== 'meq/L') : all;
}

/** Case, blanks and the two micro signs do not tell units of one test apart. Raised digits are powers: NFKC alone would make 103 of 10³. */
export function unitForm(unit: string): string {
  return unit
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, '^$&')
    .normalize('NFKC')
    .replace(/[μµ]/g, 'u')
    .replace(/×/g, 'x')
    .replace(/\s+/g, '')
    .toLowerCase();
}

/** The factor to the catalogue's unit; undefined when the unit is not one of this test. */
export function unitFactor(test: TestData, typed: string | undefined): number | undefined {
  if (test.unit === undefined) return typed === undefined || typed.trim() === '' ? 1 : undefined;
  if (typed === undefined || typed.trim() === '') return WITHOUT_UNIT.has(test.unit) ? 1 : undefined;
  const form = unitForm(typed);
  if (form === unitForm(test.unit)) return 1;
  return test.unitSynonyms.find((one) => unitForm(one.unit) === form)?.factor;
}

/** `value × factor` without the dust of binary fractions: 12 significant digits are more than any analyser gives. */
export function convert(value: number, factor: number): number {
  return factor === 1 ? value : Number((value * factor).toPrecision(12));
}
