// Shapes of the laboratory queries: specimens, worklists, results, critical calls, reports, trends.
import { z } from 'zod';
import { flag } from '#kernel/result/result.ts';
import {
  actShape,
  ageShape,
  eventRefShape,
  instantShape,
  issueShape,
  limitInput,
  list,
  numberInput,
  personShape,
  sexShape,
  streamId,
} from './common.ts';

export const valueShape = z.union([z.number(), z.string()]);

/** How a value was judged when it was entered or validated; never computed again by a reader. */
export const evaluationShape = z
  .object({
    flag,
    critical: z.boolean(),
    criticality: z.enum(['critical', 'not-critical', 'not-evaluated']),
    /** Why there is no flag or no limit: `age-unknown`, `sex-unknown`, `no-range`, … */
    why: z.string().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    criticalLow: z.number().nullable(),
    criticalHigh: z.number().nullable(),
    normalTexts: list(z.string()),
    rangeStatus: z.enum(['proposed', 'approved']).nullable(),
    delta: z
      .object({
        status: z.enum(['passed', 'failed', 'not-evaluated']),
        previous: z.number().nullable(),
        previousAt: instantShape.nullable(),
        percent: z.number().nullable(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type EvaluationShape = z.infer<typeof evaluationShape>;

/** One value that was ever given; `ref` is what validation and choice name. */
export const givenValueShape = z
  .object({
    ref: eventRefShape,
    value: valueShape,
    unit: z.string().nullable(),
    evaluation: evaluationShape,
    comment: z.string().nullable(),
    kind: z.enum(['entered', 'amended']),
    reason: z.string().nullable(),
    act: actShape,
  })
  .readonly();
export type GivenValue = z.infer<typeof givenValueShape>;

export const callShape = z
  .object({
    status: z.enum(['none', 'open', 'closed']),
    openedAt: instantShape.nullable(),
    attempts: list(
      z
        .object({
          attempt: z.enum(['reached', 'not-reached']),
          toldName: z.string().nullable(),
          toldRole: z.string().nullable(),
          at: instantShape,
          readBack: z.boolean().nullable(),
          escalatedTo: z.string().nullable(),
          note: z.string().nullable(),
          by: actShape,
        })
        .readonly(),
    ),
    closed: actShape.nullable(),
  })
  .readonly();

export const resultShape = z
  .object({
    result: streamId,
    specimen: streamId,
    accession: z.string(),
    test: z.string(),
    testName: z.string(),
    testNameHi: z.string(),
    status: z.enum(['none', 'resulted', 'technically-validated', 'final', 'repeat', 'cancelled', 'entered-in-error']),
    /** The value that stands; null when there is none yet. */
    current: givenValueShape.nullable(),
    /** A validated value was replaced: the earlier ones are shown beside it. */
    corrected: z.boolean(),
    /** Values given before, first first. Kept and shown. */
    earlier: list(givenValueShape),
    /** Values of people who did not know each other; a person must choose. Empty when there is no dispute. */
    rivals: list(givenValueShape),
    technical: actShape.nullable(),
    medical: actShape.nullable(),
    repeatAsked: z.object({ reason: z.string(), at: instantShape }).readonly().nullable(),
    cancelled: z.string().nullable(),
    inError: z.string().nullable(),
    call: callShape,
    collectedAt: instantShape.nullable(),
  })
  .readonly();
export type ResultShape = z.infer<typeof resultShape>;

export const SPECIMEN_STATUSES = [
  'none',
  'planned',
  'labelled',
  'not-collected',
  'collected',
  'in-transit',
  'accepted',
  'on-hold',
  'rejected',
  'cancelled',
  'lost',
] as const;

export const specimenRowShape = z
  .object({
    specimen: streamId,
    accession: z.string(),
    status: z.enum(SPECIMEN_STATUSES),
    /** Why it is on hold. */
    hold: z.enum(['awaiting-order', 'cancelled-before', 'identity-disputed', 'held']).nullable(),
    identity: z.enum(['none', 'planned', 'temporary', 'linked', 'disputed']),
    container: z.string().nullable(),
    containerName: z.string().nullable(),
    containerNameHi: z.string().nullable(),
    department: z.string().nullable(),
    urgency: z.enum(['routine', 'urgent', 'stat']),
    order: streamId.nullable(),
    tests: list(z.string()),
    collectedAt: instantShape.nullable(),
    receivedAt: instantShape.nullable(),
    /** How often its label was printed; from 2 somebody said why. */
    labels: z.number().int(),
  })
  .readonly();
export type SpecimenRow = z.infer<typeof specimenRowShape>;

/** Name, age and sex as told or read from the tube, while the record is not known. */
export const toldShape = z
  .object({ name: z.string().nullable(), nameIsTemporary: z.boolean(), age: ageShape.nullable(), sex: sexShape })
  .readonly();

export type ToldShape = z.infer<typeof toldShape>;

export const specimenInput = z.object({ accession: numberInput });
export const specimenResult = specimenRowShape.unwrap().extend({
  /** Null until the tube is linked to a patient. */
  patient: personShape.nullable(),
  told: toldShape.nullable(),
  temporary: z.string().nullable(),
  orderNumber: z.string().nullable(),
  collected: actShape.nullable(),
  dispatched: actShape.nullable(),
  /** Every receipt: two are a contradiction. */
  received: list(actShape),
  link: z
    .object({ by: z.enum(['twins', 'second-person']), act: actShape })
    .readonly()
    .nullable(),
  notCollected: z.object({ reason: z.string(), act: actShape }).readonly().nullable(),
  rejected: z.object({ reason: z.string(), note: z.string().nullable(), act: actShape }).readonly().nullable(),
  cancelled: z.object({ reason: z.string(), act: actShape }).readonly().nullable(),
  replaces: streamId.nullable(),
  replacedBy: z.object({ specimen: streamId, accession: z.string() }).readonly().nullable(),
  results: list(resultShape),
  issues: list(issueShape),
});

export const reportStatus = z.enum(['none', 'partial', 'final', 'corrected']);
/** One report in a list. */
export const reportRowShape = z
  .object({
    report: streamId,
    number: z.string().nullable(),
    order: streamId.nullable(),
    accessions: list(z.string()),
    status: reportStatus,
    version: z.number().int(),
    releasedAt: instantShape.nullable(),
    tests: list(z.string()),
    pending: z.number().int(),
  })
  .readonly();
export type ReportRow = z.infer<typeof reportRowShape>;

export const orderInput = z
  .object({ order: streamId.optional(), number: numberInput.optional() })
  .refine((input) => (input.order === undefined) !== (input.number === undefined), { message: 'Give either order or number' });
export const orderResult = z.object({
  order: streamId,
  number: z.string().nullable(),
  patient: personShape.nullable(),
  visit: streamId.nullable(),
  status: z.enum(['none', 'active', 'cancelled']),
  cancelled: z.string().nullable(),
  urgency: z.enum(['routine', 'urgent', 'stat']),
  department: z.string().nullable(),
  note: z.string().nullable(),
  placed: actShape.nullable(),
  tests: list(
    z
      .object({
        test: z.string(),
        name: z.string(),
        nameHi: z.string(),
        cancelled: z.string().nullable(),
        specimen: streamId.nullable(),
        accession: z.string().nullable(),
        result: resultShape.nullable(),
      })
      .readonly(),
  ),
  specimens: list(specimenRowShape),
  reports: list(reportRowShape),
  issues: list(issueShape),
});

/** What is still to be taken, oldest and most urgent first. */
export const collectionListInput = z.object({ patient: streamId.optional(), department: z.string().max(64).optional(), limit: limitInput });
export const collectionListResult = z.object({
  rows: list(
    z
      .object({
        order: streamId.nullable(),
        number: z.string().nullable(),
        patient: personShape,
        department: z.string().nullable(),
        urgency: z.enum(['routine', 'urgent', 'stat']),
        placedAt: instantShape.nullable(),
        /** Tubes that are not yet collected, in the order of draw. */
        specimens: list(specimenRowShape),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

/** What the laboratory has to do next with a tube or with one test on it. */
export const LAB_STEPS = ['to-receive', 'on-hold', 'to-enter', 'to-choose', 'to-validate', 'to-validate-medically', 'to-release'] as const;
export type LabStep = (typeof LAB_STEPS)[number];
export const labWorklistInput = z.object({
  /** Which step is next. All that are open when absent. */
  status: z.enum(LAB_STEPS).optional(),
  department: z.string().max(64).optional(),
  test: z.string().max(32).optional(),
  limit: limitInput,
});
export const labWorklistResult = z.object({
  /** Most urgent first, then oldest first. */
  rows: list(
    z
      .object({
        step: z.enum(LAB_STEPS),
        specimen: specimenRowShape,
        patient: personShape.nullable(),
        told: toldShape.nullable(),
        /** Null for a whole tube (to receive, on hold). */
        test: z.string().nullable(),
        testName: z.string().nullable(),
        testNameHi: z.string().nullable(),
        unit: z.string().nullable(),
        result: resultShape.nullable(),
        /** Since when it waits for this step. */
        since: instantShape,
      })
      .readonly(),
  ),
  /** Open work by step, for the headings; each counted to 1,000 at most. */
  counts: z.object({
    'to-receive': z.number(),
    'on-hold': z.number(),
    'to-enter': z.number(),
    'to-choose': z.number(),
    'to-validate': z.number(),
    'to-validate-medically': z.number(),
    'to-release': z.number(),
  }),
  more: z.boolean(),
});

export const criticalCallsInput = z.object({ limit: limitInput });
export const criticalCallsResult = z.object({
  /** Oldest first. */
  rows: list(
    z
      .object({
        /** The result whose call is open, with the attempts so far. */
        result: resultShape,
        openedAt: instantShape,
        waitMinutes: z.number().int(),
        /** Waits longer than the hospital allows. */
        overdue: z.boolean(),
        patient: personShape.nullable(),
        told: toldShape.nullable(),
        department: z.string().nullable(),
        room: z.string().nullable(),
        /** Whom to call first. */
        orderedBy: actShape.nullable(),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

export const reportInput = z
  .object({ report: streamId.optional(), number: numberInput.optional() })
  .refine((input) => (input.report === undefined) !== (input.number === undefined), { message: 'Give either report or number' });
/** A value as it was released, whatever became of it since. */
export const reportLineShape = z
  .object({
    result: streamId,
    accession: z.string(),
    test: z.string(),
    name: z.string(),
    nameHi: z.string(),
    value: valueShape,
    unit: z.string().nullable(),
    evaluation: evaluationShape,
    comment: z.string().nullable(),
    at: instantShape,
    technical: actShape.nullable(),
    medical: actShape.nullable(),
    corrects: z
      .object({ value: valueShape, unit: z.string().nullable(), reason: z.string().nullable(), at: instantShape })
      .readonly()
      .nullable(),
    /** The result has another value now. */
    outdated: z.boolean(),
  })
  .readonly();
export type ReportLineShape = z.infer<typeof reportLineShape>;
export const reportVersionShape = z
  .object({
    version: z.number().int(),
    status: reportStatus,
    released: actShape,
    reason: z.string().nullable(),
    lines: list(reportLineShape),
    pending: list(z.object({ accession: z.string(), test: z.string() }).readonly()),
    identity: list(
      z.object({ accession: z.string(), by: z.enum(['twins', 'second-person', 'temporary']), confirmer: z.string().nullable() }).readonly(),
    ),
  })
  .readonly();
export type ReportVersionShape = z.infer<typeof reportVersionShape>;
export const reportResult = z.object({
  report: streamId,
  number: z.string().nullable(),
  numbers: list(z.string()),
  status: reportStatus,
  patient: personShape.nullable(),
  temporary: z.object({ number: z.string(), name: z.string() }).readonly().nullable(),
  order: streamId.nullable(),
  orderNumber: z.string().nullable(),
  /** Oldest first; the last one is in force, the others stay readable. */
  versions: list(reportVersionShape),
  /** A line of the version in force has another value now: correct the report. */
  outdated: z.boolean(),
  copies: z.number().int(),
  issues: list(issueShape),
});

export const reportsInput = z.object({ patient: streamId, limit: limitInput });

export const reportsResult = z.object({ patient: streamId, rows: list(reportRowShape), more: z.boolean() });

export const trendInput = z.object({ patient: streamId, test: z.string().min(1).max(32), limit: limitInput });
export const trendResult = z.object({
  patient: streamId,
  test: z.string(),
  testName: z.string(),
  testNameHi: z.string(),
  unit: z.string().nullable(),
  /** By time of collection, oldest first; only values that may be compared (same unit). */
  points: list(
    z
      .object({
        at: instantShape,
        /** How exact `at` is: the time of collection, or of receipt or entry where that was not recorded. */
        atIs: z.enum(['collected', 'received', 'entered']),
        value: z.number(),
        unit: z.string().nullable(),
        flag,
        result: streamId,
        status: z.string(),
        accession: z.string(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      })
      .readonly(),
  ),
  /** Results that are no number or have another unit: in the table, not in the plot. */
  others: list(resultShape),
});
