// A word as the index holds it.

/** Most names: nothing to fold. */
const ASCII = /^[a-z0-9]+$/;

/** Latin letters without their marks (José is found as jose); other scripts keep theirs, because there a mark is a vowel. */
export function plain(word: string): string {
  if (ASCII.test(word)) return word;
  if (!/^[\p{Script=Latin}\p{M}\p{N}]+$/u.test(word)) return word.normalize('NFC');
  // A mark that stands alone is kept: an empty word would match everybody.
  return word.normalize('NFD').replace(/\p{M}/gu, '') || word.normalize('NFC');
}
