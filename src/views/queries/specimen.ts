// Query: one tube, found by scanning it: whose it is, where it stands, what was measured.
import type { OrderState } from '#kernel/order/order.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { findDocument } from '../read/find.ts';
import { issueShapes } from '../read/issues.ts';
import { linkedDocuments } from '../read/linked.ts';
import { personAt } from '../read/persons.ts';
import { resultShapes } from '../read/results.ts';
import { maybeStamp, specimenRow, stampOf, toldShapeOf } from '../read/specimens.ts';
import { defineQuery, type ViewReader } from '../view.ts';
import type { Document } from '#kernel/shared/document.ts';

export const specimenQuery = defineQuery({
  name: 'specimen',
  ...QUERY_SIGNATURES.specimen,
  audited: ({ patient }) => (patient === null ? [] : [patient.patient]),
  async run({ accession }, read) {
    const found = await findDocument<SpecimenState>(read, 'specimen', 'accession', { number: accession }, 'accession');
    return found.ok ? { ok: true, result: await specimenPage(read, found.document) } : found;
  },
});

export async function specimenPage(read: ViewReader, document: Document<SpecimenState>): Promise<QueryResult<'specimen'>> {
  const { stream, state } = document;
  const catalogue = await catalogueOf(read);
  const order = state.order === undefined ? undefined : await read.document<OrderState>(state.order);
  const { link, notCollected, rejected, cancelled, replacedBy } = state;
  return {
    ...specimenRow(document, catalogue),
    patient: await personAt(read, state.patient),
    told: toldShapeOf(state.told, read.now),
    temporary: state.temporary ?? null,
    orderNumber: order?.state.number ?? null,
    collected: await maybeStamp(read, state.collected),
    dispatched: await maybeStamp(read, state.dispatched),
    received: await Promise.all(state.receipts.map((receipt) => stampOf(read, receipt))),
    link: link === undefined ? null : { by: link.by2.kind, act: await stampOf(read, link) },
    notCollected: notCollected === undefined ? null : { reason: notCollected.reason, act: await stampOf(read, notCollected) },
    rejected: rejected === undefined ? null : { reason: rejected.reason, note: rejected.note ?? null, act: await stampOf(read, rejected) },
    cancelled: cancelled === undefined ? null : { reason: cancelled.reason, act: await stampOf(read, cancelled) },
    replaces: state.replaces ?? null,
    replacedBy: replacedBy === undefined ? null : { specimen: replacedBy.stream, accession: replacedBy.accession },
    results: await resultShapes(read, await linkedDocuments<ResultState>(read, stream, 'result', 'specimen'), catalogue),
    issues: issueShapes(document),
  };
}
