// Ages as typed at a counter, in both scripts, and what is refused rather than guessed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageInput } from '#kernel/shared/age.ts';
import { parseAgeText } from './age-text.ts';

describe('age as typed', () => {
  test.each([
    ['34', { years: 34 }],
    ['34y', { years: 34 }],
    ['8m', { months: 8 }],
    ['8 M', { months: 8 }],
    ['3d', { days: 3 }],
    ['0', { years: 0 }],
    ['1y6m', { years: 1, months: 6 }],
    ['1 y 6 m', { years: 1, months: 6 }],
    ['2m 10d', { months: 2, days: 10 }],
    ['३४', { years: 34 }],
    ['८ माह', { months: 8 }],
    ['३ दिन', { days: 3 }],
    [' 130 ', { years: 130 }],
  ])('%s', (typed, age) => expect(parseAgeText(typed)).toEqual({ kind: 'age', age }));

  test.each([
    ['23/4/1990', '1990-04-23'],
    ['23-04-1990', '1990-04-23'],
    ['1.1.2020', '2020-01-01'],
    ['२३/०४/१९९०', '1990-04-23'],
  ])('%s is a date of birth, day first', (typed, date) => {
    expect(parseAgeText(typed)).toEqual({ kind: 'birth', date });
  });

  test.each(['131', '999', '8x', 'm', '34 34', '6m1y', '1y2y', '31/2/1990', '4/23/1990', '-3', '1.5', '34years old', '99999999'])(
    '%s is refused',
    (typed) => {
      expect(parseAgeText(typed)).toEqual({ kind: 'wrong' });
    },
  );

  test('nothing typed is nothing told', () => expect(parseAgeText('  ')).toEqual({ kind: 'empty' }));

  test('whatever is typed, what comes out is an age that the kernel takes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}[ymd ]{0,2}\d{0,3}[md]?$/)), (typed) => {
        const read = parseAgeText(typed);
        if (read.kind === 'age') expect(ageInput.safeParse(read.age).success).toBe(true);
      }),
    );
  });
});
