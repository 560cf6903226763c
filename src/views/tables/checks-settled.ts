// View: contradictions between streams that a person has settled, so that the reconcile queue leaves them out.
import type { CheckState } from '#kernel/check/check.ts';
import { checkParts } from '#kernel/check/settle-commands.ts';
import type { View } from '../view.ts';

export const checksSettledView: View<CheckState> = {
  name: 'v_check_settled',
  version: 1,
  stream: 'check',
  columns: ['key'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_check_settled(doc INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY(doc, key)) WITHOUT ROWID',
    'CREATE INDEX IF NOT EXISTS v_check_settled_key ON v_check_settled(key)',
  ],
  rows({ state }) {
    if (state.check === undefined || state.settled === undefined) return [];
    return [[checkKey(state.check, state.subjects)]];
  },
};

/** The same on every replica: the check's name and the sorted streams. */
export function checkKey(check: string, subjects: readonly string[]): string {
  return checkParts(check, subjects).join(' ');
}
