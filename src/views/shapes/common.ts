// Shapes that many queries share: who, when, which, how old. Values only; words for people belong to the screens.
import { z } from 'zod';
import { sex } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';

/** A stream id as it stands in JSON. */
export const streamId = z
  .string()
  .regex(/^[a-z][a-z-]{0,23}\/[A-Za-z0-9_-]{16}$/, 'A stream id, for example patient/3kTQ0m2kYb1zqA9x') as unknown as z.ZodType<StreamId>; // the pattern of parseStreamId
export const eventRefShape = z.string() as unknown as z.ZodType<EventRef>; // only results carry it, and they take it from documents
export const instantShape = z.number().int() as unknown as z.ZodType<Instant>; // milliseconds since 1970

/** A number of the hospital or an alias as typed or scanned; blanks and hyphens allowed. */
export const numberInput = z.string().trim().min(1).max(64);
export const limitInput = z.number().int().min(1).max(200).optional();

export const sexShape = sex;

/** Age at the moment of asking, in the unit in which people say it. `about` when it was told, not computed from a date of birth. */
export const ageShape = z
  .object({ value: z.number().int().min(0), unit: z.enum(['days', 'months', 'years']), about: z.boolean() })
  .readonly();
export type AgeShape = z.infer<typeof ageShape>;

export const relationShape = z.object({ type: z.enum(['S/O', 'D/O', 'W/O', 'M/O', 'C/O', 'H/O']), name: z.string() }).readonly();

/** Who did something, where and when: by the clock of that desk, which may be wrong. */
export const actShape = z
  .object({
    at: instantShape,
    user: streamId.nullable(),
    userName: z.string().nullable(),
    device: streamId.nullable(),
    deviceName: z.string().nullable(),
  })
  .readonly();
export type ActShape = z.infer<typeof actShape>;

/** The two identifiers and what a person at a desk needs to recognise a patient. */
export const personShape = z
  .object({
    patient: streamId,
    uhid: z.string().nullable(),
    name: z.string(),
    nameHi: z.string().nullable(),
    sex: sexShape,
    age: ageShape.nullable(),
    birthDate: z.string().nullable(),
    relation: relationShape.nullable(),
    phone: z.string().nullable(),
    village: z.string().nullable(),
    unknown: z.boolean(),
    /** A card number of this hospital or another, accepted as told: the record is held elsewhere. */
    elsewhere: z.boolean(),
    mergedInto: streamId.nullable(),
  })
  .readonly();
export type PersonShape = z.infer<typeof personShape>;

/** A number that a scan found, or why what was typed is not one. */
export const numberProblemShape = z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }).readonly();

export function list<T extends z.ZodType>(item: T) {
  return z.array(item).readonly();
}

/** A contradiction within one stream. Settle an open one with `settleIssue`. */
export const issueShape = z
  .object({
    stream: streamId,
    issue: z.string(),
    code: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
    settled: z.object({ outcome: z.string(), reason: z.string() }).readonly().nullable(),
  })
  .readonly();
export type IssueShape = z.infer<typeof issueShape>;
