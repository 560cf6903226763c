// Everything that is printed, read back by an independent decoder; PDFs at their exact size; Devanagari shaped.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ready as Ready } from 'zpl-renderer-js';
import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader';
import { code128Image, qrImage } from './code-image.ts';
import type { Paper } from './blocks.ts';
import { isBlack } from './bitmap.ts';
import { drawText } from './draw-text.ts';
import { FONT_FILES } from './font-faces.ts';
import { labelZpl } from './label-zpl.ts';
import { createPdfWriter, type PdfMake, type PdfWriter } from './pdf.ts';
import { rackSheetPaper } from './rack-sheet.ts';
import { reportPaper } from './report.ts';
import { slipPaper } from './slip.ts';
import { outlineLetters, type OutlineFont } from './testing/outline-letters.ts';
import { rasterise, type Raster } from './testing/rasterise.ts';
import { labelSample, rackSample, reportSample, slipSample } from './testing/samples.ts';
import { woffToSfnt } from './woff.ts';

const require = createRequire(import.meta.url);
interface Png {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
const { PNG }: { readonly PNG: { readonly sync: { read(bytes: Uint8Array): Png; write(png: Png): Uint8Array } } } = require('pngjs');
// Required, not imported: nine megabytes need not go through the test runner's transformer.
const { ready }: { readonly ready: typeof Ready } = require('zpl-renderer-js');
const loadWoff = async (file: string): Promise<Uint8Array> => new Uint8Array(await readFile(require.resolve(file)));

beforeAll(async () => {
  // Given by hand: the package would fetch it from the internet.
  const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } }); // a plain buffer of Node
});

async function decode(raster: Raster): Promise<readonly ReadResult[]> {
  const image = { data: raster.data, width: raster.width, height: raster.height, colorSpace: 'srgb' };
  return readBarcodes(image as unknown as ImageData, { formats: ['QRCode', 'Code128'], tryHarder: true, maxNumberOfSymbols: 20 }); // what zxing reads of ImageData is there
}

