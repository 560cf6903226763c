// The pictures of codes: their sizes, their white, and what an independent reader finds in them.
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { code128Image, qrImage } from './code-image.ts';
import { codeRows } from './codes.ts';
import { rasterise } from './testing/rasterise.ts';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const text = (length: number): string => Array.from({ length }, (_, i) => LETTERS[(i * 7 + (i >> 3)) % 45]).join('');

describe('a QR', () => {
  it.each([20, 200, 400, 600, 816])('of %i letters is read back by jsQR', (length) => {
    const image = rasterise(qrImage(text(length), 32).svg, 2);
    expect(jsQR(image.data, image.width, image.height)?.data).toBe(text(length));
  });

  it('of the most letters that paper uses is version 18 and no more, and modules are printable at its size', () => {
    const image = qrImage(text(816), 32);
    const modules = Number(/viewBox="\S+ \S+ (\d+)/.exec(image.svg)?.[1]) / 2 - 8;
    expect(modules).toBe(17 + 4 * 18);
    expect(image.widthMm / (modules + 8)).toBeGreaterThan(0.3);
    expect(Number(/viewBox="\S+ \S+ (\d+)/.exec(qrImage(text(817), 32).svg)?.[1]) / 2 - 8).toBeGreaterThan(modules);
  });

  it('has exactly the size that is asked for, four modules of white, and white behind it', () => {
    const image = qrImage('NR1:TEST', 32);
    expect([image.widthMm, image.heightMm]).toEqual([32, 32]);
    expect(image.svg).toContain('width="32mm" height="32mm"');
    expect(image.svg).toMatch(/viewBox="-8 -8/);
    expect(image.svg).toMatch(/<rect [^>]*fill="#ffffff"/);
  });

  it('is the same when it is drawn again: nothing is kept in shared options', () => {
    expect(qrImage('NR1:TEST', 32)).toEqual(qrImage('NR1:TEST', 32));
    expect(code128Image('200042000171', 0.25, 10)).toEqual(code128Image('200042000171', 0.25, 10));
  });
});

describe('a Code 128', () => {
  it('of 12 digits is subset C: 101 modules and 10 of white on both sides', () => {
    const image = code128Image('200042000171', 0.25, 10);
    expect([image.widthMm, image.heightMm]).toEqual([(101 + 20) * 0.25, 10]);
  });
});

describe('rows of codes', () => {
  it.each([
    [1, 97, 1],
    [2, 97, 1],
    [3, 97, 1],
    [9, 186, 2],
  ])('of %i symbols on %i mm are %i', (count, innerMm, rows) => {
    const blocks = codeRows(
      'en',
      Array.from({ length: count }, () => 'NR1:X'),
      { innerMm, widestMm: 38, hint: '' },
    );
    expect(blocks).toHaveLength(rows);
    expect(JSON.stringify(blocks)).toContain(`Code ${count}/${count}`);
  });
});
