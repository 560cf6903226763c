// Says that two records are one person, and takes it back. A link is a fact beside both records; neither is changed or hidden.
import { z } from 'zod';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { note, typedNumber } from '#kernel/shared/fields.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import type { Reader } from '#kernel/shared/command.ts';
import { followLinks, findPatient, type PatientDocument } from './find-patient.ts';
import { patientEvent, type PatientState } from './patient.ts';

const linkInput = z.strictObject({
  /** The record that was made by mistake: UHID or stream. */
  patient: typedNumber,
  /** The record that goes on: UHID or stream. */
  into: typedNumber,
  reason: note,
});
const result = z.object({ patient: z.string(), into: z.string().optional() });

/** The record itself, without following links: links hang on the single record. A number on two records must be told apart by stream. */
async function findRecord(read: Reader, who: string, field: string) {
  const stream = parseStreamId(who);
  if (stream === undefined) return findPatient(read, who, field);
  const document = await read.document<PatientState>(stream);
  return document === undefined || document.state.status === 'none' ? missing('patient-not-here', {}, field) : found(document);
}

interface Both {
  readonly patient: PatientDocument;
  readonly into: PatientDocument;
}

export const linkPatients = buildCommand<z.infer<typeof linkInput>, Both, z.infer<typeof result>>({
  name: 'linkPatients',
  title: { en: 'Two records are one person', hi: 'दो रिकॉर्ड एक ही व्यक्ति के हैं' },
  input: linkInput,
  result,
  writes: ['PatientLinked'],
  async load(given, read) {
    const patient = await findRecord(read, given.patient, 'patient');
    if ('missing' in patient) return patient;
    const into = await findRecord(read, given.into, 'into');
    if ('missing' in into) return into;
    const end = await followLinks(read, into.found);
    if (end.stream === patient.found.stream)
      return missing(into.found.stream === patient.found.stream ? 'link-to-itself' : 'link-in-circle', {}, 'into');
    if (patient.found.state.linkedInto !== undefined) return missing('patient-linked-already', {}, 'patient');
    return found({ patient: patient.found, into: end });
  },
  decide(given, { patient, into }) {
    return done({ patient: patient.stream, into: into.stream }, [
      patientEvent(patient.stream, 'PatientLinked', { into: into.stream, reason: given.reason }),
    ]);
  },
});

const unlinkInput = z.strictObject({
  /** The record that was linked by mistake, by its stream (its number now leads to the other record). */
  patient: typedNumber,
  reason: note,
});

export const unlinkPatients = buildCommand<z.infer<typeof unlinkInput>, PatientDocument, z.infer<typeof result>>({
  name: 'unlinkPatients',
  title: { en: 'Take back: not one person', hi: 'वापस लें: एक ही व्यक्ति नहीं' },
  input: unlinkInput,
  result,
  writes: ['PatientUnlinked'],
  async load(given, read) {
    const stream = parseStreamId(given.patient);
    const streams = stream === undefined ? await read.byNumber(given.patient.replace(/[\s-]/g, ''), 'patient') : [stream];
    for (const one of streams) {
      const document = await read.document<PatientState>(one);
      if (document?.state.linkedInto !== undefined) return found(document);
    }
    return missing(streams.length === 0 ? 'patient-not-here' : 'patient-not-linked', {}, 'patient');
  },
  decide(given, patient) {
    const open = patient.state.linkRefs.filter((link) => !patient.state.unlinked.includes(link.ref)).map((link) => link.ref);
    return done({ patient: patient.stream }, [patientEvent(patient.stream, 'PatientUnlinked', { links: open, reason: given.reason })]);
  },
});
