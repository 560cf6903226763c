// QR and Code 128 as SVG with exact sizes: the same picture for browser print, PDF and a PNG in tests.
import { code128, drawingSVG, qrcode } from 'bwip-js/generic';

/** A drawing of its own printed size. */
export interface CodeImage {
  readonly svg: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** ISO/IEC 18004 asks for 4 modules of white around a QR, ISO/IEC 15417 for 10 beside a Code 128. */
const QR_QUIET = 4;
const CODE128_QUIET = 10;

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly shapes: string;
}

function parse(svg: string): Drawn {
  const match = /^<svg viewBox="0 0 (\d+) (\d+)"[^>]*>([\s\S]*)<\/svg>\s*$/.exec(svg);
  if (match === null) throw new Error('invariant: bwip-js draws an svg with a viewBox');
  return { width: Number(match[1]), height: Number(match[2]), shapes: (match[3] ?? '').trim() };
}

/** White behind it: a transparent code on a dark screen cannot be read. */
function framed(drawn: Drawn, quietX: number, quietY: number, unitMm: number): CodeImage {
  const width = drawn.width + quietX * 2;
  const height = drawn.height + quietY * 2;
  const widthMm = Math.round(width * unitMm * 1000) / 1000;
  const heightMm = Math.round(height * unitMm * 1000) / 1000;
  const box = `viewBox="${-quietX} ${-quietY} ${width} ${height}" width="${widthMm}mm" height="${heightMm}mm"`;
  const white = `<rect x="${-quietX}" y="${-quietY}" width="${width}" height="${height}" fill="#ffffff"/>`;
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" ${box} shape-rendering="crispEdges">${white}${drawn.shapes}</svg>`,
    widthMm,
    heightMm,
  };
}

/** Modules of a side, without the white around. bwip-js draws a module as 2 units at scale 1. */
function drawQr(text: string): Drawn {
  // A fresh object each time: bwip-js writes into the options that it is given.
  return parse(qrcode({ bcid: 'qrcode', text, eclevel: 'M', scale: 1 } as Parameters<typeof qrcode>[0], drawingSVG())); // `eclevel` is a BWIPP option that the types lack
}

/** A QR at level M that is `widthMm` wide with the white around it. */
export function qrImage(text: string, widthMm: number): CodeImage {
  const drawn = drawQr(text);
  return framed(drawn, QR_QUIET * 2, QR_QUIET * 2, widthMm / (drawn.width + QR_QUIET * 4));
}

/** Digits as Code 128; an even number of them is subset C. @param moduleMm width of the narrowest bar @param barMm height of the bars */
export function code128Image(digits: string, moduleMm: number, barMm: number): CodeImage {
  const drawn = parse(code128({ bcid: 'code128', text: digits, scale: 1, height: 10, includetext: false }, drawingSVG()));
  // Bars are stretched to the height that is asked for; their widths stay.
  const stretched = {
    ...drawn,
    height: barMm / moduleMm,
    shapes: `<g transform="scale(1 ${barMm / moduleMm / drawn.height})">${drawn.shapes}</g>`,
  };
  return framed(stretched, CODE128_QUIET, 0, moduleMm);
}
