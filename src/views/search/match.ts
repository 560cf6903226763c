// From typed words to FTS5 match expressions, one for each step from the strictest to the widest. It must not know what a patient is.
import { nameWords } from '#kernel/shared/name-search.ts';
import { backwards, type WordKind } from './patient-words.ts';
import { plain } from './plain.ts';
import { soundOf } from './sounds.ts';

/** Longer searches are pasted by mistake; names have at most six words. */
const MAX_WORDS = 8;
/** Fewer digits are an age, not a piece of a phone number. */
export const MIN_PHONE_DIGITS = 4;

export interface AskedWords {
  readonly words: readonly string[];
  /** Pieces of a phone number. */
  readonly digits: readonly string[];
  /** `sunita 34`: about that age. */
  readonly years: number | undefined;
}

export type MatchStep = 'exact' | 'begins' | 'sounds' | 'wide';
export const MATCH_STEPS: readonly MatchStep[] = ['exact', 'begins', 'sounds', 'wide'];

export function askedWords(text: string): AskedWords {
  const all = nameWords(text).slice(0, MAX_WORDS).map(plain);
  const numbers = all.filter((word) => /^\d+$/.test(word));
  const age = numbers.find((word) => word.length < MIN_PHONE_DIGITS);
  return {
    words: all.filter((word) => !/^\d+$/.test(word)),
    digits: numbers.filter((word) => word.length >= MIN_PHONE_DIGITS),
    years: age === undefined ? undefined : Number(age),
  };
}

/** Quoted: whatever the word is, FTS5 reads it as one word. Quotes cannot be in it, because only letters and digits are. */
function term(kind: WordKind, word: string, prefix: boolean): string {
  return `"${kind}${word}"${prefix ? '*' : ''}`;
}

/** The match expression of a step, or undefined when nothing was asked. The last word may be half typed. */
export function matchOf({ words, digits }: AskedWords, step: MatchStep): string | undefined {
  // One word alone is a name: nobody is looked for by a village.
  if (step === 'wide' && words.length < 2) return undefined;
  const parts = words.map((word, index) => wordPart(word, step, index === words.length - 1));
  for (const one of digits) parts.push(`(${term('p', one, true)} OR ${term('q', backwards(one), true)})`);
  return parts.length === 0 ? undefined : parts.join(' AND ');
}

function wordPart(word: string, step: MatchStep, last: boolean): string {
  const sound = soundOf(word);
  switch (step) {
    case 'exact':
      return term('n', word, false);
    case 'begins':
      return term('n', word, last);
    case 'sounds':
      return sound === '' ? term('n', word, true) : term('s', sound, last);
    case 'wide': {
      const kinds: readonly WordKind[] = ['s', 'r', 'v'];
      return `(${[term('n', word, last), ...(sound === '' ? [] : kinds.map((kind) => term(kind, sound, last)))].join(' OR ')})`;
    }
    default:
      return step satisfies never;
  }
}
