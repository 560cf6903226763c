// Shapes of the patient queries: search, one record, possible duplicates, who looked, what a number is.
import { z } from 'zod';
import { ageInput } from '#kernel/shared/age.ts';
import {
  actShape,
  eventRefShape,
  instantShape,
  issueShape,
  limitInput,
  list,
  numberInput,
  numberProblemShape,
  personShape,
  sexShape,
  streamId,
} from './common.ts';
import { reportRowShape, resultShape, specimenRowShape } from './laboratory.ts';

export const patientsInput = z.object({
  /** What was typed or scanned: UHID, phone, any hospital number or alias, or a name in either script. */
  search: z.string().max(200),
  limit: limitInput,
});

export const patientRowShape = personShape
  .unwrap()
  .extend({
    /** True when this desk holds more than the name index of this patient. */
    recordHere: z.boolean(),
    /** How it was found, best first. */
    match: z.enum(['number', 'phone', 'exact', 'begins', 'sounds']),
  })
  .readonly();
export type PatientRow = z.infer<typeof patientRowShape>;

export const patientsResult = z.object({
  rows: list(patientRowShape),
  /** There are more than are shown: type more of the name. */
  more: z.boolean(),
  /** How the search was understood. */
  asked: z.enum(['nothing', 'number', 'digits', 'name']),
  /** What is wrong with twelve digits that are no number. */
  problem: numberProblemShape.nullable(),
});

export const patientInput = z
  .object({ uhid: numberInput.optional(), patient: streamId.optional() })
  .refine((input) => (input.uhid === undefined) !== (input.patient === undefined), { message: 'Give either uhid or patient' });

export const allergiesShape = z
  .object({
    /** `not-asked` is not the same as none. */
    status: z.enum(['not-asked', 'none-known', 'known']),
    list: list(
      z
        .object({
          ref: eventRefShape,
          substance: z.string(),
          reaction: z.string().nullable(),
          severity: z.enum(['mild', 'severe', 'unknown']),
          source: z.string().nullable(),
          at: instantShape,
        })
        .readonly(),
    ),
    /** When somebody last asked or recorded. */
    asOf: instantShape.nullable(),
  })
  .readonly();

export const alertShape = z.object({ ref: eventRefShape, kind: z.string(), text: z.string(), at: instantShape }).readonly();

export const visitRowShape = z
  .object({
    visit: streamId,
    number: z.string().nullable(),
    status: z.enum(['none', 'open', 'ended']),
    department: z.string().nullable(),
    departmentName: z.string().nullable(),
    departmentNameHi: z.string().nullable(),
    room: z.string().nullable(),
    startedAt: instantShape.nullable(),
    endedAt: instantShape.nullable(),
  })
  .readonly();
export type VisitRow = z.infer<typeof visitRowShape>;

export const orderRowShape = z
  .object({
    order: streamId,
    number: z.string().nullable(),
    visit: streamId.nullable(),
    status: z.enum(['none', 'active', 'cancelled']),
    urgency: z.enum(['routine', 'urgent', 'stat']),
    /** Tests still wanted. */
    tests: list(z.object({ test: z.string(), name: z.string(), nameHi: z.string() }).readonly()),
    placed: actShape.nullable(),
  })
  .readonly();
export type OrderRow = z.infer<typeof orderRowShape>;

export const patientResult = personShape.unwrap().extend({
  status: z.enum(['none', 'registered', 'unknown', 'elsewhere']),
  /** The card number is not one of ours: kept as told. */
  legacy: z.boolean(),
  aliases: list(z.object({ system: z.string(), value: z.string() }).readonly()),
  address: z
    .object({
      line: z.string().nullable(),
      village: z.string().nullable(),
      district: z.string().nullable(),
      state: z.string().nullable(),
      pin: z.string().nullable(),
    })
    .readonly(),
  category: z.string().nullable(),
  unknownPerson: z
    .object({ description: z.string().nullable(), marks: list(z.string()), broughtBy: z.string().nullable() })
    .readonly()
    .nullable(),
  registeredAt: instantShape.nullable(),
  recordHere: z.boolean(),
  allergies: allergiesShape,
  alerts: list(alertShape),
  /** Records of the same person: this one was linked into it, or it into this one (its visits and results are shown here). */
  linked: list(z.object({ patient: streamId, uhid: z.string().nullable(), name: z.string(), how: z.enum(['into', 'from']) }).readonly()),
  /** Newest first, each at most 200. */
  visits: list(visitRowShape),
  orders: list(orderRowShape),
  specimens: list(specimenRowShape),
  results: list(resultShape),
  reports: list(reportRowShape),
  issues: list(issueShape),
  /** A list above was cut at 200. */
  more: z.boolean(),
  asOf: instantShape,
});

/** What the form holds so far; ask again whenever it changes. */
export const duplicatesInput = z.object({
  name: z.string().max(200).optional(),
  nameHi: z.string().max(200).optional(),
  sex: sexShape.optional(),
  age: ageInput.optional(),
  birthDate: z.string().max(10).optional(),
  phone: z.string().max(20).optional(),
  relation: z.object({ type: z.string().max(10), name: z.string().max(120) }).optional(),
  village: z.string().max(100).optional(),
  district: z.string().max(100).optional(),
  aliases: z
    .array(z.object({ system: z.string().max(60), value: z.string().max(60) }))
    .max(20)
    .optional(),
});

export const duplicatesResult = z.object({
  /** `same` first, then by score. */
  candidates: list(
    z
      .object({
        person: personShape,
        /** The kernel's score: 4.5 is a doubt, 7 with birth and sex is the same person. */
        score: z.number(),
        outcome: z.enum(['same', 'ask']),
        /** What speaks for it: `phone`, `first-name`, `other-names`, `birth`, `relation`, `village`, `district`, `number`, `names-swapped`. */
        because: list(z.string()),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

export const accessLogInput = z.object({ patient: streamId, limit: limitInput });
export const accessLogResult = z.object({
  patient: streamId,
  /** Newest first. */
  rows: list(
    z
      .object({
        at: instantShape,
        user: streamId.nullable(),
        userName: z.string().nullable(),
        session: z.string().nullable(),
        query: z.string(),
      })
      .readonly(),
  ),
  more: z.boolean(),
});

export const numberQueryInput = z.object({ number: numberInput });
export const numberQueryResult = z.object({
  /** What the digits say of themselves; null for an alias. */
  kind: z.string().nullable(),
  problem: numberProblemShape.nullable(),
  /** All that bear it: two is for a person to settle. */
  found: list(
    z
      .object({ stream: streamId, type: z.string(), number: z.string(), patient: personShape.nullable(), status: z.string().nullable() })
      .readonly(),
  ),
});
