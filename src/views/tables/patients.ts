// View: what pairs of patients are compared by (one phone, one household) and when each was registered. Names are in `v_patient_words`.
import type { PatientState } from '#kernel/patient/patient.ts';
import type { View } from '../view.ts';
import { phoneDigits } from '../search/patient-words.ts';
import { soundsOf } from '../search/sounds.ts';
import { smallHash } from '../search/small-hash.ts';

/** First name and phone: most of those who are registered twice told the same phone. */
function phoneKey(first: string, { phone }: PatientState): number | null {
  const digits = phoneDigits(phone);
  return digits === undefined ? null : smallHash(`${first}\n${digits}`);
}

/** First name, name of the relation and place, for those who told no phone or another one. */
function houseKey(first: string, { relation, address }: PatientState): number | null {
  const [kin] = soundsOf(relation?.name ?? '');
  const place = address?.village ?? address?.district;
  if (kin === undefined || place === undefined) return null;
  return smallHash(`${first}\n${kin}\n${soundsOf(place).join(' ')}`);
}

export const patientsView: View<PatientState> = {
  name: 'v_patient',
  version: 1,
  stream: 'patient',
  columns: ['registered_at', 'same_phone', 'same_house'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_patient(doc INTEGER PRIMARY KEY NOT NULL, registered_at INTEGER NOT NULL, same_phone INTEGER, same_house INTEGER)',
    'CREATE INDEX IF NOT EXISTS v_patient_registered ON v_patient(registered_at)',
    'CREATE INDEX IF NOT EXISTS v_patient_phone ON v_patient(same_phone) WHERE same_phone IS NOT NULL',
    'CREATE INDEX IF NOT EXISTS v_patient_house ON v_patient(same_house) WHERE same_house IS NOT NULL',
  ],
  rows({ state }) {
    if (state.status === 'none') return [];
    const [sound] = soundsOf(state.name ?? state.nameHi ?? '');
    // Linked records are one person already, and of the unknown nothing that is told is evidence.
    const compared = sound !== undefined && state.linkedInto === undefined && state.status !== 'unknown';
    const first = sound ?? '';
    return [[state.registeredAt ?? 0, compared ? phoneKey(first, state) : null, compared ? houseKey(first, state) : null]];
  },
};
