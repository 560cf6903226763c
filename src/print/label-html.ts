// The tube label for browser print: 50 x 25 mm exactly, one page for each label, the twin right after its tube.
import { code128Image } from './code-image.ts';
import type { LabelContent } from './content.ts';
import { escapeHtml } from './escape-html.ts';
import { fit, fitTests, LABEL_HEIGHT_MM, LABEL_WIDTH_MM, labelLines, type LetterSize } from './label-text.ts';

const MODULE_MM = 0.25;
const BAR_MM = 10;
const INNER_MM = 47;
/** Points; a point is 0.353 mm. */
const NAME_SIZES = [
  { size: 9.5, lines: 1 },
  { size: 8, lines: 1 },
  { size: 6.5, lines: 1 },
  { size: 5, lines: 2 },
  { size: 4, lines: 2 },
  { size: 3.2, lines: 3 },
] as const;
/** Where a name stands in both scripts: Latin above, which the laboratory and analysers use, Devanagari below. */
const UPPER_SIZES = [
  { size: 6.8, lines: 1 },
  { size: 5.8, lines: 1 },
  { size: 5, lines: 1 },
  { size: 4.6, lines: 2 },
  { size: 3.6, lines: 2 },
] as const;
const LOWER_SIZES = [
  { size: 5.6, lines: 1 },
  { size: 4.2, lines: 1 },
  { size: 3.4, lines: 1 },
] as const;
const IDENTITY_SIZES = [7, 6, 5, 4, 3.2].map((size) => ({ size, lines: 1 }));
const SIDE_MM = 18;
const CONTAINER_SIZES = [6.2, 5, 4, 3.2].map((size) => ({ size, lines: 2 }));
const COLLECTOR_SIZES = [5.8, 5, 4.2, 3.4, 2.8].map((size) => ({ size, lines: 1 }));
const POINT_MM = 0.3528;

function sized(text: string, widthMm: number, sizes: readonly LetterSize[]): number {
  return fit(text, widthMm / POINT_MM, sizes).size;
}

function nameLines(latin: string, devanagari: string): string {
  const width = INNER_MM / POINT_MM;
  const line = (text: string, size: number, height: number): string =>
    `<div style="font-size:${size}pt;line-height:${height}">${escapeHtml(text)}</div>`;
  if (latin === '' || devanagari === '') return line(latin + devanagari, fit(latin + devanagari, width, NAME_SIZES).size, 1.2);
  const upper = fit(latin, width, UPPER_SIZES);
  const lower = fit(devanagari, width, upper.lines > 1 ? LOWER_SIZES.slice(1) : LOWER_SIZES);
  // Devanagari's marks stand above and below its letters and need the greater height.
  return line(latin, upper.size, 1) + line(devanagari, lower.size, 1.3);
}

const CSS = `
@page { size: ${LABEL_WIDTH_MM}mm ${LABEL_HEIGHT_MM}mm; margin: 0; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html, body { background: #fff; color: #000; font-family: 'Noto Sans', 'Noto Sans Devanagari', 'Nirmala UI', 'Mangal', sans-serif; line-height: 1.12; }
.label { position: relative; width: ${LABEL_WIDTH_MM}mm; height: ${LABEL_HEIGHT_MM}mm; overflow: hidden; break-after: page; page-break-inside: avoid; }
.label:last-child { break-after: auto; }
.label > * { position: absolute; }
.name { left: 1.5mm; top: 0.4mm; width: ${INNER_MM}mm; height: 5.4mm; font-weight: 700; overflow-wrap: anywhere; }
.identity { left: 1.5mm; top: 5.6mm; width: ${INNER_MM}mm; font-weight: 700; white-space: nowrap; }
.bars { left: 0; top: 8.6mm; } .bars svg { display: block; }
.digits { left: 2.5mm; top: 18.7mm; width: 26mm; font-size: 7.5pt; font-weight: 700; white-space: nowrap; }
.side { left: 30.5mm; top: 8.6mm; width: 18.5mm; font-size: 5.8pt; line-height: 1.12; overflow-wrap: anywhere; }
.side b { display: block; line-height: 1.15; } .urgent { display: inline-block; border: 0.3mm solid #000; padding: 0 0.6mm; margin-bottom: 0.3mm; font-weight: 700; font-size: 5.2pt; line-height: 1.25; }
.twin { left: 30.5mm; top: 21.9mm; width: 18.5mm; font-size: 6.2pt; font-weight: 700; white-space: nowrap; }
.tests { left: 1.5mm; top: 21.8mm; width: ${INNER_MM}mm; font-size: 6.2pt; white-space: nowrap; }`;

/** @param fontCss `@font-face` rules, as for `paperHtml` */
export function labelsHtml(labels: readonly LabelContent[], fontCss: string): string {
  const pages = labels.flatMap((content) =>
    content.unidentified ? [label(content, 'TUBE'), label(content, 'TWIN: slip/band')] : [label(content, '')],
  );
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Labels</title><style>${fontCss}${CSS}</style></head><body>${pages.join('')}</body></html>`;
}

function label(content: LabelContent, twin: string): string {
  const lines = labelLines(content);
  const side = [
    ...(lines.urgent ? ['<span class="urgent">STAT</span>'] : []),
    `<b style="font-size:${sized(lines.container, SIDE_MM, CONTAINER_SIZES)}pt">${escapeHtml(lines.container)}</b>`,
    `<div>${escapeHtml(lines.collected)}</div>`,
    `<div style="font-size:${sized(lines.collector, SIDE_MM, COLLECTOR_SIZES)}pt">${escapeHtml(lines.collector)}</div>`,
  ];
  return `<section class="label">
<div class="name">${nameLines(content.patient.name.latin ?? '', content.patient.name.devanagari ?? '')}</div>
<div class="identity" style="font-size:${sized(lines.identity, INNER_MM, IDENTITY_SIZES)}pt">${escapeHtml(lines.identity)}</div>
<div class="bars" role="img" aria-label="Code 128 ${lines.digits}">${code128Image(lines.digits, MODULE_MM, BAR_MM).svg}</div>
<div class="digits">${lines.digitsToRead}</div>
<div class="side">${side.join('')}</div>
${twin === '' ? '' : `<div class="twin">${twin}</div>`}
<div class="tests">${escapeHtml(fitTests(lines.tests, twin === '' ? 52 : 30))}</div>
</section>`;
}
