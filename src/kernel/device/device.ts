// A device: who it is, its keys (epochs), its number ranges, what it may write, and whether it is still trusted. The replica signs; this only folds.
import { z } from 'zod';
import { DESK_KINDS } from '#kernel/shared/actor.ts';
import { base64Url, note, text } from '#kernel/shared/fields.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
import { RANGE_COUNT } from '#kernel/shared/numbers.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import { instantSchema } from '#kernel/shared/time.ts';

export const deviceRole = z.enum(['root', 'hub', 'desk', 'vault']);
export const deskKind = z.enum(DESK_KINDS);
const epochId = z.string().regex(/^[A-Za-z0-9_-]{16}$/);
const range = z
  .number()
  .int()
  .min(0)
  .max(RANGE_COUNT - 1);
/** First and last range of a run, both included. */
const rangeRun = z.tuple([range, range]);
/** What the trusted end of a chain is named by. */
export const chainHead = z.object({ epoch: epochId, seq: z.number().int().min(0).max(0xffff_ffff), hash: base64Url });

export const deviceEvents = {
  DeviceEnrolled: z.object({
    name: text(80),
    role: deviceRole,
    deskKinds: z.array(deskKind).max(10),
    /** Raw Ed25519 key, base64url. */
    publicKey: base64Url,
    epoch: epochId,
    /** The range in use and the spare one. */
    ranges: z.array(range).max(10),
    /** Ranges that a hub may give away. */
    rangePool: z.array(rangeRun).max(1000).optional(),
    /** Event types that it may write; `*` is all. */
    writes: z.array(z.string().max(64)).max(300),
    certificate: base64Url.optional(),
    validFrom: instantSchema.optional(),
    validTo: instantSchema.optional(),
  }),
  DeviceRenamed: z.object({ name: text(80) }),
  /** A newer program knows more that a desk of its kind writes. */
  WritesGranted: z.object({ writes: z.array(z.string().max(64)).min(1).max(300) }),
  RangeGranted: z.object({ epoch: epochId, range }),
  /** A hub gave part of its pool to another hub. */
  PoolSplit: z.object({ given: z.array(rangeRun).max(1000), to: z.string().max(64) }),
  PoolReceived: z.object({ pool: z.array(rangeRun).max(1000), from: z.string().max(64) }),
  /** Ranges printed on a roll of labels or forms: no device mints from them. */
  RollReserved: z.object({ ranges: z.array(range).max(1000), purpose: text(80) }),
  EpochOpened: z.object({ epoch: epochId, publicKey: base64Url, from: chainHead.optional(), oldSignature: base64Url.optional() }),
  EpochCertified: z.object({ epoch: epochId, range: range.optional() }),
  EpochClosed: z.object({ epoch: epochId, reason: note }),
  DeviceRevoked: z.object({ heads: z.array(chainHead).max(100), reason: note }),
  /** Commits of a revoked device that people reviewed and want back. */
  CommitsReadmitted: z.object({ hashes: z.array(base64Url).max(500), reason: note }),
};
export const deviceEvent = eventMaker(deviceEvents);

export type RangeRun = readonly [number, number];
export type ChainHead = z.infer<typeof chainHead>;

export interface Epoch {
  readonly epoch: string;
  readonly publicKey: string;
  readonly status: 'certified' | 'unconfirmed' | 'closed';
  readonly from: ChainHead | undefined;
  readonly oldSignature: string | undefined;
}

export interface Revocation {
  readonly ref: EventRef;
  readonly heads: readonly ChainHead[];
  readonly reason: string;
}

export interface DeviceState {
  readonly name: string | undefined;
  readonly role: z.infer<typeof deviceRole> | undefined;
  readonly deskKinds: readonly z.infer<typeof deskKind>[];
  readonly epochs: readonly Epoch[];
  /** Every range that the device ever had; one with an epoch belongs to that epoch only. */
  readonly ranges: readonly { readonly range: number; readonly epoch: string | undefined }[];
  /** What a hub got to give away, less what it gave to other hubs. Ranges of single devices are not taken off: see `rangesLeft`. */
  readonly pool: readonly RangeRun[];
  readonly rolls: readonly { readonly range: number; readonly purpose: string }[];
  readonly writes: readonly string[];
  readonly certificate: string | undefined;
  readonly validFrom: number | undefined;
  readonly validTo: number | undefined;
  readonly revocations: readonly Revocation[];
  readonly readmitted: readonly string[];
  readonly enrolled: EventRef | undefined;
}

const INITIAL: DeviceState = {
  name: undefined,
  role: undefined,
  deskKinds: [],
  epochs: [],
  ranges: [],
  pool: [],
  rolls: [],
  writes: [],
  certificate: undefined,
  validFrom: undefined,
  validTo: undefined,
  revocations: [],
  readmitted: [],
  enrolled: undefined,
};

