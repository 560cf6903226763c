// Check: one person registered twice. Pairs come from index keys, one side registered lately; the kernel's comparison judges them.
import { compareIdentities } from '#kernel/patient/duplicates.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { DAY_MS } from '#kernel/shared/time.ts';
import { identityOf, judged } from '../read/identities.ts';
import type { CheckQuery, Contradiction } from './check.ts';

/** Longer than any outage we know of, and than a desk may be away (8 days); older pairs were shown when they were new. */
export const WINDOW_DAYS = 30;

export const REGISTERED_TWICE_SQL = {
  phone: `SELECT da.stream AS a, db.stream AS b FROM v_patient x CROSS JOIN v_patient y ON y.same_phone = x.same_phone AND y.same_phone IS NOT NULL AND y.doc <> x.doc
    CROSS JOIN documents da ON da.id = x.doc CROSS JOIN documents db ON db.id = y.doc WHERE x.registered_at >= ? ORDER BY x.registered_at DESC LIMIT ?`,
  house: `SELECT da.stream AS a, db.stream AS b FROM v_patient x CROSS JOIN v_patient y ON y.same_house = x.same_house AND y.same_house IS NOT NULL AND y.doc <> x.doc
    CROSS JOIN documents da ON da.id = x.doc CROSS JOIN documents db ON db.id = y.doc WHERE x.registered_at >= ? ORDER BY x.registered_at DESC LIMIT ?`,
} as const;

export const patientRegisteredTwice: CheckQuery = {
  check: 'patient-registered-twice',
  async find(read, limit) {
    const since = read.now - WINDOW_DAYS * DAY_MS;
    const pairs = new Map<string, readonly [StreamId, StreamId]>();
    for (const sql of [REGISTERED_TWICE_SQL.phone, REGISTERED_TWICE_SQL.house]) {
      for (const row of await read.rows(sql, [since, limit])) {
        const pair = [row['a'] as StreamId, row['b'] as StreamId].sort() as [StreamId, StreamId]; // two columns of stream ids
        pairs.set(pair.join(' '), pair);
      }
    }
    const found: Contradiction[] = [];
    for (const pair of pairs.values()) {
      const [a, b] = await read.documents<PatientState>(pair);
      if (a === undefined || b === undefined || judged(a, b)) continue;
      // Under different numbers only: one number on two records is a check of its own.
      if (a.state.uhid === b.state.uhid || a.state.status === 'elsewhere' || b.state.status === 'elsewhere') continue;
      const { outcome, score, reasons } = compareIdentities(identityOf(a), identityOf(b));
      if (outcome === 'new') continue;
      const values = { outcome, score: Math.round(score * 10) / 10, reasons: reasons.join(', ') };
      found.push({
        check: 'patient-registered-twice',
        subjects: pair,
        says: [a, b].map(({ state }) => ({ what: 'registered', values: { ...values, uhid: state.uhid ?? '' }, at: state.registeredAt })),
      });
    }
    return found;
  },
};
