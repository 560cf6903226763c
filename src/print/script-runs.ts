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

type Ranges = readonly (readonly [number, number])[];
/** The Devanagari file, with the joiners that shape it. */
const DEVANAGARI: Ranges = [
  [0x0900, 0x097f],
  [0x1cd0, 0x1cf9],
  [0x200c, 0x200d],
  [0x20b9, 0x20b9],
  [0x25cc, 0x25cc],
  [0xa830, 0xa839],
  [0xa8e0, 0xa8ff],
];
/** What the Latin file holds and we use. */
const LATIN: Ranges = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x131, 0x131],
  [0x152, 0x153],
  [0x2c6, 0x2c6],
  [0x2da, 0x2da],
  [0x2dc, 0x2dc],
  [0x2013, 0x2014],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2022, 0x2022],
  [0x2026, 0x2026],
  [0x2032, 0x2033],
  [0x2044, 0x2044],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  [0x2212, 0x2212],
  [0xfffd, 0xfffd],
];
const LATIN_EXT: Ranges = [
  [0x100, 0x151],
  [0x154, 0x2ba],
  [0x1e00, 0x1e9f],
  [0x1ef2, 0x1eff],
  [0x2020, 0x2020],
  [0x20a0, 0x20ab],
  [0x20ad, 0x20c0],
  [0x2113, 0x2113],
];

function within(ranges: Ranges, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return ranges.some(([from, to]) => code >= from && code <= to);
}

function fontOf(letter: string): FontName | undefined {
  if (within(DEVANAGARI, letter)) return 'NotoDevanagari';
  if (within(LATIN, letter)) return 'NotoLatin';
  return within(LATIN_EXT, letter) ? 'NotoLatinExt' : undefined;
}

/** A letter of a script that is not embedded becomes U+FFFD: shown as unreadable, never silently dropped. */
export function scriptRuns(text: string): readonly ScriptRun[] {
  const runs: { font: FontName; text: string }[] = [];
  const clean = text.normalize('NFC').replace(/[\u0000-\u0009\u000b-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
  for (const letter of Array.from(clean)) {
    const drawn = SUBSTITUTES[letter] ?? letter;
    const last = runs.at(-1);
    // A space stays in the run before it, so that a Hindi sentence is shaped as one; the Devanagari font has a space.
    const font = letter === '\n' || letter === ' ' ? (last?.font ?? 'NotoLatin') : fontOf(drawn);
    const shown = font === undefined ? '\ufffd' : drawn;
    const target = font ?? 'NotoLatin';
    if (last !== undefined && last.font === target) last.text += shown;
    else runs.push({ font: target, text: shown });
  }
  return runs;
}
