// A word as the index holds it.

/** Latin letters without their marks (José is found as jose); other scripts keep theirs, because there a mark is a vowel. */
export function plain(word: string): string {
  return /^[\p{Script=Latin}\p{M}\p{N}]+$/u.test(word) ? word.normalize('NFD').replace(/\p{M}/gu, '') : word.normalize('NFC');
}
