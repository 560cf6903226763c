// The desk's storage in a real browser: acknowledged is there after a kill, a torn write, a file that fails to open, a full disk.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { rm } from 'node:fs/promises';
import { forgetProfile, newProfile, openBrowser, type Browser } from './support/browser.ts';
import { serve, type Served } from './support/serve.ts';
import { buildPlatform } from './support/platform/build.ts';
import { call, missingKeys, openPlatform, type Facts } from './support/platform/page.ts';

let folder = '';
let server: Served;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await buildPlatform('v1', 1);
  server = await serve(folder);
}, 120_000);
afterAll(async () => {
  for (const step of cleanUp) await step();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function profile(): Promise<string> {
  const path = await newProfile();
  cleanUp.push(() => forgetProfile(path));
  return path;
}

async function browserOn(path: string): Promise<Browser> {
  const browser = await openBrowser({ profile: path });
  cleanUp.push(() => browser.close().catch(() => undefined));
  return browser;
}

/** Kills the browser in the middle of writing and gives what had been acknowledged by then. */
async function killWhileWriting(path: string, round: number): Promise<readonly string[]> {
  const browser = await browserOn(path);
  const page = await openPlatform(browser, server.url);
  const acknowledged: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (text.startsWith('ACK ')) acknowledged.push(text.slice(4));
  });
  void page.evaluate((name) => platform.addMany(name, 100_000), `round-${round}`).catch(() => undefined);
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(20 + round * 17);
  await browser.kill();
  return acknowledged;
}

