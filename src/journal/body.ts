// The body of a commit: JSON bytes with a random salt. Parsed leniently (unknown keys are kept in the bytes), never re-encoded.
import { z } from 'zod';
import { instantSchema } from '#kernel/shared/time.ts';
import { commitRefPattern } from './refs.ts';

/** Predecessors that one event can name. A stream with more heads was made by a fault or an attack; the others stay heads. */
export const MAX_AFTER = 64;

const eventSchema = z.object({
  stream: z.string().regex(/^[a-z][a-z-]{0,23}\/[A-Za-z0-9_-]{16}$/),
  type: z.string().min(1).max(64),
  v: z.number().int().min(1).max(1000).optional(),
  data: z.unknown(),
  after: z.array(z.string().regex(commitRefPattern)).max(MAX_AFTER).optional(),
  occurredAt: instantSchema.optional(),
});

/** Commits of one command have at most this many events (a mass-casualty batch, a catalogue import in slices). */
export const MAX_EVENTS = 500;

/** `[epoch as base64url, seq]` of the last trust commit known of each chain that holds trust commits. */
export const MAX_TRUST = 200;
const trustSchema = z.array(z.tuple([z.string().max(16), z.number().int().min(0)])).max(MAX_TRUST);

export const bodySchema = z.object({
  /** Random, so that nobody who holds a header can guess a short body. */
  salt: z.string().max(64),
  /** The command id that makes a repeat harmless. */
  command: z.string().max(64),
  /** The command's name. */
  do: z.string().max(64),
  /** Stream of the user; absent for what a device does by itself. */
  user: z.string().max(64).optional(),
  session: z.string().max(64).optional(),
  trust: trustSchema.optional(),
  /** Who keyed it on behalf of whom, from which paper (back-entry). */
  onBehalfOf: z.string().max(64).optional(),
  events: z.array(eventSchema).max(MAX_EVENTS),
  /** What the command answered, so that a repeat of the same command id gets the same answer after any rebuild. */
  result: z.unknown().optional(),
});

export type Body = z.infer<typeof bodySchema>;

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/** The body, or undefined when the bytes are not one that this program understands. Such a commit is kept and parked. */
export function parseBody(bytes: Uint8Array): Body | undefined {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(decoder.decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // not UTF-8 or not JSON
  }
}

/** Done once, by the device that makes the commit. */
export function encodeBody(body: Body): Uint8Array {
  return encoder.encode(JSON.stringify(body));
}
