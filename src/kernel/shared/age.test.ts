// Age as told keeps its doubt: an interval of birth dates, and days from the youngest to the oldest.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageInDays, ageNow, birthInterval, toldAge, type AgeAsTold } from './age.ts';
import { daysBetween, type PlainDate } from './time.ts';

const date = (text: string) => text as PlainDate; // written as one
const TODAY = date('2022-11-23');

describe('age', () => {
  test('34 years told today: born in the year that ends today 34 years ago', () => {
    expect(birthInterval(toldAge({ years: 34 }, TODAY))).toEqual({ from: '1987-11-24', to: '1988-11-23' });
    expect(ageInDays(toldAge({ years: 34 }, TODAY), TODAY)).toEqual({ min: 12418, max: 12783 });
  });
  test('months and days; a mixture counts at the finest', () => {
    expect(birthInterval(toldAge({ months: 1 }, date('2022-03-31')))).toEqual({ from: '2022-02-01', to: '2022-02-28' });
    expect(birthInterval(toldAge({ days: 3 }, TODAY))).toEqual({ from: '2022-11-20', to: '2022-11-20' });
    expect(toldAge({ years: 1, months: 6 }, TODAY)).toEqual({ kind: 'told', value: 18, precision: 'months', asOf: TODAY });
  });
  test('a birth date has no doubt; unknown has no interval', () => {
    expect(ageInDays({ kind: 'birth', date: date('2022-11-01') }, TODAY)).toEqual({ min: 22, max: 22 });
    expect(ageInDays({ kind: 'unknown' }, TODAY)).toBeUndefined();
    expect(ageInDays(undefined, TODAY)).toBeUndefined();
    expect(ageInDays({ kind: 'birth', date: date('2023-01-01') }, TODAY)).toBeUndefined();
  });
  test('the doubt stays as wide as it was told, years later', () => {
    const told = toldAge({ years: 34 }, date('2012-11-23'));
    const days = ageInDays(told, TODAY);
    expect((days?.max ?? 0) - (days?.min ?? 0)).toBe(364);
  });
  test('on the label: whole years, months or days', () => {
    expect(ageNow(toldAge({ years: 34 }, TODAY), TODAY)).toEqual({ value: 34, unit: 'years', about: true });
    expect(ageNow({ kind: 'birth', date: date('1990-11-24') }, TODAY)).toEqual({ value: 31, unit: 'years', about: false });
    expect(ageNow(toldAge({ days: 3 }, TODAY), TODAY)).toEqual({ value: 3, unit: 'days', about: false });
    expect(ageNow(toldAge({ months: 8 }, TODAY), TODAY)).toMatchObject({ unit: 'months' });
  });
  test('any age as told: an interval in order, that holds today the age that was told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 130 }),
        fc.constantFrom('years', 'months', 'days'),
        fc.integer({ min: 0, max: 3000 }),
        (value, precision, later) => {
          const age: AgeAsTold = { kind: 'told', value, precision, asOf: TODAY };
          const born = birthInterval(age);
          if (born === undefined) throw new Error('told ages have an interval');
          expect(born.from <= born.to).toBe(true);
          const span = daysBetween(born.from, born.to);
          expect(span).toBeLessThanOrEqual(precision === 'years' ? 366 : precision === 'months' ? 31 : 0);
          const on = new Date(Date.parse(`${TODAY}T00:00:00Z`) + later * 86_400_000).toISOString().slice(0, 10);
          const days = ageInDays(age, date(on));
          expect(days?.min).toBeGreaterThanOrEqual(0);
          expect((days?.max ?? 0) - (days?.min ?? 0)).toBe(span);
        },
      ),
    );
  });
});
