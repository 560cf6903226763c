// Check: the last version of a report shows a value that is not the result's current one.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { ReportState } from '#kernel/report/report.ts';
import type { ResultState } from '#kernel/result/result.ts';
import { linkedDocuments } from '../read/linked.ts';
import { RECENT_LIMIT, type CheckQuery, type Contradiction } from './check.ts';

/** Amended values that no report names yet, whatever step they are at, and results that were taken back. */
export const REPORT_OLDER_SQL = {
  toRelease:
    'SELECT d.stream AS stream FROM to_release t JOIN v_result r ON r.doc = t.doc JOIN documents d ON d.id = t.doc WHERE r.amended = 1 ORDER BY t.since, t.value LIMIT ?',
  open: "SELECT d.stream AS stream FROM v_result r JOIN documents d ON d.id = r.doc WHERE r.step = ? AND r.step IS NOT NULL AND r.step <> 'to-release' AND r.amended = 1 ORDER BY r.since, r.doc LIMIT ?",
  inError: 'SELECT d.stream AS stream FROM v_result r JOIN documents d ON d.id = r.doc WHERE r.amended = 2 ORDER BY r.doc DESC LIMIT ?',
} as const;

export const reportOlderThanResult: CheckQuery = {
  check: 'report-older-than-result',
  async find(read, limit) {
    const rows = [
      ...(await read.rows(REPORT_OLDER_SQL.toRelease, [RECENT_LIMIT])),
      ...(await read.rows(REPORT_OLDER_SQL.open, ['to-validate', RECENT_LIMIT])),
      ...(await read.rows(REPORT_OLDER_SQL.open, ['to-validate-medically', RECENT_LIMIT])),
      ...(await read.rows(REPORT_OLDER_SQL.open, ['to-choose', RECENT_LIMIT])),
      ...(await read.rows(REPORT_OLDER_SQL.inError, [RECENT_LIMIT])),
    ];
    const found: Contradiction[] = [];
    for (const stream of new Set(rows.map((row) => row['stream'] as StreamId))) {
      // The column holds stream ids only.
      if (found.length >= limit) break;
      const result = await read.document<ResultState>(stream);
      if (result?.state.specimen === undefined) continue;
      const { current, inError, accession, test, corrected } = result.state;
      for (const report of await linkedDocuments<ReportState>(read, result.state.specimen, 'report', 'specimen')) {
        const last = report.state.versions.at(-1);
        const line = last?.lines.find((one) => one.result === stream);
        if (last === undefined || line === undefined) continue;
        if (inError === undefined && (current === undefined || current.ref === line.valueRef)) continue;
        found.push({
          check: 'report-older-than-result',
          subjects: [report.stream, stream],
          says: [
            {
              what: 'reported',
              values: { report: report.state.number ?? '', version: last.version, test: line.test, accession: line.accession },
              at: last.at,
              user: last.by,
            },
            {
              what: inError !== undefined ? 'entered-in-error' : corrected ? 'amended' : 'changed',
              values: { test: test ?? '', accession: accession ?? '' },
              at: current?.at,
              user: current?.by,
            },
          ],
        });
      }
    }
    return found;
  },
};
