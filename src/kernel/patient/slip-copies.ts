// Counts a patient's slips by visit: the first slip of a new visit is no duplicate of the last visit's. It must not know who prints.
import type { StreamId } from '#kernel/shared/ids.ts';

export interface SlipCopies {
  /** Absent: the slip of no visit. */
  readonly visit?: StreamId;
  readonly copies: number;
}

interface Printed {
  /** Prints of everything. */
  readonly copies: number;
  readonly slips: readonly SlipCopies[] | undefined;
}

/** A slip is printed again within its visit or not at all; somebody who comes every second day must not make the record grow for ever. */
const KEPT_VISITS = 20;

/** What was folded before prints were counted by visit named none. */
function slipsOf(state: Printed): readonly SlipCopies[] {
  return state.slips ?? (state.copies === 0 ? [] : [{ copies: state.copies }]);
}

/** How often the slip of this visit (or of none) was printed. */
export function slipCopies(state: Printed, visit: StreamId | undefined): number {
  return slipsOf(state).find((one) => one.visit === visit)?.copies ?? 0;
}

/** With one more; the last printed is the last. */
export function countSlip(state: Printed, visit: StreamId | undefined): readonly SlipCopies[] {
  const copies = slipCopies(state, visit) + 1;
  const others = slipsOf(state).filter((one) => one.visit !== visit);
  return [...others, visit === undefined ? { copies } : { visit, copies }].slice(-KEPT_VISITS);
}
