// Judges a value by the ranges of its test: what is not known for certain gives "not evaluated", never "normal". Pure.
import type { AgeAsTold } from '#kernel/shared/age.ts';
import { ageInDays } from '#kernel/shared/age.ts';
import type { Sex } from '#kernel/shared/fields.ts';
import type { Settings } from '#kernel/hospital/hospital.ts';
import { dateAt, HOUR_MS, type Instant } from '#kernel/shared/time.ts';
import type { ReferenceRange, TestData } from '#kernel/test/test.ts';
import type { Evaluation, Flag } from './result.ts';

export interface Person {
  readonly age: AgeAsTold | undefined;
  readonly sex: Sex;
}

export interface Previous {
  readonly value: number;
  readonly at: Instant;
}

export interface Circumstances {
  readonly person: Person | undefined;
  /** When the blood was drawn, or else now: the age that counts. */
  readonly at: Instant;
  readonly settings: Pick<Settings, 'proposedRangesGiveFlags'>;
  /** The last verified value of the same test and unit of this patient, when one is known here. */
  readonly previous?: Previous | undefined;
}

type Chosen = { readonly range: ReferenceRange } | { readonly why: string };

/** Rows that could apply, given what is known of age and sex. */
function candidates(test: TestData, person: Person | undefined, at: Instant): readonly ReferenceRange[] {
  const age = ageInDays(person?.age, dateAt(at));
  const sex = person?.sex ?? 'unknown';
  return test.ranges.filter((range) => {
    if (range.sex !== 'any' && sex !== 'unknown' && range.sex !== sex) return false;
    if (age === undefined) return true;
    return age.max >= range.fromDays && (range.toDays === undefined || age.min < range.toDays);
  });
}

/** The one row that holds for this person whatever the doubt about the age; or why there is none. */
function choose(test: TestData, person: Person | undefined, at: Instant): Chosen {
  if (test.ranges.length === 0) return { why: 'no-range' };
  const age = ageInDays(person?.age, dateAt(at));
  if (person === undefined || age === undefined) return { why: 'age-unknown' };
  if (person.sex === 'unknown') return { why: 'sex-unknown' };
  const rows = candidates(test, person, at);
  const [only] = rows;
  if (only === undefined) return { why: 'no-range' };
  if (rows.length > 1) return { why: 'range-straddled' };
  const whole = age.min >= only.fromDays && (only.toDays === undefined || age.max < only.toDays);
  return whole ? { range: only } : { why: 'range-straddled' };
}

function isCriticalBy(range: ReferenceRange, value: number): 'low' | 'high' | undefined {
  if (range.criticalLow !== undefined && value <= range.criticalLow) return 'low';
  if (range.criticalHigh !== undefined && value >= range.criticalHigh) return 'high';
  return undefined;
}

/** When the row is not certain, a value that is critical by every row that could apply still alerts: silence would be the greater risk. */
function criticalByAll(test: TestData, value: number, circumstances: Circumstances): 'low' | 'high' | undefined {
  const rows = candidates(test, circumstances.person, circumstances.at);
  const [first, ...others] = rows.map((range) => isCriticalBy(range, value));
  return first !== undefined && others.every((other) => other === first) ? first : undefined;
}

function deltaOf(range: ReferenceRange | undefined, value: number, { previous, at }: Circumstances): Evaluation['delta'] {
  if (range?.deltaPercent === undefined || range.deltaHours === undefined) return undefined;
  const limitPercent = range.deltaPercent;
  // No earlier value here does not mean that there is none: it may be on another node.
  if (previous === undefined || previous.value === 0 || at - previous.at > range.deltaHours * HOUR_MS || at < previous.at)
    return { status: 'not-evaluated', limitPercent };
  const percent = Number(((Math.abs(value - previous.value) / Math.abs(previous.value)) * 100).toFixed(1));
  return { status: percent > limitPercent ? 'failed' : 'passed', previous: previous.value, previousAt: previous.at, percent, limitPercent };
}

function referenceOf(range: ReferenceRange, status: TestData['status']): NonNullable<Evaluation['reference']> {
  const { low, high, criticalLow, criticalHigh } = range;
  return {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(criticalLow === undefined ? {} : { criticalLow }),
    ...(criticalHigh === undefined ? {} : { criticalHigh }),
    status,
  };
}

function criticalFlag(side: 'low' | 'high'): Flag {
  return side === 'low' ? 'critical-low' : 'critical-high';
}

export function evaluateNumber(test: TestData, value: number, circumstances: Circumstances): Evaluation {
  const chosen = choose(test, circumstances.person, circumstances.at);
  if ('why' in chosen) {
    const critical = criticalByAll(test, value, circumstances) !== undefined;
    return { flag: 'not-evaluated', critical, why: chosen.why, criticality: critical ? 'critical' : 'not-evaluated' };
  }
  const { range } = chosen;
  const reference = referenceOf(range, test.status);
  const delta = deltaOf(range, value, circumstances);
  const more = delta === undefined ? { reference } : { reference, delta };
  const side = isCriticalBy(range, value);
  if (side !== undefined) return { flag: criticalFlag(side), critical: true, criticality: 'critical', ...more };
  const criticality = range.criticalLow === undefined && range.criticalHigh === undefined ? 'not-evaluated' : 'not-critical';
  const rest = { critical: false, criticality, ...more } as const;
  if (range.low === undefined && range.high === undefined) return { flag: 'not-evaluated', why: 'no-range', ...rest };
  if (test.status === 'proposed' && !circumstances.settings.proposedRangesGiveFlags)
    return { flag: 'not-evaluated', why: 'range-not-approved', ...rest };
  const flag = range.low !== undefined && value < range.low ? 'low' : range.high !== undefined && value > range.high ? 'high' : 'normal';
  return { flag, ...rest };
}

export function evaluateText(test: TestData, value: string, settings: Circumstances['settings']): Evaluation {
  const form = value.trim().toLowerCase();
  const is = (texts: readonly string[]) => texts.some((text) => text.toLowerCase() === form);
  const criticality = test.criticalTexts.length === 0 ? 'not-evaluated' : is(test.criticalTexts) ? 'critical' : 'not-critical';
  if (criticality === 'critical') return { flag: 'critical', critical: true, criticality };
  const rest = { critical: false, criticality } as const;
  if (test.normalTexts.length === 0) return { flag: 'not-evaluated', why: 'no-range', ...rest };
  const reference = { normalTexts: [...test.normalTexts], status: test.status };
  if (test.status === 'proposed' && !settings.proposedRangesGiveFlags)
    return { flag: 'not-evaluated', why: 'range-not-approved', ...rest, reference };
  return { flag: is(test.normalTexts) ? 'normal' : 'abnormal', ...rest, reference };
}
