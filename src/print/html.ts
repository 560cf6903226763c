// Blocks as a whole HTML page that a browser prints at its exact size. It refers to nothing outside itself.
import type { Block, Cell, Paper, TableBlock } from './blocks.ts';
import { cssString, escapeHtml } from './escape-html.ts';

const FAMILY = "'Noto Sans', 'Noto Sans Devanagari', 'Nirmala UI', 'Mangal', sans-serif";

/** A browser loads a font when the body uses it; the page's margins do not count, so the body uses each weight and script once. */
const FONT_PULL = '<div aria-hidden="true" style="position:absolute;width:0;height:0;overflow:hidden">Aअ<b>Aअ</b></div>';

/**
 * @param fontCss `@font-face` rules for Noto Sans and Noto Sans Devanagari, from the caller, who knows where the files are.
 * The page loads nothing else.
 */
export function paperHtml(paper: Paper, fontCss: string): string {
  return `<!doctype html>
<html lang="${paper.language}"><head><meta charset="utf-8"><title>${escapeHtml(paper.title)}</title>
<meta name="viewport" content="width=device-width"><style>${fontCss}${css(paper)}</style></head>
<body>${FONT_PULL}<main>${paper.blocks.map(block).join('\n')}</main></body></html>`;
}

function css(paper: Paper): string {
  const pages = `${cssString(`${paper.pageWord} `)} counter(page) "/" counter(pages)`;
  const small = `font: 6.5pt ${FAMILY}; color: #000;`;
  const running =
    paper.running === undefined
      ? ''
      : `@top-left { content: ${cssString(paper.running)}; ${small} vertical-align: bottom; padding-bottom: 1mm; width: 100%; }`;
  return `
@page { size: ${paper.widthMm}mm ${paper.heightMm}mm; margin: ${paper.marginMm + (running === '' ? 0 : 4)}mm ${paper.marginMm}mm ${paper.marginMm + 3}mm;
  ${running}
  @bottom-left { content: ${cssString(paper.foot)}; ${small} vertical-align: top; padding-top: 1mm; width: 82%; text-align: left; }
  @bottom-right { content: ${pages}; ${small} vertical-align: top; padding-top: 1mm; width: 18%; text-align: right; } }
* { box-sizing: border-box; }
html, body { margin: 0; padding: 0; background: #fff; color: #000; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font-family: ${FAMILY}; font-size: 8.5pt; line-height: 1.2; overflow-wrap: anywhere; }
@media screen { main { width: ${paper.widthMm - paper.marginMm * 2}mm; margin: ${paper.marginMm}mm auto; } }
.row { display: flex; } .row > .rest { flex: 1 1 0; min-width: 0; }
.label { color: #333; } .field b, .field span { unicode-bidi: isolate; }
.box { border: 0.3mm solid #000; padding: 1mm 1.5mm; break-inside: avoid; } .box.heavy { border-width: 0.8mm; }
.keep { break-inside: avoid; } hr { border: 0; border-top: 0.3mm solid #000; margin: 1mm 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } th { text-align: left; font-weight: 700; border-bottom: 0.4mm solid #000; }
th, td { padding: 0.5mm 2mm 0.5mm 0; vertical-align: top; } td { border-bottom: 0.15mm solid #777; } tr { break-inside: avoid; }
td .below { font-size: 0.85em; } .codes { display: flex; } svg { display: block; } .center svg { margin: 0 auto; }`;
}

function above(mm: number | undefined): string {
  return mm === undefined ? '' : `margin-top:${mm}mm;`;
}

function block(each: Block): string {
  switch (each.kind) {
    case 'text': {
      const style = `${above(each.aboveMm)}font-size:${each.size ?? 8.5}pt;font-weight:${each.bold === true ? 700 : 400};text-align:${each.align ?? 'left'}`;
      return `<div style="${style}">${escapeHtml(each.text).replace(/\n/g, '<br>')}</div>`;
    }
    case 'field':
      return `<div class="field" style="font-size:${each.size ?? 8.5}pt"><span class="label">${escapeHtml(each.label)}:</span> <b>${escapeHtml(each.value)}</b></div>`;
    case 'columns': {
      const columns = each.columns.map(({ widthMm, blocks }) =>
        widthMm === 'rest'
          ? `<div class="rest">${blocks.map(block).join('')}</div>`
          : `<div style="width:${widthMm}mm">${blocks.map(block).join('')}</div>`,
      );
      return `<div class="row" style="${above(each.aboveMm)}gap:${each.gapMm}mm">${columns.join('')}</div>`;
    }
    case 'table':
      return table(each);
    case 'box':
      return `<div class="box${each.heavy ? ' heavy' : ''}" style="${above(each.aboveMm)}">${each.blocks.map(block).join('')}</div>`;
    case 'picture':
      return `<div class="${each.align ?? 'left'}" role="img" aria-label="${escapeHtml(each.title)}" style="${above(each.aboveMm)}">${each.image.svg}</div>`;
    case 'rule':
      return '<hr>';
    case 'keep':
      return `<div class="keep" style="${above(each.aboveMm)}">${each.blocks.map(block).join('')}</div>`;
    default:
      return each satisfies never;
  }
}

function table(each: TableBlock): string {
  const columns = each.widths.map((width) => (width === 'rest' ? '<col>' : `<col style="width:${width}mm">`)).join('');
  const head = each.head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  const rows = each.rows.map((cells) => `<tr>${cells.map((one) => cell(one, cells.length === 1 ? each.widths.length : 1)).join('')}</tr>`);
  return `<table style="${above(each.aboveMm)}font-size:${each.size}pt"><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cell(one: Cell, span: number): string {
  const text = escapeHtml(one.text).replace(/\n/g, '<br>');
  const below = one.below === undefined ? '' : `<div class="below">${escapeHtml(one.below)}</div>`;
  return `<td${span > 1 ? ` colspan="${span}"` : ''}>${one.bold === true ? `<b>${text}</b>` : text}${below}</td>`;
}
