// Query: what two cut-off desks decided differently and nobody has settled: issues within streams and checks between them.
import { CHECKS } from '#kernel/checks.ts';
import type { Document, Issue } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';
import { checkQueries } from '../checks/checks.ts';
import type { Contradiction } from '../checks/check.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { actOf } from '../read/acts.ts';
import { patientOf } from '../read/any-document.ts';
import { issueFacts } from '../read/facts.ts';
import { personAt, withMerged } from '../read/persons.ts';
import type { ReconcileRow } from '../shapes/reconcile.ts';
import { checkKey } from '../tables/checks-settled.ts';
import { defineQuery, type ViewReader } from '../view.ts';

const DEFAULT_LIMIT = 50;
/** Documents with open issues, and contradictions of one check, that one look goes through. */
const SCAN_LIMIT = 500;

export const RECONCILE_SQL = {
  issues: 'SELECT stream FROM documents INDEXED BY documents_issues WHERE issues > 0 ORDER BY type, id LIMIT ?',
  issuesOfUnit: 'SELECT stream FROM documents WHERE unit = ? AND issues > 0 ORDER BY id LIMIT ?',
  settled: 'SELECT key FROM v_check_settled WHERE key IN (SELECT value FROM json_each(?))',
} as const;

/** What may be answered to an issue. Two values of a result are settled by choosing one (`keep`); an event without effect by judging why. */
const ISSUE_OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  'result-entered-twice': ['value-chosen', 'measure-again'],
  'result-amended-twice': ['value-chosen', 'measure-again'],
  'event-set-aside': ['left-out', 'done-again'],
  'event-not-understood': ['after-upgrade'],
  'accession-used-twice': ['relabelled', 'collect-again'],
};
const COMMON_OUTCOMES: readonly string[] = ['first-stands', 'second-stands', 'both-true', 'corrected'];

export const reconcileQuery = defineQuery({
  name: 'reconcile',
  ...QUERY_SIGNATURES.reconcile,
  audited: ({ rows }) => [
    ...new Set(rows.flatMap(({ facts }) => facts.flatMap(({ patient }) => (patient === null ? [] : [patient.patient])))),
  ],
  async run({ patient, limit = DEFAULT_LIMIT }, read) {
    const family = patient === undefined ? undefined : await withMerged(read, patient);
    const issues = await openIssues(read, family);
    const found = await openChecks(read, family);
    const rows = [
      ...(await Promise.all(found.slice(0, limit).map((one) => checkRow(read, one)))),
      ...(await Promise.all(
        issues.slice(0, Math.max(0, limit - found.length)).map(({ document, issue }) => issueRow(read, document, issue)),
      )),
    ];
    return { ok: true, result: { rows, more: found.length + issues.length > limit } };
  },
});

async function openIssues(
  read: ViewReader,
  family: readonly StreamId[] | undefined,
): Promise<readonly { readonly document: Document; readonly issue: Issue }[]> {
  const rows =
    family === undefined
      ? await read.rows(RECONCILE_SQL.issues, [SCAN_LIMIT])
      : (await Promise.all(family.map((unit) => read.rows(RECONCILE_SQL.issuesOfUnit, [unit, SCAN_LIMIT])))).flat();
  const documents = await read.documents(rows.map((row) => row['stream'] as StreamId)); // the column holds stream ids only
  return documents.flatMap((document) =>
    document.issues.filter((issue) => issue.settled === undefined).map((issue) => ({ document, issue })),
  );
}

async function openChecks(read: ViewReader, family: readonly StreamId[] | undefined): Promise<readonly Contradiction[]> {
  const found = new Map<string, Contradiction>();
  for (const query of checkQueries) {
    for (const one of await query.find(read, SCAN_LIMIT)) {
      if (family !== undefined && !(await concerns(read, one, family))) continue;
      found.set(checkKey(one.check, one.subjects), one);
    }
  }
  const settled = await read.rows(RECONCILE_SQL.settled, [JSON.stringify([...found.keys()])]);
  for (const row of settled) found.delete(String(row['key']));
  return [...found.values()];
}

async function concerns(read: ViewReader, { subjects }: Contradiction, family: readonly StreamId[]): Promise<boolean> {
  const documents = await read.documents(subjects);
  return documents.some((document) => {
    const patient = patientOf(document);
    return patient !== undefined && family.includes(patient);
  });
}

async function checkRow(read: ViewReader, { check, subjects, says }: Contradiction): Promise<ReconcileRow> {
  const definition = CHECKS.find(({ name }) => name === check);
  const documents = new Map((await read.documents(subjects)).map((document) => [document.stream, document]));
  const facts = await Promise.all(
    subjects.map(async (stream, index) => {
      const say = says[index];
      const document = documents.get(stream);
      return {
        stream,
        ref: null,
        what: say?.what ?? check,
        values: say?.values ?? {},
        act:
          say?.at === undefined && say?.device === undefined
            ? null
            : await actOf(read, { at: say.at ?? (0 as Instant), user: say.user, device: say.device }), // no time is known: 1970 is shown as unknown
        patient: document === undefined ? null : await personAt(read, patientOf(document)),
      };
    }),
  );
  const times = facts.map(({ act }) => act?.at ?? 0);
  return {
    kind: 'check',
    code: definition?.code ?? check,
    check,
    key: checkKey(check, subjects),
    streams: subjects,
    facts,
    outcomes: definition?.outcomes ?? [],
    detail: {},
    since: Math.max(...times) > 0 ? (Math.max(...times) as Instant) : null, // one of the instants
  };
}

async function issueRow(read: ViewReader, document: Document, issue: Issue): Promise<ReconcileRow> {
  const facts = await issueFacts(read, document, issue);
  const times = facts.map(({ act }) => act?.at ?? 0);
  return {
    kind: 'issue',
    code: issue.code,
    check: null,
    key: issue.id,
    streams: [document.stream],
    facts,
    outcomes: ISSUE_OUTCOMES[issue.code] ?? COMMON_OUTCOMES,
    detail: issue.detail ?? {},
    since: Math.max(0, ...times) > 0 ? (Math.max(...times) as Instant) : null, // one of the instants
  };
}
