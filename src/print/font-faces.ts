// The fonts of paper: which letters each file has, and the CSS for HTML. Where the files are, the caller knows: an address of the app's own origin, or a data URI.
import type { FontName } from './script-runs.ts';

export type FontFile = `@fontsource/${string}.woff`;

/** Files of `@fontsource/noto-sans` and `@fontsource/noto-sans-devanagari`, relative to `node_modules`; HTML, PDF and label printers use the same. */
export const FONT_FILES = {
  NotoLatin: {
    normal: '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff',
    bold: '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff',
  },
  NotoLatinExt: {
    normal: '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff',
    bold: '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff',
  },
  NotoDevanagari: {
    normal: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff',
    bold: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-700-normal.woff',
  },
} as const satisfies Readonly<Record<FontName, Readonly<Record<'normal' | 'bold', FontFile>>>>;

/** CSS family, and the letters that a browser takes from it. */
export const FONT_FACES: Readonly<Record<FontName, { readonly family: string; readonly range: string }>> = {
  NotoLatin: {
    family: 'Noto Sans',
    range: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+FEFF,U+FFFD',
  },
  NotoLatinExt: {
    family: 'Noto Sans',
    range: 'U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113',
  },
  NotoDevanagari: {
    family: 'Noto Sans Devanagari',
    range: 'U+0900-097F,U+1CD0-1CF9,U+200C-200D,U+20B9,U+25CC,U+A830-A839,U+A8E0-A8FF',
  },
};

export const FONT_NAMES = Object.keys(FONT_FILES) as readonly FontName[]; // its own keys

/** `@font-face` rules for `paperHtml` and `labelsHtml`. @param urlOf a URL without quotes or brackets, for example `data:font/woff;base64,…` */
export function fontFaceCss(urlOf: (file: FontFile) => string): string {
  return FONT_NAMES.flatMap((name) => [
    rule(name, 400, urlOf(FONT_FILES[name].normal)),
    rule(name, 700, urlOf(FONT_FILES[name].bold)),
  ]).join('\n');
}

function rule(name: FontName, weight: number, url: string): string {
  if (/["'()\\\s<>]/.test(url)) throw new Error('invariant: the address of a font has no quotes, brackets or spaces');
  const { family, range } = FONT_FACES[name];
  return `@font-face{font-family:'${family}';font-style:normal;font-weight:${weight};font-display:block;src:url(${url}) format('woff');unicode-range:${range}}`;
}
