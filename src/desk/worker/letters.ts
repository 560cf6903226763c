// Letters for label printers, drawn on a canvas that nobody sees, in our own bold fonts: the browser shapes Devanagari as a reader expects it.
import { bitmapOf } from '#print/bitmap.ts';
import type { Letters } from '#print/draw-text.ts';

export interface LetterFont {
  readonly family: string;
  /** Letters that it is asked for. */
  readonly range: string;
  readonly bytes: Uint8Array;
}

/** Half covered is black: thermal heads know no grey. */
const BLACK = 128;

/** Undefined where the browser has no canvas in workers: its user prints labels with the browser. */
export async function openLetters(fonts: readonly LetterFont[]): Promise<Letters | undefined> {
  if (typeof OffscreenCanvas === 'undefined' || typeof FontFace === 'undefined') return undefined;
  const faces = fonts.map(
    ({ family, range, bytes }) => new FontFace(family, Uint8Array.from(bytes).buffer, { weight: '700', unicodeRange: range }),
  );
  for (const face of faces) self.fonts.add(await face.load());
  const families = [...new Set(fonts.map(({ family }) => `'${family}'`))].join(', ');
  return {
    draw(text, sizeDots) {
      const font = `700 ${sizeDots}px ${families}`;
      const ruler = pen(1, 1);
      ruler.font = font;
      const size = ruler.measureText(text);
      const left = Math.ceil(Math.max(0, size.actualBoundingBoxLeft)) + 1;
      const above = Math.ceil(Math.max(0, size.actualBoundingBoxAscent)) + 1;
      const width = left + Math.ceil(Math.max(0, size.actualBoundingBoxRight)) + 1;
      const height = above + Math.ceil(Math.max(0, size.actualBoundingBoxDescent)) + 1;
      const paper = pen(width, height);
      paper.font = font;
      paper.fillText(text, left, above);
      const { data } = paper.getImageData(0, 0, width, height);
      // Nothing lies behind the letters: how much of a dot they cover is its opacity.
      return bitmapOf(width, height, (x, y) => (data[(y * width + x) * 4 + 3] ?? 0) >= BLACK);
    },
  };
}

function pen(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('invariant: a fresh canvas gives a pen');
  return context;
}
