// The words under which a patient is found, each with a letter that says what it is. All are letters and digits: nothing in them is syntax.
import { nameWords } from '#kernel/shared/name-search.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { plain } from './plain.ts';
import { soundOf, soundsOf } from './sounds.ts';

/** `n` a word of the name as told, in either script; `s` its sound; `r` and `v` sounds of relation and village; `p` and `q` the phone, forwards and backwards. */
export type WordKind = 'n' | 's' | 'r' | 'v' | 'p' | 'q';

/** The national number: the last ten digits, so that +91 and a leading 0 make no difference. */
export function phoneDigits(phone: string | undefined): string | undefined {
  const digits = phone?.replace(/\D/g, '').slice(-10);
  return digits === undefined || digits.length < 4 ? undefined : digits;
}

export function backwards(digits: string): string {
  return digits.split('').reverse().join('');
}

export function patientWords(state: PatientState): readonly string[] {
  const names = [...nameWords(state.name ?? ''), ...nameWords(state.nameHi ?? '')];
  const phone = phoneDigits(state.phone);
  return [
    ...new Set([
      ...names.map((word) => `n${plain(word)}`),
      ...names
        .map(soundOf)
        .filter((sound) => sound !== '')
        .map((sound) => `s${sound}`),
      ...soundsOf(state.relation?.name ?? '').map((sound) => `r${sound}`),
      ...soundsOf(state.address?.village ?? '').map((sound) => `v${sound}`),
      ...(phone === undefined ? [] : [`p${phone}`, `q${backwards(phone)}`]),
    ]),
  ];
}
