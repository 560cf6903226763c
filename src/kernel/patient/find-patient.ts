// Finds the one patient that a number or stream names, following links; says so when there is none or more than one.
import { found, missing, type Found } from '#kernel/shared/build-command.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { lookupForm } from './patient-fold.ts';
import type { PatientState } from './patient.ts';

export type PatientDocument = Document<PatientState>;

/** A chain of links longer than this is a mistake that people must look at. */
const MAX_LINKS = 8;

/** The record that this one was linked into, or itself. A circle of links (two cut-off desks linked each way) ends at the smallest id. */
export async function followLinks(read: Reader, document: PatientDocument): Promise<PatientDocument> {
  const path: PatientDocument[] = [document];
  let at = document;
  while (at.state.linkedInto !== undefined && path.length <= MAX_LINKS) {
    const next = await read.document<PatientState>(at.state.linkedInto);
    if (next === undefined) return at;
    const circle = path.findIndex((one) => one.stream === next.stream);
    if (circle >= 0) return path.slice(circle).toSorted((a, b) => (a.stream < b.stream ? -1 : 1))[0] ?? at;
    path.push(next);
    at = next;
  }
  return at;
}

async function byStream(read: Reader, stream: StreamId): Promise<Found<PatientDocument>> {
  const document = await read.document<PatientState>(stream);
  if (document === undefined || document.state.status === 'none') return missing('patient-not-here', {}, 'patient');
  return found(await followLinks(read, document));
}

/** @param who a UHID, an alias, or a patient's stream id. */
export async function findPatient(read: Reader, who: string, field = 'uhid'): Promise<Found<PatientDocument>> {
  const stream = parseStreamId(who);
  if (stream !== undefined) return byStream(read, stream);
  const form = lookupForm(who);
  const streams = await read.byNumber(form, 'patient');
  if (streams.length === 0) {
    const parsed = parseNumber(who, 'uhid');
    return parsed.ok ? missing('patient-not-here', {}, field) : missing(parsed.code, parsed.facts, field);
  }
  const survivors = new Map<StreamId, PatientDocument>();
  for (const one of streams) {
    const document = await read.document<PatientState>(one);
    if (document === undefined) continue;
    const survivor = await followLinks(read, document);
    survivors.set(survivor.stream, survivor);
  }
  const all = [...survivors.values()];
  // A card accepted as told gives way to the record itself, when that has arrived.
  const records = all.filter((one) => one.state.status !== 'elsewhere');
  const candidates = records.length > 0 ? records : all;
  const [only] = candidates;
  if (only === undefined) return missing('patient-not-here', {}, field);
  return candidates.length === 1 ? found(only) : missing('number-on-two-patients', { count: candidates.length }, field);
}
