// Names as keys that survive spelling: Mohamed and Mohammad, Chowdhury and चौधरी share one. Works on single words of either script.
import { transliterate } from './transliterate.ts';

const DEVANAGARI = /[\u0900-\u097f]/;

/** Written short on cards and forms, always said in full. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  md: 'mohammad',
  mohd: 'mohammad',
  mohmd: 'mohammad',
  mhd: 'mohammad',
  kr: 'kumar',
  km: 'kumari',
  sk: 'sheikh',
  abd: 'abdul',
};

/** Titles are not names; they are left out unless nothing else is there. */
const TITLES = new Set([
  'shri',
  'sri',
  'shree',
  'smt',
  'smti',
  'shrimati',
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'late',
  'master',
  'baby',
  'श्री',
  'श्रीमती',
  'सुश्री',
  'कुमारी',
  'डॉ',
  'स्व',
]);

/** Most names as they are typed: nothing to fold but capitals. */
const SIMPLE = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** Words of a name, folded: NFC, lower case, without dots, apostrophes and marks that join. */
export function nameWords(text: string): readonly string[] {
  if (text === '') return [];
  const words = SIMPLE.test(text)
    ? text.toLowerCase().split(' ')
    : text
        .normalize('NFC')
        .toLowerCase()
        .replace(/['’`\u200c\u200d]/g, '')
        .split(/[^\p{L}\p{M}\p{N}]+/u)
        .filter((word) => word !== '');
  const names = words.filter((word) => !TITLES.has(word));
  return names.length > 0 ? names : words;
}

/** Each in turn; the order matters. What is left are single consonants and vowels. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:gn|gy|jn|dny)(?=[aeiouy])/, 'g'],
  [/(?:gy|jn|dny)(?=[aeiou])/g, 'g'],
  [/ao$/, 'av'],
  [/([aeiou])w(?=[^aeiouyh]|$)/g, '$1'],
  [/ck/g, 'k'],
  [/x/g, 'ks'],
  [/c+h+/g, 'C'],
  [/s+h+/g, 's'],
  [/p+h+/g, 'f'],
  [/([bdgjktz])\1*h+/g, '$1'],
  [/c/g, 'k'],
  [/C/g, 'c'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/rh/g, 'r'],
  [/n(?=[pb])/g, 'm'],
  [/nh$/, 'ng'],
  [/h$/, ''],
];

/** The first vowel tells Asha from Usha; which of its spellings was used does not matter. */
function firstVowel(letter: string): string {
  return letter === 'i' || letter === 'e' || letter === 'y' ? 'i' : letter === 'o' || letter === 'u' ? 'u' : 'a';
}

/**
 * The consonants of a word in either script, its sound-alikes folded, doubles as one; a first vowel stays as its class.
 * Measured on attested variants (facts/india.md section 4), it joins most spellings and keeps siblings' names apart.
 */
export function soundKey(word: string): string {
  const folded = word.normalize('NFC').toLowerCase();
  const spelled = DEVANAGARI.test(folded) ? transliterate(folded) : folded.normalize('NFD').replace(/\p{M}/gu, '');
  let latin = spelled.replace(/[^a-z0-9]/g, '');
  latin = SHORT_FORMS[latin] ?? latin;
  if (latin === '') return folded;
  for (const [pattern, by] of FOLDS) latin = latin.replace(pattern, by);
  const [first = ''] = latin;
  const startsWithVowel = /[aeiou]/.test(first);
  const rest = (startsWithVowel ? latin.slice(1) : latin)
    .replace(/[aeiou]/g, '')
    .replace(/(?!^)y/g, '')
    .replace(startsWithVowel ? /y/g : /(?!)/g, '');
  const single = rest.replace(/(.)\1+/g, '$1');
  return startsWithVowel ? firstVowel(first) + single : single;
}

/** Keys of a name as told in Latin and in Devanagari: each word of both, each once. */
export function nameKeys(name: string | undefined, nameHi?: string): string[] {
  const words = [...(name === undefined ? [] : nameWords(name)), ...(nameHi === undefined ? [] : nameWords(nameHi))];
  return [...new Set(words.map(soundKey))].filter((key) => key !== '');
}

/** Keys of what somebody typed to find a name, in either script. */
export function queryKeys(text: string): string[] {
  return nameKeys(text);
}
