// Says to whom a tube without a known identity belongs, without relabelling it: both twins are scanned, or a second person confirms.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject, type Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import { note, typedNumber } from '#kernel/shared/fields.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { findOrder, type OrderDocument } from '#kernel/order/order-commands.ts';
import { findPatient, type PatientDocument } from '#kernel/patient/find-patient.ts';
import type { UserState } from '#kernel/user/user.ts';
import { findSpecimen, type SpecimenDocument } from './find-specimen.ts';
import { specimenEvent, type LinkedBy } from './specimen.ts';

const input = z.strictObject({
  accession: typedNumber,
  uhid: typedNumber.optional(),
  patient: typedNumber.optional(),
  /** An open order of that patient that the tube is for. */
  order: typedNumber.optional(),
  by: z.discriminatedUnion('kind', [
    /** The twin label from slip or band, as scanned: it bears the tube's number or the temporary number. */
    z.strictObject({ kind: z.literal('twins'), twin: typedNumber }),
    /** Login or stream of the second person. */
    z.strictObject({ kind: z.literal('second-person'), confirmer: z.string().trim().min(1).max(64) }),
  ]),
  reason: note.optional(),
});
const result = z.object({ accession: z.string(), specimen: z.string(), patient: z.string(), order: z.string().optional() });

interface Facts {
  readonly specimen: SpecimenDocument;
  readonly patient: PatientDocument;
  readonly order: OrderDocument | undefined;
  readonly confirmer: StreamId | undefined;
}

/** The enabled user of this login or stream. */
export async function findUser(read: Reader, who: string): Promise<Document<UserState> | undefined> {
  const stream = parseStreamId(who);
  const users = await read.all<UserState>('user');
  return users.find(
    (user) => !user.state.disabled && user.state.user !== undefined && (user.stream === stream || user.state.user === who.toLowerCase()),
  );
}

export const linkSpecimen = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'linkSpecimen',
  title: { en: 'This tube belongs to this patient', hi: 'यह ट्यूब इस मरीज़ की है' },
  input,
  result,
  writes: ['SpecimenLinked'],
  async load(given, read) {
    const who = given.uhid ?? given.patient;
    if (who === undefined) return missing('patient-needed', {}, 'uhid');
    const specimen = await findSpecimen(read, given.accession);
    if ('missing' in specimen) return specimen;
    const patient = await findPatient(read, who, given.uhid === undefined ? 'patient' : 'uhid');
    if ('missing' in patient) return patient;
    const order = given.order === undefined ? undefined : await findOrder(read, given.order);
    if (order !== undefined && 'missing' in order) return order;
    const confirmer = given.by.kind === 'second-person' ? await findUser(read, given.by.confirmer) : undefined;
    return found({ specimen: specimen.found, patient: patient.found, order: order?.found, confirmer: confirmer?.stream });
  },
  when(actor, { specimen, order, patient, confirmer }) {
    if (confirmer !== undefined && confirmer === actor.user) return no('second-person-is-same');
    if (order?.state.patient !== undefined && order.state.patient !== patient.stream) return no('order-of-other-patient');
    // A tube that was planned for a patient needs no link; one that two claims dispute does.
    return specimen.state.identity === 'planned' ? no('specimen-has-patient') : YES;
  },
  decide(given, { specimen, patient, order, confirmer }) {
    const { state } = specimen;
    let by: LinkedBy;
    if (given.by.kind === 'twins') {
      const twin = parseNumber(given.by.twin);
      if (!twin.ok) return reject(twin.code, twin.facts, 'by.twin');
      if (twin.number !== state.accession && twin.number !== state.temporary) return reject('twin-does-not-match', {}, 'by.twin');
      by = { kind: 'twins', twin: twin.number };
    } else {
      if (confirmer === undefined) return reject('confirmer-unknown', {}, 'by.confirmer');
      by = { kind: 'second-person', confirmer };
    }
    const linked = specimenEvent(specimen.stream, 'SpecimenLinked', {
      patient: patient.stream,
      order: order?.stream,
      by,
      reason: given.reason,
    });
    const answer = { accession: state.accession ?? '', specimen: specimen.stream, patient: patient.stream };
    return done(order === undefined ? answer : { ...answer, order: order.stream }, [linked]);
  },
});
