import { expect, test } from 'vitest';
import { ageInput } from '#kernel/shared/age.ts';
import { address, personName, phone, relation } from '#kernel/shared/fields.ts';
import { FEMALE } from './names/female.ts';
import { MALE } from './names/male.ts';
import { SURNAMES } from './names/surnames.ts';
import { generatePatients } from './patients.ts';
import type { SyntheticPatient } from './patients.ts';
import { STATES, VILLAGES } from './places.ts';

const many = [...generatePatients('distribution', 20_000)];
const share = (test: (patient: SyntheticPatient) => boolean): number => many.filter(test).length / many.length;

test('the same seed gives the same patients, and fewer are a beginning of more', () => {
  expect([...generatePatients(1, 50)]).toEqual([...generatePatients(1, 200)].slice(0, 50));
  expect([...generatePatients(1, 5)]).not.toEqual([...generatePatients(2, 5)]);
  expect([...generatePatients(1, 0)]).toEqual([]);
});

test('there are several hundred names in both scripts, each row right', () => {
  const rows = [FEMALE, MALE, SURNAMES].flatMap((table) => Object.values(table).flat());
  expect(rows.length).toBeGreaterThan(600);
  for (const row of rows) {
    expect([row.latin, ...row.variants].join(' ')).toMatch(/^[A-Za-z' ]+$/);
    expect(row.devanagari).toMatch(/^[\u0900-\u097f]+$/);
    expect(row.devanagari).toBe(row.devanagari.normalize('NFC'));
  }
});

test('no name begins with a vowel sign or virama, or has two vowel signs in a row', () => {
  const texts = [
    ...many.flatMap((patient) => [patient.nameHi ?? 'अ', patient.relation.nameHi]),
    ...VILLAGES.map((village) => village.nameHi),
  ];
  for (const text of texts) {
    expect(text).toBe(text.normalize('NFC'));
    for (const word of text.split(' ')) {
      expect(word).toMatch(/^[\u0904-\u0939]/);
      expect(word).not.toMatch(/[\u093e-\u094c][\u093e-\u094c]|\u094d\u094d|\u094d$/);
    }
  }
});

test('sexes, phones, single names and Devanagari are shared out as in life', () => {
  expect(share((patient) => patient.sex === 'female')).toBeGreaterThan(0.48);
  expect(share((patient) => patient.sex === 'female')).toBeLessThan(0.55);
  expect(share((patient) => patient.phone === undefined)).toBeLessThan(0.12);
  expect(share((patient) => patient.nameHi !== undefined)).toBeGreaterThan(0.65);
  expect(share((patient) => !patient.name.includes(' '))).toBeGreaterThan(0.03);
  expect(share((patient) => patient.name.endsWith(' Devi'))).toBeGreaterThan(0.08);
});

test('family names are skewed: the commonest fifth covers more than half', () => {
  const counts = new Map<string, number>();
  for (const { name } of many) counts.set(name.split(' ').at(-1) ?? '', (counts.get(name.split(' ').at(-1) ?? '') ?? 0) + 1);
  const sorted = [...counts.values()].toSorted((a, b) => b - a);
  const top = sorted.slice(0, Math.ceil(sorted.length / 5)).reduce((sum, count) => sum + count, 0);
  expect(top / many.length).toBeGreaterThan(0.5);
  expect(sorted.length).toBeGreaterThan(200);
});

test('ages are heaped on fives for adults, and infants are told in days and months', () => {
  const adults = many.flatMap((patient) => ('years' in patient.age && patient.age.years >= 20 ? [patient.age.years] : []));
  expect(adults.filter((years) => years % 5 === 0).length / adults.length).toBeGreaterThan(0.4);
  expect(many.some((patient) => 'days' in patient.age)).toBe(true);
  expect(many.some((patient) => 'months' in patient.age)).toBe(true);
  expect(adults.every((years) => years <= 96)).toBe(true);
});

test('a household shares its phone and its address', () => {
  const homes = Map.groupBy(many, (patient) => patient.household);
  for (const members of homes.values()) {
    expect(new Set(members.map((member) => member.phone)).size).toBe(1);
    expect(new Set(members.map((member) => JSON.stringify(member.address))).size).toBe(1);
  }
  expect([...homes.values()].filter((members) => members.length > 1).length / homes.size).toBeGreaterThan(0.35);
});

test('a wife is a woman, and only grown-ups are wives', () => {
  const of = (kind: string): SyntheticPatient[] => many.filter((patient) => patient.relation.kind === kind);
  expect(of('W/O').every((patient) => patient.sex === 'female' && 'years' in patient.age && patient.age.years >= 18)).toBe(true);
  expect(of('D/O').every((patient) => patient.sex === 'female')).toBe(true);
  expect(of('S/O').some((patient) => patient.sex === 'female')).toBe(false);
});

test('no phone can be a real one: ten digits that begin with 0', () => {
  for (const { phone: number = '0000000000' } of many) expect(number).toMatch(/^0\d{9}$/);
});

test('addresses are districts of their state', () => {
  const known = new Map(STATES.map((state) => [state.name, new Set(state.districts.map((district) => district.latin))]));
  for (const { address } of many) expect(known.get(address.state)?.has(address.district)).toBe(true);
});

test('every patient fits the fields of the kernel', () => {
  for (const patient of many) {
    expect(ageInput.safeParse(patient.age).success).toBe(true);
    expect(personName.parse(patient.name)).toBe(patient.name);
    expect(personName.optional().parse(patient.nameHi)).toBe(patient.nameHi);
    expect(phone.optional().parse(patient.phone)).toBe(patient.phone);
    const { village, district, state } = patient.address;
    expect(address.parse({ village, district, state })).toEqual({ village, district, state });
    expect(relation.safeParse({ type: patient.relation.kind, name: patient.relation.name }).success).toBe(true);
  }
});
