// Query: one test of one patient over time. Only values in one unit are put into one line; the others stand in the table.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { LIST_LIMIT } from '../read/linked.ts';
import { patientResults } from '../read/patient-results.ts';
import { withMerged } from '../read/persons.ts';
import { resultShapes } from '../read/results.ts';
import { defineQuery, type ViewReader } from '../view.ts';

type Point = QueryResult<'trend'>['points'][number];

export const trendQuery = defineQuery({
  name: 'trend',
  ...QUERY_SIGNATURES.trend,
  audited: ({ patient }) => [patient],
  async run({ patient, test, limit = LIST_LIMIT }, read) {
    const catalogue = await catalogueOf(read);
    const known = catalogue.test(test) ?? catalogue.test(test.toUpperCase());
    const code = known?.test ?? test;
    const documents = await patientResults(read, await withMerged(read, patient), code, limit);
    const valued = documents.filter(({ state }) => state.current !== undefined && state.inError === undefined);
    const unit = known?.unit ?? unitOf(valued);
    const points: Point[] = [];
    const others: StreamId[] = [];
    for (const document of valued) {
      const point = await pointOf(read, document, unit);
      if (point === undefined) others.push(document.stream);
      else points.push(point);
    }
    points.sort((a, b) => a.at - b.at || (a.accession < b.accession ? -1 : 1));
    return {
      ok: true,
      result: {
        patient,
        test: code,
        testName: known?.name ?? code,
        testNameHi: known?.nameHi ?? code,
        unit,
        points,
        others: await resultShapes(
          read,
          valued.filter(({ stream }) => others.includes(stream)),
          catalogue,
        ),
      },
    };
  },
});

/** The unit of the newest value, for a test that the catalogue does not have. */
function unitOf(documents: readonly Document<ResultState>[]): string | null {
  return documents.find(({ state }) => typeof state.current?.value === 'number')?.state.current?.unit ?? null;
}

async function pointOf(read: ViewReader, { stream, state }: Document<ResultState>, unit: string | null): Promise<Point | undefined> {
  const { current } = state;
  // Of rival values nobody has said which is the patient's: no point, but both in the table.
  if (current === undefined || typeof current.value !== 'number' || (current.unit ?? null) !== unit || state.rivals.length > 0)
    return undefined;
  const tube = state.specimen === undefined ? undefined : await read.document<SpecimenState>(state.specimen);
  const collected = tube?.state.collected?.collectedAt;
  const received = tube?.state.receipts[0]?.at;
  return {
    at: collected ?? received ?? current.at,
    atIs: collected !== undefined ? 'collected' : received !== undefined ? 'received' : 'entered',
    value: current.value,
    unit,
    flag: current.evaluation.flag,
    result: stream,
    status: state.status,
    accession: state.accession ?? '',
    low: current.evaluation.reference?.low ?? null,
    high: current.evaluation.reference?.high ?? null,
  };
}
