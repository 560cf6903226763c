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
import { type Desk, enrolDesk, keys, paste, reopenDesk, scan, signIn, signOut } from './support/desk.ts';
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
    for (const [name, desk] of [
      ['a', a],
      ['b', b],
    ] as const)
      await desk?.page.screenshot({ path: join(shots ?? '/tmp', `visit-failed-${name}.png`) }).catch(() => undefined);
  });
});

/** The twelve digits of a tube or card as a person reads them off. */
const digits = (text: string): string => text.replace(/\D/g, '');
const waiting = async (page: Page): Promise<string> => page.locator('.n-strip').innerText();

/** The palette: the keyboard's way to every screen and action, also out of a text field. */
async function goTo(page: Page, title: string): Promise<void> {
  await keys(page, 'Control+k');
  await page.getByPlaceholder('Type what you want to do').waitFor();
  await keys(page, `=${title}`, 'Enter');
  await page.getByPlaceholder('Type what you want to do').waitFor({ state: 'hidden' });
}

let slipCodes: readonly string[] = [];
let uhid = '';
let tubes: readonly string[] = [];
let unknownTube = '';
let extraTube = '';
let secondUhid = '';
let sheetCodes: readonly string[] = [];

describe('the visit, unbroken', () => {
  test('register and order on one desk, in both scripts, by keyboard; the slip carries it', async () => {
    // The laboratory is away from here on: its PC is off while the hubs still live.
    await b.browser.kill();
    const { page } = a;
    await keys(page, 'g', 'r');
    await page.getByLabel('Phone, UHID, name or scan').waitFor();
    await keys(
      page,
      'Alt+n',
      '=Sunita Devi',
      'Tab',
      '=सुनीता देवी',
      'Tab',
      '=34',
      'Tab',
      'f',
      'Tab',
      '=w Ram Lal',
      'Tab',
      '=9876543210',
      'Tab',
      '=Rampur',
      'Tab',
      '=Sitapur',
      'Tab',
      '=med-opd',
      'Tab',
    );
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
    await goTo(page, 'Collection');
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

  test('a second patient, unknown: the tube first, with a twin; the identity later by scanning both twins', async () => {
    const { page, browser } = a;
    await keys(page, 'Alt+x', 'Alt+u');
    await page.getByLabel('Name as told').waitFor();
    await keys(page, 'Tab', '=40', 'Tab', 'm', 'Tab', '=edta', 'Tab', '=PLT', 'Enter');
    await shot(page, '08-unidentified');
    const labels = await readPaper(browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')));
    await keep('09-twins', labels.png);
    await shot(page, '10-unidentified-taken');
    // One for the tube, one for slip or band: the same number on both.
    expect(labels.bars).toHaveLength(2);
    expect(new Set(labels.bars).size).toBe(1);
    unknownTube = labels.bars[0] ?? '';
    expect(labels.text).toMatch(/TWIN/);
    expect(labels.text).toMatch(/Unknown/i);
    expect(labels.text).toMatch(/40Y\s+M/);
    // Two identifiers: the tube's number and the temporary one.
    const taken = await page.getByRole('status').filter({ hasText: 'Taken as' }).innerText();
    const temporary = digits(/Temporary number([\d\s]+)/.exec(taken)?.[1] ?? '');
    expect(temporary).toHaveLength(12);
    expect(digits(labels.text)).toContain(temporary);

    // His brother has come.
    await goTo(page, 'Registration');
    await page.getByLabel('Phone, UHID, name or scan').waitFor();
    await keys(page, '=Mohan Lal', 'Enter');
    await page.getByRole('form', { name: 'New patient' }).waitFor();
    await keys(page, '=40', 'Tab', 'm');
    const slip = await readPaper(browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')));
    secondUhid = digits(await page.locator('[data-saved] .n-number-big').innerText());
    expect(secondUhid).not.toBe(uhid);
    expect(slip.text).toContain('Mohan Lal');
    await goTo(page, 'Collection');
    await page.getByLabel('Slip, card, tube or name').waitFor();
    await scan(page, unknownTube);
    await page.getByText('Whose tube is this?').waitFor();
    // A wrong twin links nothing.
    await scan(page, secondUhid);
    await page.getByRole('option').filter({ hasText: 'Mohan Lal' }).last().waitFor();
    await page.getByLabel('The patient').press('Enter');
    await scan(page, tubes[0] ?? '');
    await shot(page, '11-link');
    await page.getByLabel('Number of the twin on slip or band').press('Enter');
    await page
      .getByText(/twin/i)
      .filter({ hasText: /not|match/i })
      .first()
      .waitFor();
    await shot(page, '12-link-wrong-twin');
    await scan(page, unknownTube);
    await page.getByLabel('Number of the twin on slip or band').press('Enter');
    await page.getByText('Whose tube is this?').waitFor({ state: 'hidden' });
    // A third tube of somebody whom nobody knows comes to the laboratory without being on the sheet.
    await keys(page, 'Alt+u');
    await page.getByLabel('Name as told').waitFor();
    await keys(page, '=Guddu', 'Tab', '=9', 'Tab', 'm', 'Tab', '=edta', 'Tab', '=HGB', 'Enter');
    extraTube = (await readPaper(browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')))).bars[0] ?? '';
    expect(extraTube).toHaveLength(12);
  });

  test('the rack sheet travels with the tubes', async () => {
    const { page, browser } = a;
    await keys(page, 'Alt+r');
    await page.getByLabel('Scan each tube of the rack').waitFor();
    for (const tube of [...tubes, unknownTube]) await scan(page, tube);
    await page.getByText('3 tubes').waitFor();
    await shot(page, '13-rack');
    const sheet = await readPaper(browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')));
    await keep('14-rack-sheet', sheet.png);
    sheetCodes = sheet.qr;
    for (const tube of [...tubes, unknownTube]) expect(digits(sheet.text)).toContain(tube);
    for (const words of ['Sunita Devi', 'Mohan Lal', 'PLT']) expect(sheet.text).toContain(words);
    expect(sheetCodes.length).toBeGreaterThan(0);
    // A Hindi-reading runner and a scanner both get the count.
    await page.getByText('3 tubes sent.').waitFor();
  });

  test('the cut-off laboratory takes the sheet in, then each tube; extra and missing tubes are named', async () => {
    await reopenDesk(b, '/lab');
    const { page } = b;
    await signIn(page, 'ravi');
    await page.getByRole('tab', { name: 'Receive tubes' }).waitFor();
    await keys(page, 'Alt+2');
    await page.getByLabel('Rack sheet or tube').waitFor();
    await shot(page, '20-lab-receive');
    // A scanner for all but the last code, which comes pasted from a phone.
    for (const text of sheetCodes.slice(0, -1)) await scan(page, text);
    await paste(page, sheetCodes.at(-1) ?? '');
    await page.getByText('0 of 3 tubes').waitFor();
    await shot(page, '21-lab-sheet');
    // Forged, altered: refused, and nothing of it is taken in.
    const altered = (sheetCodes[0] ?? '').replace(/.{20}$/, (end) => [...end].toReversed().join(''));
    await scan(page, altered);
    await page.getByText('This paper was not taken in').waitFor();
    await scan(page, tubes[1] ?? '');
    await page.getByText('1 of 3 tubes').waitFor();
    await scan(page, unknownTube);
    await page.getByText('2 of 3 tubes').waitFor();
    await scan(page, extraTube);
    await page.getByText('1 tube is not on the sheet').waitFor();
    await page.getByText('1 tube is missing').first().waitFor();
    expect(digits(await page.getByRole('list', { name: '1 tube is missing' }).innerText())).toBe(tubes[0]);
    await shot(page, '22-lab-missing-extra');
    await scan(page, tubes[0] ?? '');
    await page.getByText('Every tube of the sheet is here.').waitFor();
    await shot(page, '23-lab-complete');
  });
});
