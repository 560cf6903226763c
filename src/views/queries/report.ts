// Query: one report with all its versions.
import type { Document } from '#kernel/shared/document.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { ReportState } from '#kernel/report/report.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { findDocument } from '../read/find.ts';
import { issueShapes } from '../read/issues.ts';
import { personAt } from '../read/persons.ts';
import { versionShape } from '../read/reports.ts';
import { defineQuery, type ViewReader } from '../view.ts';

export const reportQuery = defineQuery({
  name: 'report',
  ...QUERY_SIGNATURES.report,
  audited: ({ patient }) => (patient === null ? [] : [patient.patient]),
  async run({ report, number }, read) {
    const found = await findDocument<ReportState>(
      read,
      'report',
      'report',
      { stream: report, number },
      report === undefined ? 'number' : 'report',
    );
    return found.ok ? { ok: true, result: await reportPage(read, found.document) } : found;
  },
});

export async function reportPage(read: ViewReader, document: Document<ReportState>): Promise<QueryResult<'report'>> {
  const { stream, state } = document;
  const catalogue = await catalogueOf(read);
  const versions = await Promise.all(state.versions.map((version) => versionShape(read, version, catalogue)));
  const order = state.order === undefined ? undefined : await read.document<OrderState>(state.order);
  return {
    report: stream,
    number: state.number ?? null,
    numbers: state.numbers,
    status: state.status,
    patient: await personAt(read, state.patient),
    temporary: state.temporary ?? null,
    order: state.order ?? null,
    orderNumber: order?.state.number ?? null,
    versions,
    outdated: versions.at(-1)?.lines.some((line) => line.outdated) ?? false,
    copies: state.copies,
    issues: issueShapes(document),
  };
}
