// View: the values that reports have released, each once, whichever version released it.
import type { ReportState } from '#kernel/report/report.ts';
import type { View } from '../view.ts';
import { TO_RELEASE_DDL } from './results.ts';

export const reportLinesView: View<ReportState> = {
  name: 'v_report_line',
  version: 1,
  stream: 'report',
  columns: ['value'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_report_line(doc INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(doc, value)) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS v_report_line_value ON v_report_line(value)',
    ...TO_RELEASE_DDL,
  ],
  rows({ state }) {
    const values = new Set(state.versions.flatMap((version) => version.lines.map((line) => line.valueRef)));
    return [...values].sort().map((value) => [value]);
  },
};
