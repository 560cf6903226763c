// What a platform test does with a page: open it, wait for the worker, call it. It must not know what is asserted.
import type { Page } from 'playwright-core';
import type { Desk } from '#desk/client.ts';
import type { Drafts } from '#desk/drafts.ts';
import type { Persistence } from '#desk/persistence.ts';
import type { Updates } from '#desk/updates.ts';
import type { Browser } from '../browser.ts';

export interface PlatformWindow {
  readonly desk: Desk;
  readonly drafts: Drafts;
  readonly acknowledged: readonly string[];
  readonly refused: readonly string[];
  /** Milliseconds that each command took. */
  readonly stalls: readonly number[];
  readonly changes: readonly string[];
  readonly readyMs: Promise<number>;
  readonly version: string;
  readonly updates: Promise<Updates | undefined>;
  readonly persistence: Promise<Persistence>;
  conformance(): Promise<{ readonly ran: number; readonly failed: Readonly<Record<string, string>> }>;
  add(key: string): Promise<void>;
  addMany(prefix: string, count: number, pauseMs?: number): Promise<void>;
}

declare global {
  // Set by e2e/support/platform/main.ts.
  var platform: PlatformWindow;
}

export interface Facts {
  readonly syncs: number;
  readonly appends: number;
  readonly cutBytes: number;
  readonly repeats: number;
  readonly notes: readonly string[];
  readonly space: { readonly usedBytes: number; readonly freeBytes?: number };
  readonly sqlBytes: number;
}

/** Opens the page; with `ready` false the worker need not come up. */
export async function openPlatform(
  browser: Browser,
  url: string,
  options: { readonly worker?: string; readonly ready?: boolean } = {},
): Promise<Page> {
  const page = await browser.open(options.worker === undefined ? url : `${url}?worker=${encodeURIComponent(options.worker)}`);
  await loaded(page);
  if (options.ready !== false) await ready(page);
  return page;
}

export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('#state')?.textContent === 'loaded' && 'platform' in globalThis, undefined, {
    timeout: 30_000,
  });
}

export async function ready(page: Page): Promise<void> {
  await page.evaluate(() => platform.readyMs);
}

export async function call<T>(page: Page, method: string, args: unknown = null): Promise<T> {
  return (await page.evaluate(([name, given]) => platform.desk.call(name as string, given), [method, args])) as T; // the ledger's own shapes
}

/** Controlled by the service worker, with everything kept for offline use. */
export async function controlled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const inTime = new Promise((_resolve, reject) =>
      setTimeout(() => reject(new Error('no service worker took over within 20 s')), 20_000),
    );
    await Promise.race([navigator.serviceWorker.ready, inTime]);
    if (navigator.serviceWorker.controller !== null) return;
    await Promise.race([
      new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })),
      inTime,
    ]);
  });
}

/** Every acknowledged key is in the ledger and in the database, and both are whole. */
export async function missingKeys(page: Page, acknowledged: readonly string[]): Promise<readonly string[]> {
  const keys = new Set(await call<string[]>(page, 'keys'));
  const rows = await call<number>(page, 'rows');
  if (rows !== keys.size) throw new Error(`the database has ${rows} rows, the ledger ${keys.size} keys`);
  const check = await call<string>(page, 'check');
  if (check !== 'ok') throw new Error(`integrity_check: ${check}`);
  return acknowledged.filter((key) => !keys.has(key));
}
