// Query: critical values that nobody has been told, or not with read-back: the longest waiting first.
import { readSettings } from '#kernel/shared/read-trust.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import { instant, MINUTE_MS } from '#kernel/shared/time.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { actOf } from '../read/acts.ts';
import { asReader } from '../read/as-reader.ts';
import { catalogueOf, type Catalogue } from '../read/catalogue.ts';
import { personAt } from '../read/persons.ts';
import { resultShapeOf } from '../read/results.ts';
import { toldShapeOf } from '../read/specimens.ts';
import { askedFor } from '../read/visit-of.ts';
import { defineQuery, type ViewReader } from '../view.ts';

type Row = QueryResult<'criticalCalls'>['rows'][number];
const DEFAULT_LIMIT = 50;

export const CRITICAL_CALLS_SQL =
  'SELECT d.stream AS stream FROM v_result r JOIN documents d ON d.id = r.doc WHERE r.call_since IS NOT NULL ORDER BY r.call_since, r.doc LIMIT ?';

export const criticalCallsQuery = defineQuery({
  name: 'criticalCalls',
  ...QUERY_SIGNATURES.criticalCalls,
  audited: () => [],
  async run({ limit = DEFAULT_LIMIT }, read) {
    const found = await read.rows(CRITICAL_CALLS_SQL, [limit + 1]);
    const documents = await read.documents<ResultState>(found.slice(0, limit).map((row) => row['stream'] as StreamId)); // the column holds stream ids only
    const catalogue = await catalogueOf(read);
    const { criticalCallMinutes } = await readSettings(asReader(read));
    const rows: Row[] = [];
    for (const document of documents) {
      const row = await callRow(read, document, catalogue, criticalCallMinutes);
      if (row !== undefined) rows.push(row);
    }
    return { ok: true, result: { rows, more: found.length > limit } };
  },
});

async function callRow(
  read: ViewReader,
  document: Document<ResultState>,
  catalogue: Catalogue,
  allowedMinutes: number,
): Promise<Row | undefined> {
  const result = await resultShapeOf(read, document, catalogue);
  if (result === undefined) return undefined;
  const tube = await read.document<SpecimenState>(result.specimen);
  const asked = tube === undefined ? undefined : await askedFor(read, tube.state);
  const order = asked?.order;
  const code = asked?.department ?? undefined;
  const openedAt = result.call.openedAt ?? instant(0);
  const waitMinutes = Math.max(0, Math.floor((read.now - openedAt) / MINUTE_MS));
  return {
    result,
    openedAt,
    waitMinutes,
    overdue: waitMinutes > allowedMinutes,
    patient: await personAt(read, tube?.state.patient ?? document.state.patient),
    told: toldShapeOf(tube?.state.told, read.now),
    department: code ?? null,
    room: (code === undefined ? undefined : catalogue.department(code)?.room) ?? null,
    orderedBy: order?.state.placedAt === undefined ? null : await actOf(read, { at: order.state.placedAt, user: order.state.placedBy }),
  };
}
