// The hospital's numbers: 12 digits, `K RRRRR SSSSS C`: kind, range, serial, check digit (ISO 7064 MOD 11,10).
// One scan anywhere says what it is. It must not know who owns which range.
import type { Brand } from './ids.ts';

/** A 12-digit number with a right check digit and a known kind. */
export type HospitalNumber = Brand<string, 'HospitalNumber'>;

/** First digit of each kind. Only added, never changed: the digit is printed on paper that lasts for decades. */
export const NUMBER_KINDS = {
  uhid: '1',
  accession: '2',
  visit: '3',
  order: '4',
  receipt: '5',
  form: '6',
  temporary: '7',
  report: '8',
  pass: '9',
} as const;

export type NumberKind = keyof typeof NUMBER_KINDS;

/** Five digits of range: 100,000 devices (or pre-printed rolls) for each kind. */
export const RANGE_COUNT = 100_000;
/** Five digits of serial: 100,000 numbers in one range. */
export const SERIALS_PER_RANGE = 100_000;
/** Serials are taken in blocks of 20 at random positions, so that an undetected clone rarely repeats one (DESIGN section 3). */
export const SERIAL_BLOCK = 20;

const KIND_OF = new Map<string, NumberKind>(
  Object.entries(NUMBER_KINDS).map(([kind, digit]) => [digit, kind as NumberKind]), // entries of the table above
);

/** ISO 7064 MOD 11,10 check digit of a string of digits: finds every wrong digit and nearly every swap of neighbours. */
export function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    let sum = (product + Number(digit)) % 10;
    if (sum === 0) sum = 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** @param range 0 to 99,999 @param serial 0 to 99,999 */
export function makeNumber(kind: NumberKind, range: number, serial: number): HospitalNumber {
  if (!Number.isInteger(range) || range < 0 || range >= RANGE_COUNT) throw new RangeError('invariant: range is 0 to 99999');
  if (!Number.isInteger(serial) || serial < 0 || serial >= SERIALS_PER_RANGE) throw new RangeError('invariant: serial is 0 to 99999');
  const body = NUMBER_KINDS[kind] + String(range).padStart(5, '0') + String(serial).padStart(5, '0');
  return (body + checkDigit(body)) as HospitalNumber; // the one maker besides the parser
}

export type ParsedNumber =
  | { readonly ok: true; readonly number: HospitalNumber; readonly kind: NumberKind; readonly range: number; readonly serial: number }
  | { readonly ok: false; readonly code: NumberProblem; readonly facts: Readonly<Record<string, string | number>> };

export type NumberProblem =
  | 'number-letters'
  | 'number-too-short'
  | 'number-too-long'
  | 'number-check-digit'
  | 'number-kind-unknown'
  | 'number-kind-other';

/**
 * Reads a number as typed or scanned (spaces and hyphens allowed, Devanagari digits too) and says what is wrong with
 * a mistyped one. @param expected the kind that the field is for, when it is for one.
 */
export function parseNumber(text: string, expected?: NumberKind): ParsedNumber {
  const digits = text
    .normalize('NFKC')
    .replace(/[०-९]/g, (c) => String(c.charCodeAt(0) - 0x0966))
    .replace(/[\s-]/g, '');
  if (!/^\d*$/.test(digits)) return { ok: false, code: 'number-letters', facts: {} };
  if (digits.length < 12) return { ok: false, code: 'number-too-short', facts: { digits: digits.length } };
  if (digits.length > 12) return { ok: false, code: 'number-too-long', facts: { digits: digits.length } };
  if (checkDigit(digits.slice(0, 11)) !== digits[11]) return { ok: false, code: 'number-check-digit', facts: {} };
  const kind = KIND_OF.get(digits[0]!); // twelve digits are there
  if (kind === undefined) return { ok: false, code: 'number-kind-unknown', facts: { digit: digits[0]! } };
  if (expected !== undefined && kind !== expected) return { ok: false, code: 'number-kind-other', facts: { kind, expected } };
  return {
    ok: true,
    number: digits as HospitalNumber, // checked above
    kind,
    range: Number(digits.slice(1, 6)),
    serial: Number(digits.slice(6, 11)),
  };
}

/** `1 00042 00017 3`, the way a person reads it aloud: groups of 4. */
export function formatNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
