// What stands on a tube label, line by line, and how large it can be. 50 x 25 mm is small: letters shrink, nothing is cut.
import { formatNumber } from '#kernel/shared/numbers.ts';
import type { LabelContent } from './content.ts';
import { numberText, plainTests } from './patient-text.ts';

export const LABEL_WIDTH_MM = 50;
export const LABEL_HEIGHT_MM = 25;

const NUMBER_WORDS = { uhid: 'UHID', temporary: 'TEMP', external: 'CARD' } as const;

export interface LabelLines {
  /** The 12 digits as bars. */
  readonly digits: string;
  readonly digitsToRead: string;
  /** `34Y F  UHID 1000 4200 0173` */
  readonly identity: string;
  readonly container: string;
  readonly urgent: boolean;
  readonly collected: string;
  readonly collector: string;
  readonly tests: string;
}

export function labelLines(content: LabelContent): LabelLines {
  // The number goes into a printer's command language and into bars: only digits, whatever else the content claims.
  if (!/^\d{12}$/.test(content.accession)) throw new RangeError('invariant: a tube number has 12 digits');
  const tests = plainTests(content.tests).map((test) => test.code);
  const hidden = content.tests.length - tests.length;
  return {
    digits: content.accession,
    digitsToRead: formatNumber(content.accession),
    identity: `${content.ageSex}  ${NUMBER_WORDS[content.patient.number.kind]} ${numberText(content.patient.number)}`,
    container: content.container,
    urgent: content.urgent,
    collected: content.collectedAt ?? '__-__  __:__',
    collector: content.collector ?? 'by ______',
    tests: [...tests, ...(hidden > 0 ? [`+${hidden}`] : [])].join(' '),
  };
}

/** How many letters of `size` fit into `width`, both in one unit. Capital letters of a sans serif are about 0.62 of their size wide. */
export function lettersThatFit(size: number, width: number): number {
  return Math.floor(width / (size * 0.62));
}

export interface LetterSize {
  readonly size: number;
  readonly lines: number;
}

/** The largest of `sizes` at which the text fits into the lines that go with it; the last when none does. */
export function fit(text: string, width: number, sizes: readonly LetterSize[]): LetterSize {
  return sizes.find(({ size, lines }) => text.length <= lettersThatFit(size, width) * lines - (lines - 1) * 6) ?? sizes.at(-1)!; // there is one
}

/** Codes as long as they fit, then how many more: a desk shows all of them when the tube is scanned. */
export function fitTests(tests: string, most: number): string {
  if (tests.length <= most) return tests;
  const codes = tests.split(' ');
  let shown = '';
  let count = 0;
  for (const code of codes) {
    if (shown.length + code.length + 6 > most) break;
    shown += `${code} `;
    count += 1;
  }
  return `${shown}+${codes.length - count}`;
}
