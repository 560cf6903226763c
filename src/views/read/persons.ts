// A patient as lists and headings show it: two identifiers and what helps to recognise the person.
import { ageNow, type AgeAsTold } from '#kernel/shared/age.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Document } from '#kernel/shared/document.ts';
import { dateAt, type Instant } from '#kernel/shared/time.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { AgeShape, PersonShape } from '../shapes/common.ts';
import type { ViewReader } from '../view.ts';
import { recordLinks, type RecordLinks } from './linked.ts';

export function ageShapeOf(age: AgeAsTold | undefined, now: Instant): AgeShape | null {
  return ageNow(age, dateAt(now)) ?? null;
}

export function personOf(document: Document<PatientState>, now: Instant): PersonShape {
  const { stream, state } = document;
  return {
    patient: stream,
    uhid: state.uhid ?? null,
    name: state.name ?? state.nameHi ?? '',
    nameHi: state.nameHi ?? null,
    sex: state.sex,
    age: ageShapeOf(state.age, now),
    birthDate: state.age?.kind === 'birth' ? state.age.date : null,
    relation: state.relation ?? null,
    phone: state.phone ?? null,
    village: state.address?.village ?? null,
    unknown: state.status === 'unknown',
    elsewhere: state.status === 'elsewhere',
    mergedInto: state.linkedInto ?? null,
  };
}

/** A person nobody has sent us the record of: the stream is known from a link only. */
function unseen(stream: StreamId): PersonShape {
  return {
    patient: stream,
    uhid: null,
    name: '',
    nameHi: null,
    sex: 'unknown',
    age: null,
    birthDate: null,
    relation: null,
    phone: null,
    village: null,
    unknown: false,
    elsewhere: true,
    mergedInto: null,
  };
}

export async function personAt(read: ViewReader, stream: StreamId | undefined): Promise<PersonShape | null> {
  if (stream === undefined) return null;
  const document = await read.document<PatientState>(stream);
  return document === undefined ? unseen(stream) : personOf(document, read.now);
}

/** The record and every record that was linked into it, so that nothing of a merged patient is missing from the page. */
export const FAMILY_LIMIT = 20;
export const FAMILY_SQL =
  "SELECT d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc WHERE x.target = ? AND x.type = 'patient' AND x.rel = 'into' ORDER BY x.doc LIMIT ?";

/** Records of one person, each with what hangs on it. */
export type Family = ReadonlyMap<StreamId, RecordLinks>;

/** As `withMerged`, with what hangs on each record: one statement for each. */
export async function familyOf(read: ViewReader, patient: StreamId): Promise<Family> {
  const found = new Set<StreamId>([patient]);
  const family = new Map<StreamId, RecordLinks>();
  for (const stream of found) {
    const links = await recordLinks(read, stream, FAMILY_LIMIT);
    family.set(stream, links);
    for (const into of links.into) if (found.size < FAMILY_LIMIT) found.add(into);
  }
  return family;
}

export async function withMerged(read: ViewReader, patient: StreamId): Promise<readonly StreamId[]> {
  const found = new Set<StreamId>([patient]);
  for (const stream of found) {
    if (found.size >= FAMILY_LIMIT) break;
    for (const row of await read.rows(FAMILY_SQL, [stream, FAMILY_LIMIT])) found.add(row['stream'] as StreamId); // the column holds stream ids only
  }
  return [...found];
}
