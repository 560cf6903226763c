// The fonts of HTML paper as CSS. Where the files are, the caller knows: an address of the app's own origin, or a data URI.

/** Files of `@fontsource/noto-sans` and `@fontsource/noto-sans-devanagari`, relative to `node_modules`. */
export const HTML_FONT_FILES = [
  { family: 'Noto Sans', weight: 400, file: '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2', range: 'latin' },
  { family: 'Noto Sans', weight: 700, file: '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff2', range: 'latin' },
  { family: 'Noto Sans', weight: 400, file: '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2', range: 'latinExt' },
  { family: 'Noto Sans', weight: 700, file: '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff2', range: 'latinExt' },
  {
    family: 'Noto Sans Devanagari',
    weight: 400,
    file: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff2',
    range: 'devanagari',
  },
  {
    family: 'Noto Sans Devanagari',
    weight: 700,
    file: '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-700-normal.woff2',
    range: 'devanagari',
  },
] as const;

export type HtmlFontFile = (typeof HTML_FONT_FILES)[number]['file'];

const RANGES = {
  latin: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+FEFF,U+FFFD',
  latinExt: 'U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113',
  devanagari: 'U+0900-097F,U+1CD0-1CF9,U+200C-200D,U+20B9,U+25CC,U+A830-A839,U+A8E0-A8FF',
} as const;

/** `@font-face` rules for `paperHtml` and `labelsHtml`. @param urlOf a URL without quotes or brackets, for example `data:font/woff2;base64,…` */
export function fontFaceCss(urlOf: (file: HtmlFontFile) => string): string {
  return HTML_FONT_FILES.map(({ family, weight, file, range }) => {
    const url = urlOf(file);
    if (/["'()\\\s<>]/.test(url)) throw new Error('invariant: the address of a font has no quotes, brackets or spaces');
    return `@font-face{font-family:'${family}';font-style:normal;font-weight:${weight};font-display:block;src:url(${url}) format('woff2');unicode-range:${RANGES[range]}}`;
  }).join('\n');
}
