// Pieces of schemas that several streams share: texts, codes, ids, sex, address. It must not know any stream.
import { z } from 'zod';
import type { EventRef, StreamId } from './ids.ts';

/** Text as a person typed it: trimmed, NFC (Devanagari nukta letters have two encodings), never empty. */
export function text(max: number) {
  return z.string().trim().normalize('NFC').min(1).max(max);
}

/** Names in any script; 120 letters hold the longest that we met, and no label has room for more. */
export const personName = text(120);
/** A sentence or two: reasons, notes. */
export const note = text(500);

/** A stream id. The cast holds because the pattern is that of `parseStreamId`. */
export const streamId = z.string().regex(/^[a-z][a-z-]{0,23}\/[A-Za-z0-9_-]{16}$/) as unknown as z.ZodType<StreamId>;
/** An event's reference. The cast holds because the pattern is that of `eventRef`. */
export const eventRefField = z.string().regex(/^[A-Za-z0-9_-]{1,24}\.\d{1,5}$/) as unknown as z.ZodType<EventRef>;

/** A number as typed or scanned; what is wrong with it is said by `parseNumber`, not by the schema. */
export const typedNumber = z.string().trim().min(1).max(40);
/** The code of a catalogue item: `PLT`, `MED-OPD`, `edta`. */
export const catalogueCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
/** What a user types to sign in. */
export const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/);
export const roleName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,39}$/);

export const sex = z.enum(['female', 'male', 'other', 'unknown']);
export type Sex = z.infer<typeof sex>;

export const relation = z.object({ type: z.enum(['S/O', 'D/O', 'W/O', 'M/O', 'C/O', 'H/O']), name: personName });
export const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 -]{4,18}$/);
export const address = z.object({
  line: text(200).optional(),
  village: text(100).optional(),
  district: text(100).optional(),
  state: text(100).optional(),
  pin: z
    .string()
    .trim()
    .regex(/^\d{6}$/)
    .optional(),
});
export const alias = z.object({ system: text(60), value: text(60) });
export const urgency = z.enum(['routine', 'urgent', 'stat']);
export type Urgency = z.infer<typeof urgency>;

/** Base64url without padding. */
export const base64Url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000);
