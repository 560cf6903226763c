// Streams that hang on another stream, newest first, by the replica's `links`. Every statement is one range of one index.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { ViewReader } from '../view.ts';

/** No list of one record is longer: a person reads no more, and a patient with more has them in the full record export. */
export const LIST_LIMIT = 200;

export const LINKED_SQL = {
  linked:
    'SELECT d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc WHERE x.target = ? AND x.type = ? AND x.rel = ? ORDER BY x.doc DESC LIMIT ?',
  /** Results by the tubes that are the patient's now: a tube that was linked later has results that name no patient. */
  resultsByTubes: `SELECT d.stream AS stream, r.doc AS doc
    FROM links s JOIN documents sd ON sd.id = s.doc JOIN links r ON r.target = sd.stream AND r.type = 'result' AND r.rel = ? JOIN documents d ON d.id = r.doc
    WHERE s.target = ? AND s.type = 'specimen' AND s.rel = 'patient' ORDER BY r.doc DESC LIMIT ?`,
} as const;

export async function linked(
  read: ViewReader,
  target: StreamId,
  type: string,
  rel: string,
  limit: number = LIST_LIMIT,
): Promise<readonly StreamId[]> {
  const rows = await read.rows(LINKED_SQL.linked, [target, type, rel, limit]);
  return rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
}

export async function linkedDocuments<S>(
  read: ViewReader,
  target: StreamId,
  type: string,
  rel: string,
  limit: number = LIST_LIMIT,
): Promise<readonly Document<S>[]> {
  return await read.documents<S>(await linked(read, target, type, rel, limit));
}

/** @param rel `specimen` for all, `test:PLT` for one test */
export async function resultsByTubes(
  read: ViewReader,
  patient: StreamId,
  rel: string,
  limit: number = LIST_LIMIT,
): Promise<readonly StreamId[]> {
  const rows = await read.rows(LINKED_SQL.resultsByTubes, [rel, patient, limit]);
  return rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
}
