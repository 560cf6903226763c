// Text as dots, for printers whose own letters lack a script: how large, and on how many lines. Who draws the letters is handed in.
import { type Bitmap, stacked } from './bitmap.ts';
import { scriptRuns } from './script-runs.ts';

/** Draws letters of our own fonts: a browser's canvas at a desk. Conjuncts and vowel signs are shaped as the script wants them. */
export interface Letters {
  /** One line in bold, cropped to what is black. @param sizeDots height of the letters' body (the em) */
  draw(text: string, sizeDots: number): Bitmap;
}

export interface Place {
  readonly widthDots: number;
  readonly heightDots: number;
}

/** From 3.4 mm down to 1.1 mm at 203 dpi. Smaller, the marks of Devanagari run together. */
const SIZES: readonly number[] = [27, 25, 23, 21, 19, 17, 16, 15, 14, 13, 12, 11, 10, 9];
const MOST_LINES = 3;
const GAP_DOTS = 1;

/** Our fonts have every letter of it: nothing would come out as an empty box that looks like a name. */
export function ownLetters(text: string): boolean {
  return !scriptRuns(text).some((run) => run.text.includes('\ufffd'));
}

/** The text as large as its place allows, on more lines only where that makes it larger. Undefined when not all of it fits. */
export function drawText(letters: Letters, text: string, place: Place): Bitmap | undefined {
  const clean = scriptRuns(text.replace(/\s+/g, ' ').trim())
    .map((run) => run.text)
    .join('');
  if (clean === '' || !ownLetters(clean)) return undefined;
  for (const size of SIZES) {
    // A word is broken only where the smallest letters leave no other way.
    for (const broken of [...waysToBreak(clean, atSpaces), ...(size === SIZES.at(-1) ? waysToBreak(clean, anywhere) : [])]) {
      // So many lines of this size are higher than the place: not even drawn.
      if (broken.length * size * 0.8 > place.heightDots) continue;
      const drawn = stacked(
        broken.map((line) => letters.draw(line, size)),
        GAP_DOTS,
      );
      if (drawn.widthDots <= place.widthDots && drawn.heightDots <= place.heightDots) return drawn;
    }
  }
  return undefined;
}

function waysToBreak(text: string, into: (text: string, lines: number) => readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: MOST_LINES }, (_, i) => into(text, i + 1)).filter((broken, i) => broken.length === i + 1);
}

function atSpaces(text: string, lines: number): readonly string[] {
  return balanced(text.split(' '), lines, ' ');
}

/** Between letters as a reader counts them: a conjunct with its signs stays whole. */
function anywhere(text: string, lines: number): readonly string[] {
  const letters = Array.from(new Intl.Segmenter('hi', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
  return balanced(letters, lines, '').map((line) => line.trim());
}

/** In so many lines of about one length; fewer where there are not enough parts. */
function balanced(parts: readonly string[], lines: number, joint: string): readonly string[] {
  const whole = parts.join(joint).length;
  const broken: string[] = [];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}${joint}${part}`;
    const done = broken.reduce((sum, each) => sum + each.length, 0);
    const due = (whole * (broken.length + 1)) / lines;
    // The part goes where more of it belongs.
    if (line !== '' && broken.length < lines - 1 && done + longer.length - part.length / 2 > due) {
      broken.push(line);
      line = part;
    } else line = longer;
  }
  return [...broken, line];
}
