// What entering and amending share: reads the value as typed, in the catalogue's unit, and judges it for the person on the tube.
import { z } from 'zod';
import type { Reader } from '#kernel/shared/command.ts';
import { text } from '#kernel/shared/fields.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { readSettings, readTests } from '#kernel/shared/read-trust.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { Settings } from '#kernel/hospital/hospital.ts';
import { followLinks } from '#kernel/patient/find-patient.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { SpecimenDocument } from '#kernel/specimen/find-specimen.ts';
import type { TestData } from '#kernel/test/test.ts';
import { evaluateNumber, evaluateText, type Person, type Previous } from './evaluate.ts';
import { evaluation, flag, type Evaluation, type ResultState } from './result.ts';
import { convert, unitFactor } from './units.ts';

export const valueInput = {
  /** A number, or a word for tests that are told in words. A number typed as text is a number. */
  value: z.union([z.number(), text(200)]),
  unit: z.string().trim().max(40).optional(),
};
/** The answer to entering or amending. */
export const valueResult = z.object({
  result: z.string(),
  value: z.union([z.number(), z.string()]),
  unit: z.string().optional(),
  flag,
  critical: z.boolean(),
  why: z.string().optional(),
  reference: evaluation.shape.reference,
  delta: evaluation.shape.delta,
});
export type ValueResult = z.infer<typeof valueResult>;

/** What a judgement hangs on besides the value. */
export interface Basis {
  readonly test: TestData;
  readonly person: Person | undefined;
  readonly patient: StreamId | undefined;
  readonly drawnAt: Instant | undefined;
  readonly settings: Settings;
  readonly earlier: readonly EarlierValue[];
}

export interface EarlierValue {
  readonly result: StreamId;
  readonly value: number;
  readonly unit: string | undefined;
  readonly at: Instant;
}

/** `Reader.linked` gives at most this many, the oldest first: with more, the newest are not among them and delta is not evaluated. */
const LINKED_LIMIT = 200;

async function readPerson(read: Reader, { state }: SpecimenDocument): Promise<Pick<Basis, 'person' | 'patient'>> {
  const patient = state.patient === undefined ? undefined : await read.document<PatientState>(state.patient);
  if (patient !== undefined && patient.state.status !== 'none') {
    const record = await followLinks(read, patient);
    return { patient: state.patient, person: { age: record.state.age, sex: record.state.sex } };
  }
  return { patient: state.patient, person: state.told === undefined ? undefined : { age: state.told.age, sex: state.told.sex } };
}

async function readEarlier(read: Reader, patient: StreamId | undefined, test: string): Promise<readonly EarlierValue[]> {
  if (patient === undefined) return [];
  const streams = await read.linked(patient, 'result', `test:${test}`);
  if (streams.length >= LINKED_LIMIT) return [];
  const values: EarlierValue[] = [];
  for (const stream of streams) {
    const document = await read.document<ResultState>(stream);
    const current = document?.state.current;
    if (document?.state.status !== 'final' || current === undefined || typeof current.value !== 'number') continue;
    values.push({ result: stream, value: current.value, unit: current.unit, at: current.at });
  }
  return values;
}

/** Undefined when the catalogue has no such test. */
export async function readBasis(read: Reader, specimen: SpecimenDocument, code: string): Promise<Basis | undefined> {
  const test = (await readTests(read)).get(code.toUpperCase());
  if (test === undefined) return undefined;
  const { person, patient } = await readPerson(read, specimen);
  return {
    test,
    person,
    patient,
    drawnAt: specimen.state.collected?.collectedAt,
    settings: await readSettings(read),
    earlier: await readEarlier(read, patient, test.code),
  };
}

export interface Measured {
  readonly value: number | string;
  readonly unit: string | undefined;
  readonly typed: { readonly value: number | string; readonly unit?: string } | undefined;
}

/** The value in the catalogue's unit, or why it cannot be one. */
export function readValue(
  test: TestData,
  typed: number | string,
  unit: string | undefined,
): { readonly measured: Measured } | { readonly rejection: Rejection } {
  if (test.value === 'text') {
    if (unit !== undefined && unit !== '') return { rejection: { code: 'unit-not-used', facts: { test: test.code }, field: 'unit' } };
    return { measured: { value: String(typed), unit: undefined, typed: undefined } };
  }
  const number = typeof typed === 'number' ? typed : readNumber(typed);
  if (number === undefined) return { rejection: { code: 'value-not-a-number', facts: { test: test.code }, field: 'value' } };
  const factor = unitFactor(test, unit);
  if (factor === undefined)
    return {
      rejection: {
        code: unit === undefined || unit === '' ? 'unit-needed' : 'unit-unknown',
        facts: { test: test.code, unit: test.unit ?? '' },
        field: 'unit',
      },
    };
  const value = convert(number, factor);
  if (!Number.isFinite(value) || Math.abs(value) > 1e9)
    return { rejection: { code: 'value-not-a-number', facts: { test: test.code }, field: 'value' } };
  const asTyped = factor === 1 && unit === test.unit ? undefined : { value: typed, ...(unit === undefined ? {} : { unit }) };
  return { measured: { value, unit: test.unit, typed: asTyped } };
}

/** Digits with one point; Devanagari digits too. A comma is refused: `1,5` and `1,500` mean different things to different people. */
function readNumber(typed: string): number | undefined {
  const latin = typed.trim().replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
  return /^-?\d{1,9}(\.\d{1,9})?$/.test(latin) ? Number(latin) : undefined;
}

/** @param self the result's own stream, whose earlier values are not "the previous result". */
export function judge(basis: Basis, measured: Measured, self: StreamId, now: Instant): Evaluation {
  const { test, settings } = basis;
  if (typeof measured.value === 'string') return evaluateText(test, measured.value, settings);
  const at = basis.drawnAt ?? now;
  const previous: Previous | undefined = basis.earlier
    .filter((one) => one.result !== self && one.unit === measured.unit && one.at <= now)
    .toSorted((a, b) => b.at - a.at)[0];
  return evaluateNumber(test, measured.value, {
    person: basis.person,
    at,
    settings,
    previous: previous === undefined ? undefined : { value: previous.value, at: Math.min(previous.at, at) as Instant },
  });
}

export function answerOf(result: StreamId, measured: Measured, judged: Evaluation): ValueResult {
  const { value, unit } = measured;
  const { flag: given, critical, why, reference, delta } = judged;
  return {
    result,
    value,
    flag: given,
    critical,
    ...(unit === undefined ? {} : { unit }),
    ...(why === undefined ? {} : { why }),
    ...(reference === undefined ? {} : { reference }),
    ...(delta === undefined ? {} : { delta }),
  };
}
