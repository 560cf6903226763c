// Tabs, restarts and updates in a real browser: works with the server stopped, one worker for all tabs, new versions by choice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { rm } from 'node:fs/promises';
import { forgetProfile, newProfile, openBrowser, type Browser } from './support/browser.ts';
import { serve, type Served } from './support/serve.ts';
import { buildPlatform } from './support/platform/build.ts';
import { call, controlled, loaded, missingKeys, openPlatform, ready, type Facts } from './support/platform/page.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
let v1 = '';
let v2 = '';
let server: Served;

beforeAll(async () => {
  v1 = await buildPlatform('v1', 1);
  v2 = await buildPlatform('v2', 2);
  server = await serve(v1);
}, 120_000);
afterAll(async () => {
  for (const step of cleanUp) await step();
  await server.stop();
  for (const folder of [v1, v2]) await rm(folder, { recursive: true, force: true });
});

async function profile(): Promise<string> {
  const path = await newProfile();
  cleanUp.push(() => forgetProfile(path));
  return path;
}

async function browserOn(path: string, flags: readonly string[] = []): Promise<Browser> {
  const browser = await openBrowser({ profile: path, flags });
  cleanUp.push(() => browser.close().catch(() => undefined));
  return browser;
}

/** Not `waitForFunction`: it takes the promise of an answer for the answer. */
async function updateWaits(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(async () => (await platform.updates)?.state.status), { timeout: 20_000 }).toBe('waiting');
}

describe('with the server stopped', () => {
  test('reload and browser restart keep the app and the work, and go on', async () => {
    const path = await profile();
    const first = await browserOn(path);
    const page = await openPlatform(first, server.url);
    await controlled(page);
    await page.evaluate(() => platform.addMany('online', 3));
    await server.stop();
    try {
      await page.reload();
      await loaded(page);
      await page.evaluate(() => platform.addMany('reloaded', 3));
      await page.goto(`${server.url}registration/patient/7`);
      await loaded(page);
      await page.evaluate(() => platform.addMany('deep', 3));
      await first.close();
      const second = await browserOn(path);
      const again = await openPlatform(second, server.url);
      await again.evaluate(() => platform.addMany('restarted', 3));
      const expected = ['online', 'reloaded', 'deep', 'restarted'].flatMap((name) => [0, 1, 2].map((i) => `${name}-${i}`));
      expect(await missingKeys(again, expected)).toEqual([]);
      expect(await call<string[]>(again, 'keys')).toHaveLength(12);
      await second.close();
    } finally {
      await server.start();
    }
  });
});

describe('under another path', () => {
  test('one rewritten tag is enough: online, and after a restart at a deep link with no server', async () => {
    const elsewhere = await serve(v1, '/hospital/desk/');
    const path = await profile();
    try {
      const first = await browserOn(path);
      const page = await openPlatform(first, elsewhere.url);
      await controlled(page);
      await page.evaluate(() => platform.add('online'));
      await first.close();
      await elsewhere.stop();
      const second = await browserOn(path);
      const again = await openPlatform(second, `${elsewhere.url}lab/worklist`);
      expect(await missingKeys(again, ['online'])).toEqual([]);
      expect(elsewhere.asked.filter((asked) => !asked.startsWith('/hospital/desk/') && asked !== '/favicon.ico')).toEqual([]);
      await second.close();
    } finally {
      await elsewhere.stop();
    }
  });
});

