// Age as told (value, precision, as-of date) is not a date of birth: it gives an interval of birth dates, and an age in days with its doubt.
import { z } from 'zod';
import { DAY_MS, daysBetween, plainDateSchema, type PlainDate } from './time.ts';

/** Cast holds: the schema accepts exactly what `parsePlainDate` accepts. */
const plainDate = plainDateSchema as unknown as z.ZodType<PlainDate>;

/** The oldest age that anybody is believed to tell; a typing error is more likely above it. */
export const MAX_AGE_YEARS = 130;

export const ageAsTold = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('told'), value: z.number().int().min(0), precision: z.enum(['years', 'months', 'days']), asOf: plainDate }),
  z.object({ kind: z.literal('birth'), date: plainDate }),
  z.object({ kind: z.literal('unknown') }),
]);
export type AgeAsTold = z.infer<typeof ageAsTold>;

/** What a desk types: one or more of the three, counted together at the finest precision given. */
export const ageInput = z
  .strictObject({
    years: z.number().int().min(0).max(MAX_AGE_YEARS).optional(),
    months: z
      .number()
      .int()
      .min(0)
      .max(MAX_AGE_YEARS * 12)
      .optional(),
    days: z
      .number()
      .int()
      .min(0)
      .max(MAX_AGE_YEARS * 366)
      .optional(),
    /** Asked, and nobody knows. */
    unknown: z.literal(true).optional(),
  })
  .refine((age) => age.years !== undefined || age.months !== undefined || age.days !== undefined || age.unknown === true, {
    message: 'Give years, months or days, for example {"years": 34}, or {"unknown": true}',
  });
export type AgeInput = z.infer<typeof ageInput>;

export interface BirthInterval {
  /** Born on or after. */
  readonly from: PlainDate;
  /** Born on or before. */
  readonly to: PlainDate;
}

/** Age in whole days, from the youngest to the oldest that is possible. */
export interface AgeInDays {
  readonly min: number;
  readonly max: number;
}

const DAYS_PER_MONTH = 30.4375;

/** Age as told at `asOf`, counted at the finest precision given: 1 year 6 months is 18 months. */
export function toldAge(input: AgeInput, asOf: PlainDate): AgeAsTold {
  if (input.years === undefined && input.months === undefined && input.days === undefined) return { kind: 'unknown' };
  const years = input.years ?? 0;
  const months = input.months ?? 0;
  if (input.days !== undefined) {
    const whole = Math.round((years * 12 + months) * DAYS_PER_MONTH) + input.days;
    return { kind: 'told', value: whole, precision: 'days', asOf };
  }
  if (input.months !== undefined) return { kind: 'told', value: years * 12 + months, precision: 'months', asOf };
  return { kind: 'told', value: years, precision: 'years', asOf };
}

/** `date` less `months` calendar months; the last day of a shorter month where needed. */
function monthsBefore(date: PlainDate, months: number): PlainDate {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1 - months;
  const first = new Date(Date.UTC(2000, 0, 1));
  first.setUTCFullYear(year, month, 1);
  const last = new Date(first);
  last.setUTCFullYear(first.getUTCFullYear(), first.getUTCMonth() + 1, 0);
  first.setUTCDate(Math.min(Number(date.slice(8, 10)), last.getUTCDate()));
  return first.toISOString().slice(0, 10) as PlainDate; // ISO dates are plain dates
}

function plusDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate; // ISO dates are plain dates
}

/** The dates on which the person can have been born; undefined when nobody knows. */
export function birthInterval(age: AgeAsTold | undefined): BirthInterval | undefined {
  if (age === undefined || age.kind === 'unknown') return undefined;
  if (age.kind === 'birth') return { from: age.date, to: age.date };
  const { value, precision, asOf } = age;
  // Bounded: an event from another program may tell any age, and dates end somewhere.
  const bounded = Math.min(value, precision === 'days' ? 60_000 : precision === 'months' ? 2_000 : 160);
  if (precision === 'days') return { from: plusDays(asOf, -bounded), to: plusDays(asOf, -bounded) };
  const months = precision === 'years' ? bounded * 12 : bounded;
  const step = precision === 'years' ? 12 : 1;
  return { from: plusDays(monthsBefore(asOf, months + step), 1), to: monthsBefore(asOf, months) };
}

/** Age in days on `on`, with its doubt; undefined when unknown or when `on` is before every possible birth. */
export function ageInDays(age: AgeAsTold | undefined, on: PlainDate): AgeInDays | undefined {
  const born = birthInterval(age);
  if (born === undefined) return undefined;
  const max = daysBetween(born.from, on);
  if (max < 0) return undefined;
  return { min: Math.max(0, daysBetween(born.to, on)), max };
}

/** For labels and lists: the whole years, months or days now, and whether it is only about that. */
export function ageNow(
  age: AgeAsTold | undefined,
  on: PlainDate,
): { readonly value: number; readonly unit: 'years' | 'months' | 'days'; readonly about: boolean } | undefined {
  const days = ageInDays(age, on);
  if (days === undefined) return undefined;
  const middle = (days.min + days.max) / 2;
  const about = days.min !== days.max;
  if (middle >= 2 * 365.25)
    return { value: Math.floor(days.min === days.max ? wholeYears(age, on) : middle / 365.25), unit: 'years', about };
  if (middle >= 60) return { value: Math.floor(middle / DAYS_PER_MONTH), unit: 'months', about };
  return { value: Math.floor(middle), unit: 'days', about };
}

function wholeYears(age: AgeAsTold | undefined, on: PlainDate): number {
  const born = birthInterval(age);
  if (born === undefined) return 0;
  const years = Number(on.slice(0, 4)) - Number(born.to.slice(0, 4));
  return on.slice(5) < born.to.slice(5) ? years - 1 : years;
}
