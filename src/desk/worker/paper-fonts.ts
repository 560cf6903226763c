// The fonts of papers, from the app's own files: `@font-face` rules for browser print, bytes for PDF. Nothing from elsewhere.
import { PDF_FONT_FILES } from '#print/pdf.ts';
import devanagari400 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff?url';
import devanagari700 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-700-normal.woff?url';
import latin400 from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url';
import latin700 from '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff?url';
import latinExt400 from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff?url';
import latinExt700 from '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff?url';
import type { LetterFont } from './letters.ts';

const URLS: ReadonlyMap<string, string> = new Map([
  [PDF_FONT_FILES.NotoLatin.normal, latin400],
  [PDF_FONT_FILES.NotoLatin.bold, latin700],
  [PDF_FONT_FILES.NotoLatinExt.normal, latinExt400],
  [PDF_FONT_FILES.NotoLatinExt.bold, latinExt700],
  [PDF_FONT_FILES.NotoDevanagari.normal, devanagari400],
  [PDF_FONT_FILES.NotoDevanagari.bold, devanagari700],
]);

function rule(family: string, weight: number, url: string, range: string): string {
  return `@font-face{font-family:'${family}';font-weight:${weight};src:url(${new URL(url, location.href).href}) format('woff');unicode-range:${range};}`;
}

const LATIN = 'U+0000-00FF,U+2000-206F,U+20B9,U+2212';
const LATIN_EXT = 'U+0100-02FF,U+1E00-1EFF';
const DEVANAGARI = 'U+0900-097F,U+1CD0-1CFF,U+200C-200D,U+20A8,U+20B9,U+25CC,U+A830-A839,U+A8E0-A8FF';

export const fontCss = [
  rule('Noto Sans', 400, latin400, LATIN),
  rule('Noto Sans', 700, latin700, LATIN),
  rule('Noto Sans', 400, latinExt400, LATIN_EXT),
  rule('Noto Sans', 700, latinExt700, LATIN_EXT),
  rule('Noto Sans Devanagari', 400, devanagari400, DEVANAGARI),
  rule('Noto Sans Devanagari', 700, devanagari700, DEVANAGARI),
].join('');

/** The bytes of one of `PDF_FONT_FILES`; from the offline shell when there is no network. */
export async function loadFont(file: string): Promise<Uint8Array> {
  const url = URLS.get(file);
  if (url === undefined) throw new Error(`invariant: ${file} is one of PDF_FONT_FILES`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the font ${file} could not be loaded (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Bold letters of both scripts, for `openLetters`. */
export async function letterFonts(): Promise<readonly LetterFont[]> {
  const font = async (family: string, file: string, range: string): Promise<LetterFont> => ({ family, range, bytes: await loadFont(file) });
  return Promise.all([
    font('Noto Sans', PDF_FONT_FILES.NotoLatin.bold, LATIN),
    font('Noto Sans', PDF_FONT_FILES.NotoLatinExt.bold, LATIN_EXT),
    font('Noto Sans Devanagari', PDF_FONT_FILES.NotoDevanagari.bold, DEVANAGARI),
  ]);
}
