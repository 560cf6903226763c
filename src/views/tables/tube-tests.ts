// View: each test wanted on each tube that the laboratory accepted. With the results it makes the list of what is to be measured.
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { View } from '../view.ts';
import { URGENCY_RANK } from './specimen-work.ts';

/** One test on one tube, for ever the same: the accession number and the test's code. */
export function slotOf(accession: string, test: string): string {
  return `${accession} ${test}`;
}

/**
 * `to_enter` holds the slots of `v_tube_test` that have no row in `v_result`. Both tables grow for ever, and the difference is
 * a few hundred rows, so it is kept by triggers, from both sides: whatever order the rows come and go in, it is the difference of the two.
 */
export const TO_ENTER_DDL: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS to_enter(slot TEXT PRIMARY KEY, doc INTEGER NOT NULL, rank INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS to_enter_since ON to_enter(rank, since, slot)',
  `CREATE TRIGGER IF NOT EXISTS to_enter_wanted AFTER INSERT ON v_tube_test WHEN NOT EXISTS (SELECT 1 FROM v_result WHERE slot = new.slot) BEGIN
    INSERT OR REPLACE INTO to_enter(slot, doc, rank, since) VALUES(new.slot, new.doc, new.rank, new.since); END`,
  'CREATE TRIGGER IF NOT EXISTS to_enter_unwanted AFTER DELETE ON v_tube_test BEGIN DELETE FROM to_enter WHERE slot = old.slot; END',
  'CREATE TRIGGER IF NOT EXISTS to_enter_measured AFTER INSERT ON v_result BEGIN DELETE FROM to_enter WHERE slot = new.slot; END',
  `CREATE TRIGGER IF NOT EXISTS to_enter_unmeasured AFTER DELETE ON v_result WHEN NOT EXISTS (SELECT 1 FROM v_result WHERE slot = old.slot) BEGIN
    INSERT OR REPLACE INTO to_enter(slot, doc, rank, since) SELECT slot, doc, rank, since FROM v_tube_test WHERE slot = old.slot; END`,
];

export const tubeTestsView: View<SpecimenState> = {
  name: 'v_tube_test',
  version: 1,
  stream: 'specimen',
  columns: ['slot', 'rank', 'since'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_tube_test(doc INTEGER NOT NULL, slot TEXT NOT NULL, rank INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY(doc, slot)) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS v_tube_test_slot ON v_tube_test(slot)',
  ],
  rows({ state }) {
    const { accession } = state;
    if (state.status !== 'accepted' || accession === undefined) return [];
    const since = state.receipts[0]?.at ?? 0;
    return state.tests.map((test) => [slotOf(accession, test), URGENCY_RANK[state.urgency], since]);
  },
};
