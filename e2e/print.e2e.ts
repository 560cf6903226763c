// Every paper in a real Chromium: printed at its exact size, nothing cut, and each code read back from the picture by ZXing.
import { generateKeyPairSync, createHash, sign, verify } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Commit } from '#journal/commit.ts';
import { encodeHeader, type Header } from '#journal/header.ts';
import { classifyScan } from '#journal/paper/classify-scan.ts';
import { collectParts, NO_PARTS } from '#journal/paper/collect-parts.ts';
import type { PaperKind } from '#journal/paper/limits.ts';
import { decodePayload, encodePaper } from '#journal/paper/payload.ts';
import { type Bitmap, isBlack } from '#print/bitmap.ts';
import type { Paper } from '#print/blocks.ts';
import { FONT_FACES, FONT_FILES, FONT_NAMES, fontFaceCss } from '#print/font-faces.ts';
import { paperHtml } from '#print/html.ts';
import { labelsHtml } from '#print/label-html.ts';
import { createPdfWriter, type PdfMake } from '#print/pdf.ts';
import { rackSheetPaper } from '#print/rack-sheet.ts';
import { reportPaper } from '#print/report.ts';
import type { FontName } from '#print/script-runs.ts';
import { slipPaper } from '#print/slip.ts';
import { outlineLetters, type OutlineFont } from '#print/testing/outline-letters.ts';
import { labelSample, rackSample, reportSample, slipSample } from '#print/testing/samples.ts';
import { woffToSfnt } from '#print/woff.ts';
import { openBrowser, type Browser } from './support/browser.ts';

const require = createRequire(import.meta.url);
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const HOSPITAL = sha256(new TextEncoder().encode('hospital')).subarray(0, 12);
const keys = generateKeyPairSync('ed25519');

/** Signed commits of about the size of real ones. */
function commits(count: number): readonly Commit[] {
  let previous: Uint8Array = new Uint8Array(32);
  return Array.from({ length: count }, (_, index) => {
    const noise = sha256(new TextEncoder().encode(`commit ${index}`));
    const salt = Buffer.from(noise).toString('base64url');
    const body = new TextEncoder().encode(
      JSON.stringify({
        salt,
        command: salt.slice(0, 16),
        do: 'placeOrder',
        events: [{ stream: `order/${salt.slice(3, 19)}`, type: 'OrderPlaced', data: { tests: ['PLT'] } }],
      }),
    );
    const header: Header = {
      format: 1,
      device: noise.subarray(0, 12).fill(1),
      epoch: new Uint8Array(12).fill(2),
      seq: index + 1,
      previous,
      hlc: { ms: 1_795_000_000_000 + index, counter: 0 },
      bodyHash: sha256(body),
    };
    const headerBytes = encodeHeader(header);
    previous = sha256(headerBytes);
    return { header, headerBytes, hash: previous, signature: new Uint8Array(sign(null, headerBytes, keys.privateKey)), body };
  });
}

function codesOf(kind: PaperKind, count: number): readonly string[] {
  const paper = encodePaper(kind, HOSPITAL, [], commits(count), sha256);
  if (!paper.ok) throw new Error(paper.code);
  return paper.texts;
}

/** The fonts inside the page, for a page without a server. */
function fontCss(): string {
  return fontFaceCss((file) => `data:font/woff;base64,${readFileSync(require.resolve(file)).toString('base64')}`);
}

let browser: Browser;
let page: Page;
let css = '';
let folder = '';

beforeAll(async () => {
  const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } }); // a plain buffer of Node
  css = fontCss();
  folder = await mkdtemp(path.join(tmpdir(), 'nirantar-print-'));
  browser = await openBrowser();
  page = await browser.context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function show(html: string): Promise<void> {
  await page.setContent(html);
  await page.evaluate(() => document.fonts.ready);
}

/** All codes in a PNG, as a scanner would give them. */
async function codesIn(png: Uint8Array): Promise<readonly string[]> {
  const found = await readBarcodes(png, { formats: ['QRCode', 'Code128'], tryHarder: true, maxNumberOfSymbols: 50 });
  return found.map((each) => each.text);
}

/** The whole page as a picture of 300 dots an inch. */
async function picture(): Promise<Uint8Array> {
  const devtools = await browser.context.newCDPSession(page);
  const box = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }));
  const taken = await devtools.send('Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, ...box, scale: 3.125 },
  });
  await devtools.detach();
  return Buffer.from(taken.data, 'base64');
}

function pageSizesMm(pdf: Uint8Array): readonly (readonly [number, number])[] {
  const boxes = new TextDecoder('latin1').decode(pdf).matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g);
  return Array.from(boxes, ([, width, height]) => [(Number(width) / 72) * 25.4, (Number(height) / 72) * 25.4] as const);
}

