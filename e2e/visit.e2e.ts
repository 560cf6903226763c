// The visit, unbroken: one patient from the counter to the printed report with every hub dead, on two desks that never met. Real Chromium, real hubs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { decodeCommit } from '#journal/commit.ts';
import { decodeWire } from '#journal/wire.ts';
import { forgetProfile } from './support/browser.ts';
import { type Desk, enrolDesk, keys, reopenDesk, scan, signIn, signOut } from './support/desk.ts';
import { type Digest, foundHospital, type Hospital, nirantar } from './support/hospital.ts';
import { paperFrom, readPaper } from './support/papers.ts';

let hospital: Hospital;
/** Registration and collection, in the outpatients hall. */
let a: Desk;
/** The laboratory, in another building. */
let b: Desk;
let failed = false;

const shots = process.env['NIRANTAR_SHOTS'];
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}
async function keep(name: string, png: Buffer): Promise<void> {
  if (shots !== undefined) await writeFile(join(shots, `${name}.png`), png);
}

beforeAll(async () => {
  hospital = await foundHospital();
  await hospital.createUser({ user: 'asha', name: 'Asha Verma', nameHi: 'आशा वर्मा', roles: ['registration-clerk', 'phlebotomist'] });
  await hospital.createUser({ user: 'ravi', name: 'Ravi Kumar', nameHi: 'रवि कुमार', roles: ['lab-technician'] });
  await hospital.createUser({ user: 'meena', name: 'Dr Meena Rao', nameHi: 'डॉ मीना राव', roles: ['pathologist'] });
  b = await enrolDesk(hospital.url, await hospital.invite('lab', 'Laboratory bench 1'));
  await signIn(b.page, 'ravi');
  a = await enrolDesk(hospital.url, await hospital.invite('all', 'Outpatients counter 1'));
  await signIn(a.page, 'asha');
}, 240_000);
afterAll(async () => {
  await Promise.all([a, b].map((desk) => desk?.browser.kill()));
  await hospital?.stop();
  await Promise.all([a, b].map((desk) => desk && forgetProfile(desk.profile)));
});
beforeEach((context) => {
  // Each step stands on the one before it.
  if (failed) context.skip();
  onTestFailed(async () => {
    failed = true;
    for (const [name, desk] of [['a', a], ['b', b]] as const) await desk?.page.screenshot({ path: join(shots ?? '/tmp', `visit-failed-${name}.png`) }).catch(() => undefined);
  });
});

/** The twelve digits of a tube or card as a person reads them off. */
const digits = (text: string): string => text.replace(/\D/g, '');
const waiting = async (page: Page): Promise<string> => page.locator('.n-strip').innerText();

let slipCodes: readonly string[] = [];
let uhid = '';
let tubes: readonly string[] = [];

describe('the visit, unbroken', () => {
  test('register and order on one desk, in both scripts, by keyboard; the slip carries it', async () => {
    // The laboratory is away from here on: its PC is off while the hubs still live.
    await b.browser.kill();
    const { page } = a;
    await keys(page, 'g', 'r');
    await page.getByLabel('Phone, UHID, name or scan').waitFor();
    await keys(page, 'Alt+n', '=Sunita Devi', 'Tab', '=सुनीता देवी', 'Tab', '=34', 'Tab', 'f', 'Tab', '=w Ram Lal', 'Tab', '=9876543210', 'Tab', '=Rampur', 'Tab', '=Sitapur', 'Tab', '=med-opd', 'Tab');
    await keys(page, '=PLT', 'Enter', '=HGB', 'Enter', '=CREA', 'Enter');
    await shot(page, '01-registration-form');
    const slip = await readPaper(a.browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')));
    await keep('02-slip', slip.png);
    await shot(page, '03-registration-saved');
    uhid = digits(await page.locator('[data-saved] .n-number-big').innerText());
    expect(uhid).toHaveLength(12);
    expect(slip.text).toContain('Sunita Devi');
    expect(slip.text).toContain('सुनीता देवी');
    expect(digits(slip.text)).toContain(uhid);
    expect(slip.qr.length).toBeGreaterThan(0);
    slipCodes = slip.qr;
  });

  test('every hub is killed; collection goes on: labels, tubes, done', async () => {
    await hospital.killAll();
    const { page } = a;
    await keys(page, 'F2', 'Escape');
    await page.locator('body').click({ position: { x: 5, y: 400 } });
    await keys(page, 'g', 'c');
    await page.getByLabel('Slip, card, tube or name').waitFor();
    await shot(page, '04-collection-list');
    await scan(page, uhid);
    await page.getByText('Tubes to take, in the order of draw').waitFor();
    await scan(page, uhid);
    await shot(page, '05-collection-patient');
    const labels = await readPaper(a.browser.context, await paperFrom(page, () => keys(page, 'Alt+p')));
    await keep('06-labels', labels.png);
    tubes = labels.bars;
    expect(tubes).toHaveLength(2);
    for (const tube of tubes) await scan(page, tube);
    await page.getByText('Every tube of this patient is taken.').waitFor();
    await shot(page, '07-collected');
    expect(await waiting(page)).toMatch(/Saved on this PC/);
  });
});
