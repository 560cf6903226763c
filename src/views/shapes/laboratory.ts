// Shapes of the laboratory queries: specimens, worklists, results, critical calls, reports, trends.
import { z } from 'zod';
import { actShape, instantShape, limitInput, list, numberInput, personShape, streamId } from './common.ts';

/** A value as entered: text that keeps its digits (`4.10`), with the number for sorting where it is one. */
export const resultShape = z
  .object({
    result: streamId,
    specimen: streamId,
    accession: z.string(),
    test: z.string(),
    testName: z.string(),
    testNameHi: z.string(),
    status: z.string(),
    value: z.string().nullable(),
    unit: z.string().nullable(),
    comparator: z.string().nullable(),
    /** Reference range as it held when the value was entered; null when not evaluated. */
    referenceLow: z.number().nullable(),
    referenceHigh: z.number().nullable(),
    /** `not-evaluated` where age, sex, range or limit is unknown: never shown as normal. */
    flag: z.enum(['normal', 'low', 'high', 'abnormal', 'critical-low', 'critical-high', 'critical', 'not-evaluated']).nullable(),
    critical: z.enum(['yes', 'no', 'not-evaluated']),
    version: z.number().int(),
    /** Earlier values, first first: kept and printed. */
    earlier: list(z.object({ value: z.string(), unit: z.string().nullable(), at: instantShape, reason: z.string().nullable() }).readonly()),
    enteredBy: actShape.nullable(),
    validatedBy: actShape.nullable(),
    medicallyValidatedBy: actShape.nullable(),
    released: z.boolean(),
    /** Two desks entered two values and a person must settle it. */
    disputed: z.boolean(),
    collectedAt: instantShape.nullable(),
  })
  .readonly();
export type ResultShape = z.infer<typeof resultShape>;

export const specimenRowShape = z
  .object({
    specimen: streamId,
    accession: z.string(),
    status: z.string(),
    container: z.string().nullable(),
    department: z.string().nullable(),
    order: streamId.nullable(),
    tests: list(z.string()),
    collectedAt: instantShape.nullable(),
    receivedAt: instantShape.nullable(),
    disputed: z.boolean(),
  })
  .readonly();
export type SpecimenRow = z.infer<typeof specimenRowShape>;

export const specimenInput = z.object({ accession: numberInput });
export const specimenResult = specimenRowShape.unwrap().extend({
  /** Null until the tube is linked to a patient. */
  patient: personShape.nullable(),
  /** What stands on the label of a tube without a known patient. */
  toldName: z.string().nullable(),
  temporaryNumber: z.string().nullable(),
  identity: z.string(),
  orderNumber: z.string().nullable(),
  urgency: z.string().nullable(),
  collectedBy: actShape.nullable(),
  receivedBy: actShape.nullable(),
  printedAt: instantShape.nullable(),
  rejection: z.object({ reason: z.string(), by: actShape.nullable() }).readonly().nullable(),
  replaces: streamId.nullable(),
  replacedBy: streamId.nullable(),
  results: list(resultShape),
  issues: list(z.object({ issue: z.string(), code: z.string() }).readonly()),
});

export const orderInput = z
  .object({ order: streamId.optional(), number: numberInput.optional() })
  .refine((input) => (input.order === undefined) !== (input.number === undefined), { message: 'Give either order or number' });
export const orderResult = z.object({
  order: streamId,
  number: z.string().nullable(),
  patient: personShape.nullable(),
  visit: streamId.nullable(),
  status: z.string(),
  urgency: z.string(),
  department: z.string().nullable(),
  note: z.string().nullable(),
  placedAt: instantShape,
  placedBy: actShape.nullable(),
  tests: list(z.object({ test: z.string(), name: z.string(), nameHi: z.string(), container: z.string().nullable(), status: z.string(), specimen: streamId.nullable() }).readonly()),
  specimens: list(specimenRowShape),
  issues: list(z.object({ issue: z.string(), code: z.string() }).readonly()),
});

