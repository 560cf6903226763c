// Composes a report from what is validated on the tubes of an order (or on one tube without an order). Pure but for reading.
import { found, missing, type Found } from '#kernel/shared/build-command.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { readTests } from '#kernel/shared/read-trust.ts';
import { findOrder, readSpecimensOf } from '#kernel/order/order-commands.ts';
import type { ResultState } from '#kernel/result/result.ts';
import { findSpecimen, readResults, type ResultDocument, type SpecimenDocument } from '#kernel/specimen/find-specimen.ts';
import type { ReportLine, ReportState, ReportVersion } from './report.ts';

export interface ReportSources {
  /** What the report's stream follows from: the order, or the tube when it has none. */
  readonly subject: StreamId;
  readonly order: StreamId | undefined;
  readonly patient: StreamId | undefined;
  readonly specimens: readonly { readonly specimen: SpecimenDocument; readonly results: readonly ResultDocument[] }[];
  readonly report: Document<ReportState> | undefined;
  readonly testNames: ReadonlyMap<string, string>;
}

async function sourcesOf(
  read: Reader,
  first: SpecimenDocument | undefined,
  order: StreamId | undefined,
): Promise<ReportSources | undefined> {
  const all = new Map<StreamId, SpecimenDocument>();
  if (first !== undefined) all.set(first.stream, first);
  if (order !== undefined) for (const specimen of await readSpecimensOf(read, order)) all.set(specimen.stream, specimen);
  const specimens = [];
  for (const specimen of all.values()) specimens.push({ specimen, results: await readResults(read, specimen.stream) });
  const subject = order ?? first?.stream;
  if (subject === undefined) return undefined;
  const testNames = new Map([...(await readTests(read)).values()].map((test) => [test.code, test.name]));
  const report = await findReport(read, subject, order === undefined ? 'specimen' : 'order');
  const patient = specimens.find(({ specimen }) => specimen.state.patient !== undefined)?.specimen.state.patient;
  return {
    subject,
    order,
    patient,
    specimens: specimens.toSorted((a, b) => ((a.specimen.state.accession ?? '') < (b.specimen.state.accession ?? '') ? -1 : 1)),
    report,
    testNames,
  };
}

/** The report of this order, or of this tube. A tube's report from before it had an order stays its own report. */
async function findReport(read: Reader, subject: StreamId, rel: 'order' | 'specimen'): Promise<Document<ReportState> | undefined> {
  for (const stream of await read.linked(subject, 'report', rel)) {
    const report = await read.document<ReportState>(stream);
    if (report !== undefined && (rel === 'order') === (report.state.order !== undefined)) return report;
  }
  return undefined;
}

/** @param given an accession number, or an order's number or stream. */
export async function readSources(
  read: Reader,
  given: { readonly accession?: string | undefined; readonly order?: string | undefined },
): Promise<Found<ReportSources>> {
  if (given.accession !== undefined) {
    const specimen = await findSpecimen(read, given.accession);
    if ('missing' in specimen) return specimen;
    const sources = await sourcesOf(read, specimen.found, specimen.found.state.order);
    return sources === undefined ? missing('specimen-not-here', {}, 'accession') : found(sources);
  }
  if (given.order === undefined) return missing('accession-or-order-needed', {}, 'accession');
  const order = await findOrder(read, given.order);
  if ('missing' in order) return order;
  const sources = await sourcesOf(read, undefined, order.found.stream);
  return sources === undefined ? missing('order-not-here', {}, 'order') : found(sources);
}

export interface Composed {
  readonly lines: readonly ReportLine[];
  readonly pending: ReportVersion['pending'];
  readonly identity: ReportVersion['identity'];
}

function isReleasable(state: ResultState): boolean {
  return state.status === 'final' && state.current !== undefined;
}

function lineOf(sources: ReportSources, result: ResultDocument): ReportLine | undefined {
  const { state, stream } = result;
  const { current } = state;
  if (current === undefined || state.test === undefined) return undefined;
  const last = sources.report?.state.versions.at(-1)?.lines.find((line) => line.result === stream);
  const replaced = last !== undefined && last.valueRef !== current.ref;
  const corrects = replaced ? { value: last.value, unit: last.unit, reason: current.reason, at: last.at } : last?.corrects;
  return {
    result: stream,
    valueRef: current.ref,
    accession: state.accession ?? '',
    test: state.test,
    name: sources.testNames.get(state.test) ?? state.test,
    value: current.value,
    unit: current.unit,
    evaluation: current.evaluation,
    comment: current.comment,
    at: current.at,
    technicalBy: state.technical?.by,
    medicalBy: current.kind === 'amended' ? current.by : state.medical?.by,
    corrects,
  };
}

/** Everything that is final now, what is still pending, and how each tube got its patient. */
export function compose(sources: ReportSources): Composed {
  const lines: ReportLine[] = [];
  const pending: { accession: string; test: string }[] = [];
  const identity: ReportVersion['identity'][number][] = [];
  for (const { specimen, results } of sources.specimens) {
    const { state } = specimen;
    const accession = state.accession ?? '';
    for (const result of results) {
      const line = isReleasable(result.state) ? lineOf(sources, result) : undefined;
      if (line !== undefined) lines.push(line);
    }
    const wanted = new Set([...state.tests, ...results.flatMap((result) => result.state.test ?? [])]);
    for (const test of wanted) {
      const result = results.find((one) => one.state.test === test);
      const over = result !== undefined && (isReleasable(result.state) || ['cancelled', 'entered-in-error'].includes(result.state.status));
      const gone = ['cancelled', 'lost', 'rejected'].includes(state.status);
      if (!over && !gone) pending.push({ accession, test });
    }
    if (state.link !== undefined) {
      const { by2 } = state.link;
      identity.push(by2.kind === 'twins' ? { accession, by: 'twins' } : { accession, by: 'second-person', confirmer: by2.confirmer });
    } else if (state.identity === 'temporary') identity.push({ accession, by: 'temporary' });
  }
  return { lines, pending, identity };
}

/** Do these lines say anything that the last version did not? */
export function isNews(sources: ReportSources, lines: readonly ReportLine[]): boolean {
  const last = sources.report?.state.versions.at(-1);
  if (last === undefined) return lines.length > 0;
  return lines.some((line) => !last.lines.some((old) => old.result === line.result && old.valueRef === line.valueRef));
}
