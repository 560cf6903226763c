// Rows of the name index out of a replica's patient documents, in slices and by receipt number. It must not know packs or peers.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { nameRowOf } from '#views/name-index/from-patient.ts';
import type { NameRow } from '#views/name-index/name-row.ts';
import type { ChangedName } from '#views/name-index/store.ts';
import type { Replica } from '../replica/replica.ts';
import { decodeDocument } from '../replica/stored-document.ts';

/** Read at once: about 5 ms, after which live work has its turn. */
export const SLICE_ROWS = 250;
/** Receipt numbers looked at for one answer. */
export const WINDOW = 5000;
/** Rows of one answer: about 100 KB. */
const MAX_CHANGED = 500;

const SLICE_SQL = "SELECT id, stream, json FROM documents WHERE type = 'patient' AND id > ? ORDER BY id LIMIT ?";
const CHANGED_SQL =
  "SELECT d.stream AS stream, max(s.n) AS n FROM stream_commits s CROSS JOIN documents d ON d.id = s.doc WHERE s.n > ? AND s.n <= ? AND +d.type = 'patient' GROUP BY d.id ORDER BY n LIMIT ?";
const COMMITS_SQL = 'SELECT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.stream = ? ORDER BY s.n';

async function rowOf(replica: Replica, stream: StreamId, state: PatientState): Promise<NameRow | undefined> {
  const into = state.linkedInto === undefined ? undefined : await replica.document<PatientState>(state.linkedInto);
  return nameRowOf(stream, state, into?.state.uhid);
}

/** The next slice of all patients; `last` is undefined at the end. */
export async function nameSlice(
  replica: Replica,
  after: number,
): Promise<{ readonly rows: readonly NameRow[]; readonly last: number | undefined }> {
  const found = await replica.ports.storage.sql.read(SLICE_SQL, [after, SLICE_ROWS]);
  const rows: NameRow[] = [];
  const definition = replica.domain.streams.get('patient');
  for (const item of found) {
    const stream = item['stream'] as StreamId; // the column holds stream ids only
    const { state } = decodeDocument(stream, String(item['json']), definition);
    const row = await rowOf(replica, stream, state as PatientState); // documents of type patient are made by its fold
    if (row !== undefined) rows.push(row);
  }
  return { rows, last: found.length < SLICE_ROWS ? undefined : Number(found.at(-1)?.['id']) };
}

/** The row of one patient with the time of its newest fact. */
export async function changedName(replica: Replica, stream: StreamId): Promise<ChangedName | undefined> {
  const document = await replica.document<PatientState>(stream);
  const row = document === undefined ? undefined : await rowOf(replica, stream, document.state);
  if (row === undefined) return undefined;
  const numbers = (await replica.ports.storage.sql.read(COMMITS_SQL, [stream])).map((found) => Number(found['n']));
  const stamp = (await replica.commits(numbers)).reduce((latest, commit) => Math.max(latest, commit.header.hlc.ms), 0);
  return { row, stamp };
}

/** Patients whose documents changed after receipt number `after`, and up to where that was looked at. */
export async function changedNames(
  replica: Replica,
  after: number,
): Promise<{ readonly rows: readonly (ChangedName & { readonly n: number })[]; readonly n: number; readonly more: boolean }> {
  const { applied } = replica.position;
  const { sql } = replica.ports.storage;
  let end = Math.min(applied, after + WINDOW);
  let found = await sql.read(CHANGED_SQL, [after, end, MAX_CHANGED]);
  const [first, last] = [Number(found[0]?.['n']), Number(found.at(-1)?.['n'])];
  if (found.length === MAX_CHANGED) {
    // A full page ends before its last number, because more patients of the same commit may follow; one commit is never cut.
    end = first === last ? last : last - 1;
    found = first === last ? await sql.read(CHANGED_SQL, [after, end, -1]) : found.filter((item) => Number(item['n']) <= end);
  }
  const rows: (ChangedName & { readonly n: number })[] = [];
  for (const item of found) {
    const changed = await changedName(replica, item['stream'] as StreamId); // the column holds stream ids only
    if (changed !== undefined) rows.push({ ...changed, n: Number(item['n']) });
  }
  return { rows, n: Math.max(after, end), more: end < applied };
}
