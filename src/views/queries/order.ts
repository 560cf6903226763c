// Query: one order: each test with its tube and its result.
import type { Document } from '#kernel/shared/document.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { ReportState } from '#kernel/report/report.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { actOf } from '../read/acts.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { findDocument } from '../read/find.ts';
import { issueShapes } from '../read/issues.ts';
import { linkedDocuments } from '../read/linked.ts';
import { personAt } from '../read/persons.ts';
import { reportRow } from '../read/reports.ts';
import { resultShapes } from '../read/results.ts';
import { specimenRow } from '../read/specimens.ts';
import { visitOf } from '../read/visit-of.ts';
import { defineQuery, type ViewReader } from '../view.ts';

export const orderQuery = defineQuery({
  name: 'order',
  ...QUERY_SIGNATURES.order,
  audited: ({ patient }) => (patient === null ? [] : [patient.patient]),
  async run({ order, number }, read) {
    const found = await findDocument<OrderState>(
      read,
      'order',
      'order',
      { stream: order, number },
      order === undefined ? 'number' : 'order',
    );
    return found.ok ? { ok: true, result: await orderPage(read, found.document) } : found;
  },
});

async function orderPage(read: ViewReader, document: Document<OrderState>): Promise<QueryResult<'order'>> {
  const { stream, state } = document;
  const catalogue = await catalogueOf(read);
  const tubes = await linkedDocuments<SpecimenState>(read, stream, 'specimen', 'order');
  const reports = await linkedDocuments<ReportState>(read, stream, 'report', 'order');
  const visit = await visitOf(read, state.visit, state.patient, state.placedAt);
  const results = (
    await Promise.all(
      tubes.map(
        async (tube) => await resultShapes(read, await linkedDocuments<ResultState>(read, tube.stream, 'result', 'specimen'), catalogue),
      ),
    )
  ).flat();
  return {
    order: stream,
    number: state.number ?? null,
    patient: await personAt(read, state.patient),
    visit: visit?.stream ?? null,
    status: state.status,
    cancelled: state.cancelled?.reason ?? null,
    urgency: state.urgency,
    department: visit?.state.department ?? null,
    note: state.note ?? null,
    placed: state.placedAt === undefined ? null : await actOf(read, { at: state.placedAt, user: state.placedBy }),
    tests: state.tests.map(({ code, cancelled }) => {
      const known = catalogue.test(code);
      // Newest first: of a rejected tube and the one taken instead, the new one counts.
      const tube = tubes.find((one) => one.state.tests.includes(code));
      return {
        test: code,
        name: known?.name ?? code,
        nameHi: known?.nameHi ?? code,
        cancelled: cancelled?.reason ?? null,
        specimen: tube?.stream ?? null,
        accession: tube?.state.accession ?? null,
        result: results.find((result) => result.test === code && result.specimen === tube?.stream) ?? null,
      };
    }),
    specimens: tubes.map((tube) => specimenRow(tube, catalogue)),
    reports: reports.map(reportRow),
    issues: issueShapes(document),
  };
}
