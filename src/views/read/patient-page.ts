// The parts of a patient's page: allergies and alerts that stand now, and the lists.
import type { Document } from '#kernel/shared/document.ts';
import type { OrderState } from '#kernel/order/order.ts';
import { standing } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { VisitState } from '#kernel/visit/visit.ts';
import type { QueryResult } from '../query-signatures.ts';
import type { ViewReader } from '../view.ts';
import type { RecordPart } from './linked.ts';
import type { Family } from './persons.ts';

type PatientPage = QueryResult<'patient'>;

/** Over all records of the person: a known allergy of a linked record is an allergy of this patient. */
export function allergiesOf(family: readonly Document<PatientState>[]): PatientPage['allergies'] {
  const all = family.flatMap(({ state }) => standing(state, state.allergies));
  const known = all.filter((allergy) => allergy.status === 'known');
  const times = all.map((allergy) => allergy.at);
  return {
    status: known.length > 0 ? 'known' : all.length > 0 ? 'none-known' : 'not-asked',
    list: known.map(({ ref, substance, reaction, severity, source, at }) => ({
      ref,
      substance: substance ?? '',
      reaction: reaction ?? null,
      severity: severity ?? 'unknown',
      source: source ?? null,
      at,
    })),
    asOf: times.length === 0 ? null : times.reduce((a, b) => (b > a ? b : a)),
  };
}

export function alertsOf(family: readonly Document<PatientState>[]): PatientPage['alerts'] {
  return family.flatMap(({ state }) => standing(state, state.alerts).map(({ ref, kind, text, at }) => ({ ref, kind, text, at })));
}

export interface RecordParts {
  readonly visits: readonly Document<VisitState>[];
  readonly orders: readonly Document<OrderState>[];
  readonly specimens: readonly Document<SpecimenState>[];
}

/** Newest first. */
export async function partsOf(read: ViewReader, family: Family): Promise<RecordParts> {
  const of = <S>(part: RecordPart): Promise<readonly Document<S>[]> =>
    read.documents<S>([...family.values()].flatMap(({ parts }) => parts[part]));
  const [visits, orders, specimens] = await Promise.all([of<VisitState>('visit'), of<OrderState>('order'), of<SpecimenState>('specimen')]);
  return {
    visits: newest(visits, ({ startedAt }) => startedAt),
    orders: newest(orders, ({ placedAt }) => placedAt),
    specimens: newest(specimens, (state) => state.collected?.collectedAt ?? state.receipts[0]?.at ?? Number.MAX_SAFE_INTEGER),
  };
}

function newest<S>(documents: readonly Document<S>[], at: (state: S) => number | undefined): readonly Document<S>[] {
  return [...documents].sort((a, b) => (at(b.state) ?? 0) - (at(a.state) ?? 0) || (a.stream < b.stream ? -1 : 1));
}
