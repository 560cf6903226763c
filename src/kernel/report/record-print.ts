// Records that a paper was printed: which, which copy, and why a copy after the first.
import { z } from 'zod';
import { buildCommand, done, found, missing, type Found } from '#kernel/shared/build-command.ts';
import { reject, type Reader } from '#kernel/shared/command.ts';
import { note, streamId, typedNumber } from '#kernel/shared/fields.ts';
import { parseStreamId, streamType, type StreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { orderEvent, type OrderState } from '#kernel/order/order.ts';
import { findPatient } from '#kernel/patient/find-patient.ts';
import { patientEvent, type PatientState } from '#kernel/patient/patient.ts';
import { slipCopies } from '#kernel/patient/slip-copies.ts';
import { specimenEvent, type SpecimenState } from '#kernel/specimen/specimen.ts';
import { reportEvent, type ReportState } from './report.ts';

const input = z.strictObject({
  what: z.enum(['slip', 'label', 'report', 'rack-sheet']),
  /** The patient, order, specimen or report that it is of: number or stream. A rack sheet: its first tube. */
  of: typedNumber,
  /** 1 is the first. Left out: the next one. */
  copy: z.number().int().min(1).max(1000).optional(),
  reason: note.optional(),
  /** Of which visit the patient's slip is: copies are counted for it. */
  visit: streamId.optional(),
});
const result = z.object({ of: z.string(), copy: z.number().int() });

interface Facts {
  readonly stream: StreamId;
  readonly copies: number;
  readonly versions: number;
}

const KINDS = { uhid: 'patient', order: 'order', accession: 'specimen', report: 'report' } as const;

async function findStream(read: Reader, of: string): Promise<Found<StreamId>> {
  const stream = parseStreamId(of);
  if (stream !== undefined) return found(stream);
  const parsed = parseNumber(of);
  if (parsed.ok && parsed.kind !== 'uhid' && Object.hasOwn(KINDS, parsed.kind)) {
    const streams = await read.byNumber(parsed.number, KINDS[parsed.kind as keyof typeof KINDS]); // has it, just checked
    const [only] = streams;
    if (only === undefined) return missing('paper-subject-not-here', {}, 'of');
    return streams.length === 1 ? found(only) : missing('number-on-two', { count: streams.length }, 'of');
  }
  const patient = await findPatient(read, of, 'of');
  return 'missing' in patient ? patient : found(patient.found.stream);
}

export const recordPrint = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'recordPrint',
  title: { en: 'Paper was printed', hi: 'काग़ज़ छापा गया' },
  input,
  result,
  writes: ['PatientPaperPrinted', 'OrderPaperPrinted', 'SpecimenLabelled', 'SpecimenPaperPrinted', 'ReportPaperPrinted'],
  async load(given, read) {
    const subject = await findStream(read, given.of);
    if ('missing' in subject) return subject;
    const stream = subject.found;
    if (given.visit !== undefined && (streamType(stream) !== 'patient' || streamType(given.visit) !== 'visit'))
      return missing('paper-subject-wrong', {}, 'visit');
    switch (streamType(stream)) {
      case 'patient': {
        const document = await read.document<PatientState>(stream);
        return document === undefined
          ? missing('paper-subject-not-here', {}, 'of')
          : found({ stream, copies: slipCopies(document.state, given.visit), versions: 0 });
      }
      case 'order': {
        const document = await read.document<OrderState>(stream);
        return document === undefined
          ? missing('paper-subject-not-here', {}, 'of')
          : found({ stream, copies: document.state.copies, versions: 0 });
      }
      case 'specimen': {
        const document = await read.document<SpecimenState>(stream);
        return document === undefined
          ? missing('paper-subject-not-here', {}, 'of')
          : found({ stream, copies: given.what === 'rack-sheet' ? (document.state.sheets ?? 0) : document.state.labels, versions: 0 });
      }
      case 'report': {
        const document = await read.document<ReportState>(stream);
        if (document === undefined) return missing('paper-subject-not-here', {}, 'of');
        return found({ stream, copies: document.state.copies, versions: document.state.versions.length });
      }
      default:
        return missing('paper-subject-wrong', {}, 'of');
    }
  },
  decide(given, { stream, copies, versions }) {
    const copy = given.copy ?? copies + 1;
    const { what, reason, visit } = given;
    if (what === 'label' && streamType(stream) === 'specimen' && copy > 1 && reason === undefined)
      return reject('reprint-reason-needed', { copy }, 'reason');
    const answer = { of: stream, copy };
    switch (streamType(stream)) {
      case 'patient':
        return done(answer, [patientEvent(stream, 'PatientPaperPrinted', { what, copy, reason, visit })]);
      case 'order':
        return done(answer, [orderEvent(stream, 'OrderPaperPrinted', { what, copy, reason })]);
      case 'specimen':
        // A rack sheet says where a tube goes; only a label is a label.
        if (what === 'label') return done(answer, [specimenEvent(stream, 'SpecimenLabelled', { copy, reason })]);
        return what === 'rack-sheet'
          ? done(answer, [specimenEvent(stream, 'SpecimenPaperPrinted', { what, copy, reason })])
          : reject('paper-subject-wrong', {}, 'of');
      case 'report':
        return done(answer, [reportEvent(stream, 'ReportPaperPrinted', { what, copy, version: Math.max(1, versions), reason })]);
      default:
        return reject('paper-subject-wrong', {}, 'of');
    }
  },
});
