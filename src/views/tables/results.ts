// View: one row for each result: which step is next, which value stands, whether a call is open.
import type { ResultState } from '#kernel/result/result.ts';
import type { View } from '../view.ts';
import { slotOf, TO_ENTER_DDL } from './tube-tests.ts';

export type ResultStep = 'to-enter' | 'to-choose' | 'to-validate' | 'to-validate-medically' | 'to-release';

export function resultStep(state: ResultState): ResultStep | undefined {
  switch (state.status) {
    case 'repeat':
      return 'to-enter';
    case 'resulted':
      return state.rivals.length > 0 ? 'to-choose' : 'to-validate';
    case 'technically-validated':
      return 'to-validate-medically';
    case 'final':
      return 'to-release';
    case 'none':
    case 'cancelled':
    case 'entered-in-error':
      return undefined;
    default:
      return state.status satisfies never;
  }
}

function since(state: ResultState): number {
  switch (state.status) {
    case 'repeat':
      return state.repeatAsked?.at ?? 0;
    case 'final':
      return state.medical?.at ?? 0;
    case 'technically-validated':
      return state.technical?.at ?? 0;
    case 'none':
    case 'resulted':
    case 'cancelled':
    case 'entered-in-error':
      return state.current?.at ?? 0;
    default:
      return state.status satisfies never;
  }
}

/**
 * `to_release` holds the final values of `v_result` that no row of `v_report_line` names: kept by triggers from both sides, for
 * the reason given at `to_enter`. A value amended after its report is a new value and stands here again.
 */
export const TO_RELEASE_DDL: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS to_release(value TEXT PRIMARY KEY, doc INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS to_release_since ON to_release(since, value)',
  `CREATE TRIGGER IF NOT EXISTS to_release_final AFTER INSERT ON v_result WHEN new.step = 'to-release' AND NOT EXISTS (SELECT 1 FROM v_report_line WHERE value = new.value) BEGIN
    INSERT OR REPLACE INTO to_release(value, doc, since) VALUES(new.value, new.doc, new.since); END`,
  'CREATE TRIGGER IF NOT EXISTS to_release_gone AFTER DELETE ON v_result BEGIN DELETE FROM to_release WHERE value = old.value; END',
  'CREATE TRIGGER IF NOT EXISTS to_release_done AFTER INSERT ON v_report_line BEGIN DELETE FROM to_release WHERE value = new.value; END',
  `CREATE TRIGGER IF NOT EXISTS to_release_undone AFTER DELETE ON v_report_line WHEN NOT EXISTS (SELECT 1 FROM v_report_line WHERE value = old.value) BEGIN
    INSERT OR REPLACE INTO to_release(value, doc, since) SELECT value, doc, since FROM v_result WHERE value = old.value AND step = 'to-release'; END`,
];

export const resultsView: View<ResultState> = {
  name: 'v_result',
  version: 1,
  stream: 'result',
  columns: ['slot', 'step', 'value', 'since', 'call_since', 'amended'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_result(doc INTEGER NOT NULL, slot TEXT NOT NULL, step TEXT, value TEXT, since INTEGER NOT NULL, call_since INTEGER, amended INTEGER)',
    'CREATE INDEX IF NOT EXISTS v_result_doc ON v_result(doc)',
    'CREATE INDEX IF NOT EXISTS v_result_slot ON v_result(slot)',
    // Final results are for ever: they wait in `to_release`, not here.
    "CREATE INDEX IF NOT EXISTS v_result_step ON v_result(step, since, doc) WHERE step IS NOT NULL AND step <> 'to-release'",
    "CREATE INDEX IF NOT EXISTS v_result_final ON v_result(value) WHERE step = 'to-release'",
    'CREATE INDEX IF NOT EXISTS v_result_call ON v_result(call_since, doc) WHERE call_since IS NOT NULL',
    // Results taken back after all are few; those that were amended are found through `to_release` and the open steps.
    'CREATE INDEX IF NOT EXISTS v_result_in_error ON v_result(doc) WHERE amended = 2',
    ...TO_ENTER_DDL,
  ],
  rows({ state }) {
    const { accession, test, call } = state;
    if (accession === undefined || test === undefined) return [];
    return [
      [
        slotOf(accession, test),
        resultStep(state) ?? null,
        state.current?.ref ?? null,
        since(state),
        call.status === 'open' ? (call.openedAt ?? 0) : null,
        state.inError !== undefined ? 2 : state.current?.kind === 'amended' ? 1 : null,
      ],
    ];
  },
};