/** A browser rounds to whole dots of 1/96 inch: a quarter of a millimetre. */
const DOT_MM = 0.27;

async function print(html: string): Promise<Uint8Array> {
  await show(html);
  return page.pdf({ preferCSSPageSize: true, printBackground: true });
}

const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;

/** The pages of a PDF as pictures at 300 dots an inch, drawn by poppler. */
async function pages(pdf: Uint8Array): Promise<readonly Uint8Array[]> {
  const name = path.join(folder, 'print');
  await writeFile(`${name}.pdf`, pdf);
  const drawn = spawnSync('pdftoppm', ['-r', '300', '-png', `${name}.pdf`, name]);
  expect(drawn.status).toBe(0);
  const listed = spawnSync('ls', [folder])
    .stdout.toString()
    .split('\n')
    .filter((file) => file.endsWith('.png'))
    .toSorted();
  const images = await Promise.all(listed.map((file) => readFile(path.join(folder, file))));
  await Promise.all(listed.map((file) => rm(path.join(folder, file))));
  return images;
}

function readBack(texts: readonly string[]): readonly Uint8Array[] {
  let state = NO_PARTS;
  for (const text of texts) {
    const scan = classifyScan(`]Q1${text.toLowerCase()}\r\n`); // as a keyboard wedge with caps trouble types it
    if (scan.kind !== 'paper-part') continue;
    const step = collectParts(state, scan.text, sha256);
    state = step.state;
    if (step.outcome.status !== 'complete') continue;
    const decoded = decodePayload(step.outcome.payload, HOSPITAL, sha256);
    if (!decoded.ok) throw new Error(decoded.code);
    for (const run of decoded.sheet.runs) expect(verify(null, run.commits.at(-1)!.headerBytes, keys.publicKey, run.signature)).toBe(true); // a run has commits
    return decoded.sheet.runs.flatMap((run) => run.commits.map((commit) => commit.body ?? new Uint8Array(0)));
  }
  throw new Error('no complete sheet');
}

const cases: readonly (readonly [string, Paper, number, string, number])[] = [
  ['slip', slipPaper(slipSample(codesOf('slip', 7))), 7, '100042000173', 1],
  ['slip in Hindi', slipPaper(slipSample(codesOf('slip', 11), { language: 'hi' })), 11, '100042000173', 1],
  ['rack sheet', rackSheetPaper(rackSample(codesOf('rack', 60), 26)), 60, '', 2],
  ['report', reportPaper(reportSample(codesOf('report', 9))), 9, '100042000173', 1],
];

describe.each(cases)('the %s', (_, paper, count, number, mostPages) => {
  const bodies = commits(count).map((commit) => commit.body);

  it('on the screen carries codes that ZXing reads and that give back the signed commits', async () => {
    await show(paperHtml(paper, css));
    const texts = await codesIn(await picture());
    expect(readBack(texts)).toEqual(bodies);
    if (number !== '') expect(texts).toContain(number);
  });

  it('prints at its exact size on no more pages than it should, with nothing beyond the edge', async () => {
    const pdf = await print(paperHtml(paper, css));
    const sizes = pageSizesMm(pdf);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.length).toBeLessThanOrEqual(mostPages);
    for (const [width, height] of sizes) {
      expect(Math.abs(width - paper.widthMm)).toBeLessThan(DOT_MM);
      expect(Math.abs(height - paper.heightMm)).toBeLessThan(DOT_MM);
    }
    const beyond = await page.evaluate(() =>
      Array.from(
        document.querySelectorAll('main *'),
        (each) => each.getBoundingClientRect().right - document.querySelector('main')!.getBoundingClientRect().right,
      ),
    );
    expect(Math.max(...beyond)).toBeLessThan(1);
  });

  it.skipIf(!hasPoppler)('on paper (browser print and pdfmake, drawn by poppler; skipped without pdftoppm) is read back too', async () => {
    const pdfMake: PdfMake = require('pdfmake');
    const writer = await createPdfWriter(pdfMake, async (file) => new Uint8Array(await readFile(require.resolve(file))));
    for (const pdf of [await print(paperHtml(paper, css)), await writer.write(paper, new Date(0))]) {
      const found = await Promise.all((await pages(pdf)).map(codesIn));
      expect(readBack(found.flat())).toEqual(bodies);
    }
  });
});

