// The visit that an order or a tube belongs to: as recorded, else the visit that was open when it was asked for.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { VisitState } from '#kernel/visit/visit.ts';
import type { ViewReader } from '../view.ts';
import { linkedDocuments } from './linked.ts';

/** Visits looked at: nobody has more open at once. */
const VISIT_LIMIT = 20;

export interface Asked {
  readonly order: Document<OrderState> | undefined;
  readonly visit: Document<VisitState> | undefined;
  /** Code of the department that asked, as far as anybody recorded. */
  readonly department: string | null;
}

export async function askedFor(read: ViewReader, tube: SpecimenState): Promise<Asked> {
  const order = tube.order === undefined ? undefined : await read.document<OrderState>(tube.order);
  const visit = await visitOf(read, tube.visit ?? order?.state.visit, tube.patient, order?.state.placedAt);
  return { order, visit, department: visit?.state.department ?? tube.department ?? null };
}

export async function visitOf(
  read: ViewReader,
  recorded: StreamId | undefined,
  patient: StreamId | undefined,
  at: number | undefined,
): Promise<Document<VisitState> | undefined> {
  if (recorded !== undefined) return await read.document<VisitState>(recorded);
  if (patient === undefined || at === undefined) return undefined;
  const visits = await linkedDocuments<VisitState>(read, patient, 'visit', 'patient', VISIT_LIMIT);
  const open = visits.filter(
    ({ state }) => state.startedAt !== undefined && state.startedAt <= at && (state.endedAt === undefined || state.endedAt >= at),
  );
  return open.toSorted((a, b) => (b.state.startedAt ?? 0) - (a.state.startedAt ?? 0) || (a.stream < b.stream ? -1 : 1))[0];
}
