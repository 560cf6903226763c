// A paper as plain blocks: said once, drawn by the HTML and the PDF writer alike. No fonts, no pixels, no printer.
import type { CodeImage } from './code-image.ts';

export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
  /** Points. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** White space above, in millimetres. */
  readonly aboveMm?: number;
}

/** A label and its value: `Department: Medicine`, the value in bold. */
export interface FieldBlock {
  readonly kind: 'field';
  readonly label: string;
  readonly value: string;
  readonly size?: number;
}

export interface ColumnsBlock {
  readonly kind: 'columns';
  readonly columns: readonly { readonly widthMm: number | 'rest'; readonly blocks: readonly Block[] }[];
  readonly gapMm: number;
  readonly aboveMm?: number;
}

export interface Cell {
  readonly text: string;
  readonly bold?: boolean;
  /** A second, smaller line within the cell. */
  readonly below?: string;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly widths: readonly (number | 'rest')[];
  /** A row of one cell goes over all columns. */
  readonly rows: readonly (readonly Cell[])[];
  readonly size: number;
  readonly aboveMm?: number;
}

/** A frame around what must not be missed. */
export interface BoxBlock {
  readonly kind: 'box';
  readonly blocks: readonly Block[];
  readonly heavy: boolean;
  readonly aboveMm?: number;
}

export interface PictureBlock {
  readonly kind: 'picture';
  readonly image: CodeImage;
  /** What a blind reader is told, and a test finds. */
  readonly title: string;
  readonly align?: 'left' | 'center';
  readonly aboveMm?: number;
}

export interface RuleBlock {
  readonly kind: 'rule';
}

/** Blocks that stay on one page. */
export interface KeepBlock {
  readonly kind: 'keep';
  readonly blocks: readonly Block[];
  readonly aboveMm?: number;
}

export type Block = TextBlock | FieldBlock | ColumnsBlock | TableBlock | BoxBlock | PictureBlock | RuleBlock | KeepBlock;

export interface Paper {
  readonly title: string;
  readonly language: 'en' | 'hi';
  readonly widthMm: number;
  readonly heightMm: number;
  readonly marginMm: number;
  /** Printed small at the top of every page: whose paper it is, should pages part. A small paper says it in its foot instead. */
  readonly running?: string;
  /** Left of the page number at the foot of every page. */
  readonly foot: string;
  /** The word before `2/3`. */
  readonly pageWord: string;
  readonly blocks: readonly Block[];
}

export const A6 = { widthMm: 105, heightMm: 148 } as const;
export const A4 = { widthMm: 210, heightMm: 297 } as const;
