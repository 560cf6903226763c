// The form of the registration desk as data: what is typed, what blocks saving, how many keys it costs. No screen, no replica.
import type { z } from 'zod';
import type { considered as consideredSchema } from '#kernel/patient/patient.ts';
import { latinDigits, parseAgeText } from '#desk/app/age-text.ts';
import type { PatientPage, PersonShape } from '#desk/app/shapes.ts';
import type { TextKey } from '#desk/i18n/keys.ts';
import { type Carried, parseRelation, phoneOf, titleCase } from './carry.ts';

export type Considered = z.infer<typeof consideredSchema>;

export interface Form {
  readonly name: string;
  readonly nameHi: string;
  readonly age: string;
  readonly sex: string;
  readonly relation: string;
  readonly phone: string;
  readonly village: string;
  readonly district: string;
  readonly department: string;
  readonly tests: readonly string[];
  readonly urgent: boolean;
  readonly allergy: 'not-asked' | 'none-known' | 'known';
  readonly substance: string;
  /** A card number that this desk does not hold. */
  readonly uhidTold: string;
  readonly unknown: boolean;
  readonly marks: string;
}

export type Field = keyof Form;
export type Problems = Readonly<Partial<Record<Field, TextKey>>>;

export interface Defaults {
  readonly department: string;
  readonly district: string;
  readonly village: string;
}

export function emptyForm(defaults: Defaults, carried: Carried = {}): Form {
  return {
    name: carried.name ?? '',
    nameHi: carried.nameHi ?? '',
    age: '',
    sex: '',
    relation: '',
    phone: carried.phone ?? '',
    village: defaults.village,
    district: defaults.district,
    department: defaults.department,
    tests: [],
    urgent: false,
    allergy: 'not-asked',
    substance: '',
    uhidTold: carried.uhidTold ?? '',
    unknown: false,
    marks: '',
  };
}

/** The next person of the same family: phone and address stay, the person does not. */
export function sameFamily(last: Form, defaults: Defaults): Form {
  return { ...emptyForm(defaults), phone: last.phone, village: last.village, district: last.district, department: last.department };
}

/** Only name, age and sex block saving; nothing else does (DESIGN: first, do no harm). An unknown person needs no name and no age. */
export function problemsOf(form: Form): Problems {
  const problems: { -readonly [K in Field]?: TextKey } = {};
  if (!form.unknown && form.name.trim() === '' && form.nameHi.trim() === '') problems.name = 'registration.needName';
  const age = parseAgeText(form.age);
  if (age.kind === 'wrong') problems.age = 'registration.wrongAge';
  else if (age.kind === 'empty' && !form.unknown) problems.age = 'registration.needAge';
  if (form.sex === '') problems.sex = 'registration.needSex';
  if (form.phone.trim() !== '' && !/^\+?[0-9][0-9 -]{4,18}$/.test(latinDigits(form.phone.trim())))
    problems.phone = 'registration.wrongPhone';
  if (form.allergy === 'known' && form.substance.trim() === '') problems.substance = 'registration.needSubstance';
  if (form.tests.length > 0 && form.department === '') problems.department = 'registration.needDepartment';
  return problems;
}

/** The order in which the keyboard walks the form; the screen draws its fields in this order. */
export const FIELD_ORDER = [
  'name',
  'nameHi',
  'age',
  'sex',
  'relation',
  'phone',
  'village',
  'district',
  'department',
  'tests',
] as const satisfies readonly Field[];

export interface KeyCost {
  readonly keys: number;
  readonly what: string;
}

/** Keys of a new patient beyond the patient's own answers, from the empty box to the printed slip. At most 12. */
export function keystrokeBudget(carried: Field, asked: readonly Field[]): readonly KeyCost[] {
  const walked = FIELD_ORDER.filter(
    (field) => field !== carried && !(field === 'nameHi' && carried === 'name') && !(field === 'name' && carried === 'nameHi'),
  );
  const last = Math.max(...asked.map((field) => walked.indexOf(field as (typeof walked)[number]))); // asked fields are of the order
  return [
    { keys: 1, what: 'Enter on "New patient"' },
    ...walked.slice(0, last).map((field) => ({ keys: 1, what: `Tab past ${field}` })),
    { keys: 2, what: 'Ctrl+Enter' },
  ];
}

/** The part of the form that says who it is, as the kernel's commands take it. */
export function whoOf(form: Form): Record<string, unknown> {
  const age = parseAgeText(form.age);
  const relation = parseRelation(form.relation);
  const address = {
    ...(form.village.trim() === '' ? {} : { village: form.village.trim() }),
    ...(form.district.trim() === '' ? {} : { district: form.district.trim() }),
  };
  const phone = phoneOf(form.phone) ?? latinDigits(form.phone.trim());
  return {
    ...(form.name.trim() === '' ? {} : { name: titleCase(form.name.trim()) }),
    ...(form.nameHi.trim() === '' ? {} : { nameHi: form.nameHi.trim() }),
    sex: form.sex === '' ? 'unknown' : form.sex,
    ...(age.kind === 'age' ? { age: age.age } : age.kind === 'birth' ? { birthDate: age.date } : {}),
    ...(relation === undefined ? {} : { relation }),
    ...(phone === '' ? {} : { phone }),
    ...(Object.keys(address).length === 0 ? {} : { address }),
  };
}

const AGE_LETTER = { years: '', months: 'm', days: 'd' } as const;

/** A held patient as the form shows it for a correction. */
export function formOf(person: PersonShape | PatientPage, defaults: Defaults): Form {
  const { age, birthDate, relation } = person;
  return {
    ...emptyForm(defaults),
    name: person.name,
    nameHi: person.nameHi ?? '',
    sex: person.sex === 'unknown' ? '' : person.sex,
    age: birthDate === null ? (age === null ? '' : `${age.value}${AGE_LETTER[age.unit]}`) : birthDate.split('-').toReversed().join('/'),
    relation: relation === null ? '' : `${relation.type} ${relation.name}`,
    phone: person.phone ?? '',
    village: person.village ?? '',
    district: 'address' in person ? (person.address.district ?? '') : '',
  };
}

/** Somebody whose record is elsewhere: the card is accepted, with what is known of the person filled in. */
export function elsewhereForm(person: PersonShape, uhid: string, defaults: Defaults, keep?: Form): Form {
  const asked = keep ?? emptyForm(defaults);
  return { ...formOf(person, defaults), department: asked.department, tests: asked.tests, urgent: asked.urgent, uhidTold: uhid };
}

/** Only what was changed: a correction never repeats what it did not touch. */
export function changesOf(before: Form, after: Form): Record<string, unknown> {
  const was = whoOf(before);
  return Object.fromEntries(Object.entries(whoOf(after)).filter(([field, value]) => JSON.stringify(was[field]) !== JSON.stringify(value)));
}
