// Devanagari as it is spelled in Latin on Indian forms: nukta letters by sound, the last inherent vowel silent. For comparing, not for printing.

const CONSONANTS: Readonly<Record<string, string>> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'chh',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  प: 'p',
  फ: 'ph',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
  ळ: 'l',
  ऩ: 'n',
  ऱ: 'r',
  ऴ: 'l',
};
/** With the nukta (U+093C), which NFC keeps as a letter of its own. */
const WITH_NUKTA: Readonly<Record<string, string>> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  ज: 'z',
  ड: 'r',
  ढ: 'rh',
  फ: 'f',
  य: 'y',
  न: 'n',
  र: 'r',
  ळ: 'l',
};
const VOWELS: Readonly<Record<string, string>> = {
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'ai',
  ओ: 'o',
  औ: 'au',
  ऑ: 'o',
  ऍ: 'e',
  ऎ: 'e',
  ऒ: 'o',
};
const SIGNS: Readonly<Record<string, string>> = {
  '\u093e': 'a',
  '\u093f': 'i',
  '\u0940': 'i',
  '\u0941': 'u',
  '\u0942': 'u',
  '\u0943': 'ri',
  '\u0945': 'e',
  '\u0946': 'e',
  '\u0947': 'e',
  '\u0948': 'ai',
  '\u0949': 'o',
  '\u094a': 'o',
  '\u094b': 'o',
  '\u094c': 'au',
};
const NUKTA = '\u093c';
const VIRAMA = '\u094d';
/** Chandrabindu and anusvara; the fold of sound-alikes makes an m of it before p and b. */
const NASALS = new Set(['\u0901', '\u0902']);

/** @param word one word of Devanagari; other letters pass through. */
export function transliterate(word: string): string {
  const letters = Array.from(word.normalize('NFC').replace(/ज्ञ/g, 'ग्य'));
  let out = '';
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    const nukta = letters[at + 1] === NUKTA;
    const consonant = nukta ? (WITH_NUKTA[letter] ?? CONSONANTS[letter]) : CONSONANTS[letter];
    if (consonant !== undefined) {
      if (nukta) at += 1;
      out += consonant;
      const next = letters[at + 1];
      const last = next === undefined;
      // The inherent vowel: silent at the end of a word, absent before a vowel sign or virama.
      if (!last && next !== VIRAMA && SIGNS[next] === undefined) out += 'a';
    } else if (NASALS.has(letter)) out += 'n';
    else if (letter === '\u0903') out += 'h';
    else if (letter !== VIRAMA && letter !== NUKTA) out += VOWELS[letter] ?? SIGNS[letter] ?? letter;
  }
  return out;
}
