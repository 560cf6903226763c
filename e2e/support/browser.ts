// A real Chromium on a profile of its own, which can be closed in peace or killed. It must not know what is tested.
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';

/** For a closed network: nothing is looked up outside, and no sandbox, because tests run in containers. */
const FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export interface Browser {
  readonly context: BrowserContext;
  readonly profile: string;
  /** Errors that pages threw and nobody caught, for a test to look at. */
  readonly pageErrors: readonly string[];
  open(url: string): Promise<Page>;
  /** Ends the browser in peace; the profile stays. */
  close(): Promise<void>;
  /** SIGKILL to the browser and all its children at once; the profile stays. */
  kill(): Promise<void>;
}

export interface BrowserOptions {
  /** A profile to come back to; a fresh one when absent. */
  readonly profile?: string;
  readonly flags?: readonly string[];
  readonly locale?: string;
}

export async function newProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'nirantar-profile-'));
}

export async function forgetProfile(profile: string): Promise<void> {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      'No Chromium was found. Install Chromium or Chrome, run `npx playwright-core install chromium`, or set NIRANTAR_CHROMIUM to its path.',
    );
  }
  const profile = options.profile ?? (await newProfile());
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...FLAGS, ...(options.flags ?? [])],
    locale: options.locale ?? 'en-IN',
    serviceWorkers: 'allow',
  });
  const pageErrors: string[] = [];
  context.on('weberror', (error) => pageErrors.push(error.error().message));
  return {
    context,
    profile,
    pageErrors,
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    close: () => context.close(),
    async kill() {
      for (const pid of await processesOf(profile)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It went by itself in between.
        }
      }
      await context.close().catch(() => undefined);
    },
  };
}

/** The browser that was started with this profile, and all that it started, parents first. */
async function processesOf(profile: string): Promise<readonly number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  const roots: number[] = [];
  for (const pid of all) {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(`--user-data-dir=${profile}`)) roots.push(pid);
    } catch {
      // A process that ended while we looked.
    }
  }
  const found = new Set(roots);
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grew = true;
      }
    }
  }
  return [...found];
}
