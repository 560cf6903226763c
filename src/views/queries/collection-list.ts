// Query: tubes that are still to be taken, by patient and order, the most urgent first.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf, type Catalogue } from '../read/catalogue.ts';
import { LIST_LIMIT } from '../read/linked.ts';
import { personAt, withMerged } from '../read/persons.ts';
import { specimenRow } from '../read/specimens.ts';
import { tubeStep } from '../tables/specimen-work.ts';
import { askedFor } from '../read/visit-of.ts';
import { defineQuery, type ViewReader } from '../view.ts';

type Row = QueryResult<'collectionList'>['rows'][number];

/** Tubes looked at for one list: with five tubes an order, more than anybody collects in a morning at one desk. */
export const SCAN_LIMIT = 1_000;
const DEFAULT_LIMIT = 50;

export const COLLECTION_SQL = {
  waiting:
    "SELECT d.stream AS stream FROM v_specimen_work w JOIN documents d ON d.id = w.doc WHERE w.step = 'to-collect' ORDER BY w.rank, w.since, w.doc LIMIT ?",
  ofPatient: `SELECT d.stream AS stream FROM links x JOIN v_specimen_work w ON w.doc = x.doc JOIN documents d ON d.id = x.doc
    WHERE x.target = ? AND x.type = 'specimen' AND x.rel = 'patient' AND w.step = 'to-collect' ORDER BY w.rank, w.since, w.doc LIMIT ?`,
} as const;

export const collectionListQuery = defineQuery({
  name: 'collectionList',
  ...QUERY_SIGNATURES.collectionList,
  audited: () => [],
  async run({ patient, department, limit = DEFAULT_LIMIT }, read) {
    const catalogue = await catalogueOf(read);
    const streams = patient === undefined ? await waiting(read) : await ofPatient(read, patient);
    const tubes = await read.documents<SpecimenState>(streams);
    const groups = new Map<string, Document<SpecimenState>[]>();
    for (const tube of tubes) {
      const { state } = tube;
      if (state.patient === undefined || tubeStep(state) !== 'to-collect') continue;
      const key = state.order ?? state.patient;
      groups.set(key, [...(groups.get(key) ?? []), tube]);
    }
    const rows: Row[] = [];
    let more = streams.length >= SCAN_LIMIT;
    for (const group of groups.values()) {
      const row = await groupRow(read, group, catalogue);
      if (row === undefined || (department !== undefined && row.department !== department)) continue;
      if (rows.length >= limit) {
        more = true;
        break;
      }
      rows.push(row);
    }
    return { ok: true, result: { rows, more } };
  },
});

async function waiting(read: ViewReader): Promise<readonly StreamId[]> {
  const rows = await read.rows(COLLECTION_SQL.waiting, [SCAN_LIMIT]);
  return rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
}

async function ofPatient(read: ViewReader, patient: StreamId): Promise<readonly StreamId[]> {
  const found: StreamId[] = [];
  for (const one of await withMerged(read, patient)) {
    const rows = await read.rows(COLLECTION_SQL.ofPatient, [one, LIST_LIMIT]);
    for (const row of rows) found.push(row['stream'] as StreamId); // the column holds stream ids only
  }
  return found;
}

async function groupRow(read: ViewReader, group: readonly Document<SpecimenState>[], catalogue: Catalogue): Promise<Row | undefined> {
  const [first] = group;
  if (first === undefined) return undefined;
  const person = await personAt(read, first.state.patient);
  if (person === null) return undefined;
  const { order, department } = await askedFor(read, first.state);
  const draw = (tube: Document<SpecimenState>): number =>
    tube.state.container === undefined ? 100 : (catalogue.container(tube.state.container)?.drawOrder ?? 100);
  return {
    order: first.state.order ?? null,
    number: order?.state.number ?? null,
    patient: person,
    department,
    urgency: first.state.urgency,
    placedAt: order?.state.placedAt ?? null,
    specimens: [...group].sort((a, b) => draw(a) - draw(b)).map((tube) => specimenRow(tube, catalogue)),
  };
}
