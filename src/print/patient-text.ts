// A patient in words, the same on every paper: name in both scripts as known, number in groups of four.
import { formatNumber } from '#kernel/shared/numbers.ts';
import type { AskedList, PatientContent, PersonName, PersonNumber, PrintLanguage, TestContent } from './content.ts';
import { inLanguage, word, type StringKey } from './strings.ts';

/** Both scripts whatever the language of the paper: the name is an identifier. */
export function nameText(name: PersonName): string {
  return [name.devanagari, name.latin].filter((each) => each !== undefined && each !== '').join(' · ') || '-';
}

const NUMBER_LABELS: Readonly<Record<PersonNumber['kind'], StringKey>> = {
  uhid: 'uhid',
  temporary: 'temporaryNumber',
  external: 'externalNumber',
};

export function numberLabel(language: PrintLanguage, number: PersonNumber): string {
  return word(language, NUMBER_LABELS[number.kind]);
}

export function numberText(number: PersonNumber): string {
  return /^\d{12}$/.test(number.digits) ? formatNumber(number.digits) : number.digits;
}

export function ageSexText(language: PrintLanguage, patient: Pick<PatientContent, 'age' | 'sex'>): string {
  return inLanguage(language, { en: `${patient.age.en}, ${patient.sex.en}`, hi: `${patient.age.hi}, ${patient.sex.hi}` });
}

/** One line that says whose page it is. */
export function runningText(language: PrintLanguage, patient: PatientContent): string {
  return `${numberLabel(language, patient.number)} ${numberText(patient.number)}  |  ${nameText(patient.name)}`;
}

export function askedText(language: PrintLanguage, list: AskedList): string {
  switch (list.status) {
    case 'not-asked':
      return word(language, 'notAsked');
    case 'none':
      return word(language, 'noneOn', { date: list.askedOn });
    case 'listed':
      return list.items.map((item) => inLanguage(language, item)).join('; ');
    default:
      return list satisfies never;
  }
}

export function plainTests(tests: readonly TestContent[]): readonly TestContent[] {
  return tests.filter((test) => !test.sensitive);
}
