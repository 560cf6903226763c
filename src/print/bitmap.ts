// A picture of black and white dots, as label printers take it. It must not know what is drawn in it, or by what.

export interface Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  /** One bit a dot, 1 is black, the leftmost is the highest, rows padded to whole bytes. */
  readonly bits: Uint8Array;
}

export const NO_DOTS: Bitmap = { widthDots: 0, heightDots: 0, bits: new Uint8Array(0) };

/** What is black within `width` x `height`, cropped to it: white around a text is the label's business. */
export function bitmapOf(width: number, height: number, black: (x: number, y: number) => boolean): Bitmap {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!black(x, y)) continue;
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + 1);
      bottom = y + 1;
    }
  }
  if (right === 0) return NO_DOTS;
  return filled(right - left, bottom - top, (x, y) => black(x + left, y + top));
}

export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  const inside = x >= 0 && y >= 0 && x < bitmap.widthDots && y < bitmap.heightDots;
  return inside && ((bitmap.bits[y * rowBytes(bitmap) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

export function rowBytes(bitmap: Bitmap): number {
  return Math.ceil(bitmap.widthDots / 8);
}

/** One under the other, flush left. */
export function stacked(lines: readonly Bitmap[], gapDots: number): Bitmap {
  if (lines.some((line) => line.bits.length !== rowBytes(line) * line.heightDots))
    throw new RangeError('invariant: a picture of dots has whole rows');
  const tops: number[] = [];
  let height = -gapDots;
  for (const line of lines) {
    tops.push(height + gapDots);
    height += gapDots + line.heightDots;
  }
  return filled(Math.max(0, ...lines.map((line) => line.widthDots)), Math.max(0, height), (x, y) =>
    lines.some((line, i) => isBlack(line, x, y - (tops[i] ?? 0))),
  );
}

function filled(widthDots: number, heightDots: number, black: (x: number, y: number) => boolean): Bitmap {
  const row = Math.ceil(widthDots / 8);
  const bits = new Uint8Array(row * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      if (black(x, y)) bits[y * row + (x >> 3)]! |= 0x80 >> (x & 7); // inside the rows made above
    }
  }
  return { widthDots, heightDots, bits };
}
