// A browser desk that holds 100,000 events: how long it takes to get them from a hub, and to be usable again after a cold start.
import fs, { existsSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { forgetProfile, newProfile, openBrowser } from '../e2e/support/browser.ts';
import type { Bench, BenchContext, Report } from './support/report.ts';
import { median, target } from './support/report.ts';
import { freshFolder } from './support/folders.ts';
import { PASSWORD } from './support/hospital.ts';
import { patientsData } from './support/patients-data.ts';
import { Helper, helperUrl } from './support/process.ts';
import { heldUhids } from './support/search-texts.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** All within the 30 days that a desk holds. */
const DAYS = 20;
const SAMPLES = 300;
const CHANNEL = 'nirantar-desk-1';

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>['open']>>;

/** Speaks to the worker as a tab does. Waits for a worker that is still opening. */
async function ask<T>(page: Page, method: string, args: unknown): Promise<T> {
  // As text, because a bench knows nothing of a browser's types.
  const answer: unknown = await page.evaluate(`new Promise((resolve, reject) => {
    const wire = new BroadcastChannel(${JSON.stringify(CHANNEL)});
    const tab = crypto.randomUUID();
    const say = () => wire.postMessage({ kind: 'call', tab, id: 1, method: ${JSON.stringify(method)}, args: ${JSON.stringify(args)} });
    wire.addEventListener('message', ({ data }) => {
      if (data.kind === 'ready') say();
      if (data.kind !== 'answer' || data.tab !== tab) return;
      wire.close();
      if (data.ok) resolve(data.value);
      else reject(new Error(data.error.message));
    });
    wire.postMessage({ kind: 'who' });
    say();
  })`);
  const { ok, result, rejection } = answer as { ok: boolean; result: T; rejection?: { code: string } }; // the worker's words
  if (!ok) throw new Error(`${method}: ${rejection?.code}`);
  return result;
}

interface Found {
  readonly rows: readonly { readonly recordHere: boolean }[];
}

/** Waits until every sampled patient's record is on the desk. */
async function allHere(page: Page, uhids: readonly string[]): Promise<void> {
  for (const uhid of uhids) {
    for (;;) {
      const found = await ask<Found>(page, 'query', { name: 'patients', input: { search: uhid } });
      if (found.rows[0]?.recordHere === true) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

interface Start {
  readonly shownMs: number;
  readonly answersMs: number;
  readonly searchedMs: number;
}

async function coldStart(url: string, profile: string, uhid: string): Promise<Start> {
  const browser = await openBrowser({ profile });
  try {
    const page = await browser.context.newPage();
    const started = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    const shown = page
      .waitForSelector('#root input, #root button, main input, main button', { timeout: 60_000 })
      .then(() => performance.now() - started);
    await ask(page, 'status', {});
    const answersMs = performance.now() - started;
    const shownMs = await shown;
    const signing = performance.now();
    await ask(page, 'signIn', { user: 'admin', secret: PASSWORD, kind: 'password' });
    const signedMs = performance.now() - signing;
    await ask(page, 'query', { name: 'patients', input: { search: uhid } });
    return { shownMs, answersMs, searchedMs: performance.now() - started - signedMs };
  } finally {
    await browser.close();
  }
}

async function run(context: BenchContext): Promise<Report> {
  if (!existsSync(path.join(ROOT, 'dist/desk/index.html'))) {
    context.say('building the desks');
    const built = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    if (built.status !== 0) throw new Error('the desks could not be built');
  }
  const events = context.quick ? 4000 : context.full ? 100_000 : 20_000;
  const data = await patientsData(events, context.say, DAYS);
  const dir = freshFolder('browser-hub');
  fs.cpSync(data, dir, { recursive: true });
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  const profile = await newProfile();
  try {
    // `localhost` is a secure place for a browser, an address of digits is too, but the service worker's rules name the first.
    const url = (await hub.call<string>('url')).replace('127.0.0.1', 'localhost');
    const uhids = heldUhids(events, SAMPLES);
    const first = await openBrowser({ profile });
    const page = await first.open(url);
    context.say('enrolling');
    const started = performance.now();
    await ask(page, 'enrol', { hub: url, invite: await hub.call<string>('invite') });
    const enrolledMs = performance.now() - started;
    await ask(page, 'signIn', { user: 'admin', secret: PASSWORD, kind: 'password' });
    context.say('fetching');
    await allHere(page, uhids);
    const importedMs = performance.now() - started;
    const used = await ask<{ storage: { usedBytes: number } }>(page, 'status', {});
    const quota = Number(await page.evaluate('navigator.storage.estimate().then(({ usage }) => usage)'));
    await page.waitForTimeout(2000);
    await first.close();
    const starts: Start[] = [];
    const alone: Start[] = [];
    for (let i = 0; i < (context.quick ? 1 : 5); i += 1) starts.push(await coldStart(url, profile, uhids[i] ?? ''));
    context.say('with the hub stopped');
    await hub.stop();
    for (let i = 0; i < (context.quick ? 1 : 5); i += 1) alone.push(await coldStart(url, profile, uhids[i] ?? ''));
    const of = (list: readonly Start[], pick: (start: Start) => number): number => median(list.map(pick)) / 1000;
    const row = (what: string, pick: (start: Start) => number): (string | number)[] => [
      what,
      `${of(starts, pick).toFixed(2)} s`,
      `${of(alone, pick).toFixed(2)} s`,
    ];
    return {
      tables: [
        {
          columns: ['what', 'figure'],
          rows: [
            [`fetching and applying ${events.toLocaleString('en')} events from a hub`, `${(importedMs / 1000).toFixed(1)} s`],
            ['of it enrolment with roles, users and catalogue', `${(enrolledMs / 1000).toFixed(1)} s`],
            ['events per second', events / (importedMs / 1000)],
            [
              'journal, index and views in the browser',
              `${Math.round(quota / 1e6)} MB (journal ${Math.round(used.storage.usedBytes / 1e6)} MB)`,
            ],
          ],
        },
        {
          columns: ['cold start of the browser, median', 'hub running', 'hub stopped'],
          rows: [
            row('screen with its first field', (start) => start.shownMs),
            row('replica open and answering', (start) => start.answersMs),
            row('first search answered, less signing in', (start) => start.searchedMs),
          ],
        },
      ],
      targets: [
        target(
          'usable after cold start, hub running',
          'at most',
          2,
          Math.max(
            of(starts, (s) => s.shownMs),
            of(starts, (s) => s.searchedMs),
          ),
          's',
        ),
        target(
          'usable after cold start, hub stopped',
          'at most',
          2,
          Math.max(
            of(alone, (s) => s.shownMs),
            of(alone, (s) => s.searchedMs),
          ),
          's',
        ),
      ],
      notes: [
        `A new process of Chromium for each start, on the same profile; the clock runs from the navigation. ${SAMPLES} sampled records must be there before the import counts as done.`,
      ],
    };
  } finally {
    await hub.stop();
    await forgetProfile(profile);
  }
}

export const bench: Bench = { name: 'browser', title: 'Browser desk: import and cold start', run };
