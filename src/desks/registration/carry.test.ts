// What the box carries into the form, and relations as typed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeNumber } from '#kernel/shared/numbers.ts';
import { carry, parseRelation, phoneOf, titleCase } from './carry.ts';

describe('the box carries', () => {
  const uhid = makeNumber('uhid', 42, 17);
  test.each([
    ['sunita devi', { name: 'Sunita Devi' }],
    ['  Sunita   DEVI ', { name: 'Sunita DEVI' }],
    ['सुनीता देवी', { nameHi: 'सुनीता देवी' }],
    ['9876543210', { phone: '9876543210' }],
    ['+91 98765-43210', { phone: '9876543210' }],
    ['९८७६५४३२१०', { phone: '9876543210' }],
    ['sunita 9876543210', { name: 'Sunita', phone: '9876543210' }],
    ['', {}],
    ['98765', {}],
  ])('%s', (typed, fields) => expect(carry(typed)).toEqual(fields));
  test('a card number as told', () => expect(carry(uhid)).toEqual({ uhidTold: uhid }));
  test('never a phone out of a number of ours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99_999 }), (range, serial) => {
        expect(carry(makeNumber('uhid', range, serial)).phone).toBeUndefined();
      }),
    );
  });
  test('names keep every letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z]{2,12}( [A-Za-z]{2,12})?$/), (name) => {
        expect(carry(name).name?.toLowerCase()).toBe(name.toLowerCase());
        expect(titleCase(name).length).toBe(name.length);
      }),
    );
  });
});

describe('relation as typed', () => {
  test.each([
    ['w ram lal', { type: 'W/O', name: 'Ram Lal' }],
    ['W/O Ram Lal', { type: 'W/O', name: 'Ram Lal' }],
    ['s/o Mohan', { type: 'S/O', name: 'Mohan' }],
    ['पत्नी राम लाल', { type: 'W/O', name: 'राम लाल' }],
    ['Ram Lal', { type: 'C/O', name: 'Ram Lal' }],
    ['d', { type: 'C/O', name: 'D' }],
  ])('%s', (typed, relation) => expect(parseRelation(typed)).toEqual(relation));
  test('nothing typed is nothing told', () => expect(parseRelation('  ')).toBeUndefined());
});

test('phones of other shapes are left alone', () => {
  for (const text of ['12345', '0123456789', '98765432101', 'abc']) expect(phoneOf(text)).toBeUndefined();
});
