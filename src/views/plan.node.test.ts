// Every statement that queries and checks run, explained on the real tables: no scan of a table that grows with the hospital.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streams } from '#kernel/streams.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { REPLICA_DDL, SQL } from '#roles/replica/schema.ts';
import { NUMBER_TWICE_SQL } from './checks/numbers-on-two-streams.ts';
import { ORDER_CANCELLED_SQL } from './checks/order-cancelled.ts';
import { REGISTERED_TWICE_SQL } from './checks/registered-twice.ts';
import { REJECTED_SQL } from './checks/rejected-specimen.ts';
import { REPORT_OLDER_SQL } from './checks/report-older.ts';
import { ACCESS_LOG_SQL } from './queries/access-log.ts';
import { COLLECTION_SQL } from './queries/collection-list.ts';
import { CRITICAL_CALLS_SQL } from './queries/critical-calls.ts';
import { COMMONNESS_SQL } from './queries/duplicates.ts';
import { LAB_SQL } from './queries/lab-worklist.ts';
import { RECONCILE_SQL } from './queries/reconcile.ts';
import { LINKED_SQL, RECORD_SQL } from './read/linked.ts';
import { FAMILY_SQL } from './read/persons.ts';
import { SEARCH_SQL } from './search/patient-search.ts';
import { openTables } from './testing/table-reader.ts';
import { views } from './views.ts';

const STATEMENTS: Readonly<Record<string, string>> = {
  ...named('search', SEARCH_SQL),
  commonness: COMMONNESS_SQL,
  ...named('linked', LINKED_SQL),
  family: FAMILY_SQL,
  record: RECORD_SQL,
  ...named('collection', COLLECTION_SQL),
  ...named('lab', LAB_SQL),
  criticalCalls: CRITICAL_CALLS_SQL,
  accessLog: ACCESS_LOG_SQL,
  ...named('reconcile', RECONCILE_SQL),
  ...named('registeredTwice', REGISTERED_TWICE_SQL),
  numberTwice: NUMBER_TWICE_SQL,
  orderCancelled: ORDER_CANCELLED_SQL,
  ...named('reportOlder', REPORT_OLDER_SQL),
  rejected: REJECTED_SQL,
  byNumber: SQL.byNumber,
  runsOfOneHistory: SQL.runsOfOneHistory,
};

function named(area: string, statements: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(statements).map(([name, sql]) => [`${area}.${name}`, sql]));
}

/**
 * What may be walked through: tables of open work (as long as the work, not as the history), lists that a LIMIT ends (a walk of
 * the newest rows by `doc`), and whatever goes through a virtual table's own index.
 */
const SHORT = [
  /^SCAN (?:e|to_enter)\b/,
  /^SCAN (?:t|to_release)\b/,
  /^SCAN number_twice\b/,
  /^SCAN json_each\b/,
  /^SCAN (?:documents|r) USING (?:COVERING )?INDEX (?:documents_issues|v_result_call|v_result_in_error)\b/,
];
const NEWEST = /^SCAN (?:v_order_cancelled|v_specimen_rejected) USING (?:COVERING )?INDEX \w+_doc$/;
const OWN_INDEX = /^SCAN \S+ VIRTUAL TABLE INDEX \d+:M/;
const ROWS_OF_A_STEP = /^SCAN (?:c|s|x|\(subquery-\d+\))$/;
const SORTS = /^USE TEMP B-TREE FOR/;
/** Sorting is fine where what is sorted is one record's list or open work. */
const MAY_SORT = new Set([
  'linked.resultsByTubes',
  'family',
  'collection.ofPatient',
  'reportOlder.toRelease',
  'reportOlder.inError',
  'search.numberPrefix',
  'byNumber',
  'reconcile.issuesOfUnit',
]);

let sql: NodeSql;
beforeAll(async () => {
  ({ sql } = await NodeSql.open(':memory:'));
  await openTables(sql, REPLICA_DDL, streams, views);
});
afterAll(() => sql.close());

describe('query plans', () => {
  test.each(Object.entries(STATEMENTS))('%s goes by an index', async (name, statement) => {
    const params = Array.from({ length: statement.split('?').length - 1 }, () => null);
    const plan = (await sql.read(`EXPLAIN QUERY PLAN ${statement}`, params)).map((row) => String(row['detail']));
    for (const step of plan) {
      if (SORTS.test(step)) expect(MAY_SORT.has(name), `${name} sorts: ${plan.join(' | ')}`).toBe(true);
      if (!step.startsWith('SCAN') || step === 'SCAN CONSTANT ROW') continue;
      const allowed = SHORT.some((short) => short.test(step)) || NEWEST.test(step) || OWN_INDEX.test(step) || ROWS_OF_A_STEP.test(step);
      expect(allowed, `${name}: ${plan.join(' | ')}`).toBe(true);
    }
  });

  test('views are emptied of one document by an index', async () => {
    for (const view of views) {
      const plan = (await sql.read(`EXPLAIN QUERY PLAN DELETE FROM ${view.name} WHERE doc = ?`, [1])).map((row) => String(row['detail']));
      if (view.name === 'v_patient_words') expect(plan[0]).toMatch(/VIRTUAL TABLE INDEX 0:=/);
      else expect([view.name, plan[0]?.slice(0, 6)]).toEqual([view.name, 'SEARCH']);
    }
  });

  test('a statement without an index would be found', async () => {
    const plan = (await sql.read('EXPLAIN QUERY PLAN SELECT doc FROM v_result WHERE since > ?', [1])).map((row) => String(row['detail']));
    expect(SHORT.some((short) => short.test(plan[0] ?? ''))).toBe(false);
  });
});
