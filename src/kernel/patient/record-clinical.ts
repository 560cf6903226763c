// Records allergies and alerts, and takes back one that was recorded by mistake.
import { z } from 'zod';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { eventRefField, note, typedNumber } from '#kernel/shared/fields.ts';
import { alertData, allergyData } from './clinical.ts';
import { findPatient, type PatientDocument } from './find-patient.ts';
import { standing } from './patient-fold.ts';
import { patientEvent } from './patient.ts';

/** UHID, alias or stream of the patient. `uhid` is accepted too, as everywhere. */
const who = { patient: typedNumber.optional(), uhid: typedNumber.optional() };
const result = z.object({ patient: z.string(), uhid: z.string() });

async function find(
  read: Parameters<typeof findPatient>[0],
  given: { readonly patient?: string | undefined; readonly uhid?: string | undefined },
) {
  const named = given.uhid ?? given.patient;
  return named === undefined
    ? missing('patient-needed', {}, 'uhid')
    : findPatient(read, named, given.uhid === undefined ? 'patient' : 'uhid');
}

function answer(patient: PatientDocument) {
  return { patient: patient.stream, uhid: patient.state.uhid ?? '' };
}

const allergyInput = z.strictObject({ ...who, ...allergyData.shape });

export const recordAllergy = buildCommand<z.infer<typeof allergyInput>, PatientDocument, z.infer<typeof result>>({
  name: 'recordAllergy',
  title: { en: 'Record allergy', hi: 'एलर्जी दर्ज करें' },
  input: allergyInput,
  result,
  writes: ['AllergyRecorded'],
  load: (given, read) => find(read, given),
  decide(given, patient) {
    const { status, substance, reaction, severity, source } = given;
    if (status === 'known' && substance === undefined) return reject('allergy-substance-needed', {}, 'substance');
    if (status === 'none-known' && patient.state.allergyStatus === 'known') return reject('allergy-known-already', {}, 'status');
    return done(answer(patient), [patientEvent(patient.stream, 'AllergyRecorded', { status, substance, reaction, severity, source })]);
  },
});

const alertInput = z.strictObject({ ...who, ...alertData.shape });

export const recordAlert = buildCommand<z.infer<typeof alertInput>, PatientDocument, z.infer<typeof result>>({
  name: 'recordAlert',
  title: { en: 'Record alert', hi: 'चेतावनी दर्ज करें' },
  input: alertInput,
  result,
  writes: ['AlertRecorded'],
  load: (given, read) => find(read, given),
  decide: (given, patient) =>
    done(answer(patient), [patientEvent(patient.stream, 'AlertRecorded', { kind: given.kind, text: given.text })]),
});

const withdrawInput = z.strictObject({ ...who, what: eventRefField, reason: note });

export const withdrawClinical = buildCommand<z.infer<typeof withdrawInput>, PatientDocument, z.infer<typeof result>>({
  name: 'withdrawClinical',
  title: { en: 'Take back an allergy or alert', hi: 'एलर्जी या चेतावनी वापस लें' },
  input: withdrawInput,
  result,
  writes: ['AllergyWithdrawn', 'AlertWithdrawn'],
  async load(given, read) {
    const patient = await find(read, given);
    return 'missing' in patient ? patient : found(patient.found);
  },
  decide(given, patient) {
    const { reason, what } = given;
    if (standing(patient.state, patient.state.allergies).some((one) => one.ref === what)) {
      return done(answer(patient), [patientEvent(patient.stream, 'AllergyWithdrawn', { allergies: [what], reason })]);
    }
    if (standing(patient.state, patient.state.alerts).some((one) => one.ref === what)) {
      return done(answer(patient), [patientEvent(patient.stream, 'AlertWithdrawn', { alerts: [what], reason })]);
    }
    return reject('nothing-to-withdraw', {}, 'what');
  },
});
