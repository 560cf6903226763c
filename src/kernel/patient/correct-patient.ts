// Corrects what was told about a patient, gives an unknown person a name, and adds numbers of other systems.
import { z } from 'zod';
import { buildCommand, done } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { alias, note, text, typedNumber } from '#kernel/shared/fields.ts';
import { no, YES } from '#kernel/shared/actor.ts';
import { demographicInput, readAge } from './demographic-input.ts';
import { findPatient, type PatientDocument } from './find-patient.ts';
import { patientEvent } from './patient.ts';

const correctInput = z.strictObject({ uhid: typedNumber, ...demographicInput, reason: note.optional() });
const patientResult = z.object({ patient: z.string(), uhid: z.string() });

export const correctPatient = buildCommand<z.infer<typeof correctInput>, PatientDocument, z.infer<typeof patientResult>>({
  name: 'correctPatient',
  title: { en: 'Correct patient details', hi: 'मरीज़ का विवरण सुधारें' },
  input: correctInput,
  result: patientResult,
  writes: ['PatientCorrected'],
  load: (given, read) => findPatient(read, given.uhid),
  decide(given, patient, env) {
    const age = readAge(given, env.now);
    if ('rejection' in age) return { ok: false, rejection: age.rejection };
    const { name, nameHi, sex, relation, phone, address, category, reason } = given;
    const changes = { name, nameHi, sex, age: age.age, relation, phone, address, category };
    if (Object.values(changes).every((value) => value === undefined)) return reject('nothing-to-change');
    return done({ patient: patient.stream, uhid: patient.state.uhid ?? '' }, [
      patientEvent(patient.stream, 'PatientCorrected', { changes, reason }),
    ]);
  },
});

const identifyInput = z.strictObject({
  uhid: typedNumber,
  ...demographicInput,
  /** Who says so: a relative, the police, the patient. */
  by: text(120),
  proof: text(120).optional(),
});

export const identifyPatient = buildCommand<z.infer<typeof identifyInput>, PatientDocument, z.infer<typeof patientResult>>({
  name: 'identifyPatient',
  title: { en: 'Unknown patient is identified', hi: 'अज्ञात मरीज़ की पहचान हुई' },
  input: identifyInput,
  result: patientResult,
  writes: ['PatientIdentified'],
  load: (given, read) => findPatient(read, given.uhid),
  when: (_actor, patient) => (patient.state.status === 'unknown' ? YES : no('patient-not-unknown')),
  decide(given, patient, env) {
    if (given.name === undefined && given.nameHi === undefined) return reject('name-needed', {}, 'name');
    const age = readAge(given, env.now);
    if ('rejection' in age) return { ok: false, rejection: age.rejection };
    const { name, nameHi, sex, relation, phone, address, category, by, proof } = given;
    const identified = patientEvent(patient.stream, 'PatientIdentified', {
      name,
      nameHi,
      sex,
      age: age.age,
      relation,
      phone,
      address,
      category,
      by,
      proof,
    });
    return done({ patient: patient.stream, uhid: patient.state.uhid ?? '' }, [identified]);
  },
});

const aliasInput = z.strictObject({ uhid: typedNumber, system: alias.shape.system, value: alias.shape.value });

export const addAlias = buildCommand<z.infer<typeof aliasInput>, PatientDocument, z.infer<typeof patientResult>>({
  name: 'addAlias',
  title: { en: 'Add a number of another system', hi: 'दूसरी प्रणाली का नंबर जोड़ें' },
  input: aliasInput,
  result: patientResult,
  writes: ['AliasAdded'],
  load: (given, read) => findPatient(read, given.uhid),
  decide(given, patient) {
    const { system, value } = given;
    if (patient.state.aliases.some((one) => one.system === system && one.value === value))
      return done({ patient: patient.stream, uhid: patient.state.uhid ?? '' }, []);
    return done({ patient: patient.stream, uhid: patient.state.uhid ?? '' }, [
      patientEvent(patient.stream, 'AliasAdded', { system, value }),
    ]);
  },
});
