// A result: one analyte's value on one specimen, with how it was judged, who validated it and who was told when it was critical.
import { z } from 'zod';
import { catalogueCode, eventRefField, note, personName, streamId, text } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { eventMaker } from '#kernel/shared/stream.ts';
import { instantSchema, type Instant } from '#kernel/shared/time.ts';

export const flag = z.enum(['normal', 'low', 'high', 'critical-low', 'critical-high', 'abnormal', 'critical', 'not-evaluated']);
export type Flag = z.infer<typeof flag>;

/** How a value was judged when it was entered or validated: decided then, never computed again by a reader. */
export const evaluation = z.object({
  flag,
  critical: z.boolean(),
  /** Why there is no flag, or no critical limit: `age-unknown`, `sex-unknown`, `no-range`, `range-straddled`, `range-not-approved`, `no-limit`. */
  why: text(40).optional(),
  criticality: z.enum(['critical', 'not-critical', 'not-evaluated']),
  reference: z
    .object({
      low: z.number().optional(),
      high: z.number().optional(),
      criticalLow: z.number().optional(),
      criticalHigh: z.number().optional(),
      normalTexts: z.array(text(60)).max(20).optional(),
      status: z.enum(['proposed', 'approved']),
    })
    .optional(),
  delta: z
    .object({
      status: z.enum(['passed', 'failed', 'not-evaluated']),
      previous: z.number().optional(),
      previousAt: instantSchema.optional(),
      percent: z.number().optional(),
      limitPercent: z.number().optional(),
    })
    .optional(),
});
export type Evaluation = z.infer<typeof evaluation>;

/** The value in the catalogue's unit, and as typed where that was another spelling or size. */
const measured = {
  value: z.union([z.number(), text(200)]),
  unit: text(40).optional(),
  typed: z.object({ value: z.union([z.number(), text(200)]), unit: text(40).optional() }).optional(),
  comment: note.optional(),
};

export const resultEvents = {
  ResultEntered: z.object({
    specimen: streamId,
    accession: z.string().max(20),
    test: catalogueCode,
    patient: streamId.optional(),
    ...measured,
    evaluation,
  }),
  ResultAmended: z.object({ ...measured, evaluation, reason: note, patient: streamId.optional(), replaces: eventRefField }),
  ResultRepeatAsked: z.object({ reason: note }),
  ResultValidatedTechnically: z.object({ value: eventRefField, evaluation: evaluation.optional(), patient: streamId.optional() }),
  ResultValidatedMedically: z.object({ value: eventRefField, evaluation: evaluation.optional(), patient: streamId.optional() }),
  /** Of two values entered by people who did not know each other, this one stands. */
  ResultValueChosen: z.object({ value: eventRefField, reason: note }),
  ResultCancelled: z.object({
    specimen: streamId,
    accession: z.string().max(20),
    test: catalogueCode,
    patient: streamId.optional(),
    reason: note,
  }),
  ResultEnteredInError: z.object({ value: eventRefField, reason: note }),
  CriticalCallRecorded: z.object({
    attempt: z.enum(['reached', 'not-reached']),
    toldName: personName.optional(),
    toldRole: text(60).optional(),
    at: instantSchema,
    readBack: z.boolean().optional(),
    escalatedTo: text(120).optional(),
    note: note.optional(),
  }),
  CriticalCallClosed: z.object({ call: eventRefField }),
};
export const resultEvent = eventMaker(resultEvents);

/** One value that was ever given. Old ones stay. */
export interface ResultValue {
  readonly ref: EventRef;
  readonly value: number | string;
  readonly unit: string | undefined;
  readonly typed: { readonly value: number | string; readonly unit?: string | undefined } | undefined;
  readonly comment: string | undefined;
  readonly evaluation: Evaluation;
  readonly at: Instant;
  readonly by: StreamId | undefined;
  readonly kind: 'entered' | 'amended';
  readonly reason: string | undefined;
}

export interface Validation {
  readonly ref: EventRef;
  readonly value: EventRef;
  readonly at: Instant;
  readonly by: StreamId | undefined;
}

export interface CallAttempt {
  readonly ref: EventRef;
  readonly attempt: 'reached' | 'not-reached';
  readonly toldName: string | undefined;
  readonly toldRole: string | undefined;
  readonly at: Instant;
  readonly readBack: boolean | undefined;
  readonly escalatedTo: string | undefined;
  readonly note: string | undefined;
  readonly by: StreamId | undefined;
}

export type ResultStatus = 'none' | 'resulted' | 'technically-validated' | 'final' | 'repeat' | 'cancelled' | 'entered-in-error';

export interface ResultState {
  readonly status: ResultStatus;
  readonly specimen: StreamId | undefined;
  readonly accession: string | undefined;
  readonly test: string | undefined;
  readonly patient: StreamId | undefined;
  /** Every value in causal order. */
  readonly values: readonly ResultValue[];
  /** The value that stands, one of `values`. */
  readonly current: ResultValue | undefined;
  /** True when `current` replaced a value that was already medically validated. */
  readonly corrected: boolean;
  /** Values of people who did not know each other, of which nobody has chosen one yet. */
  readonly rivals: readonly EventRef[];
  readonly technical: Validation | undefined;
  readonly medical: Validation | undefined;
  readonly repeatAsked: { readonly ref: EventRef; readonly at: Instant; readonly reason: string } | undefined;
  readonly repeats: number;
  readonly cancelled: { readonly ref: EventRef; readonly reason: string } | undefined;
  readonly inError: { readonly ref: EventRef; readonly reason: string } | undefined;
  readonly call: {
    readonly status: 'none' | 'open' | 'closed';
    /** The critical value that opened it. */
    readonly value: EventRef | undefined;
    readonly openedAt: Instant | undefined;
    readonly attempts: readonly CallAttempt[];
    readonly closed: { readonly ref: EventRef; readonly at: Instant; readonly by: StreamId | undefined } | undefined;
  };
}
