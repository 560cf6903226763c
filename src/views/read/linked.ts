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

const RECORD_PARTS = ['visit', 'order', 'specimen', 'report', 'result'] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

/** Everything that hangs on one patient record, newest first, in one statement: a page of a patient is read all day long. */
export const RECORD_SQL = [
  "SELECT * FROM (SELECT 'into' AS part, d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc WHERE x.target = ? AND x.type = 'patient' AND x.rel = 'into' ORDER BY x.doc LIMIT ?)",
  ...RECORD_PARTS.map(
    (part) =>
      `SELECT * FROM (SELECT '${part}' AS part, d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc WHERE x.target = ? AND x.type = '${part}' AND x.rel = 'patient' ORDER BY x.doc DESC LIMIT ?)`,
  ),
].join(' UNION ALL ');

export interface RecordLinks {
  /** Records that were linked into this one. */
  readonly into: readonly StreamId[];
  readonly parts: Readonly<Record<RecordPart, readonly StreamId[]>>;
}

/** @param intoLimit how many linked records at most; the other lists are one longer than `LIST_LIMIT`, so that *more* shows */
export async function recordLinks(read: ViewReader, patient: StreamId, intoLimit: number): Promise<RecordLinks> {
  const rows = await read.rows(RECORD_SQL, [patient, intoLimit, ...RECORD_PARTS.flatMap(() => [patient, LIST_LIMIT + 1])]);
  const of = (part: string): readonly StreamId[] => rows.filter((row) => row['part'] === part).map((row) => row['stream'] as StreamId); // the column holds stream ids only
  return {
    into: of('into'),
    parts: { visit: of('visit'), order: of('order'), specimen: of('specimen'), report: of('report'), result: of('result') },
  };
}

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