describe('codes', () => {
  it.each([30, 300, 600, 816])('a QR of %i letters is read by ZXing at level M', async (length) => {
    const text = Array.from({ length }, (_, i) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'[(i * 11 + (i >> 2)) % 45]).join('');
    const [found] = await decode(rasterise(qrImage(text, 32).svg, 2));
    expect(found?.text).toBe(text);
    expect(found?.ecLevel).toBe('M');
    expect(Number(found?.version)).toBeLessThanOrEqual(18);
  });

  it.each(['200042000171', '100042000173', '000000000000', '999999999999'])('the Code 128 of %s is read by ZXing', async (digits) => {
    const found = await decode(rasterise(code128Image(digits, 0.25, 10).svg, 3));
    expect(found.map((each) => [each.format, each.text])).toEqual([['Code128', digits]]);
  });
});

interface Fontkit {
  create(bytes: Uint8Array): {
    layout(text: string): { readonly glyphs: readonly { readonly id: number; readonly codePoints: readonly number[] }[] };
    readonly numGlyphs: number;
  } & OutlineFont;
}
/** The same shaper that the PDF writer uses. */
const fontkit: Fontkit = createRequire(require.resolve('pdfkit', { paths: [require.resolve('pdfmake')] }))('fontkit');

async function drawLabels(zpl: string): Promise<readonly Png[]> {
  const { api } = await ready;
  const images = await api.zplToBase64MultipleAsync(zpl, 50, 25, 8);
  return images.map((image) => PNG.sync.read(Buffer.from(image, 'base64')));
}
const read = async (png: Png): Promise<readonly ReadResult[]> =>
  decode({ width: png.width, height: png.height, data: new Uint8ClampedArray(png.data) });

describe('the ZPL label, drawn by an independent renderer', () => {
  it.each([
    ['usual', {}],
    [
      'a name that would be commands',
      { patient: { name: { latin: '^XZ^XA^BCN,80^FD999999999999^FS~JA _5E' }, number: { kind: 'uhid' as const, digits: '100042000173' } } },
    ],
    [
      'a very long name',
      {
        patient: {
          name: { latin: 'Thiruvenkatanathan Balasubramaniam Venkataraman Subramanian Iyer of Kumbakonam' },
          number: { kind: 'uhid' as const, digits: '100042000173' },
        },
      },
    ],
  ])('with %s is one label with one code: the tube', async (_, change) => {
    const label = labelZpl(labelSample(change));
    const images = await drawLabels(label.ok ? label.zpl : '');
    expect(images.map((png) => [png.width, png.height])).toEqual([[400, 200]]);
    const found = await read(images[0]!); // one is there
    expect(found.map((each) => [each.format, each.text])).toEqual([['Code128', '200042000171']]);
    const { topLeft, topRight, bottomLeft } = found[0]!.position; // one is there
    expect(topRight.x - topLeft.x).toBeGreaterThan(195); // 101 modules of 2 dots: subset C
    expect(topRight.x - topLeft.x).toBeLessThan(210);
    expect(bottomLeft.y - topLeft.y).toBeGreaterThan(60);
  });

  it('of an unidentified patient is two labels with the same number', async () => {
    const label = labelZpl(labelSample({ unidentified: true }));
    const images = await drawLabels(label.ok ? label.zpl : '');
    expect(images).toHaveLength(2);
    for (const image of images) expect((await read(image)).map((each) => each.text)).toEqual(['200042000171']);
  });
});

describe('a name that label printers have no letters for', () => {
  let letters: ReturnType<typeof outlineLetters>;
  beforeAll(async () => {
    const bold = async (name: keyof typeof FONT_FILES): Promise<OutlineFont> =>
      fontkit.create(woffToSfnt(await loadWoff(FONT_FILES[name].bold)));
    letters = outlineLetters({
      NotoLatin: await bold('NotoLatin'),
      NotoLatinExt: await bold('NotoLatinExt'),
      NotoDevanagari: await bold('NotoDevanagari'),
    });
  });
  const NAMES = ['रमेश कुमार', 'द्रौपदी त्रिपाठी', 'श्रीमती कृष्णा विश्वकर्मा', 'तिरुवेंकटनाथन बालासुब्रमण्यम वेंकटरमन सुब्रमण्यम अय्यर', 'Sunita सुनीता देवी'];

  it.each(NAMES)('%s: is on the label dot by dot as it was drawn, whole, and leaves the rest alone (labels 1, 5)', async (devanagari) => {
    const label = labelZpl(labelSample({ patient: { name: { devanagari }, number: { kind: 'uhid', digits: '100042000173' } } }), letters);
    const [image] = await drawLabels(label.ok ? label.zpl : '');
    const drawn = drawText(letters, devanagari, { widthDots: 384, heightDots: 36 });
    if (image === undefined || drawn === undefined) throw new Error('nothing was drawn');
    expect(drawn.heightDots).toBeGreaterThan(16);
    const black = (x: number, y: number): boolean => (image.data[(y * image.width + x) * 4] ?? 255) < 128;
    const wrong: string[] = [];
    for (let y = 0; y < 38; y += 1)
      for (let x = 0; x < image.width; x += 1) if (black(x, y) !== isBlack(drawn, x - 10, y - 2)) wrong.push(`${x},${y}`);
    expect(wrong).toEqual([]);
    expect((await read(image)).map((each) => [each.format, each.text])).toEqual([['Code128', '200042000171']]);
    const shots = process.env['NIRANTAR_SHOTS'];
    if (shots !== undefined) await writeFile(`${shots}/label-${NAMES.indexOf(devanagari)}.png`, PNG.sync.write(image));
  });

  it('stays in the printer’s own letters where it is known in Latin ones too (labels 4)', () => {
    const name = { latin: 'Ramesh Kumar', devanagari: 'रमेश कुमार' };
    const label = labelZpl(labelSample({ patient: { name, number: { kind: 'uhid', digits: '100042000173' } } }), letters);
    expect(label.ok && label.zpl).toContain('^FDRamesh Kumar^FS');
    expect(label.ok && label.zpl).not.toContain('^GFA');
  });

  it('is refused in a script that our fonts do not have (labels 6)', () => {
    const content = labelSample({ patient: { name: { latin: 'রহিম' }, number: { kind: 'uhid', digits: '100042000173' } } });
    expect(labelZpl(content, letters)).toEqual({ ok: false, code: 'label-name-not-latin' });
  });

  it('of the person who took the blood is drawn too', async () => {
    const label = labelZpl(labelSample({ collector: 'मीरा जोसेफ़' }), letters);
    expect(label.ok && label.zpl.match(/\^GFA/g)).toHaveLength(1);
    const [image] = await drawLabels(label.ok ? label.zpl : '');
    expect((await read(image!)).map((each) => each.text)).toEqual(['200042000171']); // one is there
  });
});

describe('PDF', () => {
  let writer: PdfWriter;
  beforeAll(async () => {
    const pdfMake: PdfMake = require('pdfmake');
    writer = await createPdfWriter(pdfMake, loadWoff);
  });
  const CODES = ['NR1:0123456789:1/2:ABC', 'NR1:0123456789:2/2:ABC'];
  const boxes = (pdf: Uint8Array): readonly string[] =>
    Array.from(new TextDecoder('latin1').decode(pdf).matchAll(/\/MediaBox \[([^\]]*)\]/g), ([, box = '']) => box);

  it.each<[string, Paper, number, number, number]>([
    ['slip', slipPaper(slipSample(CODES)), 105, 148, 1],
    ['slip with three codes in Hindi', slipPaper(slipSample([...CODES, CODES[0]!], { language: 'hi' })), 105, 148, 1],
    ['rack sheet of 60 tubes', rackSheetPaper(rackSample(CODES, 60)), 210, 297, 4],
    ['report', reportPaper(reportSample(CODES)), 210, 297, 1],
  ])('of a %s has its exact page size, embedded fonts, and at most the pages it needs', async (_, paper, width, height, pages) => {
    const pdf = await writer.write(paper, new Date(0));
    const found = boxes(pdf).map((box) => box.split(' ').map(Number));
    expect(found.length).toBeLessThanOrEqual(pages);
    for (const [left, top, right = 0, bottom = 0] of found) {
      expect([left, top]).toEqual([0, 0]);
      expect((right / 72) * 25.4).toBeCloseTo(width, 1);
      expect((bottom / 72) * 25.4).toBeCloseTo(height, 1);
    }
    const text = new TextDecoder('latin1').decode(pdf);
    expect(text).toContain('/FontFile2');
    expect(text).toMatch(/\/FontName \/\w+\+NotoSansDevanagari/);
    expect(text).not.toMatch(/Helvetica|Roboto/);
  });

  it('is the same bytes for the same content', async () => {
    const paper = slipPaper(slipSample(CODES));
    expect(await writer.write(paper, new Date(0))).toEqual(await writer.write(paper, new Date(0)));
  });

  it('draws whatever a name may hold', async () => {
    const sample = slipSample(CODES);
    for (const latin of ['', '\u0000\u202eabc', '漢字 உ 🙂', '\ud800', '{{page}} \\ ( ) <<', 'A'.repeat(120)]) {
      const pdf = await writer.write(slipPaper({ ...sample, patient: { ...sample.patient, name: { latin } } }), new Date(0));
      expect(boxes(pdf).length).toBeGreaterThan(0);
    }
  });
});

