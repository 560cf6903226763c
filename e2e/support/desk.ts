// A browser desk as a clerk uses it: enrol, sign in, type, scan. It must not know one desk from another.
import type { BrowserContext, Page } from 'playwright-core';
import { type Browser, newProfile, openBrowser } from './browser.ts';
import { PASSWORD } from './hospital.ts';
import { catchPapers } from './papers.ts';
import { controlled } from './platform/page.ts';

export interface Desk {
  readonly profile: string;
  readonly url: string;
  browser: Browser;
  page: Page;
}

/** A fresh browser profile that joins the hospital at this address. The invite works once; afterwards no hub is needed. */
export async function enrolDesk(url: string, invite: string): Promise<Desk> {
  const profile = await newProfile();
  const browser = await openBrowser({ profile });
  await catchPapers(browser.context);
  const page = await only(browser.context);
  await page.goto(url);
  await page.getByLabel('Invite code').fill(invite);
  await page.getByRole('button', { name: 'Join the hospital' }).press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 60_000 });
  // What is not there without a network is not there in the disaster.
  await controlled(page);
  return { profile, url, browser, page };
}

/** The same PC after it was switched on again. */
export async function reopenDesk(desk: Desk, path = ''): Promise<void> {
  desk.browser = await openBrowser({ profile: desk.profile });
  await catchPapers(desk.browser.context);
  desk.page = await only(desk.browser.context);
  await desk.page.goto(`${desk.url}${path}`);
}

/** By keyboard alone: the name has the focus, Tab, the password, Enter. */
export async function signIn(page: Page, user: string): Promise<void> {
  await page.getByRole('heading', { name: /^(Sign in|साइन इन)/ }).waitFor({ timeout: 30_000 });
  const name = page.locator('input[name="user"]');
  await name.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.n-bar').waitFor({ timeout: 30_000 });
}

export async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type what you want to do').waitFor();
  await page.keyboard.type('Sign out');
  await page.keyboard.press('Enter');
  await page.locator('input[name="user"]').waitFor();
}

/** A keyboard-wedge scanner: a key every 5 ms by its own clock, then Enter, wherever the focus is. */
export async function scan(page: Page, text: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  let at = Date.now() / 1000;
  const keys: Promise<unknown>[] = [];
  for (const key of [...Array.from(text), 'Enter']) {
    const enter = key === 'Enter';
    const facts = { key, ...(enter ? { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' } : { text: key }) };
    keys.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: at, ...facts }));
    keys.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: at + 0.002, key }));
    at += 0.005;
  }
  await Promise.all(keys);
  await devtools.detach();
}

/** Types as a person does; each key is counted. */
export async function keys(page: Page, ...strokes: readonly string[]): Promise<number> {
  let count = 0;
  for (const stroke of strokes) {
    if (stroke.startsWith('=')) {
      await page.keyboard.type(stroke.slice(1), { delay: 5 });
      count += Array.from(stroke).length - 1;
    } else {
      await page.keyboard.press(stroke);
      count += 1;
    }
  }
  return count;
}

/** One key of a keyboard in another script. */
export async function letter(page: Page, key: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  await devtools.detach();
}

/** Letters, `Enter` and `Control+k` of a quick person: each key is sent before the one before it was answered. */
export async function atOnce(page: Page, ...strokes: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  // Slower than a scanner, by the page's own clock.
  let timestamp = Date.now() / 1000;
  for (const stroke of strokes) {
    const control = stroke.startsWith('Control+');
    const key = control ? stroke.slice('Control+'.length) : stroke;
    const facts = key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' } : control ? { modifiers: 2 } : { text: key };
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, timestamp, ...facts }));
    sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: timestamp + 0.01 }));
    timestamp += 0.06;
  }
  await Promise.all(sent);
  await devtools.detach();
}

/** What a phone sent, pasted into the field that has the focus. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', words);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** A desk answers at once; this is for a machine that runs three hubs and two browsers on two cores. */
const WAIT_MS = 12_000;

async function only(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(WAIT_MS);
  return context.pages()[0] ?? (await context.newPage());
}
