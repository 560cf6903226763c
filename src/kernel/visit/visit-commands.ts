// Starts and ends a visit.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject, type Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import { catalogueCode, note, typedNumber } from '#kernel/shared/fields.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { readDepartment } from '#kernel/shared/read-trust.ts';
import { findPatient, type PatientDocument } from '#kernel/patient/find-patient.ts';
import { visitEvent, type VisitState } from './visit.ts';

const startInput = z.strictObject({ uhid: typedNumber, department: catalogueCode });
const startResult = z.object({ visit: z.string(), number: z.string() });

export const startVisit = buildCommand<
  z.infer<typeof startInput>,
  { readonly patient: PatientDocument; readonly department: string },
  z.infer<typeof startResult>
>({
  name: 'startVisit',
  title: { en: 'Start visit', hi: 'विज़िट शुरू करें' },
  input: startInput,
  result: startResult,
  writes: ['VisitStarted'],
  async load(given, read) {
    const patient = await findPatient(read, given.uhid);
    if ('missing' in patient) return patient;
    const department = await readDepartment(read, given.department);
    if (department === undefined) return missing('department-unknown', { department: given.department }, 'department');
    return found({ patient: patient.found, department: department.code });
  },
  decide(_given, { patient, department }, env) {
    const number = env.mint('visit');
    if (number === undefined) return reject('numbers-used-up', { kind: 'visit' });
    const visit = env.newStream('visit', 0);
    return done({ visit, number }, [visitEvent(visit, 'VisitStarted', { number, patient: patient.stream, department })]);
  },
});

/** @param which a visit's number or stream. */
export async function findVisit(read: Reader, which: string) {
  const stream = parseStreamId(which);
  const parsed = stream === undefined ? parseNumber(which, 'visit') : undefined;
  if (parsed?.ok === false) return missing(parsed.code, parsed.facts, 'visit');
  const streams = stream === undefined ? (parsed?.ok === true ? await read.byNumber(parsed.number, 'visit') : []) : [stream];
  if (streams.length > 1) return missing('number-on-two', { count: streams.length }, 'visit');
  const [only] = streams;
  const visit = only === undefined ? undefined : await read.document<VisitState>(only);
  return visit === undefined || visit.state.status === 'none' ? missing('visit-not-here', {}, 'visit') : found(visit);
}

const endInput = z.strictObject({ visit: typedNumber, reason: note.optional() });
const endResult = z.object({ visit: z.string() });

export const endVisit = buildCommand<z.infer<typeof endInput>, Document<VisitState>, z.infer<typeof endResult>>({
  name: 'endVisit',
  title: { en: 'End visit', hi: 'विज़िट समाप्त करें' },
  input: endInput,
  result: endResult,
  writes: ['VisitEnded'],
  load: (given, read) => findVisit(read, given.visit),
  when: (_actor, visit) => (visit.state.status === 'ended' ? no('visit-ended') : YES),
  decide: (given, visit) => done({ visit: visit.stream }, [visitEvent(visit.stream, 'VisitEnded', { reason: given.reason })]),
});