/** The pool less some runs. */
export function withoutRuns(pool: readonly RangeRun[], gone: readonly RangeRun[]): readonly RangeRun[] {
  let left: RangeRun[] = [...pool];
  for (const [from, to] of gone) {
    left = left.flatMap(([a, b]): RangeRun[] => {
      if (to < a || from > b || from > to) return [[a, b]];
      const parts: RangeRun[] = [];
      if (a < from) parts.push([a, from - 1]);
      if (to < b) parts.push([to + 1, b]);
      return parts;
    });
  }
  return left;
}

function addEpoch(epochs: readonly Epoch[], epoch: Epoch): readonly Epoch[] {
  return epochs.some((other) => other.epoch === epoch.epoch) ? epochs : [...epochs, epoch];
}

function setEpochStatus(epochs: readonly Epoch[], id: string, status: Epoch['status']): readonly Epoch[] {
  // A closed key stays closed: a certificate that arrives later must not open it again.
  return epochs.map((epoch) => (epoch.epoch === id && epoch.status !== 'closed' ? { ...epoch, status } : epoch));
}

export const deviceStream = defineStream<DeviceState, typeof deviceEvents>({
  type: 'device',
  trust: true,
  events: deviceEvents,
  initial: INITIAL,
  on: {
    DeviceEnrolled: (state, data, event, context) => {
      if (state.enrolled !== undefined && !context.knows(state.enrolled)) {
        context.issue('device-enrolled-twice', [state.enrolled, event.ref]);
      }
      return {
        ...state,
        name: data.name,
        role: data.role,
        deskKinds: data.deskKinds,
        epochs: addEpoch(state.epochs, {
          epoch: data.epoch,
          publicKey: data.publicKey,
          status: 'certified',
          from: undefined,
          oldSignature: undefined,
        }),
        // The first range is in use by this epoch, the others wait for whoever needs a spare.
        ranges: addRanges(
          state.ranges,
          data.ranges.map((number, index) => ({ range: number, epoch: index === 0 ? data.epoch : undefined })),
        ),
        pool: [...state.pool, ...(data.rangePool ?? [])],
        writes: data.writes,
        certificate: data.certificate ?? state.certificate,
        validFrom: data.validFrom,
        validTo: data.validTo,
        enrolled: state.enrolled ?? event.ref,
      };
    },
    DeviceRenamed: (state, data) => ({ ...state, name: data.name }),
    WritesGranted: (state, data) => ({ ...state, writes: [...new Set([...state.writes, ...data.writes])].sort() }),
    RangeGranted: (state, data) => ({ ...state, ranges: addRanges(state.ranges, [{ range: data.range, epoch: data.epoch }]) }),
    PoolSplit: (state, data) => ({ ...state, pool: withoutRuns(state.pool, data.given) }),
    PoolReceived: (state, data) => ({ ...state, pool: [...withoutRuns(state.pool, data.pool), ...data.pool] }),
    RollReserved: (state, data) => ({
      ...state,
      rolls: [
        ...state.rolls,
        ...data.ranges
          .filter((number) => !state.rolls.some((roll) => roll.range === number))
          .map((number) => ({ range: number, purpose: data.purpose })),
      ],
    }),
    EpochOpened: (state, data) => ({
      ...state,
      epochs: addEpoch(state.epochs, {
        epoch: data.epoch,
        publicKey: data.publicKey,
        status: 'unconfirmed',
        from: data.from,
        oldSignature: data.oldSignature,
      }),
    }),
    EpochCertified: (state, data) => ({
      ...state,
      epochs: setEpochStatus(state.epochs, data.epoch, 'certified'),
      ranges: data.range === undefined ? state.ranges : addRanges(state.ranges, [{ range: data.range, epoch: data.epoch }]),
    }),
    EpochClosed: (state, data) => ({ ...state, epochs: setEpochStatus(state.epochs, data.epoch, 'closed') }),
    DeviceRevoked: (state, data, event) => ({
      ...state,
      revocations: [...state.revocations, { ref: event.ref, heads: data.heads, reason: data.reason }],
    }),
    CommitsReadmitted: (state, data) => ({ ...state, readmitted: [...new Set([...state.readmitted, ...data.hashes])] }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});

/** A range once given keeps its place; a spare one that an epoch takes gets the epoch's name. */
function addRanges(ranges: DeviceState['ranges'], added: DeviceState['ranges']): DeviceState['ranges'] {
  const all = [...ranges];
  for (const one of added) {
    const at = all.findIndex((other) => other.range === one.range);
    if (at < 0) all.push(one);
    else if (all[at]?.epoch === undefined) all[at] = one;
  }
  return all;
}
