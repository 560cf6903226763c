// The QR symbols of a sheet in rows, as large as the paper allows, numbered, each row kept whole.
import type { Block } from './blocks.ts';
import { qrImage } from './code-image.ts';
import type { PrintLanguage } from './content.ts';
import { word } from './strings.ts';

/** A version 18 symbol with its white is 97 modules: 38 mm give 0.39 mm each, 32 mm give 0.33 mm; below 0.3 cheap cameras fail. */
const NARROWEST_MM = 32;

export function codeRows(
  language: PrintLanguage,
  codes: readonly string[],
  page: { readonly innerMm: number; readonly widestMm: number; readonly hint: string },
): readonly Block[] {
  if (codes.length === 0) return [];
  const fit = Math.floor(page.innerMm / NARROWEST_MM);
  const perRow = Math.min(codes.length, fit);
  const widthMm = Math.min(page.widestMm, Math.floor((page.innerMm / perRow) * 10) / 10);
  const rows: Block[] = [];
  for (let at = 0; at < codes.length; at += perRow) {
    const columns = codes.slice(at, at + perRow).map((text, index) => {
      const part = at + index + 1;
      const caption = `${word(language, 'code')} ${part}/${codes.length}`;
      const blocks: readonly Block[] = [
        { kind: 'picture', image: qrImage(text, widthMm), title: caption },
        { kind: 'text', text: caption, size: 6.5, align: 'center' },
      ];
      return { widthMm, blocks };
    });
    const hint: readonly Block[] = at === 0 ? [{ kind: 'text', text: page.hint, size: 7 }] : [];
    rows.push({ kind: 'keep', aboveMm: 0.5, blocks: [...hint, { kind: 'columns', gapMm: 0, columns }] });
  }
  return rows;
}
