// A desk in a real Chromium, for benches: asked as a tab asks it, and started as a clerk starts it. It must not know what is counted.
import { spawnSync } from 'node:child_process';
import { openBrowser } from '../../e2e/support/browser.ts';
import { ADMIN } from '#roles/seed.ts';
import { PASSWORD } from './hospital.ts';

export type Page = Awaited<ReturnType<Awaited<ReturnType<typeof openBrowser>>['open']>>;

const CHANNEL = 'nirantar-desk-1';
/** What `src/desk/stages.ts` writes on the timeline of page and worker. */
const PREFIX = 'nirantar ';
/** Thirty times of what is wanted: slower is a failure, not a figure. */
const WAIT_MS = 60_000;

/** Speaks to the worker as a tab does. Waits for a worker that is still opening. */
export async function ask<T>(page: Page, method: string, args: unknown): Promise<T> {
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

/**
 * The files of a folder leave the memory of the operating system, as when the PC was off; on systems with GNU dd.
 * @returns whether they did
 */
export function dropCached(folder: string): boolean {
  const each = ['dd', 'of={}', 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none'];
  return spawnSync('find', [folder, '-type', 'f', '-size', '+0', '-exec', ...each, ';']).status === 0;
}

export interface Start {
  /** From the navigation to a sign-in form that takes letters. */
  readonly formMs: number;
  /** From Enter behind the password to the registration desk with the cursor in its box. */
  readonly signInMs: number;
  /** From a name typed there to the list of who bears it. */
  readonly searchMs: number;
  /** Checking the password alone, within `signInMs`. */
  readonly passwordMs: number;
  /** When the page and its worker got how far, from the navigation. */
  readonly stages: ReadonlyMap<string, number>;
}

/** A new process of Chromium on a profile that was killed before. The time that the clerk needs to type is not counted. */
export async function coldStart(url: string, profile: string, name: string): Promise<Start> {
  const browser = await openBrowser({ profile });
  try {
    const page = await browser.context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    const began = performance.now();
    await page.goto(`${url}/registration`, { waitUntil: 'commit' });
    await seen(page, 'document.querySelector("input[name=user]")?.checkVisibility()');
    await page.evaluate('document.querySelector("input[name=user]").focus()');
    await page.keyboard.insertText(ADMIN);
    await seen(page, `document.querySelector("input[name=user]").value === ${JSON.stringify(ADMIN)}`);
    const formMs = performance.now() - began;
    await page.locator('input[type="password"]').fill(PASSWORD);
    const entered = performance.now();
    await page.keyboard.press('Enter');
    await seen(page, 'document.querySelector("main") && document.activeElement?.matches("main input[role=combobox]")');
    const signInMs = performance.now() - entered;
    const typed = performance.now();
    await page.keyboard.insertText(name);
    await seen(page, `[...document.querySelectorAll("[role=option]")].some((one) => one.textContent.includes(${JSON.stringify(name)}))`);
    const searchMs = performance.now() - typed;
    return { formMs, signInMs, searchMs, ...(await timeline(page)) };
  } finally {
    // As when the PC is switched off: the database finds its log as it was.
    await browser.kill();
  }
}

/** Looks at each frame; Playwright's own waiting looks again after up to half a second. */
async function seen(page: Page, condition: string): Promise<void> {
  const looking = page.evaluate(`new Promise((resolve) => {
    const look = () => ((${condition}) ? resolve(true) : requestAnimationFrame(look));
    look();
  })`);
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`not seen: ${condition}`)), WAIT_MS).unref());
  await Promise.race([looking, late]);
}

interface Marks {
  readonly origin: number;
  readonly marks: readonly { readonly name: string; readonly startTime: number; readonly duration: number }[];
}

async function timeline(page: Page): Promise<Pick<Start, 'passwordMs' | 'stages'>> {
  const read = `({
    origin: performance.timeOrigin,
    marks: performance.getEntries().filter((one) => one.name.startsWith(${JSON.stringify(PREFIX)})).map(({ name, startTime, duration }) => ({ name, startTime, duration })),
  })`;
  const ofPage = (await page.evaluate(read)) as Marks; // as written above, also below
  const ofWorkers = await Promise.all(page.workers().map(async (worker) => (await worker.evaluate(read)) as Marks));
  const all = [ofPage, ...ofWorkers].flatMap(({ origin, marks }) =>
    marks.map(({ name, startTime, duration }) => ({
      name: name.slice(PREFIX.length),
      at: origin + startTime - ofPage.origin,
      duration,
    })),
  );
  const stages = new Map(all.map(({ name, at }) => [name, at]));
  return { stages, passwordMs: all.find((one) => one.name === 'password')?.duration ?? Number.NaN };
}
