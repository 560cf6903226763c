// Reads an age as people say it at a counter: `34`, `8m`, `3d`, `1y6m`, or a date of birth. It must not guess.
import { type AgeInput, MAX_AGE_YEARS } from '#kernel/shared/age.ts';
import { parsePlainDate, type PlainDate } from '#kernel/shared/time.ts';

export type AgeText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'age'; readonly age: AgeInput }
  | { readonly kind: 'birth'; readonly date: PlainDate }
  | { readonly kind: 'wrong' };

const UNITS = [
  { unit: 'years', words: ['y', 'yr', 'yrs', 'year', 'years', 'व', 'वर्ष', 'साल'], max: MAX_AGE_YEARS },
  { unit: 'months', words: ['m', 'mo', 'mth', 'month', 'months', 'म', 'माह', 'महीने', 'महीना'], max: MAX_AGE_YEARS * 12 },
  { unit: 'days', words: ['d', 'day', 'days', 'द', 'दिन'], max: MAX_AGE_YEARS * 366 },
] as const;

/** Devanagari digits as Latin ones: a Hindi keyboard types them. */
export function latinDigits(text: string): string {
  return text.normalize('NFC').replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

export function parseAgeText(typed: string): AgeText {
  const text = latinDigits(typed).trim().toLowerCase();
  if (text === '') return { kind: 'empty' };
  if (/^\d{1,3}$/.test(text)) return Number(text) <= MAX_AGE_YEARS ? { kind: 'age', age: { years: Number(text) } } : { kind: 'wrong' };
  const date = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text);
  if (date !== null) {
    const [, day = '', month = '', year = ''] = date;
    const born = parsePlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    return born === undefined ? { kind: 'wrong' } : { kind: 'birth', date: born };
  }
  return parseUnits(text);
}

function parseUnits(text: string): AgeText {
  const age: { years?: number; months?: number; days?: number } = {};
  let rest = text;
  let place = 0;
  while (rest !== '') {
    const part = /^(\d{1,5})\s*([^\d\s]+)\s*/.exec(rest);
    const [whole = '', value = '', word = ''] = part ?? [];
    const at = UNITS.findIndex(({ words }) => (words as readonly string[]).includes(word));
    const unit = UNITS[at];
    // Each unit once, larger before smaller: `6m1y` is more likely a slip of the finger than an age.
    if (unit === undefined || at < place || Number(value) > unit.max) return { kind: 'wrong' };
    age[unit.unit] = Number(value);
    place = at + 1;
    rest = rest.slice(whole.length);
  }
  return { kind: 'age', age };
}
