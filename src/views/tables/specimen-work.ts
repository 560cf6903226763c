// View: tubes that wait for somebody (to be collected, to be received, on hold). A tube that waits for nobody has no row.
import type { Urgency } from '#kernel/shared/fields.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { View } from '../view.ts';

export type TubeStep = 'to-collect' | 'to-receive' | 'on-hold';

/** Smallest first: stat before urgent before routine. */
export const URGENCY_RANK: Readonly<Record<Urgency, number>> = { stat: 0, urgent: 1, routine: 2 };

export function tubeStep(state: SpecimenState): TubeStep | undefined {
  switch (state.status) {
    case 'planned':
    case 'labelled':
    case 'not-collected':
      return 'to-collect';
    case 'collected':
    case 'in-transit':
      return 'to-receive';
    case 'on-hold':
      return 'on-hold';
    case 'none':
    case 'accepted':
    case 'rejected':
    case 'cancelled':
    case 'lost':
      return undefined;
    default:
      return state.status satisfies never;
  }
}

/** Since when: the last physical fact; a planned tube has none, and its place follows from the order of arrival. */
export function waitingSince(state: SpecimenState): Instant | null {
  const times = [state.notCollected?.at, state.collected?.collectedAt, state.dispatched?.at, state.receipts.at(-1)?.at, state.held?.at];
  const known = times.filter((at) => at !== undefined);
  // `Math.max` of instants is one of them.
  return known.length === 0 ? null : (Math.max(...known) as Instant);
}

export const specimenWorkView: View<SpecimenState> = {
  name: 'v_specimen_work',
  version: 1,
  stream: 'specimen',
  columns: ['step', 'rank', 'since'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_specimen_work(doc INTEGER NOT NULL, step TEXT NOT NULL, rank INTEGER NOT NULL, since INTEGER NOT NULL)',
    'CREATE INDEX IF NOT EXISTS v_specimen_work_doc ON v_specimen_work(doc)',
    'CREATE INDEX IF NOT EXISTS v_specimen_work_step ON v_specimen_work(step, rank, since, doc)',
  ],
  rows({ state }) {
    const step = tubeStep(state);
    return step === undefined ? [] : [[step, URGENCY_RANK[state.urgency], waitingSince(state) ?? 0]];
  },
};
