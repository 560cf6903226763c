// The words under which a patient is found, each with a letter that says what it is. All are letters and digits: nothing in them is syntax.
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import type { PatientState } from '#kernel/patient/patient.ts';

/** `n` a word of the name as told, in either script; `s` its sound; `r` and `v` sounds of relation and village; `p` and `q` the phone, forwards and backwards. */
export type WordKind = 'n' | 's' | 'r' | 'v' | 'p' | 'q';

/** The national number: the last ten digits, so that +91 and a leading 0 make no difference. */
export function phoneDigits(phone: string | undefined): string | undefined {
  const digits = phone?.replace(/\D/g, '').slice(-10);
  return digits === undefined || digits.length < 4 ? undefined : digits;
}

export function backwards(digits: string): string {
  return [...digits].reverse().join('');
}

export function patientWords(state: PatientState): readonly string[] {
  const names = [...nameWords(state.name ?? ''), ...nameWords(state.nameHi ?? '')];
  const aliases = names.map(plain);
  const phone = phoneDigits(state.phone);
  return [
    ...new Set([
      ...aliases.map((word) => `n${word}`),
      ...sounds(names).map((key) => `s${key}`),
      ...sounds(nameWords(state.relation?.name ?? '')).map((key) => `r${key}`),
      ...sounds(nameWords(state.address?.village ?? '')).map((key) => `v${key}`),
      ...(phone === undefined ? [] : [`p${phone}`, `q${backwards(phone)}`]),
    ]),
  ];
}

function sounds(words: readonly string[]): readonly string[] {
  return words.map(soundKey).map(plain).filter((key) => key !== '');
}

/** Latin letters without their marks (José is found as jose); other scripts keep theirs, because there a mark is a vowel. */
export function plain(word: string): string {
  return /^[\p{Script=Latin}\p{M}\p{N}]+$/u.test(word) ? word.normalize('NFD').replace(/\p{M}/gu, '') : word.normalize('NFC');
}
