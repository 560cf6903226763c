// Accepts a card whose record is not held here, as told: the patient keeps the number on the card and never gets a second one.
import { z } from 'zod';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { streamId, typedNumber } from '#kernel/shared/fields.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { demographicInput, readAge } from './demographic-input.ts';
import { lookupForm } from './patient-fold.ts';
import { patientEvent, type PatientState } from './patient.ts';

const input = z.strictObject({
  ...demographicInput,
  uhid: typedNumber,
  /** The card is an old or foreign one of 9 to 15 digits: taken as an alias, without a check digit of ours. */
  legacy: z.boolean().optional(),
  /**
   * The stream of this patient, where the name index tells it: what is written here is then on the record itself when that
   * arrives, and nobody has to join two.
   */
  patient: streamId.optional(),
});
const result = z.object({ patient: z.string(), uhid: z.string(), recordElsewhere: z.boolean() });

interface Facts {
  readonly number: string;
  readonly legacy: boolean;
  readonly patient: StreamId | undefined;
}

export const acceptCard = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'acceptCard',
  title: { en: 'Accept card, record elsewhere', hi: 'कार्ड मान्य करें, रिकॉर्ड कहीं और' },
  input,
  result,
  writes: ['CardAccepted'],
  async load(given, read) {
    const number = lookupForm(given.uhid);
    const parsed = parseNumber(given.uhid, 'uhid');
    if (!parsed.ok && given.legacy !== true) return missing(parsed.code, parsed.facts, 'uhid');
    if (!parsed.ok && !/^\d{9,15}$/.test(number)) return missing('legacy-number-form', {}, 'uhid');
    const held = await read.byNumber(number, 'patient');
    if (held.length > 0) return missing('card-held-here', {}, 'uhid');
    const { patient } = given;
    if (patient !== undefined) {
      if (!patient.startsWith('patient/')) return missing('patient-not-here', {}, 'patient');
      const document = await read.document<PatientState>(patient);
      if (document !== undefined && document.state.status !== 'none') return missing('card-held-here', {}, 'patient');
    }
    return found({ number, legacy: !parsed.ok, patient });
  },
  decide(given, facts, env) {
    const age = readAge(given, env.now);
    if ('rejection' in age) return { ok: false, rejection: age.rejection };
    // Two cut-off desks that accept the same card name the same stream.
    const patient = facts.patient ?? env.derivedStream('patient', 'card', facts.number);
    const { name, nameHi, sex, relation, phone, address, category } = given;
    const accepted = patientEvent(patient, 'CardAccepted', {
      uhid: facts.number,
      legacy: facts.legacy,
      name,
      nameHi,
      sex,
      age: age.age,
      relation,
      phone,
      address,
      category,
    });
    return done({ patient, uhid: facts.number, recordElsewhere: true }, [accepted]);
  },
});
