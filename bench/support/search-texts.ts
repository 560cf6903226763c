// What people type to find a patient, drawn from the very patients that the data set holds: names in both scripts, spelling variants, beginnings, phones.
import { generatePatients, type SyntheticPatient } from '#importers/synthetic/patients.ts';
import { makeNumber } from '#kernel/shared/numbers.ts';

export interface SearchTexts {
  readonly latin: readonly string[];
  readonly variant: readonly string[];
  readonly devanagari: readonly string[];
  readonly beginning: readonly string[];
  readonly firstName: readonly string[];
  readonly phone: readonly string[];
}

/** How the same name is spelled by another clerk. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ee/g, 'i'],
  [/sh/g, 's'],
  [/v/g, 'w'],
  [/oo/g, 'u'],
  [/aa/g, 'a'],
  [/y$/g, 'ee'],
  [/i$/g, 'ee'],
];

function otherSpelling(name: string): string {
  return name
    .toLowerCase()
    .split(' ')
    .map((word) => {
      for (const [from, to] of SPELLINGS) {
        const changed = word.replace(from, to);
        if (changed !== word) return changed;
      }
      return word;
    })
    .join(' ');
}

/** @param patients how many the data set holds: texts come from the first part of it, which is the same for every size */
export function searchTexts(patients: number, count: number): SearchTexts {
  const from: SyntheticPatient[] = [];
  const step = Math.max(1, Math.floor(Math.min(patients, 200_000) / count));
  for (const patient of generatePatients('patients', Math.min(patients, 200_000))) if (patient.index % step === 0) from.push(patient);
  const words = (name: string): readonly string[] => name.split(' ');
  return {
    latin: from.map((patient) => patient.name),
    variant: from.map((patient) => otherSpelling(patient.name)),
    devanagari: from.flatMap((patient) => (patient.nameHi === undefined ? [] : [patient.nameHi])),
    beginning: from.map((patient) =>
      words(patient.name)
        .map((word) => word.slice(0, 3))
        .join(' '),
    ),
    firstName: from.map((patient) => words(patient.name)[0] ?? ''),
    phone: from.flatMap((patient) => (patient.phone === undefined ? [] : [patient.phone])),
  };
}

/** UHIDs that the data set is sure to hold: each of its desks has written as many. */
export function heldUhids(patients: number, count: number): readonly string[] {
  const desks = 24;
  const each = Math.max(1, Math.floor(patients / desks) - 2100);
  return Array.from({ length: count }, (_, i) => makeNumber('uhid', 1000 + (i % (patients < 48_000 ? 1 : desks)), (i * 7919) % each));
}