describe('tube labels', () => {
  const long = {
    name: { latin: 'Thiruvenkatanathan Balasubramaniam Venkataraman Subramanian', devanagari: 'तिरुवेंकटनाथन बालासुब्रमण्यम' },
    number: { kind: 'uhid' as const, digits: '100042000173' },
  };
  const crowded = {
    unidentified: true,
    urgent: true,
    container: 'Citrate 3.2 % light blue 2.7 mL',
    collector: 'by Thiruvenkatanathan B',
    accession: '200042000205',
  };
  const card = { name: { latin: 'A' }, number: { kind: 'external' as const, digits: 'ABHA 12-3456-7890-1234 / CGHS 0000123456' } };
  const html = (): string =>
    labelsHtml(
      [
        labelSample(),
        labelSample({ unidentified: true, accession: '200042000189' }),
        labelSample({ patient: long, accession: '200042000197' }),
        labelSample({ ...crowded, patient: card }),
      ],
      css,
    );

  it('print at 50 x 25 mm, one on each page', async () => {
    const sizes = pageSizesMm(await print(html()));
    expect(sizes).toHaveLength(6);
    for (const [width, height] of sizes) {
      expect(Math.abs(width - 50)).toBeLessThan(DOT_MM);
      expect(Math.abs(height - 25)).toBeLessThan(DOT_MM);
    }
  });

  it('have codes that ZXing reads, and cut or cover no text', async () => {
    await show(html());
    expect((await codesIn(await picture())).toSorted()).toEqual([
      '200042000171',
      '200042000189',
      '200042000189',
      '200042000197',
      '200042000205',
      '200042000205',
    ]);
    const wrong = await page.evaluate(() =>
      Array.from(document.querySelectorAll('.label'), (label) => {
        const parts = Array.from(label.querySelectorAll('.name, .identity, .bars, .digits, .side, .twin, .tests'));
        const box = label.getBoundingClientRect();
        const textBox = (part: Element): DOMRect => {
          const range = document.createRange();
          range.selectNodeContents(part);
          return range.getBoundingClientRect();
        };
        const out = parts
          .filter((part) => textBox(part).right > box.right + 0.5 || textBox(part).bottom > box.bottom + 0.5)
          .map((part) => `${part.className} is cut`);
        // Lines of letters may share the white above and below them: half a millimetre is 1.9 dots.
        const covered = parts.flatMap((a, i) =>
          parts
            .slice(i + 1)
            .filter((b) => overlap(textBox(a), textBox(b)) > 3)
            .map((b) => `${a.className} covers ${b.className}`),
        );
        function overlap(a: DOMRect, b: DOMRect): number {
          return Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
        }
        return [...out, ...covered];
      }).flat(),
    );
    expect(wrong).toEqual([]);
  });
});

describe('letters for label printers, drawn by the browser', () => {
  const NAMES = ['रमेश कुमार', 'द्रौपदी त्रिपाठी', 'श्रीमती कृष्णा विश्वकर्मा', 'ज्ञानेन्द्र र्‍हस्व क्षत्रिय', 'Zoë Łukasz सुनीता'];
  /** How alike at least: the smaller the letters, the more of them is edge, which two ways of drawing round differently. */
  const ALIKE: Readonly<Record<number, number>> = { 27: 0.8, 19: 0.75, 13: 0.6 };
  const SIZES = [27, 19, 13];

  it('are those of our fonts, shaped as HarfBuzz shapes them, in a worker under the desks’ own policy', async () => {
    const root = path.resolve(import.meta.dirname, '..');
    const entry = path.join(folder, 'letters.ts');
    await writeFile(
      entry,
      `import { openLetters } from ${JSON.stringify(path.join(root, 'src/desk/worker/letters.ts'))};
       onmessage = async (event) => {
         const letters = await openLetters(event.data.fonts.map((font) => ({ ...font, bytes: Uint8Array.from(atob(font.bytes), (c) => c.charCodeAt(0)) })));
         postMessage(event.data.asked.map(([text, size]) => { const drawn = letters.draw(text, size); return { ...drawn, bits: Array.from(drawn.bits) }; }));
       };`,
    );
    const { build } = await import('vite');
    const built = await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'letters' } },
    });
    const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined;
    const bytesOf = (name: FontName): Promise<Buffer> => readFile(require.resolve(FONT_FILES[name].bold));
    const fonts = await Promise.all(
      FONT_NAMES.map(async (name) => ({ ...FONT_FACES[name], bytes: (await bytesOf(name)).toString('base64') })),
    );
    const asked = NAMES.flatMap((text) => SIZES.map((size) => [text, size] as const));
    const policy = "default-src 'none'; script-src blob: 'wasm-unsafe-eval'; worker-src blob:; font-src 'self' data:";
    await page.setContent(`<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Letters</title>`);
    const drawn = await page.evaluate(
      async ([code, given]) =>
        new Promise<readonly { widthDots: number; heightDots: number; bits: readonly number[] }[] | string>((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve(event.message);
          worker.postMessage(given);
        }),
      [output?.[0].code ?? '', { fonts, asked }] as const,
    );
    if (typeof drawn === 'string') throw new Error(drawn);
    const fontkit: { create(bytes: Uint8Array): OutlineFont } = createRequire(
      require.resolve('pdfkit', { paths: [require.resolve('pdfmake')] }),
    )('fontkit');
    const outline = async (name: FontName): Promise<OutlineFont> => fontkit.create(woffToSfnt(await bytesOf(name)));
    const oracle = outlineLetters({
      NotoLatin: await outline('NotoLatin'),
      NotoLatinExt: await outline('NotoLatinExt'),
      NotoDevanagari: await outline('NotoDevanagari'),
    });
    const alike = asked.map(([text, size], i) => {
      const one = drawn[i]!; // one for each that was asked
      const here = { ...one, bits: Uint8Array.from(one.bits) };
      return [text, size, likeness(here, oracle.draw(text, size))] as const;
    });
    expect(alike.filter(([, size, share]) => share < (ALIKE[size] ?? 1))).toEqual([]);
    // The measure itself: the same letters without their shaping are not alike, at any size.
    const shaped = NAMES.indexOf('द्रौपदी त्रिपाठी') * SIZES.length;
    SIZES.forEach((size, i) => {
      const one = drawn[shaped + i]!; // asked above
      const unshaped = oracle.draw('द्\u200cरौपदी त्\u200cरिपाठी', size);
      expect(likeness({ ...one, bits: Uint8Array.from(one.bits) }, unshaped)).toBeLessThan(0.5);
    });
  });

  /** Dots that both have as a share of those that either has, at the best of nine places a dot apart. */
  function likeness(a: Bitmap, b: Bitmap): number {
    const places = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const));
    return Math.max(
      ...places.map(([dx, dy]) => {
        let both = 0;
        let either = 0;
        for (let y = -1; y <= Math.max(a.heightDots, b.heightDots); y += 1) {
          for (let x = -1; x <= Math.max(a.widthDots, b.widthDots); x += 1) {
            const one = isBlack(a, x, y);
            const other = isBlack(b, x + dx, y + dy);
            if (one && other) both += 1;
            if (one || other) either += 1;
          }
        }
        return both / either;
      }),
    );
  }
});

