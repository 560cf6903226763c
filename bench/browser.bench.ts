// A browser desk that holds 100,000 events: how long it takes to get them from a hub, and to be usable again after a cold start with no hub.
import fs, { existsSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { ADMIN } from '#roles/seed.ts';
import { forgetProfile, newProfile, openBrowser } from '../e2e/support/browser.ts';
import { ask, coldStart, dropCached, type Page, type Start } from './support/browser-desk.ts';
import { bytesBelow, freshFolder } from './support/folders.ts';
import { PASSWORD } from './support/hospital.ts';
import { patientsData } from './support/patients-data.ts';
import { Helper, helperUrl } from './support/process.ts';
import type { Bench, BenchContext, Report, Table } from './support/report.ts';
import { median, short, target } from './support/report.ts';
import { heldUhids, searchTexts } from './support/search-texts.ts';

const ROOT = path.join(import.meta.dirname, '..');
const EVENTS = 100_000;
const QUICK_EVENTS = 4000;
/** All within the 30 days that a desk holds. */
const DAYS = 20;
const SAMPLES = 300;
const STARTS = 5;
const POLL_MS = 250;

interface Found {
  readonly rows: readonly { readonly recordHere: boolean }[];
}

/** Waits until every sampled patient's record is on the desk. */
async function allHere(page: Page, uhids: readonly string[]): Promise<void> {
  for (const uhid of uhids) {
    for (;;) {
      const found = await ask<Found>(page, 'query', { name: 'patients', input: { search: uhid } });
      if (found.rows[0]?.recordHere === true) break;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

interface Import {
  readonly enrolledMs: number;
  readonly importedMs: number;
}

async function importAll(context: BenchContext, hub: Helper, url: string, profile: string, events: number): Promise<Import> {
  const browser = await openBrowser({ profile });
  try {
    const page = await browser.open(url);
    context.say('enrolling');
    const started = performance.now();
    await ask(page, 'enrol', { hub: url, invite: await hub.call<string>('invite', 'registration') });
    const enrolledMs = performance.now() - started;
    await ask(page, 'signIn', { user: ADMIN, secret: PASSWORD, kind: 'password' });
    context.say('fetching');
    await allHere(page, heldUhids(events, SAMPLES));
    const importedMs = performance.now() - started;
    // What is not kept for offline use is missing in the starts below.
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    return { enrolledMs, importedMs };
  } finally {
    await browser.kill();
  }
}

function buildDesks(context: BenchContext): void {
  if (existsSync(path.join(ROOT, 'dist/desk/index.html'))) return;
  context.say('building the desks');
  const built = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the desks could not be built');
}

/** Names of `src/desk/stages.ts`. */
const STAGES: readonly (readonly [name: string, text: string])[] = [
  ['page-code', 'page: code loaded'],
  ['page-checked', 'page: browser looked at, worker started'],
  ['page-drawn', 'page: first drawing'],
  ['worker-code', 'worker: code loaded'],
  ['worker-lock', 'worker: storage is its own'],
  ['journal-files', 'worker: journal files open'],
  ['database', 'worker: SQLite loaded, database open'],
  ['replica', 'worker: replica, names and links open'],
  ['served', 'worker: answers'],
];

const seconds = (ms: number): string => `${short(ms / 1000)} s`;

function importTable(imported: Import, events: number, bytes: number): Table {
  return {
    columns: ['import', 'figure'],
    rows: [
      [`${events.toLocaleString('en')} events from a hub: verified, stored, folded, searchable`, seconds(imported.importedMs)],
      ['of it enrolment with roles, users and catalogue', seconds(imported.enrolledMs)],
      ['commits per second', events / (imported.importedMs / 1000)],
      ['the browser’s profile with journal, database, names and app', `${Math.round(bytes / 1e6)} MB`],
    ],
  };
}

function startTables(starts: readonly Start[]): readonly Table[] {
  const of = (pick: (start: Start) => number): string[] => {
    const values = starts.map(pick);
    return [seconds(median(values)), seconds(Math.max(...values))];
  };
  const stages = STAGES.map(([name, text]) => ({ text, ms: stageMs(starts, name) })).toSorted((a, b) => a.ms - b.ms);
  return [
    {
      columns: ['cold start without hub and network', 'median', 'slowest'],
      rows: [
        ['navigation to a sign-in form that takes letters', ...of((start) => start.formMs)],
        ['Enter behind the password to the registration desk, cursor in its box', ...of((start) => start.signInMs)],
        ['of it the password (argon2id)', ...of((start) => start.passwordMs)],
        ['a name typed there to the list of who bears it', ...of((start) => start.searchMs)],
        ['all of it, without the clerk’s own typing', ...of(usableMs)],
      ],
    },
    {
      columns: ['what was reached when, after the navigation', 'median'],
      rows: stages.map(({ text, ms }) => [text, seconds(ms)]),
    },
  ];
}

const stageMs = (starts: readonly Start[], name: string): number => median(starts.map((start) => start.stages.get(name) ?? Number.NaN));
const usableMs = (start: Start): number => start.formMs + start.signInMs + start.searchMs;

async function run(context: BenchContext): Promise<Report> {
  buildDesks(context);
  const events = context.quick ? QUICK_EVENTS : EVENTS;
  const data = await patientsData(events, context.say, DAYS);
  const dir = freshFolder('browser-hub');
  fs.cpSync(data, dir, { recursive: true });
  const hub = new Helper(helperUrl('hub.ts'), [dir]);
  const profile = await newProfile();
  try {
    // `localhost` is a secure place for a browser, an address of digits is too, but the service worker's rules name the first.
    const url = (await hub.call<string>('url')).replace('127.0.0.1', 'localhost');
    const imported = await importAll(context, hub, url, profile, events);
    await hub.stop();
    context.say('starting again, with no hub');
    const names = searchTexts(events, STARTS).latin;
    const bytes = bytesBelow(profile);
    const starts: Start[] = [];
    let dropped = true;
    for (let i = 0; i < (context.quick ? 2 : STARTS); i += 1) {
      dropped = dropCached(profile) && dropped;
      starts.push(await coldStart(url, profile, names[i] ?? ''));
    }
    return {
      tables: [importTable(imported, events, bytes), ...startTables(starts)],
      targets: [target('usable after a cold start, median', 'at most', 2, median(starts.map(usableMs)) / 1000, 's')],
      notes: [
        `A new process of Chromium for each of ${starts.length} starts, on a profile whose browser was killed; the clock runs from the navigation, the starting of Chromium itself is not in it. The hub has ended and nothing answers at its address. ${dropped ? 'Before each start the files of the profile were dropped from the memory of the operating system; Chromium’s own program was not.' : 'The files of the profile were in the memory of the operating system.'}`,
        `${SAMPLES} sampled records must be on the desk before the import counts as done; names of all patients are loaded beside it. Each event is a commit: a registration as the desk writes it.`,
      ],
    };
  } finally {
    await hub.stop();
    await forgetProfile(profile);
  }
}

export const bench: Bench = { name: 'browser', title: 'Browser desk: import and cold start', run };
