// What came out of a scanner, camera or paste: one of our 12-digit numbers, a symbol of a sheet, or something else.
// It undoes what keyboard-wedge scanners do: AIM prefixes, Enter and Tab around the text, small letters.
import { MAX_SCAN_LETTERS } from './limits.ts';

export type Scan =
  /** Twelve digits; `parseNumber` says whether the check digit is right and what kind it is. */
  | { readonly kind: 'number'; readonly digits: string }
  /** To be handed to `collectParts`. */
  | { readonly kind: 'paper-part'; readonly text: string }
  | { readonly kind: 'other'; readonly text: string };

/** ISO/IEC 15424 symbology identifier: `]Q1` for QR, `]C0` for Code 128, … Some scanners send it in small letters. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;
// Control characters that scanners put around a text: STX, ETX, Tab, CR, LF, GS, and a byte order mark.
const EDGES = /^[\s\u0000-\u001f\u007f\ufeff]+|[\s\u0000-\u001f\u007f\ufeff]+$/g;

export function classifyScan(scanned: string): Scan {
  // Cut before any pattern runs: a text of megabytes costs nothing.
  const text = scanned
    .slice(0, MAX_SCAN_LETTERS + 64)
    .replace(EDGES, '')
    .replace(AIM, '')
    .replace(EDGES, '');
  const tooLong = scanned.length > MAX_SCAN_LETTERS + 64;
  const digits = text.length <= 32 ? text.replace(/[ -]/g, '') : '';
  if (/^\d{12}$/.test(digits)) return { kind: 'number', digits };
  if (!tooLong && /^NR\d{1,3}:/i.test(text)) return { kind: 'paper-part', text: text.toUpperCase() };
  return { kind: 'other', text };
}

/** Several symbols pasted at once, one on each line. */
export function splitScans(pasted: string): readonly string[] {
  return pasted
    .slice(0, MAX_SCAN_LETTERS * 64)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '');
}
