// Query: who looked at a patient's record, newest first. Asking is itself a look.
import type { AccessState } from '#kernel/access/access.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { actOf } from '../read/acts.ts';
import { LIST_LIMIT } from '../read/linked.ts';
import { patientKey } from '../tables/access.ts';
import { defineQuery } from '../view.ts';

/** Sessions that are read for one answer: each holds at most a working day. */
const SESSION_LIMIT = 200;

export const ACCESS_LOG_SQL =
  'SELECT d.stream AS stream FROM v_access a JOIN documents d ON d.id = a.doc WHERE a.patient = ? ORDER BY a.doc DESC LIMIT ?';

export const accessLogQuery = defineQuery({
  name: 'accessLog',
  ...QUERY_SIGNATURES.accessLog,
  audited: ({ patient }) => [patient],
  async run({ patient, limit = LIST_LIMIT }, read) {
    const found = await read.rows(ACCESS_LOG_SQL, [patientKey(patient), SESSION_LIMIT]);
    const sessions = await read.documents<AccessState>(found.map((row) => row['stream'] as StreamId)); // the column holds stream ids only
    const entries = sessions
      .flatMap(({ state }) =>
        state.entries
          .filter((entry) => entry.patient === patient)
          .map(({ at, query }) => ({ at: instant(at), query, user: state.user, session: state.session })),
      )
      .sort((a, b) => b.at - a.at);
    const rows = await Promise.all(
      entries.slice(0, limit).map(async ({ at, query, user, session }) => ({
        at,
        user: user ?? null,
        userName: (await actOf(read, { at, user }))?.userName ?? null,
        session: session ?? null,
        query,
      })),
    );
    return { ok: true, result: { patient, rows, more: entries.length > limit || found.length >= SESSION_LIMIT } };
  },
});
