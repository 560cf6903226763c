// Which streams go on which sheet, most important first: what does not fit is left off from the end.
import type { OrderState } from '#kernel/order/order.ts';
import type { ReportState } from '#kernel/report/report.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { Replica } from './replica/replica.ts';

export type SheetRequest =
  /** `patient`: stream or UHID. */
  | { readonly kind: 'slip'; readonly patient: string; readonly order?: StreamId }
  /** Accession numbers or streams of specimens. */
  | { readonly kind: 'rack'; readonly accessions: readonly string[] }
  /** Stream or number of the report. */
  | { readonly kind: 'report'; readonly report: string };

export async function sheetStreams(replica: Replica, request: SheetRequest): Promise<readonly StreamId[]> {
  switch (request.kind) {
    case 'slip':
      return slipStreams(replica, request);
    case 'rack':
      return rackStreams(replica, request.accessions);
    case 'report':
      return reportStreams(replica, request.report);
    default:
      return request satisfies never;
  }
}

/** The patient, then each order that is still open, newest first, with its tubes and visit. */
async function slipStreams(replica: Replica, request: Extract<SheetRequest, { kind: 'slip' }>): Promise<readonly StreamId[]> {
  const patient = await find(replica, request.patient, 'patient');
  if (patient === undefined) return [];
  const reader = replica.reader();
  const orders = (await reader.linked(patient, 'order', 'patient')).toReversed();
  const out: StreamId[] = [patient];
  for (const order of orders) {
    if (request.order !== undefined && order !== request.order) continue;
    const document = await replica.document<OrderState>(order);
    if (document === undefined || document.state.status !== 'active') continue;
    out.push(order, ...(await reader.linked(order, 'specimen', 'order')));
    if (document.state.visit !== undefined) out.push(document.state.visit);
  }
  return unique(out);
}

/** The tubes with what makes them two identifiers and a request: patient and order. */
async function rackStreams(replica: Replica, accessions: readonly string[]): Promise<readonly StreamId[]> {
  const specimens: StreamId[] = [];
  const rest: StreamId[] = [];
  for (const accession of accessions) {
    const specimen = await find(replica, accession, 'specimen');
    if (specimen === undefined) continue;
    specimens.push(specimen);
    const state = (await replica.document<SpecimenState>(specimen))?.state;
    if (state?.patient !== undefined) rest.push(state.patient);
    if (state?.order !== undefined) rest.push(state.order);
  }
  return unique([...specimens, ...rest]);
}

async function reportStreams(replica: Replica, report: string): Promise<readonly StreamId[]> {
  const stream = await find(replica, report, 'report');
  if (stream === undefined) return [];
  const state = (await replica.document<ReportState>(stream))?.state;
  return unique([stream, ...(state?.patient === undefined ? [] : [state.patient])]);
}

async function find(replica: Replica, text: string, type: string): Promise<StreamId | undefined> {
  const stream = parseStreamId(text);
  if (stream !== undefined) return stream.startsWith(`${type}/`) ? stream : undefined;
  const number = text.replace(/[\s-]/g, '');
  return (await replica.byNumber(number, type))[0];
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
