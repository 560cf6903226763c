// Check: a tube was rejected, and one of its results is final.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { RECENT_LIMIT, type CheckQuery, type Contradiction } from './check.ts';

/** A slot is the accession number, a blank and the test; `!` is the character after the blank. */
export const REJECTED_SQL = `SELECT sd.stream AS specimen_stream, rd.stream AS result_stream
  FROM (SELECT doc, accession FROM v_specimen_rejected ORDER BY doc DESC LIMIT ?) s
  CROSS JOIN v_result r ON r.slot >= s.accession || ' ' AND r.slot < s.accession || '!'
  CROSS JOIN documents sd ON sd.id = s.doc CROSS JOIN documents rd ON rd.id = r.doc WHERE r.step = 'to-release' LIMIT ?`;

export const rejectedSpecimenHasResult: CheckQuery = {
  check: 'rejected-specimen-has-result',
  async find(read, limit) {
    const found: Contradiction[] = [];
    for (const row of await read.rows(REJECTED_SQL, [RECENT_LIMIT, limit])) {
      // These columns hold stream ids only.
      const specimen = await read.document<SpecimenState>(row['specimen_stream'] as StreamId);
      const result = await read.document<ResultState>(row['result_stream'] as StreamId);
      const rejected = specimen?.state.rejected;
      if (specimen === undefined || result === undefined || rejected === undefined) continue;
      found.push({
        check: 'rejected-specimen-has-result',
        subjects: [result.stream, specimen.stream].sort(),
        says: [
          { what: 'result-final', values: { test: result.state.test ?? '' }, at: result.state.medical?.at, user: result.state.medical?.by },
          {
            what: 'tube-rejected',
            values: { accession: specimen.state.accession ?? '', reason: rejected.reason },
            at: rejected.at,
            user: rejected.by,
            device: rejected.device,
          },
        ],
      });
    }
    return found;
  },
};
