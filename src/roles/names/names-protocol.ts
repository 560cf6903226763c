// The messages of the name index: what pack a hub has, a chunk of it, and the names that changed since. It must not know SQL.
import { z } from 'zod';
import { streamId } from '#views/shapes/common.ts';
import type { NameRow } from '#views/name-index/name-row.ts';

export const NAMES_VERB = 'names';
export const NAMES_CHANGED_VERB = 'names-changed';

/** How long a hub holds a question for changed names open when there are none. */
export const NAMES_WAIT_MS = 20_000;

const version = z.string().max(80);
/** Which receipt log the numbers are of: the hub's device and epoch. Another log: numbers mean nothing. */
const log = z.string().max(80);

/** Without a chunk: what is there? With one: those bytes. */
export const namesRequest = z.object({ version: version.exactOptional(), chunk: z.number().int().min(0).max(100_000).exactOptional() });

export const namesAnswer = z.union([
  /** No pack yet: ask again later. Changes can be followed from `n` meanwhile. */
  z.object({ state: z.literal('building'), log, n: z.number().int().min(0) }),
  z.object({
    state: z.literal('ready'),
    log,
    version,
    chunks: z.number().int().min(0).max(100_000),
    /** Rows, for the status screen. */
    rows: z.number().int().min(0),
    /** Everything up to this receipt number is in it. */
    n: z.number().int().min(0),
    /** When it was begun, by the hub's clock. */
    at: z.number().int(),
  }),
]);
export type NamesAnswer = z.infer<typeof namesAnswer>;
export type ReadyPack = Extract<NamesAnswer, { readonly state: 'ready' }>;

export const changedRequest = z.object({ log, after: z.number().int().min(0), waitMs: z.number().int().min(0).max(60_000) });

const nameRow: z.ZodType<NameRow> = z.object({
  patient: streamId,
  uhid: z.string().max(64),
  name: z.string().max(400),
  nameHi: z.string().max(400).exactOptional(),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  born: z.object({ fromDay: z.number().int(), toDay: z.number().int() }).exactOptional(),
  relation: z.object({ type: z.string().max(20), name: z.string().max(400) }).exactOptional(),
  phone: z.string().max(64).exactOptional(),
  into: z.object({ patient: streamId, uhid: z.string().max(64) }).exactOptional(),
});

export const changedAnswer = z.object({
  log,
  /** Followed up to here. */
  n: z.number().int().min(0),
  more: z.boolean(),
  rows: z.array(z.object({ row: nameRow, stamp: z.number().int(), n: z.number().int().min(1) })),
});
export type ChangedAnswer = z.infer<typeof changedAnswer>;
