// A catalogue test: what is measured, in which container and unit, with its reference ranges and critical limits.
import { z } from 'zod';
import { catalogueCode, text } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';

const limit = z.number().min(-1e9).max(1e9);

/** One row: for whom (sex, age in days, `from` inclusive, `to` exclusive, absent = open) and which limits. An absent limit is open; no limit at all is unknown. */
export const referenceRange = z.object({
  sex: z.enum(['any', 'female', 'male']),
  fromDays: z.number().int().min(0).max(60_000),
  toDays: z.number().int().min(1).max(60_000).optional(),
  low: limit.optional(),
  high: limit.optional(),
  /** A value at or beyond it is critical: at the limit counts, which is the safe side. */
  criticalLow: limit.optional(),
  criticalHigh: limit.optional(),
  deltaPercent: z.number().positive().max(10_000).optional(),
  deltaHours: z.number().positive().max(100_000).optional(),
  source: text(300).optional(),
});
export type ReferenceRange = z.infer<typeof referenceRange>;

/** Another spelling of the unit, or a unit of another size: value × factor gives the catalogue's unit. */
export const unitSynonym = z.object({ unit: text(40), factor: z.number().positive().max(1e9) });

export const testData = z.object({
  code: catalogueCode,
  name: text(120),
  nameHi: text(120).optional(),
  loinc: z
    .string()
    .regex(/^\d{1,7}-\d$/)
    .optional(),
  specimenType: text(60),
  /** Codes of containers that will do, the first preferred. Empty for a test that is only calculated. */
  containers: z.array(catalogueCode).max(10),
  calculated: z.boolean(),
  value: z.enum(['number', 'text']),
  /** UCUM; absent for tests without a unit. */
  unit: text(40).optional(),
  unitSynonyms: z.array(unitSynonym).max(60),
  /** Text values that are normal; empty means that no text is ever called normal. */
  normalTexts: z.array(text(60)).max(20),
  /** Text values that must be called at once. */
  criticalTexts: z.array(text(60)).max(20),
  ranges: z.array(referenceRange).max(100),
  /** `proposed` until a pathologist of this hospital approved it with all its ranges. */
  status: z.enum(['proposed', 'approved']),
});
export type TestData = z.infer<typeof testData>;

export const testEvents = {
  TestDefined: testData,
  TestRetired: z.object({}),
};
export const testEvent = eventMaker(testEvents);

export interface TestState {
  readonly test: TestData | undefined;
  readonly retired: boolean;
}

export const testStream = defineStream<TestState, typeof testEvents>({
  type: 'test',
  trust: true,
  events: testEvents,
  initial: { test: undefined, retired: false },
  on: {
    TestDefined: (_state, data) => ({ test: data, retired: false }),
    TestRetired: (state) => ({ ...state, retired: true }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