describe('pdfmake in a worker of the browser', () => {
  it('writes the same paper from the same code, offline', async () => {
    const { build } = await import('vite');
    const entry = path.join(folder, 'entry.ts');
    const root = path.resolve(import.meta.dirname, '..');
    await writeFile(
      entry,
      `import { createPdfWriter } from ${JSON.stringify(path.join(root, 'src/print/pdf.ts'))};
       import { slipPaper } from ${JSON.stringify(path.join(root, 'src/print/slip.ts'))};
       import { slipSample } from ${JSON.stringify(path.join(root, 'src/print/testing/samples.ts'))};
       globalThis.writeSlip = async (pdfMake, fonts) => {
         const writer = await createPdfWriter(pdfMake, async (file) => Uint8Array.from(atob(fonts[file]), (c) => c.charCodeAt(0)));
         return Array.from(await writer.write(slipPaper(slipSample(['NR1:0123456789:1/1:ABC'])), new Date(0)));
       };`,
    );
    const built = await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'print' } },
    });
    const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined;
    const files = Object.values(FONT_FILES).flatMap((weights) => Object.values(weights));
    const fonts = Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, (await readFile(require.resolve(file))).toString('base64')] as const)),
    );
    // As strict as the desks' own policy: no eval, which a worker from a blob inherits.
    const policy = "default-src 'none'; script-src blob: 'wasm-unsafe-eval'; worker-src blob:";
    await page.setContent(`<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><title>PDF</title>`);
    await browser.context.setOffline(true);
    const scripts = [await readFile(require.resolve('pdfmake/build/pdfmake.js'), 'utf8'), output?.[0].code ?? ''];
    // In a worker, where the desks write their papers: no window, no document.
    scripts.push(
      'onmessage = (event) => writeSlip(pdfMake, event.data).then((bytes) => postMessage(bytes), (error) => postMessage(String(error)));',
    );
    const bytes = await page.evaluate(
      async ([code, given]) =>
        new Promise<readonly number[] | string>((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve(event.message);
          worker.postMessage(given);
        }),
      [scripts.join('\n;\n'), fonts] as const,
    );
    await browser.context.setOffline(false);
    const evaluated = await page.evaluate(
      async () =>
        new Promise<string>((resolve) => {
          const worker = new Worker(
            URL.createObjectURL(new Blob(['try { eval("1"); postMessage("allowed") } catch { postMessage("refused") }'])),
          );
          worker.onmessage = (event) => resolve(event.data);
        }),
    );
    expect(evaluated).toBe('refused');
    if (typeof bytes === 'string') throw new Error(bytes);
    const pdf = Uint8Array.from(bytes);
    expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-');
    expect(new TextDecoder('latin1').decode(pdf)).toMatch(/\+NotoSansDevanagari/);
    expect(pageSizesMm(pdf).map(([width, height]) => [Math.round(width), Math.round(height)])).toEqual([[105, 148]]);
  });
});
