// Scanned symbols, in any order, twice, of several sheets mixed: what is complete and what is still missing. Pure.
import { equalBytes } from '#kernel/shared/bytes.ts';
import { joinParts, parsePart, type PartProblem, type Sha256 } from './parts.ts';

interface OpenSet {
  readonly set: string;
  readonly total: number;
  readonly chunks: ReadonlyMap<number, Uint8Array>;
}

export interface PartCollection {
  /** Sheets begun and not complete, the last touched last. */
  readonly open: readonly OpenSet[];
  /** Sheets completed a moment ago, so that a scanner that reads a symbol twice does not begin them again. */
  readonly done: readonly string[];
}

export const NO_PARTS: PartCollection = { open: [], done: [] };
/** A clerk may hold a few slips in a hand; more than this is somebody feeding us symbols. 8 rack sheets are 270 kB. */
const MAX_OPEN = 8;
const MAX_DONE = 32;

export type PartOutcome =
  | { readonly status: 'complete'; readonly set: string; readonly payload: Uint8Array }
  | {
      readonly status: 'more';
      readonly set: string;
      readonly total: number;
      readonly missing: readonly number[];
      readonly repeated: boolean;
    }
  | { readonly status: 'already'; readonly set: string }
  | { readonly status: 'refused'; readonly code: PartProblem };

function missing(total: number, chunks: ReadonlyMap<number, Uint8Array>): readonly number[] {
  return Array.from({ length: total }, (_, index) => index + 1).filter((part) => !chunks.has(part));
}

/** Adds one text that `classifyScan` called a paper part. The state that comes back is to be used for the next. */
export function collectParts(
  state: PartCollection,
  text: string,
  sha256: Sha256,
): { readonly state: PartCollection; readonly outcome: PartOutcome } {
  const parsed = parsePart(text);
  if (!parsed.ok) return { state, outcome: { status: 'refused', code: parsed.code } };
  const { set, part, total, chunk } = parsed.part;
  if (state.done.includes(set)) return { state, outcome: { status: 'already', set } };

  const known = state.open.find((each) => each.set === set);
  const others = state.open.filter((each) => each.set !== set);
  const held = known?.chunks.get(part);
  // Two different symbols that claim one place: one of them is not of this sheet. Neither is believed; the sheet starts again.
  if (known !== undefined && (known.total !== total || (held !== undefined && !equalBytes(held, chunk)))) {
    return { state: { ...state, open: others }, outcome: { status: 'refused', code: 'paper-damaged' } };
  }
  const chunks = new Map(known?.chunks).set(part, chunk);
  const left = missing(total, chunks);
  if (left.length > 0) {
    const open = [...others, { set, total, chunks }].slice(-MAX_OPEN);
    return { state: { ...state, open }, outcome: { status: 'more', set, total, missing: left, repeated: held !== undefined } };
  }
  const inOrder = [...chunks].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes);
  const payload = joinParts(set, inOrder, sha256);
  if (payload === undefined) return { state: { ...state, open: others }, outcome: { status: 'refused', code: 'paper-damaged' } };
  return { state: { open: others, done: [...state.done, set].slice(-MAX_DONE) }, outcome: { status: 'complete', set, payload } };
}

/** Takes a sheet out of the memory of finished ones: its commits were not accepted, so scanning it again must be possible. */
export function forgetSet(state: PartCollection, set: string): PartCollection {
  return { open: state.open.filter((each) => each.set !== set), done: state.done.filter((each) => each !== set) };
}
