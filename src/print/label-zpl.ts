// The tube label in ZPL II for a 203 dpi label printer. All data is hex-escaped: a name is never a command.
import type { LabelContent } from './content.ts';
import { fit, fitTests, labelLines } from './label-text.ts';

/** 8 dots a millimetre: 50 x 25 mm. */
const WIDTH_DOTS = 400;
const HEIGHT_DOTS = 200;
const INNER_DOTS = 384;
const MODULE_DOTS = 2;
const BAR_DOTS = 80;

/** A name drawn by the caller (a browser's canvas), because printers' own fonts have no Devanagari. */
export interface NameBitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  /** One bit a dot, 1 is black, rows padded to whole bytes. */
  readonly bits: Uint8Array;
}

export type ZplLabel = { readonly ok: true; readonly zpl: string } | { readonly ok: false; readonly code: 'label-name-not-latin' };

const NAME_SIZES = [
  { size: 30, lines: 1 },
  { size: 26, lines: 1 },
  { size: 21, lines: 1 },
  { size: 15, lines: 2 },
  { size: 12, lines: 2 },
  { size: 10, lines: 3 },
] as const;

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

function field(x: number, y: number, size: number, text: string, box?: { readonly width: number; readonly lines: number }): string {
  const block = box === undefined ? '' : `^FB${box.width},${box.lines},0,L`;
  return `^FO${x},${y}^A0N,${size},${size}${block}^FH^FD${zplData(text)}^FS`;
}

/** One label, or two where the patient is not identified: the second is the twin for slip or band. */
export function labelZpl(content: LabelContent, bitmap?: NameBitmap): ZplLabel {
  const latin = content.patient.name.latin ?? '';
  if (bitmap === undefined && (latin === '' || !drawable(latin))) return { ok: false, code: 'label-name-not-latin' };
  const name = bitmap === undefined ? nameField(latin) : bitmapField(bitmap);
  const label = (twin: string): string => `^XA^CI28^PW${WIDTH_DOTS}^LL${HEIGHT_DOTS}^LH0,0^LT0${name}${rest(content, twin)}^PQ1^XZ\n`;
  return { ok: true, zpl: content.unidentified ? label('TUBE') + label('TWIN: slip/band') : label('') };
}

function nameField(name: string): string {
  const { size, lines } = fit(name, INNER_DOTS, NAME_SIZES);
  return field(10, 6, size, name, { width: INNER_DOTS, lines });
}

function bitmapField(bitmap: NameBitmap): string {
  const rowBytes = Math.ceil(bitmap.widthDots / 8);
  const bytes = rowBytes * bitmap.heightDots;
  if (bitmap.bits.length !== bytes || bitmap.widthDots > INNER_DOTS || bitmap.heightDots > 32)
    throw new RangeError('invariant: a name bitmap has whole rows and fits its line');
  const hex = Array.from(bitmap.bits, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
  return `^FO10,4^GFA,${bytes},${bytes},${rowBytes},${hex}^FS`;
}

function rest(content: LabelContent, twin: string): string {
  const lines = labelLines(content);
  const side = { width: 146, lines: 2 };
  return [
    field(10, 39, 23, lines.identity),
    // 10 modules of white before the bars; `>;` starts subset C: two digits in one letter, 202 dots for 12 digits.
    `^FO24,64^BY${MODULE_DOTS}^BCN,${BAR_DOTS},N,N,N,N^FD>;${lines.digits}^FS`,
    field(24, 149, 25, lines.digitsToRead),
    ...(lines.urgent ? [`^FO250,62^GB60,24,24^FS^FO254,65^A0N,22,22^FR^FDSTAT^FS`] : []),
    field(250, lines.urgent ? 90 : 66, 19, lines.container, side),
    field(250, lines.urgent ? 130 : 108, 18, lines.collected),
    field(250, lines.urgent ? 150 : 128, 16, lines.collector, { width: 146, lines: 1 }),
    ...(twin === '' ? [] : [field(250, 178, 17, twin)]),
    field(10, 178, 17, fitTests(lines.tests, twin === '' ? 42 : 24)),
  ].join('');
}
