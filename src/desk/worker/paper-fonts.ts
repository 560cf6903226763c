// The fonts of papers, from the app's own files: `@font-face` rules for browser print, bytes for PDF and label printers. Nothing from elsewhere.
import { FONT_FACES, FONT_FILES, FONT_NAMES, fontFaceCss } from '#print/font-faces.ts';
import devanagari400 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff?url';
import devanagari700 from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-700-normal.woff?url';
import latin400 from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url';
import latin700 from '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff?url';
import latinExt400 from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff?url';
import latinExt700 from '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff?url';
import type { LetterFont } from './letters.ts';

const URLS: ReadonlyMap<string, string> = new Map([
  [FONT_FILES.NotoLatin.normal, latin400],
  [FONT_FILES.NotoLatin.bold, latin700],
  [FONT_FILES.NotoLatinExt.normal, latinExt400],
  [FONT_FILES.NotoLatinExt.bold, latinExt700],
  [FONT_FILES.NotoDevanagari.normal, devanagari400],
  [FONT_FILES.NotoDevanagari.bold, devanagari700],
]);

function urlOf(file: string): string {
  const url = URLS.get(file);
  if (url === undefined) throw new Error(`invariant: ${file} is one of FONT_FILES`);
  return new URL(url, location.href).href;
}

export const fontCss = fontFaceCss(urlOf);

/** The bytes of one of `FONT_FILES`; from the offline shell when there is no network. */
export async function loadFont(file: string): Promise<Uint8Array> {
  const response = await fetch(urlOf(file));
  if (!response.ok) throw new Error(`the font ${file} could not be loaded (${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Bold letters of both scripts, for `openLetters`. */
export async function letterFonts(): Promise<readonly LetterFont[]> {
  return Promise.all(FONT_NAMES.map(async (name) => ({ ...FONT_FACES[name], bytes: await loadFont(FONT_FILES[name].bold) })));
}
