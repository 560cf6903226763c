// Text as runs of one font each: the PDF writer, unlike a browser, draws boxes where a font lacks a letter.

export type FontName = 'NotoLatin' | 'NotoLatinExt' | 'NotoDevanagari';

export interface ScriptRun {
  readonly font: FontName;
  readonly text: string;
}

/** What the laboratory writes and the fonts lack, said in letters that they have. */
const SUBSTITUTES: Readonly<Record<string, string>> = {
  '\u2265': '>=',
  '\u2264': '<=',
  '\u2192': '->',
  '\u2191': '^',
  '\u2193': 'v',
  '\u2070': '^0',
  '\u2074': '^4',
  '\u2075': '^5',
  '\u2076': '^6',
  '\u2077': '^7',
  '\u2078': '^8',
  '\u2079': '^9',
  '\u03bc': '\u00b5',
  '\u2011': '-',
  '\u2010': '-',
  '\u202f': ' ',
  '\u00a0': ' ',
};

const DEVANAGARI = /[\u0900-\u097f\u1cd0-\u1cf9\u200c\u200d\u20b9\u25cc\ua830-\ua839\ua8e0-\ua8ff]/;
/** Exactly what the Latin subset of Noto Sans holds and we use. */
const LATIN =
  /[ -~\u00a0-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2032\u2033\u2044\u20ac\u2122\u2212\ufffd]/;
const LATIN_EXT = /[\u0100-\u024f\u0250-\u02af\u1e00-\u1eff\u2020\u20a0-\u20c0\u2113]/;

function fontOf(letter: string): FontName | undefined {
  if (DEVANAGARI.test(letter)) return 'NotoDevanagari';
  if (LATIN.test(letter)) return 'NotoLatin';
  return LATIN_EXT.test(letter) ? 'NotoLatinExt' : undefined;
}

/** A letter of a script that is not embedded becomes U+FFFD: shown as unreadable, never silently dropped. */
export function scriptRuns(text: string): readonly ScriptRun[] {
  const runs: { font: FontName; text: string }[] = [];
  const clean = text.normalize('NFC').replace(/[\u0000-\u0009\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
  for (const letter of Array.from(clean)) {
    const drawn = SUBSTITUTES[letter] ?? letter;
    const last = runs.at(-1);
    // A space stays in the run before it, so that a Hindi sentence is shaped as one; the Devanagari font has a space.
    const font = letter === '\n' || letter === ' ' ? (last?.font ?? 'NotoLatin') : (fontOf(drawn.charAt(0)) ?? fontOf(drawn));
    const shown = font === undefined ? '\ufffd' : drawn;
    const target = font ?? 'NotoLatin';
    if (last !== undefined && last.font === target) last.text += shown;
    else runs.push({ font: target, text: shown });
  }
  return runs;
}
