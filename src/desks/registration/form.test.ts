// The form: what blocks, what never blocks, what a correction says, and the promise of 12 keys.
import { describe, expect, test } from 'vitest';
import type { PersonShape } from '#desk/app/shapes.ts';
import {
  changesOf,
  elsewhereForm,
  emptyForm,
  FIELD_ORDER,
  type Form,
  formOf,
  keystrokeBudget,
  problemsOf,
  sameFamily,
  whoOf,
} from './form.ts';

const defaults = { department: 'MED', district: 'Sitapur', village: '' };
const filled: Form = {
  ...emptyForm(defaults),
  name: 'sunita devi',
  age: '34',
  sex: 'female',
  relation: 'w ram lal',
  phone: '98765 43210',
  village: 'Rampur',
};

describe('what blocks saving', () => {
  test('name, age and sex, each at its own field', () => {
    expect(problemsOf(emptyForm(defaults))).toEqual({
      name: 'registration.needName',
      age: 'registration.needAge',
      sex: 'registration.needSex',
    });
    expect(problemsOf(filled)).toEqual({});
    expect(problemsOf({ ...filled, name: '', nameHi: 'सुनीता' })).toEqual({});
  });
  test('an unknown person needs sex only', () => {
    expect(problemsOf({ ...emptyForm(defaults), unknown: true })).toEqual({ sex: 'registration.needSex' });
  });
  test('what is given must be readable', () => {
    expect(problemsOf({ ...filled, age: '34x', phone: 'abc', allergy: 'known' })).toEqual({
      age: 'registration.wrongAge',
      phone: 'registration.wrongPhone',
      substance: 'registration.needSubstance',
    });
  });
});

describe('the promise of 12 keys', () => {
  test.each([
    ['name' as const, ['age', 'sex', 'relation', 'phone', 'village', 'district', 'department', 'tests'] as const],
    ['nameHi' as const, ['age', 'sex', 'relation', 'phone', 'village', 'district', 'department', 'tests'] as const],
    ['phone' as const, ['name', 'age', 'sex', 'relation', 'village', 'district', 'department', 'tests'] as const],
  ])('beginning with %s, every answer given', (carried, asked) => {
    expect(keystrokeBudget(carried, asked).reduce((sum, cost) => sum + cost.keys, 0)).toBeLessThanOrEqual(12);
  });
  test('the shortest registration costs 4', () => {
    expect(keystrokeBudget('name', ['age', 'sex']).reduce((sum, cost) => sum + cost.keys, 0)).toBe(4);
  });
  test('the walk names each field once', () => expect(new Set(FIELD_ORDER).size).toBe(FIELD_ORDER.length));
});

describe('what is sent', () => {
  test('only what was answered', () => {
    expect(whoOf(filled)).toEqual({
      name: 'Sunita Devi',
      sex: 'female',
      age: { years: 34 },
      relation: { type: 'W/O', name: 'Ram Lal' },
      phone: '9876543210',
      address: { village: 'Rampur', district: 'Sitapur' },
    });
    expect(whoOf({ ...emptyForm({ department: '', district: '', village: '' }), unknown: true, sex: 'male' })).toEqual({ sex: 'male' });
  });
  test('a correction says only what changed', () => {
    expect(changesOf(filled, { ...filled, age: '35' })).toEqual({ age: { years: 35 } });
    expect(changesOf(filled, filled)).toEqual({});
  });
  test('the same family keeps phone and address, never the person', () => {
    expect(sameFamily(filled, defaults)).toMatchObject({
      name: '',
      age: '',
      sex: '',
      relation: '',
      phone: '98765 43210',
      village: 'Rampur',
      tests: [],
      allergy: 'not-asked',
    });
  });
  test('a held record goes through the form unchanged', () => {
    const person = {
      name: 'Aarav',
      nameHi: null,
      sex: 'male',
      age: { value: 8, unit: 'months', about: true },
      birthDate: null,
      relation: { type: 'S/O', name: 'Ram Lal' },
      phone: null,
      village: 'Rampur',
      address: { line: null, village: 'Rampur', district: 'Sitapur', state: null, pin: null },
    } as const;
    const form = formOf(person as never, defaults); // only the fields that the form shows
    expect(whoOf(form)).toEqual({
      name: 'Aarav',
      sex: 'male',
      age: { months: 8 },
      relation: { type: 'S/O', name: 'Ram Lal' },
      address: { village: 'Rampur', district: 'Sitapur' },
    });
  });
});

test('a card whose record is elsewhere begins with what is known, and with what was asked for', () => {
  const person = {
    patient: 'patient/AAAAAAAAAAAAAAAA',
    uhid: '100042000179',
    name: 'Sunita Devi',
    nameHi: 'सुनीता देवी',
    sex: 'female',
    age: { value: 34, unit: 'years', about: true },
    birthDate: null,
    relation: { type: 'W/O', name: 'Ram Lal' },
    phone: '9876543210',
    village: null,
    unknown: false,
    elsewhere: true,
    mergedInto: null,
  } as unknown as PersonShape; // the stream's id is text here
  const form = elsewhereForm(person, '100042000179', defaults, { ...filled, tests: ['CBC'], urgent: true, department: 'SUR' });
  expect(form).toMatchObject({ uhidTold: '100042000179', department: 'SUR', tests: ['CBC'], urgent: true, name: 'Sunita Devi' });
  expect(problemsOf(form)).toEqual({});
  expect(whoOf(form)).toMatchObject({ name: 'Sunita Devi', nameHi: 'सुनीता देवी', sex: 'female', age: { years: 34 }, phone: '9876543210' });
  expect(elsewhereForm(person, '100042000179', defaults)).toMatchObject({ department: 'MED', tests: [] });
});
