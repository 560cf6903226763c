// The tube label in ZPL II for a 203 dpi label printer. All data is hex-escaped: a name is never a command.
import { type Bitmap, rowBytes } from './bitmap.ts';
import type { LabelContent } from './content.ts';
import { drawText, type Letters } from './draw-text.ts';
import { fit, fitTests, labelLines, type LetterSize } from './label-text.ts';

/** 8 dots a millimetre: 50 x 25 mm. */
const WIDTH_DOTS = 400;
const HEIGHT_DOTS = 200;
const INNER_DOTS = 384;
const MODULE_DOTS = 2;
const BAR_DOTS = 80;

export type ZplLabel = { readonly ok: true; readonly zpl: string } | { readonly ok: false; readonly code: 'label-name-not-latin' };

const SIDE_DOTS = 146;
const CONTAINER_SIZES: readonly LetterSize[] = [
  { size: 19, lines: 2 },
  { size: 15, lines: 2 },
  { size: 12, lines: 3 },
  { size: 9, lines: 4 },
];
const oneLine = (...sizes: readonly number[]): readonly LetterSize[] => sizes.map((size) => ({ size, lines: 1 }));
const NAME_SIZES = [
  { size: 30, lines: 1 },
  { size: 26, lines: 1 },
  { size: 21, lines: 1 },
  { size: 15, lines: 2 },
  { size: 12, lines: 2 },
  { size: 10, lines: 3 },
] as const;

/** Above the line of age and number. */
const NAME_PLACE = { widthDots: INNER_DOTS, heightDots: 36 } as const;

const PLAIN = /^[A-Za-z0-9 ]$/;
const encoder = new TextEncoder();

/** `^FH` data: every byte that is not a plain letter, digit or space is `_` and two hexadecimal digits. */
export function zplData(text: string): string {
  return Array.from(text.normalize('NFC').replace(/[\u0000-\u001f\u007f]/g, ' '))
    .map((letter) =>
      PLAIN.test(letter)
        ? letter
        : Array.from(encoder.encode(letter), (byte) => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    )
    .join('');
}

/** What font 0 of a label printer can draw: Latin letters with their accents and common signs. */
function drawable(text: string): boolean {
  return /^[ -~\u00a0-\u017f\u2013\u2014\u2018\u2019]*$/.test(text.normalize('NFC'));
}

/**
 * Text in the largest letters that fit its place. `^FB` writes what is too long over its last line, so it must fit. What the
 * printer has no letters for is drawn, where somebody is there to draw it.
 */
function field(x: number, y: number, text: string, widthDots: number, sizes: readonly LetterSize[], letters?: Letters): string {
  const { size, lines } = fit(text, widthDots, sizes);
  if (letters !== undefined && !drawable(text)) {
    const drawn = drawText(letters, text, { widthDots, heightDots: size * lines });
    if (drawn !== undefined) return graphic(x, y, drawn);
  }
  return `^FO${x},${y}^A0N,${size},${size}^FB${widthDots},${lines},0,L^FH^FD${zplData(text)}^FS`;
}

/** Whether the label says anything that only drawn letters can say. */
export function needsLetters(content: LabelContent): boolean {
  const { name } = content.patient;
  const { identity, container, collector, tests } = labelLines(content);
  return ![name.latin ?? name.devanagari ?? '', identity, container, collector, tests].every(drawable);
}

/**
 * One label, or two where the patient is not identified: the second is the twin for slip or band. A name in Latin letters is
 * printed in the printer's own, also where it is known in both scripts: laboratory and analysers use Latin. Every other name
 * is drawn; without anybody to draw it, or with letters that our fonts lack, there is no label rather than empty boxes.
 */
export function labelZpl(content: LabelContent, letters?: Letters): ZplLabel {
  const name = nameField(content, letters);
  if (name === undefined) return { ok: false, code: 'label-name-not-latin' };
  const label = (twin: string): string =>
    `^XA^CI28^PW${WIDTH_DOTS}^LL${HEIGHT_DOTS}^LH0,0^LT0${name}${rest(content, twin, letters)}^PQ1^XZ\n`;
  return { ok: true, zpl: content.unidentified ? label('TUBE') + label('TWIN: slip/band') : label('') };
}

function nameField(content: LabelContent, letters: Letters | undefined): string | undefined {
  const { latin = '', devanagari = '' } = content.patient.name;
  if (latin !== '' && drawable(latin)) return field(10, 6, latin, INNER_DOTS, NAME_SIZES);
  if (letters === undefined) return undefined;
  for (const name of [devanagari, latin]) {
    const drawn = drawText(letters, name, NAME_PLACE);
    if (drawn !== undefined) return graphic(10, 2, drawn);
  }
  return undefined;
}

function graphic(x: number, y: number, bitmap: Bitmap): string {
  const row = rowBytes(bitmap);
  const bytes = row * bitmap.heightDots;
  const hex = Array.from(bitmap.bits, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
  return `^FO${x},${y}^GFA,${bytes},${bytes},${row},${hex}^FS`;
}

function rest(content: LabelContent, twin: string, letters: Letters | undefined): string {
  const lines = labelLines(content);
  const top = lines.urgent ? 90 : 66;
  return [
    field(10, 39, lines.identity, INNER_DOTS, oneLine(23, 18, 14, 11), letters),
    // 10 modules of white before the bars; `>;` starts subset C: two digits in one letter, 202 dots for 12 digits.
    `^FO24,64^BY${MODULE_DOTS}^BCN,${BAR_DOTS},N,N,N,N^FD>;${lines.digits}^FS`,
    field(24, 149, lines.digitsToRead, 222, oneLine(25)),
    ...(lines.urgent ? [`^FO250,62^GB60,24,24^FS^FO254,65^A0N,22,22^FR^FDSTAT^FS`] : []),
    field(250, top, lines.container, SIDE_DOTS, CONTAINER_SIZES, letters),
    field(250, top + 41, lines.collected, SIDE_DOTS, oneLine(18, 14)),
    field(250, top + 61, lines.collector, SIDE_DOTS, oneLine(16, 13, 11, 9), letters),
    ...(twin === '' ? [] : [field(250, 178, twin, SIDE_DOTS, oneLine(17))]),
    field(10, 178, fitTests(lines.tests, twin === '' ? 36 : 21), twin === '' ? INNER_DOTS : 230, oneLine(17), letters),
  ].join('');
}
