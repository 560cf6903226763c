// Shapes of the reconcile queue: what two cut-off desks decided differently, both facts side by side.
import { z } from 'zod';
import { actShape, eventRefShape, instantShape, limitInput, list, personShape, streamId } from './common.ts';

export const reconcileInput = z.object({
  /** Only what concerns this patient. */
  patient: streamId.optional(),
  limit: limitInput,
});

/** One of the two (or more) facts: who, when, which desk, what. */
export const factShape = z
  .object({
    stream: streamId,
    /** The event, where the contradiction is between two events. */
    ref: eventRefShape.nullable(),
    /** What it says: a code with values that the screen has words for. */
    what: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
    act: actShape.nullable(),
    patient: personShape.nullable(),
  })
  .readonly();
export type FactShape = z.infer<typeof factShape>;

export const reconcileRowShape = z
  .object({
    /** `issue`: settle with `settleIssue {stream: streams[0], issue: key, outcome, reason, keep?}`; `check`: with `settleCheck {check, subjects: streams, outcome, reason}`. */
    kind: z.enum(['issue', 'check']),
    /** The code of its sentence. */
    code: z.string(),
    check: z.string().nullable(),
    /** The id, or the check's key: the same on every replica. */
    key: z.string(),
    streams: list(streamId),
    facts: list(factShape),
    outcomes: list(z.string()),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
    since: instantShape.nullable(),
  })
  .readonly();
export type ReconcileRow = z.infer<typeof reconcileRowShape>;

export const reconcileResult = z.object({
  rows: list(reconcileRowShape),
  more: z.boolean(),
});