describe('tabs', () => {
  test('two tabs writing 60 each: 120 of 120, once, through one worker', async () => {
    const browser = await browserOn(await profile());
    const one = await openPlatform(browser, server.url);
    const two = await openPlatform(browser, server.url);
    expect(await one.evaluate(() => platform.desk.role)).toBe('leader');
    expect(await two.evaluate(() => platform.desk.role)).toBe('follower');
    await Promise.all([one.evaluate(() => platform.addMany('one', 60)), two.evaluate(() => platform.addMany('two', 60))]);
    const acknowledged = [...(await one.evaluate(() => platform.acknowledged)), ...(await two.evaluate(() => platform.acknowledged))];
    expect(acknowledged).toHaveLength(120);
    expect(await missingKeys(two, acknowledged)).toEqual([]);
    expect(await call<string[]>(one, 'keys')).toHaveLength(120);
    expect((await call<Facts>(one, 'facts')).repeats).toBe(0);
    // News reaches the tab that did not write.
    expect(await two.evaluate(() => platform.changes.length)).toBeGreaterThanOrEqual(120);
    await browser.close();
  });

  test.each([1, 2, 3])('the leader is closed under load (%i): no call lost, no stall of two seconds', async () => {
    const browser = await browserOn(await profile());
    const leader = await openPlatform(browser, server.url);
    const followers = [await openPlatform(browser, server.url), await openPlatform(browser, server.url)];
    await leader.evaluate(() => platform.addMany('warm', 5));
    const writing = followers.map((page, i) => page.evaluate((n) => platform.addMany(`follower-${n}`, 150, 5), i));
    void leader.evaluate(() => platform.addMany('leader', 1_000)).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await leader.close();
    await Promise.all(writing);
    for (const page of followers) {
      expect(await page.evaluate(() => platform.refused)).toEqual([]);
      expect(await page.evaluate(() => platform.acknowledged.length)).toBe(150);
      const longest = await page.evaluate(() => Math.max(...platform.stalls));
      console.log(`hand-over: longest stall ${Math.round(longest)} ms`);
      expect(longest).toBeLessThan(2_000);
      expect(await page.evaluate(() => platform.changes)).toContain('restarted');
    }
    const expected = [0, 1].flatMap((n) => Array.from({ length: 150 }, (_, i) => `follower-${n}-${i}`));
    const [any] = followers;
    if (any === undefined) throw new Error('invariant: there are followers');
    expect(await missingKeys(any, expected)).toEqual([]);
    const roles = await Promise.all(followers.map((page) => page.evaluate(() => platform.desk.role)));
    expect(roles.toSorted()).toEqual(['follower', 'leader']);
    await browser.close();
  });

  test('a worker that is busy for long is told as silent, loses no call and is not replaced', async () => {
    const browser = await browserOn(await profile());
    const page = await openPlatform(browser, server.url);
    const blocked = call(page, 'block', { ms: 6_000 });
    await page.waitForFunction(() => platform.desk.link.status === 'silent', undefined, { timeout: 6_000 });
    const added = page.evaluate(() => platform.add('waits'));
    await Promise.all([blocked, added]);
    await page.waitForFunction(() => platform.desk.link.status === 'ready');
    expect(await page.evaluate(() => platform.changes)).not.toContain('restarted');
    expect(await call<string[]>(page, 'keys')).toEqual(['waits']);
    expect((await call<Facts>(page, 'facts')).repeats).toBe(0);
    await browser.close();
  });
});

describe('a new version', () => {
  test('waits over an offline reload, is put in place offline when picked, and what is typed stays', async () => {
    server.use(v1);
    const browser = await browserOn(await profile());
    const page = await openPlatform(browser, server.url);
    await controlled(page);
    await page.evaluate(() => platform.addMany('v1', 3));
    server.use(v2);
    const other = await openPlatform(browser, server.url);
    expect(await page.evaluate(async () => (await platform.updates)?.check())).toBe(true);
    await updateWaits(page);
    await server.stop();
    try {
      await page.fill('#typed', 'half a name');
      await page.reload();
      await loaded(page);
      await ready(page);
      expect(await page.evaluate(() => platform.version)).toBe('v1');
      expect(await page.inputValue('#typed')).toBe('half a name');
      await updateWaits(page);

      await page.fill('#typed', 'nearly a whole name');
      const reloaded = page.waitForEvent('load');
      await page.evaluate(async () => (await platform.updates)?.install());
      await reloaded;
      await loaded(page);
      await ready(page);
      expect(await page.evaluate(() => platform.version)).toBe('v2');
      expect(await page.inputValue('#typed')).toBe('nearly a whole name');
      await page.evaluate(() => platform.addMany('v2', 3));
      expect(await missingKeys(page, ['v1-0', 'v1-1', 'v1-2', 'v2-0', 'v2-1', 'v2-2'])).toEqual([]);
      // The other tab was not reloaded under its user's hands; it works on, with the worker of the new version.
      expect(await other.evaluate(async () => [platform.version, (await platform.updates)?.state.status])).toEqual(['v1', 'reload-needed']);
      await expect.poll(() => page.evaluate(() => platform.desk.role)).toBe('leader');
      await other.evaluate(() => platform.add('from the other tab'));
      expect(await missingKeys(page, ['from the other tab'])).toEqual([]);
      await browser.close();
    } finally {
      await server.start();
      server.use(v1);
    }
  });
});

describe('an address that a browser does not trust', () => {
  test('says so instead of half working, and localhost lacks nothing', async () => {
    const browser = await browserOn(await profile(), ['--host-resolver-rules=MAP hub.hospital.lan 127.0.0.1']);
    const page = await browser.open(`http://hub.hospital.lan:${server.port}/`);
    await page.waitForFunction(() => document.querySelector('#state')?.textContent === 'desk-not-secure');
    const fine = await openPlatform(browser, server.url);
    expect(await fine.evaluate(() => platform.persistence)).toMatchObject({ installed: false });
    await browser.close();
  });
});
