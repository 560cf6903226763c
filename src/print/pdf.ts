// Blocks as a PDF by pdfmake, which the caller brings: it works in Node and in a browser, and the same bytes come for the same content.
import type { Block, Cell, Paper, TableBlock } from './blocks.ts';
import { FONT_FILES } from './font-faces.ts';
import { scriptRuns } from './script-runs.ts';
import { woffToSfnt } from './woff.ts';

/** What we use of pdfmake 0.3; its own types would bring Node and the DOM into this folder. */
export interface PdfMake {
  readonly virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void };
  setFonts(fonts: Readonly<Record<string, { readonly normal: string; readonly bold: string }>>): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  /** Only Node's build has it. */
  setLocalAccessPolicy?(allow: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
}

export interface PdfWriter {
  /** The bytes of a PDF. The date in it is the caller's: no clock is read here. */
  write(paper: Paper, createdAt: Date): Promise<Uint8Array>;
}

/** @param loadWoff the bytes of one of `FONT_FILES`, from disk or from the app's own origin */
export async function createPdfWriter(pdfMake: PdfMake, loadWoff: (file: string) => Promise<Uint8Array>): Promise<PdfWriter> {
  const fonts: Record<string, { normal: string; bold: string }> = {};
  for (const [font, files] of Object.entries(FONT_FILES)) {
    for (const [weight, file] of Object.entries(files))
      pdfMake.virtualfs.writeFileSync(`${font}-${weight}.ttf`, woffToSfnt(await loadWoff(file)));
    fonts[font] = { normal: `${font}-normal.ttf`, bold: `${font}-bold.ttf` };
  }
  pdfMake.setFonts(fonts);
  // Nothing on paper is fetched, from anywhere.
  pdfMake.setUrlAccessPolicy(() => false);
  pdfMake.setLocalAccessPolicy?.(() => false);
  return {
    async write(paper, createdAt) {
      return new Uint8Array(await pdfMake.createPdf(definition(paper, createdAt)).getBuffer());
    },
  };
}

type Node = Readonly<Record<string, unknown>>;
const pt = (mm: number): number => (mm * 72) / 25.4;
const DEFAULT_SIZE = 8.5;

/** Runs of one font each, as pdfmake wants them. */
function inlines(text: string, bold = false): readonly Node[] {
  return scriptRuns(text).map((run) => ({ text: run.text, font: run.font, bold }));
}

function definition(paper: Paper, createdAt: Date): object {
  const side = pt(paper.marginMm);
  return {
    pageSize: { width: pt(paper.widthMm), height: pt(paper.heightMm) },
    pageMargins: [side, side + (paper.running === undefined ? 0 : pt(4)), side, side + pt(3)],
    // Noto's own lines are 1.36 of the letters; 1.2 leaves room for Devanagari's marks above and below.
    defaultStyle: { font: 'NotoLatin', fontSize: DEFAULT_SIZE, lineHeight: 0.88 },
    info: { title: paper.title, creationDate: createdAt, modDate: createdAt, producer: 'Nirantar', creator: 'Nirantar' },
    language: paper.language,
    ...(paper.running === undefined ? {} : { header: { text: inlines(paper.running), fontSize: 6.5, margin: [side, side, side, 0] } }),
    footer: (page: number, pages: number) => ({
      columns: [
        { text: inlines(paper.foot), width: '*' },
        { text: inlines(`${paper.pageWord} ${page}/${pages}`), width: 'auto', alignment: 'right', noWrap: true },
      ],
      fontSize: 6.5,
      margin: [side, 0, side, 0],
    }),
    content: paper.blocks.map(node),
  };
}

function above(mm: number | undefined): Node {
  return mm === undefined ? {} : { margin: [0, pt(mm), 0, 0] };
}

function node(block: Block): Node {
  switch (block.kind) {
    case 'text':
      return {
        text: inlines(block.text, block.bold),
        fontSize: block.size ?? DEFAULT_SIZE,
        alignment: block.align ?? 'left',
        ...above(block.aboveMm),
      };
    case 'field':
      return { text: [...inlines(`${block.label}: `), ...inlines(block.value, true)], fontSize: block.size ?? DEFAULT_SIZE };
    case 'columns':
      return {
        columns: block.columns.map(({ widthMm, blocks }) => ({ width: widthMm === 'rest' ? '*' : pt(widthMm), stack: blocks.map(node) })),
        columnGap: pt(block.gapMm),
        ...above(block.aboveMm),
      };
    case 'table':
      return table(block);
    case 'box':
      return {
        table: { widths: ['*'], body: [[{ stack: block.blocks.map(node) }]], dontBreakRows: true },
        layout: {
          hLineWidth: () => (block.heavy ? 2.2 : 0.9),
          vLineWidth: () => (block.heavy ? 2.2 : 0.9),
          paddingTop: () => 2.5,
          paddingBottom: () => 3.5,
        },
        ...above(block.aboveMm),
      };
    case 'picture':
      return {
        svg: block.image.svg,
        width: pt(block.image.widthMm),
        height: pt(block.image.heightMm),
        alignment: block.align ?? 'left',
        ...above(block.aboveMm),
      };
    case 'rule':
      return {
        table: { widths: ['*'], body: [['']] },
        layout: { hLineWidth: (i: number) => (i === 0 ? 0.9 : 0), vLineWidth: () => 0, paddingTop: () => 0, paddingBottom: () => 0 },
        fontSize: 2,
        margin: [0, 3, 0, 0],
      };
    case 'keep':
      return { stack: block.blocks.map(node), unbreakable: true, ...above(block.aboveMm) };
    default:
      return block satisfies never;
  }
}

function table(block: TableBlock): Node {
  const head = block.head.map((text) => ({ text: inlines(text, true) }));
  const rows = block.rows.map((cells) => (cells.length === 1 ? spanned(cells[0]!, block.widths.length) : cells.map(cell))); // one cell is there
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: block.widths.map((width) => (width === 'rest' ? '*' : pt(width))),
      body: [head, ...rows],
    },
    layout: {
      hLineWidth: (line: number, of: { readonly table: { readonly body: readonly unknown[] } }) =>
        line === 0 ? 0 : line === 1 ? 1.1 : line === of.table.body.length ? 0.4 : 0.4,
      vLineWidth: () => 0,
      hLineColor: (line: number) => (line === 1 ? '#000000' : '#777777'),
      paddingLeft: () => 0,
      paddingRight: () => 3,
      paddingTop: () => 1.2,
      paddingBottom: () => 1.6,
    },
    fontSize: block.size,
    ...above(block.aboveMm),
  };
}

function cell(one: Cell): Node {
  const text = { text: inlines(one.text, one.bold) };
  return one.below === undefined ? text : { stack: [text, { text: inlines(one.below), fontSize: 6.5 }] };
}

function spanned(one: Cell, columns: number): readonly Node[] {
  return [{ ...cell(one), colSpan: columns }, ...Array.from({ length: columns - 1 }, () => ({}))];
}