/** What is still to be taken, oldest and most urgent first. */
export const collectionListInput = z.object({ patient: streamId.optional(), department: z.string().max(64).optional(), limit: limitInput });
export const collectionListResult = z.object({
  rows: list(
    z
      .object({
        order: streamId,
        number: z.string().nullable(),
        patient: personShape,
        department: z.string().nullable(),
        urgency: z.string(),
        placedAt: instantShape,
        tests: list(z.string()),
        /** Tubes planned for the order, those that are not yet collected. */
        specimens: list(specimenRowShape),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

export const LAB_STEPS = ['to-receive', 'to-enter', 'to-validate', 'to-validate-medically', 'to-release', 'released'] as const;
export const labWorklistInput = z.object({
  /** Which step is next. All that are open when absent. */
  status: z.enum(LAB_STEPS).optional(),
  department: z.string().max(64).optional(),
  test: z.string().max(32).optional(),
  limit: limitInput,
});
export const labWorklistResult = z.object({
  rows: list(
    z
      .object({
        step: z.enum(LAB_STEPS),
        specimen: streamId,
        accession: z.string(),
        patient: personShape.nullable(),
        toldName: z.string().nullable(),
        urgency: z.string().nullable(),
        department: z.string().nullable(),
        container: z.string().nullable(),
        test: z.string().nullable(),
        testName: z.string().nullable(),
        testNameHi: z.string().nullable(),
        result: resultShape.nullable(),
        collectedAt: instantShape.nullable(),
        receivedAt: instantShape.nullable(),
      })
      .readonly(),
  ),
  /** Open work by step, for the headings; each counted to 1,000 at most. */
  counts: z.record(z.enum(LAB_STEPS), z.number().int()),
  more: z.boolean(),
});

export const criticalCallsInput = z.object({ limit: limitInput });
export const criticalCallsResult = z.object({
  /** Oldest first. */
  rows: list(
    z
      .object({
        /** The result whose call is open. */
        result: resultShape,
        call: z.string(),
        openedAt: instantShape,
        waitMinutes: z.number().int(),
        attempts: list(z.object({ at: instantShape, told: z.string().nullable(), role: z.string().nullable(), outcome: z.string() }).readonly()),
        escalated: z.boolean(),
        patient: personShape.nullable(),
        toldName: z.string().nullable(),
        department: z.string().nullable(),
        /** Whom to call, as far as the order says. */
        orderedBy: actShape.nullable(),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

export const reportInput = z
  .object({ report: streamId.optional(), number: numberInput.optional() })
  .refine((input) => (input.report === undefined) !== (input.number === undefined), { message: 'Give either report or number' });
export const reportResult = z.object({
  report: streamId,
  number: z.string().nullable(),
  status: z.string(),
  version: z.number().int(),
  patient: personShape.nullable(),
  order: streamId.nullable(),
  releasedAt: instantShape.nullable(),
  releasedBy: actShape.nullable(),
  /** The values that were released, not what they may have become since. */
  results: list(resultShape),
  /** A value was amended after this release without the releaser knowing. */
  outdated: z.boolean(),
  amendments: list(z.object({ version: z.number().int(), reason: z.string(), by: actShape.nullable() }).readonly()),
});

/** One report in a list. */
export const reportRowShape = z
  .object({
    report: streamId,
    number: z.string().nullable(),
    patient: streamId.nullable(),
    order: streamId.nullable(),
    specimens: list(z.object({ specimen: streamId, accession: z.string() }).readonly()),
    status: z.string(),
    version: z.number().int(),
    releasedAt: instantShape.nullable(),
    tests: list(z.string()),
  })
  .readonly();
export type ReportRow = z.infer<typeof reportRowShape>;

export const reportsInput = z.object({ patient: streamId, limit: limitInput });

export const reportsResult = z.object({ rows: list(reportRowShape), more: z.boolean() });

export const trendInput = z.object({ patient: streamId, test: z.string().min(1).max(32), limit: limitInput });
export const trendResult = z.object({
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
        text: z.string(),
        unit: z.string().nullable(),
        flag: resultShape.unwrap().shape.flag,
        status: z.string(),
        accession: z.string(),
        referenceLow: z.number().nullable(),
        referenceHigh: z.number().nullable(),
      })
      .readonly(),
  ),
  /** Results that are no number or have another unit: in the table, not in the plot. */
  others: list(resultShape),
});
