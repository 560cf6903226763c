// Same, ask or new: households, siblings, twins, spellings, unknown persons.
import { describe, expect, test } from 'vitest';
import { toldAge } from '#kernel/shared/age.ts';
import type { PlainDate } from '#kernel/shared/time.ts';
import { compareIdentities, type Identity } from './duplicates.ts';

const TODAY = '2022-11-23' as PlainDate;
const years = (count: number) => toldAge({ years: count }, TODAY);
const SUNITA: Identity = {
  name: 'Sunita Devi',
  sex: 'female',
  age: years(34),
  phone: '98765 43210',
  relation: { type: 'W/O', name: 'Ram Prasad' },
  address: { village: 'Rampur', district: 'Gaya' },
};

const table: readonly (readonly [string, Identity, Identity, 'same' | 'ask' | 'new'])[] = [
  ['the same answers again', SUNITA, SUNITA, 'same'],
  [
    'other script, other spelling, a year older',
    SUNITA,
    { ...SUNITA, name: undefined, nameHi: 'सुनीता देवी', age: years(35), address: undefined },
    'same',
  ],
  ['another phone, same husband and village', SUNITA, { ...SUNITA, phone: '91234 56789' }, 'same'],
  ['sisters in one house, one phone', SUNITA, { ...SUNITA, name: 'Anita Devi', age: years(32) }, 'new'],
  ['brothers whose names rhyme', { ...SUNITA, name: 'Ramesh Kumar', sex: 'male' }, { ...SUNITA, name: 'Suresh Kumar', sex: 'male' }, 'new'],
  ['grandmother and granddaughter of one name', SUNITA, { ...SUNITA, age: years(5) }, 'new'],
  ['brother and sister with a name for both', SUNITA, { ...SUNITA, sex: 'male' }, 'new'],
  [
    'a common name and the district only',
    { ...SUNITA, phone: undefined, relation: undefined, address: { district: 'Gaya' } },
    { ...SUNITA, phone: undefined, relation: undefined, address: { district: 'Gaya' } },
    'ask',
  ],
  ['one house, no age', { ...SUNITA, age: undefined }, SUNITA, 'ask'],
  ['a name only', { name: 'Sunita', sex: 'female' }, { name: 'Sunita', sex: 'female' }, 'new'],
  [
    'newborn twins',
    { ...SUNITA, name: 'Baby Sunita', age: toldAge({ days: 2 }, TODAY) },
    { ...SUNITA, name: 'Baby Sunita', age: toldAge({ days: 2 }, TODAY) },
    'ask',
  ],
  [
    'two unknown men',
    { sex: 'male', name: 'Unknown Amber Bravo', unknown: true },
    { sex: 'male', name: 'Unknown Amber Bravo', unknown: true },
    'new',
  ],
  [
    'one ABHA number',
    { ...SUNITA, phone: undefined, relation: undefined, address: undefined, aliases: [{ system: 'abha', value: '91' }] },
    { name: 'Sunita', sex: 'female', aliases: [{ system: 'abha', value: '91' }] },
    'same',
  ],
  [
    'one ABHA number on two names',
    { ...SUNITA, aliases: [{ system: 'abha', value: '91' }] },
    { name: 'Mohan', sex: 'male', aliases: [{ system: 'abha', value: '91' }] },
    'ask',
  ],
  ['names in the other order', { ...SUNITA, name: 'Mohammad Zakir', sex: 'male' }, { ...SUNITA, name: 'Zakir Md', sex: 'male' }, 'same'],
];

describe('compareIdentities', () => {
  for (const [what, a, b, outcome] of table) {
    test(`${what}: ${outcome}, either way round`, () => {
      expect(compareIdentities(a, b)).toMatchObject({ outcome });
      expect(compareIdentities(b, a)).toMatchObject({ outcome });
    });
  }
  test('the household counts once: three agreements in one house weigh little more than the strongest', () => {
    const onlyPhone = compareIdentities(SUNITA, { ...SUNITA, relation: undefined, address: undefined }).score;
    expect(compareIdentities(SUNITA, SUNITA).score - onlyPhone).toBeLessThanOrEqual(1);
  });
  test('a rare name weighs more than a common one', () => {
    expect(compareIdentities(SUNITA, SUNITA, () => 0).score).toBeGreaterThan(compareIdentities(SUNITA, SUNITA, () => 1).score);
  });
});
