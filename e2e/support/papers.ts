// What a desk gave to the printer, and what a scanner reads from it. It reads pictures only and must not know how papers are made.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const DESKS = fileURLToPath(new URL('../../dist/desk/', import.meta.url));
const require = createRequire(import.meta.url);

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
const { PNG }: { readonly PNG: { readonly sync: { read(bytes: Uint8Array): Picture } } } = require('pngjs'); // it brings no types
type JsQr = (data: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;
// A decoder that the product does not use: what we write and what we read must not be wrong in the same way.
const jsQr: JsQr = require('jsqr');
/** Dots of the picture for each of the browser's 96 an inch: about a 300 dpi printer. */
const SCALE = 3;

/** Instead of a printer: keeps each paper that the browser is asked to print. Before any page is opened. */
export async function catchPapers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const here = window as unknown as { papers?: string[] }; // our own mark on the page
    if (window.top === window) here.papers = [];
    else
      window.print = () => {
        (window.top as unknown as { papers: string[] }).papers.push(document.documentElement.outerHTML); // set above, in the page that holds this frame
        window.dispatchEvent(new Event('afterprint'));
      };
  });
}

/** The next paper of this page after `doing`. */
export async function paperFrom(page: Page, doing: () => Promise<unknown>): Promise<string> {
  const before = await countPapers(page);
  await doing();
  await page.waitForFunction((count) => (window as unknown as { papers: string[] }).papers.length > count, before, { timeout: 30_000 });
  return page.evaluate(() => (window as unknown as { papers: string[] }).papers.at(-1) ?? '');
}

export async function countPapers(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { papers: string[] }).papers.length);
}

export interface Read {
  readonly qr: readonly string[];
  readonly bars: readonly string[];
  /** What a person reads on it. */
  readonly text: string;
  readonly png: Buffer;
}

/** Draws the paper in a tab of its own and reads every code from its picture: QR with jsQR, bars with ZXing. */
export async function readPaper(context: BrowserContext, html: string): Promise<Read> {
  const page = await context.newPage();
  try {
    // The hubs may be dead; the fonts are those that the app keeps.
    await page.route('**/assets/**', async (route) => {
      const body = await readFile(join(DESKS, 'assets', basename(new URL(route.request().url()).pathname)));
      await route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } });
    });
    await page.setContent(html);
    await page.evaluate(() => document.fonts.ready);
    const devtools = await page.context().newCDPSession(page);
    const shot = async (clip: { x: number; y: number; width: number; height: number }): Promise<Buffer> => {
      const taken = await devtools.send('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
        clip: { ...clip, scale: SCALE },
      });
      return Buffer.from(taken.data, 'base64');
    };
    const boxes = await page.locator('svg').evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return { x: x + window.scrollX, y: y + window.scrollY, width, height };
      }),
    );
    const qr: string[] = [];
    const bars: string[] = [];
    for (const box of boxes) {
      const png = await shot(box);
      if (Math.abs(box.width - box.height) < 2) qr.push(...qrIn(png));
      else bars.push(...(await barsIn(png)));
    }
    const size = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }));
    return { qr, bars, text: await page.locator('body').innerText(), png: await shot({ x: 0, y: 0, ...size }) };
  } finally {
    await page.close();
  }
}

function qrIn(bytes: Buffer): readonly string[] {
  const { data, width, height } = PNG.sync.read(bytes);
  const found = jsQr(new Uint8ClampedArray(data), width, height);
  return found === null ? [] : [found.data];
}

let ready = false;

/** Every Code 128 in a picture. */
export async function barsIn(bytes: Buffer): Promise<readonly string[]> {
  if (!ready) {
    const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } }); // a plain buffer of Node
    ready = true;
  }
  return (await readBarcodes(new Uint8Array(bytes), { formats: ['Code128'], tryHarder: true })).map((each) => each.text);
}
