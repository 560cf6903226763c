// Text as dots: as large as its place allows, whole, and refused where our fonts lack a letter.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bitmap, bitmapOf, isBlack, NO_DOTS, stacked } from './bitmap.ts';
import { drawText, type Letters, ownLetters } from './draw-text.ts';

/** Every letter a block of three quarters of its size: wide enough to see what went where. */
function blocks(drawn: { text: string; size: number }[] = []): Letters {
  return {
    draw(text, size) {
      drawn.push({ text, size });
      return bitmapOf(Math.ceil(Array.from(text).length * size * 0.75), size, () => true);
    },
  };
}
const PLACE = { widthDots: 384, heightDots: 36 };

const rows = (bitmap: Bitmap): readonly string[] =>
  Array.from({ length: bitmap.heightDots }, (_, y) =>
    Array.from({ length: bitmap.widthDots }, (_x, x) => (isBlack(bitmap, x, y) ? '#' : '.')).join(''),
  );

describe('a bitmap', () => {
  it('is cropped to what is black, rows in whole bytes', () => {
    const cross = bitmapOf(20, 20, (x, y) => (x === 7 && y > 3 && y < 7) || (y === 5 && x > 5 && x < 9));
    expect(rows(cross)).toEqual(['.#.', '###', '.#.']);
    expect([...cross.bits]).toEqual([0x40, 0xe0, 0x40]);
    expect(bitmapOf(9, 9, () => false)).toEqual(NO_DOTS);
  });

  it('can be stacked; one that lacks rows is a bug', () => {
    const wide = bitmapOf(9, 1, () => true);
    const small = bitmapOf(1, 2, () => true);
    expect(rows(stacked([wide, small], 1))).toEqual(['#########', '.........', '#........', '#........']);
    expect(() => stacked([{ ...wide, bits: wide.bits.subarray(1) }], 1)).toThrow(/invariant/);
  });
});

describe('drawn text', () => {
  it('is on one line as large as it can be, else on more lines at spaces (labels 5)', () => {
    const tried: { text: string; size: number }[] = [];
    expect(drawText(blocks(tried), 'रमेश कुमार', PLACE)?.heightDots).toBe(27);
    expect(tried).toEqual([{ text: 'रमेश कुमार', size: 27 }]);
    const long = 'तिरुवेंकटनाथन बालासुब्रमण्यम वेंकटरमन सुब्रमण्यम अय्यर';
    const many: { text: string; size: number }[] = [];
    const drawn = drawText(blocks(many), long, PLACE);
    expect(drawn?.heightDots).toBeGreaterThan(30);
    const lines = many.slice(-2).map(({ text }) => text);
    expect(lines.join(' ')).toBe(long);
  });

  it('always fits its place, and nothing of it is missing (labels 2)', () => {
    const letter = fc.constantFrom(...Array.from('कखगमनरािीुे् ABCde1'));
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 90 }), fc.integer({ min: 60, max: 384 }), (letters, widthDots) => {
        const tried: { text: string; size: number }[] = [];
        const text = letters.join('');
        const place = { widthDots, heightDots: 36 };
        const drawn = drawText(blocks(tried), text, place);
        if (drawn === undefined) return;
        expect(drawn.widthDots).toBeLessThanOrEqual(place.widthDots);
        expect(drawn.heightDots).toBeLessThanOrEqual(place.heightDots);
        const plain = (some: string): string => some.normalize('NFC').replace(/\s/g, '');
        const last = [1, 2, 3].map((lines) =>
          plain(
            tried
              .slice(-lines)
              .map((each) => each.text)
              .join(''),
          ),
        );
        expect(last).toContain(plain(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is not drawn at all when it is empty, too long, or has letters that our fonts lack (labels 6)', () => {
    expect(drawText(blocks(), ' \n ', PLACE)).toBeUndefined();
    expect(drawText(blocks(), 'क'.repeat(400), PLACE)).toBeUndefined();
    expect(drawText(blocks(), 'রহিম', PLACE)).toBeUndefined();
    expect(['रमेश', 'Ramesh', 'Zoë Łukasz', 'রহিম', '漢字', '🙂'].map(ownLetters)).toEqual([true, true, true, false, false, false]);
  });

  it('breaks a word only where no size holds it whole, and never inside a letter with its signs (labels 5)', () => {
    const tried: { text: string; size: number }[] = [];
    const word = 'श्रीकृष्णमूर्ति'.repeat(5);
    expect(drawText(blocks(tried), word, PLACE)).toBeDefined();
    const lines = tried.filter(({ size }) => size === 9).slice(-2);
    expect(lines.map(({ text }) => text).join('')).toBe(word);
    for (const { text } of lines) expect(text).not.toMatch(/^[\u093e-\u094d]|\u094d$/);
  });
});
