// The messages of replication between any two replicas. JSON where small, framed commits where large; every call may be repeated.
import { z } from 'zod';
import { vectorSchema } from '#journal/vector.ts';

/** Raised when an old peer could misunderstand; a test hashes the schemas below and fails when they change without it. */
export const PROTOCOL = 1;

/** A peer that has not answered a small question by then is treated as down (PRODUCT: slow counts as down). */
export const DEADLINE_MS = 2000;
/** How long a hub holds a pull open when it has nothing new. */
export const TAIL_WAIT_MS = 20_000;
/** How often a link asks whether the peer still answers while a pull is held open. */
export const HEARTBEAT_MS = 3000;
/** Units asked for at once. */
export const MAX_UNITS = 500;

const id = z.string().regex(/^[A-Za-z0-9_-]{16}$/);
const bytes = (length: number) => z.string().max(Math.ceil((length * 4) / 3));
const seqs = z.array(z.tuple([z.number().int().min(1), z.number().int().min(1)])).max(100_000);

/** Who the caller says that it is, as a stream; nothing is believed of it. */
export const helloRequest = z.object({ device: z.string().max(64).exactOptional() });

export const helloAnswer = z.object({
  protocol: z.number().int(),
  hospital: z.string(),
  /** Root public key, base64url. */
  root: bytes(32),
  device: id,
  epoch: id,
  name: z.string(),
  /** To be signed by the caller. */
  nonce: bytes(32),
  /** The hub's clock, milliseconds: a desk compares before its first write. */
  now: z.number().int(),
});

export const sessionRequest = z.object({
  protocol: z.number().int(),
  device: id,
  epoch: id,
  nonce: bytes(32),
  /** The caller's own nonce, for the hub to sign. */
  mine: bytes(32),
  signature: bytes(64),
  /** First commit of a new epoch, base64url, when the peer may not know it yet. */
  introduction: z.string().max(8192).exactOptional(),
});

export const sessionAnswer = z.object({
  token: z.string().max(64),
  /** The hub's signature over the caller's nonce. */
  signature: bytes(64),
  /** What the hub holds of the caller's own device: all its epochs. */
  yours: vectorSchema,
});

/** A place in the receipt log of one hub epoch; `receipt` is the running hash there, so a restored log is noticed. */
export const cursorSchema = z.object({ n: z.number().int().min(0), receipt: bytes(32) });
export type Cursor = z.infer<typeof cursorSchema>;

export const scopeSchema = z.union([
  z.object({ kind: z.literal('all') }),
  z.object({
    kind: z.literal('desk'),
    /** Codes of the departments whose patients this desk serves; empty for all. */
    departments: z.array(z.string().max(64)).max(200),
    /** Patients seen within so many days. */
    days: z.number().int().min(1).max(3660),
  }),
]);
export type Scope = z.infer<typeof scopeSchema>;

export const stateRequest = z.object({
  cursor: cursorSchema.exactOptional(),
  /** Where the hub's log stood when it had taken in what the caller last pushed. */
  pushed: cursorSchema.exactOptional(),
  scope: scopeSchema,
});
export const stateAnswer = z.object({
  now: z.number().int(),
  /** False when the cursor is not a place in this log: the hub was restored or is another. */
  cursorValid: z.boolean(),
  /** False when the hub no longer has what was pushed: it was restored to an older picture of its disk. */
  pushedHeld: z.boolean(),
  end: cursorSchema,
  /** Where a new scoped desk begins to tail after it has fetched its units. */
  yours: vectorSchema,
  /** Highest seq of the caller's current epoch that other hubs are known to hold: `[hub device, seq]`. */
  alsoOn: z.array(z.tuple([id, z.number().int()])),
  /** Peers that this hub cannot reach now: the desk opens those too. */
  unreachable: z.array(z.string().max(300)),
  /** All hubs known, with where they answer: a desk's list of where to go next. */
  hubs: z.array(z.object({ device: id, name: z.string(), url: z.string().max(300) })),
});

export const offerRequest = z.object({ chains: vectorSchema });
export const offerAnswer = z.object({ want: z.array(z.tuple([id, seqs])) });

export const pushAnswer = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  pending: z.number().int(),
  refused: z.record(z.string(), z.number().int()),
});

export const pullRequest = z.object({
  cursor: cursorSchema,
  scope: scopeSchema,
  waitMs: z.number().int().min(0).max(60_000),
  maxBytes: z
    .number()
    .int()
    .min(1024)
    .max(4 * 1024 * 1024),
  /** Up to which receipt number the caller has got live work ahead of history; absent when it takes everything in its order. */
  aheadTo: z.number().int().min(0).exactOptional(),
});
/** Stands before the framed commits of a pull: length as uint32, then this as JSON. */
export const pullMeta = z.object({
  cursor: cursorSchema,
  /** Units (patients) that the commits belong to: a desk fetches whole those that it does not hold yet. */
  units: z.array(z.string().max(64)),
  more: z.boolean(),
  /** Units of which everything is in this page or still to come: whoever follows the log holds them whole. */
  whole: z.array(z.string().max(64)).exactOptional(),
  /** So many of the commits and of `units`, the first ones, are live work from beyond the page; the commits come again in their order. */
  ahead: z.object({ commits: z.number().int().min(0), units: z.number().int().min(0), to: z.number().int().min(0) }).exactOptional(),
});

export const unitsRequest = z.object({
  /** Whole units by name, or the next page of those in scope. */
  units: z.array(z.string().max(64)).max(MAX_UNITS).exactOptional(),
  scope: scopeSchema.exactOptional(),
  after: z.string().max(64).exactOptional(),
});
export const unitsMeta = z.object({ units: z.array(z.string().max(64)), next: z.string().max(64).nullable() });

/** `meta` as JSON before framed commits. */
export function encodeWithMeta(meta: unknown, wire: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(meta));
  const out = new Uint8Array(4 + json.length + wire.length);
  new DataView(out.buffer).setUint32(0, json.length);
  out.set(json, 4);
  out.set(wire, 4 + json.length);
  return out;
}

export function decodeWithMeta<T>(schema: z.ZodType<T>, bytesIn: Uint8Array): { readonly meta: T; readonly wire: Uint8Array } | undefined {
  if (bytesIn.length < 4) return undefined;
  const length = new DataView(bytesIn.buffer, bytesIn.byteOffset, 4).getUint32(0);
  if (4 + length > bytesIn.length) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytesIn.subarray(4, 4 + length))));
    return parsed.success ? { meta: parsed.data, wire: bytesIn.subarray(4 + length) } : undefined;
  } catch {
    return undefined; // not JSON
  }
}
