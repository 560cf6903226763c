// Tells a keyboard-wedge scanner from a person by its timing and by what it types. Pure: it is handed keys and times.

/** Scanners type a key every 1 to 20 ms; the fastest people need more than 50 ms on average. Slow USB hubs add some. */
export const WEDGE_GAP_MS = 45;
/** Longest text that a scan may have: a version-18 QR holds 816 letters of base45; the rest is room. */
export const WEDGE_LENGTH = 4096;

const NUMBER = /^(?:\d{12}|\d{14})$/;
/** Paper of ours is base45 with at least one commit in it: long, and never with small letters. */
export const PAPER_LENGTH = 60;
const PAPER = /^[0-9A-Z $%*+\-./:]{60,}$/;
const PAPER_LETTER = /^[0-9A-Z $%*+\-./:]$/;
const BEGINNING = /^[0-9A-Z $%*+\-./:]*$/;

/** May this be the beginning of what a scanner of ours says? Names as people write them are none from their second letter on. */
export function mayBecomeScan(text: string): boolean {
  return BEGINNING.test(text);
}

/** Would any scanner of ours say this? Names and phone numbers typed by a fast robot are none. */
export function looksScanned(text: string): boolean {
  return NUMBER.test(text) || PAPER.test(text);
}

export type WedgeStep =
  /** The first key of a possible scan: remember what the field held before it. */
  | { readonly kind: 'start' }
  | { readonly kind: 'more' }
  /**
   * So much of a paper, so quickly, comes from a scanner only: keep this key from the field, which would be drawn anew for each of
   * 700 letters. When no scan comes of it the field is owed the text.
   */
  | { readonly kind: 'hold' }
  /** A scan is complete: take it, swallow this key, and give the field back what it held. */
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'none' };

export interface WedgeDetector {
  key(key: string, atMs: number): WedgeStep;
}

export function wedgeDetector(): WedgeDetector {
  let text = '';
  let last = Number.NEGATIVE_INFINITY;
  let holding = false;
  return {
    key(key, atMs) {
      const gap = atMs - last;
      if (key === 'Enter' || key === 'Tab') {
        const done = text;
        text = '';
        holding = false;
        last = Number.NEGATIVE_INFINITY;
        return gap <= WEDGE_GAP_MS && looksScanned(strip(done)) ? { kind: 'scan', text: strip(done) } : { kind: 'none' };
      }
      if (Array.from(key).length !== 1) return { kind: 'none' }; // Shift and its like come between letters and break nothing
      last = atMs;
      if (gap <= WEDGE_GAP_MS && text !== '' && text.length < WEDGE_LENGTH) {
        holding = (holding || PAPER.test(strip(text))) && PAPER_LETTER.test(key);
        text += key;
        return { kind: holding ? 'hold' : 'more' };
      }
      text = key;
      holding = false;
      return { kind: 'start' };
    },
  };
}

/** Without the AIM symbology identifier (`]C0`, `]Q3`, …) that many scanners are set to send first. */
function strip(text: string): string {
  return text.replace(/^\][A-Za-z]\d/, '');
}
