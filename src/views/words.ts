// Words and dates for paper, in both languages: ages, sexes, relations, alerts. Latin digits always; times in the hospital's zone.
import { HOSPITAL_OFFSET_MS, type Instant } from '#kernel/shared/time.ts';
import type { Sex } from '#kernel/shared/fields.ts';
import type { AgeShape } from './shapes/common.ts';

export interface Both {
  readonly en: string;
  readonly hi: string;
}

export function both(en: string, hi: string | null | undefined): Both {
  return { en, hi: hi ?? en };
}

export const SEX_WORDS: Readonly<Record<Sex, Both & { readonly short: string }>> = {
  female: { en: 'female', hi: 'महिला', short: 'F' },
  male: { en: 'male', hi: 'पुरुष', short: 'M' },
  other: { en: 'other', hi: 'अन्य', short: 'O' },
  unknown: { en: 'sex not known', hi: 'लिंग ज्ञात नहीं', short: '?' },
};

const UNITS: Readonly<Record<AgeShape['unit'], { readonly one: Both; readonly many: Both; readonly short: string }>> = {
  years: { one: { en: 'year', hi: 'वर्ष' }, many: { en: 'years', hi: 'वर्ष' }, short: 'Y' },
  months: { one: { en: 'month', hi: 'माह' }, many: { en: 'months', hi: 'माह' }, short: 'M' },
  days: { one: { en: 'day', hi: 'दिन' }, many: { en: 'days', hi: 'दिन' }, short: 'D' },
};

export function ageWords(age: AgeShape | null): Both {
  if (age === null) return { en: 'age not known', hi: 'आयु ज्ञात नहीं' };
  const unit = age.value === 1 ? UNITS[age.unit].one : UNITS[age.unit].many;
  return { en: `${age.value} ${unit.en}`, hi: `${age.value} ${unit.hi}` };
}

/** `34Y F`, for a label. */
export function ageSexShort(age: AgeShape | null, sex: Sex): string {
  return `${age === null ? '?' : `${age.value}${UNITS[age.unit].short}`} ${SEX_WORDS[sex].short}`;
}

const RELATIONS: Readonly<Record<string, string>> = {
  'S/O': 'पिता/माता',
  'D/O': 'पिता/माता',
  'W/O': 'पति',
  'H/O': 'पत्नी',
  'M/O': 'संतान',
  'C/O': 'द्वारा',
};

export function relationWords(relation: { readonly type: string; readonly name: string }): Both {
  return { en: `${relation.type} ${relation.name}`, hi: `${RELATIONS[relation.type] ?? relation.type}: ${relation.name}` };
}

export const ALERT_WORDS: Readonly<Record<string, Both>> = {
  infection: { en: 'Infection', hi: 'संक्रमण' },
  'fall-risk': { en: 'May fall', hi: 'गिरने का जोखिम' },
  'bleeding-risk': { en: 'May bleed', hi: 'रक्तस्राव का जोखिम' },
  'difficult-airway': { en: 'Difficult airway', hi: 'श्वास नली कठिन' },
  pregnancy: { en: 'Pregnant', hi: 'गर्भवती' },
  'no-blood-products': { en: 'No blood products', hi: 'रक्त उत्पाद न दें' },
  violence: { en: 'Care: violence', hi: 'सावधान: हिंसा' },
  other: { en: 'Alert', hi: 'चेतावनी' },
};

export const SEVERITY_WORDS: Readonly<Record<string, Both>> = {
  severe: { en: 'SEVERE', hi: 'गंभीर' },
  mild: { en: 'mild', hi: 'हल्की' },
};

export const NEXT_WORDS = {
  goTo: { en: 'Go to {place}', hi: '{place} जाएँ' },
  collect: { en: 'Give the samples at {place}', hi: '{place} पर नमूना दें' },
  collection: { en: 'sample collection', hi: 'नमूना कक्ष' },
  room: { en: 'room {room}', hi: 'कमरा {room}' },
} as const;

export function filled(words: Both, facts: { readonly [K in string]: Both }): Both {
  const fill = (text: string, language: 'en' | 'hi'): string =>
    text.replace(/\{(\w+)\}/g, (whole, key: string) => facts[key]?.[language] ?? whole);
  return { en: fill(words.en, 'en'), hi: fill(words.hi, 'hi') };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `23-11-2026` */
export function dateText(at: Instant): string {
  const local = new Date(at + HOSPITAL_OFFSET_MS);
  return `${two(local.getUTCDate())}-${two(local.getUTCMonth() + 1)}-${local.getUTCFullYear()}`;
}

/** `23-11-2026 10:42` */
export function timeText(at: Instant): string {
  const local = new Date(at + HOSPITAL_OFFSET_MS);
  return `${dateText(at)} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/** `23-11-26 10:42`, for a label */
export function shortTimeText(at: Instant): string {
  return timeText(at).replace(/-(\d{2})(\d{2}) /, '-$2 ');
}