describe('storage', () => {
  test('the conformance suite of the storage port, with workers that are killed', async () => {
    const browser = await browserOn(await profile());
    const page = await openPlatform(browser, server.url);
    const { ran, failed } = await page.evaluate(() => platform.conformance());
    expect(failed).toEqual({});
    expect(ran).toBeGreaterThanOrEqual(9);
    await browser.close();
  });

  test('SIGKILL of the whole browser in mid-write, five times: everything acknowledged is there', async () => {
    const path = await profile();
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round += 1) acknowledged.push(...(await killWhileWriting(path, round)));
    const browser = await browserOn(path);
    const page = await openPlatform(browser, server.url);
    expect(acknowledged.length).toBeGreaterThan(200);
    expect(await missingKeys(page, acknowledged)).toEqual([]);
    await browser.close();
  });

  test('a torn tail is cut, told, and written over', async () => {
    const path = await profile();
    const first = await browserOn(path);
    const page = await openPlatform(first, server.url);
    await page.evaluate(() => platform.addMany('whole', 5));
    await call(page, 'tear');
    await first.kill();
    const second = await browserOn(path);
    const again = await openPlatform(second, server.url);
    expect((await call<Facts>(again, 'facts')).cutBytes).toBe(12);
    await again.evaluate(() => platform.add('after'));
    expect(await call<string[]>(again, 'keys')).toEqual(['whole-0', 'whole-1', 'whole-2', 'whole-3', 'whole-4', 'after']);
    await second.close();
  });

  test('a file that fails to open once keeps its data, whichever file it is', async () => {
    const path = await profile();
    let browser = await browserOn(path);
    let page = await openPlatform(browser, server.url);
    await page.evaluate(() => platform.addMany('kept', 10));
    const keys = await call<string[]>(page, 'keys');
    await page.close();
    // Five slots of the journal, eight files of SQLite: each of them once.
    for (let failing = 1; failing <= 13; failing += 1) {
      page = await openPlatform(browser, server.url, { worker: `fail-open=${failing}` });
      expect(await call<string[]>(page, 'keys'), `open ${failing}`).toEqual(keys);
      expect(await call<number>(page, 'rows'), `open ${failing}`).toBe(10);
      // The database itself came through, not only what the ledger could give back to it.
      expect(await call<number>(page, 'refilled'), `open ${failing}`).toBe(0);
      expect((await call<Facts>(page, 'facts')).notes).toEqual([]);
      await page.close();
    }
    await browser.close();
    browser = await browserOn(path);
    page = await openPlatform(browser, server.url);
    expect(await missingKeys(page, keys)).toEqual([]);
    await browser.close();
  });

  test('when no file opens at all the desk says so, goes on trying, and has everything once they open', async () => {
    const path = await profile();
    const browser = await browserOn(path);
    const page = await openPlatform(browser, server.url);
    await page.evaluate(() => platform.addMany('kept', 3));
    await page.close();
    const stuck = await openPlatform(browser, server.url, { worker: 'fail-open=all', ready: false });
    await stuck.waitForFunction(() => platform.desk.link.status === 'trouble');
    expect(await stuck.evaluate(() => platform.desk.link)).toMatchObject({ code: 'storage-io' });
    // A call made meanwhile waits, and is done by the next tab's worker.
    void stuck.evaluate(() => platform.add('meanwhile')).catch(() => undefined);
    const next = await openPlatform(browser, server.url, { ready: false });
    await stuck.close();
    await next.evaluate(() => platform.readyMs);
    await next.evaluate(() => platform.add('next'));
    expect(await call<string[]>(next, 'keys')).toEqual(expect.arrayContaining(['kept-0', 'kept-1', 'kept-2', 'next']));
    await browser.close();
  });

  test('a full disk refuses clearly and keeps what was acknowledged; work goes on when space returns', async () => {
    const browser = await browserOn(await profile());
    const page = await openPlatform(browser, server.url);
    await page.evaluate(() => platform.addMany('before', 5));
    const giveBack = await quota(page, 1_000_000 + (await call<Facts>(page, 'facts')).space.usedBytes);
    expect(await codeOf(page, 'fill', { bytes: 30_000_000 })).toBe('storage-full');
    expect(await codeOf(page, 'sql-fill')).toBe('storage-full');
    for (let i = 0; i < 40; i += 1) await page.evaluate((n) => platform.add(`big-${n}-${'x'.repeat(60_000)}`), i);
    const refused = await page.evaluate(() => platform.refused);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['storage-full']));
    const acknowledged = await page.evaluate(() => platform.acknowledged);
    expect((await call<string[]>(page, 'keys')).toSorted()).toEqual([...acknowledged].toSorted());

    await giveBack();
    await page.evaluate(() => platform.add('after'));
    expect(await page.evaluate(() => platform.acknowledged.at(-1))).toBe('after');
    const all = await page.evaluate(() => platform.acknowledged);
    await page.reload();
    await page.evaluate(() => platform.readyMs);
    expect(await missingKeys(page, all)).toEqual([]);
    await browser.close();
  });

  test('the signing key stays in the browser over a restart and cannot be taken out; passwords are verified', async () => {
    const path = await profile();
    const first = await browserOn(path);
    const page = await openPlatform(first, server.url);
    const made = await call<{ readonly publicKey: readonly number[] }>(page, 'sign');
    expect(made).toMatchObject({ made: true, good: true, bad: false, exported: false });
    expect(await call(page, 'password')).toEqual({ right: true, wrong: false });
    await first.close();
    const second = await browserOn(path);
    expect(await call(await openPlatform(second, server.url), 'sign')).toEqual({ ...made, made: false });
    await second.close();
  });

  test('each acknowledgement is one sync, and no acknowledgement is without', async () => {
    const browser = await browserOn(await profile());
    const page = await openPlatform(browser, server.url);
    await page.evaluate(() => platform.add('first'));
    const before = await call<Facts>(page, 'facts');
    await page.evaluate(() => platform.addMany('counted', 50));
    const after = await call<Facts>(page, 'facts');
    expect(after.syncs - before.syncs).toBe(50);
    expect(after.appends - before.appends).toBe(50);
    await browser.close();
  });
});

async function codeOf(page: Page, method: string, args: unknown = null): Promise<string> {
  return page.evaluate(
    ([name, given]) =>
      platform.desk.call(name as string, given).then(
        () => 'done',
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
      ),
    [method, args],
  );
}

/** @returns the function that gives the space back: the override lasts as long as the session. */
async function quota(page: Page, bytes: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: bytes });
  return () => session.detach();
}