describe('the Devanagari font', () => {
  it('comes out of its container whole', async () => {
    for (const file of Object.values(FONT_FILES).flatMap((weights) => Object.values(weights))) {
      const woff = await loadWoff(file);
      const plain = fontkit.create(woffToSfnt(woff));
      expect(plain.numGlyphs).toBe(fontkit.create(woff).numGlyphs);
    }
  });

  it.each([
    ['कि', 2, 'the sign of i goes before its consonant'],
    ['क्ष', 1, 'a conjunct is one shape'],
    ['श्री', 2, 'a conjunct with its vowel'],
    ['र्म', 2, 'the r goes above as a hook'],
    ['द्ध', 1, 'a conjunct is one shape'],
  ])('shapes %s into %i glyphs: %s', async (text, most) => {
    const font = fontkit.create(woffToSfnt(await loadWoff(FONT_FILES.NotoDevanagari.normal)));
    const { glyphs } = font.layout(text);
    expect(glyphs.length).toBeLessThanOrEqual(most);
    expect(glyphs.every((glyph) => glyph.id !== 0)).toBe(true);
  });

  it('puts the sign of i before its consonant', async () => {
    const font = fontkit.create(woffToSfnt(await loadWoff(FONT_FILES.NotoDevanagari.normal)));
    expect(font.layout('कि').glyphs[0]?.codePoints).toEqual([0x093f]);
  });

  it('refuses a file that is no WOFF', () => {
    expect(() => woffToSfnt(new Uint8Array(64))).toThrow(/invariant/);
  });
});
