// What a replica holds of every chain, and what another one lacks. Pure; the hash of the head finds forks at first contact.
import { z } from 'zod';
import { subtract, type Intervals } from './intervals.ts';
import type { EpochId } from './refs.ts';

export interface ChainState {
  /** Device id, base64url. */
  readonly device: string;
  readonly have: Intervals;
  /** Seq and full hash (base64url) of the highest commit held. */
  readonly headSeq: number;
  readonly headHash: string;
  /** Commits held; more than the intervals say when two histories of this epoch are held. */
  readonly count: number;
  /** Smallest seq at which two different commits are known of; absent when there is one history. */
  readonly forkedAt?: number;
  /** `[seq, short hash]` of predecessors that are named but not held although that seq is: the other history's missing part. */
  readonly missing?: readonly (readonly [number, string])[];
}

export type Vector = ReadonlyMap<EpochId, ChainState>;

const pair = z.tuple([z.number().int().min(1), z.number().int().min(1)]);
export const chainStateSchema = z.object({
  device: z.string().regex(/^[A-Za-z0-9_-]{16}$/),
  have: z.array(pair).max(100_000),
  headSeq: z.number().int().min(0),
  headHash: z.string().max(43),
  count: z.number().int().min(0),
  forkedAt: z.number().int().min(1).exactOptional(),
  missing: z
    .array(z.tuple([z.number().int().min(1), z.string().max(11)]))
    .max(1000)
    .exactOptional(),
});
/** As it travels: `[[epoch, state], …]`. */
export const vectorSchema = z.array(z.tuple([z.string().regex(/^[A-Za-z0-9_-]{16}$/), chainStateSchema])).max(100_000);

export interface Lack {
  readonly epoch: EpochId;
  readonly seqs: Intervals;
}

/**
 * What `theirs` lacks of `mine`. Where the histories of an epoch differ everything of that epoch is named; the receiver
 * drops what it has by hash.
 * @param theyHoldMyHead whether the other side holds the very commit that is my head of this chain
 */
export function lacking(mine: Vector, theirs: Vector, theyHoldMyHead: (epoch: EpochId) => boolean): readonly Lack[] {
  const out: Lack[] = [];
  for (const [epoch, state] of mine) {
    const other = theirs.get(epoch);
    const doubt = other !== undefined && ((other.missing?.length ?? 0) > 0 || (other.headSeq >= state.headSeq && !theyHoldMyHead(epoch)));
    const seqs = other === undefined || doubt ? state.have : subtract(state.have, other.have);
    if (seqs.length > 0) out.push({ epoch, seqs });
  }
  return out;
}
