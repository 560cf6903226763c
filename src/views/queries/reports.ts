// Query: the reports of a patient, those of records linked into it included, newest first.
import type { Document } from '#kernel/shared/document.ts';
import type { ReportState } from '#kernel/report/report.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { LIST_LIMIT } from '../read/linked.ts';
import { familyOf, type Family } from '../read/persons.ts';
import { reportRow } from '../read/reports.ts';
import { defineQuery, type ViewReader } from '../view.ts';

export const reportsQuery = defineQuery({
  name: 'reports',
  ...QUERY_SIGNATURES.reports,
  audited: ({ patient }) => [patient],
  async run({ patient, limit = LIST_LIMIT }, read) {
    const rows = (await reportsOf(read, await familyOf(read, patient))).map(reportRow);
    return { ok: true, result: { patient, rows: rows.slice(0, limit), more: rows.length > limit } };
  },
});

export async function reportsOf(read: ViewReader, family: Family): Promise<readonly Document<ReportState>[]> {
  const all = await read.documents<ReportState>([...family.values()].flatMap(({ parts }) => parts.report));
  return [...all].sort((a, b) => (b.state.versions.at(-1)?.at ?? 0) - (a.state.versions.at(-1)?.at ?? 0) || (a.stream < b.stream ? -1 : 1));
}
