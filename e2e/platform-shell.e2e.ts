// The built product's shell in a real browser: whole offline, nothing from outside, small and quick enough.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { forgetProfile, newProfile, openBrowser } from './support/browser.ts';
import { serve, type Served } from './support/serve.ts';
import { controlled } from './support/platform/page.ts';

/** Page, worker and database, compressed, before the first screen works: about a second at 10 Mbit/s. */
const MAX_FIRST_SCREEN_BYTES = 1_250_000;
/** All that is kept for offline use, PDF maker and camera reader included, loaded behind the first screen. */
const MAX_KEPT_BYTES = 3_000_000;
/** Navigation to the first thing painted, from the service worker with no server, on a busy two-core machine. */
const MAX_SHELL_MS = 4_000;

let folder = '';
let profile = '';
let server: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nirantar-desk-'));
  // In a process of its own, as `npm run build` does: the test runner's NODE_ENV would make a development build of it.
  const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, NODE_ENV: 'production' },
  });
  server = await serve(folder);
  profile = await newProfile();
}, 180_000);
afterAll(async () => {
  await server.stop();
  await forgetProfile(profile);
  await rm(folder, { recursive: true, force: true });
});

/** Milliseconds from navigation to the first thing that a person sees. */
async function painted(page: Page): Promise<number> {
  await page.waitForFunction(
    () =>
      (document.querySelector('#desk')?.childElementCount ?? 0) > 0 && performance.getEntriesByName('first-contentful-paint').length > 0,
    undefined,
    { timeout: 20_000 },
  );
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
}

describe('the shell', () => {
  test('everything is kept for offline use, and is small enough for a first visit', async () => {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const worker = await readFile(join(folder, 'sw.js'), 'utf8');
    const left = names.filter((name) => !['sw.js'].includes(name) && !worker.includes(`"${name}"`));
    expect(left).toEqual([]);
    const page = await readFile(join(folder, 'index.html'), 'utf8');
    let kept = 0;
    let first = 0;
    for (const name of names) {
      const bytes = await readFile(join(folder, name));
      const size = name.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
      kept += size;
      if (page.includes(name) || /desk\.worker|sqlite3/.test(name)) first += size;
    }
    console.log(
      `first screen ${Math.round(first / 1024)} KiB, kept for offline use ${Math.round(kept / 1024)} KiB compressed in ${names.length} files`,
    );
    expect(first).toBeLessThan(MAX_FIRST_SCREEN_BYTES);
    expect(kept).toBeLessThan(MAX_KEPT_BYTES);
  });

  test('reload, deep link and browser restart with no server; nothing is asked of another host; the policy holds', async () => {
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    const watch = (page: Page): void => {
      page.on('console', (message) => /Content.Security.Policy|violates/i.test(message.text()) && complaints.push(message.text()));
      page.on(
        'request',
        (request) => !request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url()) && elsewhere.push(request.url()),
      );
    };
    const first = await openBrowser({ profile });
    const page = await first.context.newPage();
    watch(page);
    await page.goto(server.url);
    await painted(page);
    await controlled(page);
    await server.stop();
    await page.reload();
    await painted(page);
    await page.goto(`${server.url}registration`);
    await painted(page);
    await first.close();
    const second = await openBrowser({ profile });
    const again = await second.context.newPage();
    watch(again);
    await again.goto(server.url);
    const ms = await painted(again);
    // The form to join a hospital comes only when the worker has opened the storage and answered.
    await again.waitForSelector('#desk input', { timeout: 10_000 });
    const usable = await again.evaluate(() => performance.now());
    console.log(`cold browser, no server: painted after ${Math.round(ms)} ms, usable after ${Math.round(usable)} ms`);
    expect(ms).toBeLessThan(MAX_SHELL_MS);
    expect(usable).toBeLessThan(MAX_SHELL_MS);
    await second.close();
    expect(server.stopped).toBe(true);
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  }, 90_000);

  test('opened over http under a name of the hospital it says how to mend that, in both languages', async () => {
    await server.start();
    const browser = await openBrowser({ flags: ['--host-resolver-rules=MAP hub.hospital.lan 127.0.0.1'] });
    const page = await browser.open(`http://hub.hospital.lan:${server.port}/registration`);
    await page.waitForSelector('[data-lack="desk-not-secure"]');
    const text = await page.innerText('#desk');
    expect(text).toContain(`http://hub.hospital.lan:${server.port}`);
    expect(text).toContain('hospital certificate');
    expect(text).toContain('प्रमाणपत्र');
    await browser.close();
    await forgetProfile(browser.profile);
  }, 60_000);
});
