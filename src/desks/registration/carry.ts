// What was typed in the search box, as fields of a new patient: nothing is ever asked twice.
import type { relation } from '#kernel/shared/fields.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { latinDigits } from '#desk/app/age-text.ts';
import type { z } from 'zod';

export interface Carried {
  readonly name?: string;
  readonly nameHi?: string;
  readonly phone?: string;
  readonly uhidTold?: string;
}

const DEVANAGARI = /[\u0900-\u097f]/;

/** Ten digits are a phone, twelve right ones a UHID, letters a name in the script that they are in. */
export function carry(typed: string): Carried {
  const text = typed.trim().replace(/\s+/g, ' ').normalize('NFC');
  if (text === '') return {};
  const phone = phoneOf(text);
  if (phone !== undefined) return { phone };
  const number = parseNumber(text, 'uhid');
  if (number.ok) return { uhidTold: number.number };
  if (!/\p{L}/u.test(text)) return {};
  const mixed = /^(.*?\p{L}.*?)\s+(\+?[\d०-९][\d०-९ -]{8,})$/u.exec(text);
  if (mixed !== null) {
    const [, name = '', digits = ''] = mixed;
    const also = phoneOf(digits);
    return { ...carry(name), ...(also === undefined ? {} : { phone: also }) };
  }
  return DEVANAGARI.test(text) ? { nameHi: text } : { name: titleCase(text) };
}

/** The ten digits of an Indian mobile or landline number, without 0, 91 or +91. */
export function phoneOf(text: string): string | undefined {
  const digits = latinDigits(text)
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+91|0091)/, '')
    .replace(/^(?:91|0)(?=\d{10}$)/, '');
  return /^[1-9]\d{9}$/.test(digits) ? digits : undefined;
}

/** `sunita devi` typed in a hurry is written as on paper; a name with any capital stays as typed. */
export function titleCase(text: string): string {
  return text === text.toLowerCase()
    ? text.replace(/(^|[\s.'-])(\p{Ll})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase())
    : text;
}

type RelationValue = z.infer<typeof relation>;

const RELATIONS: readonly { readonly type: RelationValue['type']; readonly marks: readonly string[] }[] = [
  { type: 'S/O', marks: ['s', 's/o', 'so', 'पुत्र'] },
  { type: 'D/O', marks: ['d', 'd/o', 'do', 'पुत्री'] },
  { type: 'W/O', marks: ['w', 'w/o', 'wo', 'पत्नी'] },
  { type: 'H/O', marks: ['h', 'h/o', 'ho', 'पति'] },
  { type: 'M/O', marks: ['m', 'm/o', 'mo', 'माता'] },
  { type: 'C/O', marks: ['c', 'c/o', 'co', 'द्वारा'] },
];

/**
 * `w ram lal`, `W/O Ram Lal`: the letter says what the patient is to the person named. Without a letter it is care-of:
 * a relation is never guessed from sex or age.
 */
export function parseRelation(typed: string): RelationValue | undefined {
  const text = typed.trim().replace(/\s+/g, ' ').normalize('NFC');
  if (text === '') return undefined;
  const [first = '', ...rest] = text.split(' ');
  const found = RELATIONS.find(({ marks }) => marks.includes(first.toLowerCase().replace(/\.$/, '')));
  if (found === undefined || rest.length === 0) return { type: 'C/O', name: titleCase(text) };
  return { type: found.type, name: titleCase(rest.join(' ')) };
}
