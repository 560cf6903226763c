// The visit, unbroken: one patient from the counter to the printed report with every hub dead, on two desks that never met. Real Chromium, real hubs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
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
      await desk?.page.screenshot({ path: join(shots ?? tmpdir(), `visit-failed-${name}.png`) }).catch(() => undefined);
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

let uhid = '';
let tubes: readonly string[] = [];
let unknownTube = '';
let extraTube = '';
let secondUhid = '';
let sheetCodes: readonly string[] = [];
let reportCodes: readonly string[] = [];

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
    const altered = (sheetCodes[0] ?? '').replace(/.{20}$/, (end) => Array.from(end).toReversed().join(''));
    await scan(page, altered);
    await page.getByText('This paper was not taken in').waitFor();
    await scan(page, tubes[1] ?? '');
    await page.getByText('1 of 3 tubes').waitFor();
    await scan(page, unknownTube);
    await page.getByText('2 of 3 tubes').waitFor();
    // Nobody here has heard of it: what stands on its label is all that there is.
    await scan(page, extraTube);
    await page.getByRole('dialog', { name: 'This tube is not known here' }).waitFor();
    await shot(page, '22-lab-unknown-tube');
    await keys(page, '=Guddu', 'Tab', '=9', 'Tab', 'm', 'Tab', '=edta', 'Tab', '=HGB', 'Enter', 'Tab', 'Tab', 'Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByText('1 tube is not on the sheet').waitFor();
    await page.getByText('1 tube is missing').first().waitFor();
    expect(digits(await page.getByRole('list', { name: '1 tube is missing' }).innerText())).toBe(tubes[0]);
    await shot(page, '22-lab-missing-extra');
    await scan(page, tubes[0] ?? '');
    await page.getByText('Every tube of the sheet is here.').waitFor();
    await shot(page, '23-lab-complete');
  });

  test('platelets 12: the call stays open until name, role, time and read-back are there', async () => {
    const { page } = b;
    await keys(page, 'Alt+1');
    const platelets = page.getByLabel(new RegExp(`^Value of ${tubes[1] ?? ''} Platelet`));
    await platelets.waitFor();
    await shot(page, '30-worklist');
    await tabTo(page, page.locator('input[data-entry="0"]'));
    await enter(page, platelets, '12');
    await page.getByText('Critically low').first().waitFor();
    await enter(page, page.getByLabel(new RegExp(`^Value of ${tubes[1] ?? ''} Haemo`)), '11.2');
    await enter(page, page.getByLabel(new RegExp(`^Value of ${tubes[0] ?? ''} Creat`)), '0.9');
    await enter(page, page.getByLabel(new RegExp(`^Value of ${unknownTube} Platelet`)), '230');
    // What cannot be is refused and stays in its field.
    await shot(page, '31-entered');
    const call = page.getByRole('form', { name: 'Call of one critical value' });
    await call.waitFor();
    await shot(page, '32-critical');
    const told = call.getByRole('button', { name: /Told: close the call/ });
    await told.press('Enter');
    for (const words of ['Write who was told.', 'Write the role.', 'Ask for the value to be read back.'])
      await call.getByText(words).waitFor();
    await call.getByLabel('Who was told').fill('Dr Anil Gupta');
    await told.press('Enter');
    await call.getByText('Write the role.').waitFor();
    await call.getByLabel('Role').fill('resident');
    await call.getByLabel('At (hh:mm)').fill('25:99');
    await told.press('Enter');
    await call.getByText('Write the time, as 10:42.').waitFor();
    // Nobody answered first: that is kept, and closes nothing.
    await call.getByLabel('At (hh:mm)').fill('');
    await call.getByRole('button', { name: 'Save: not reached' }).press('Enter');
    await call.getByText('Not reached').first().waitFor();
    await call.getByLabel('At (hh:mm)').fill(indiaTime());
    await told.press('Enter');
    await call.getByText('Ask for the value to be read back.').waitFor();
    await shot(page, '33-critical-refused');
    expect(await call.isVisible()).toBe(true);
    await call.getByLabel('The value was read back to me').press('Space');
    await told.press('Enter');
    await call.waitFor({ state: 'hidden' });
  });

  test('checked by one, validated by another, released, printed; the PDF opens and has the numbers', async () => {
    const { page, browser } = b;
    await page.getByRole('tab', { name: /^To check/ }).press('Enter');
    await page.getByRole('button', { name: /Check value/ }).waitFor();
    await shot(page, '34-to-check');
    await validateAll(page);
    // Who measured and checked may not release: that is another person's.
    await page.getByRole('tab', { name: /^To validate/ }).press('Enter');
    await page.getByRole('button', { name: /^Validate/ }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Validate/ }).isDisabled()).toBe(true);
    await shot(page, '35-may-not');
    await signOut(page);
    await signIn(page, 'meena');
    await page.getByRole('tab', { name: /^To validate/ }).press('Enter');
    await page.getByRole('button', { name: /^Validate/ }).waitFor();
    await shot(page, '36-to-validate');
    await validateAll(page);
    await page.getByRole('tab', { name: /^To release/ }).press('Enter');
    await page.getByRole('button', { name: /Release and print/ }).waitFor();
    await shot(page, '37-to-release');
    const papers: string[] = [];
    for (let left = await rowsLeft(page); left > 0; left = await rowsLeft(page)) {
      papers.push(await paperFrom(page, () => keys(page, 'Control+Enter')));
      await expect.poll(() => rowsLeft(page), { timeout: 10_000 }).toBeLessThan(left);
    }
    const reports = [];
    for (const html of papers) reports.push(await readPaper(browser.context, html));
    for (const [i, report] of reports.entries()) await keep(`38-report-${i}`, report.png);
    const ofSunita = reports.filter((report) => report.text.includes('Sunita Devi'));
    expect(ofSunita.length).toBeGreaterThan(0);
    const text = ofSunita.map((report) => report.text).join('\n');
    for (const words of ['12', '11.2', '0.9', '150 - 450', 'Ravi Kumar', 'Dr Meena Rao']) expect(text).toContain(words);
    expect(reports.some((report) => report.text.includes('Mohan Lal') && report.text.includes('230'))).toBe(true);
    reportCodes = ofSunita[0]?.qr ?? [];
    expect(reportCodes.length).toBeGreaterThan(0);

    await keys(page, 'Alt+3');
    await page.getByLabel('Report number or patient').waitFor();
    await keys(page, '=Sunita');
    await page.getByRole('option').filter({ hasText: 'Sunita Devi' }).first().waitFor();
    await keys(page, 'Enter');
    const row = page.getByRole('grid', { name: 'Reports' }).locator('tr[data-pick]').first();
    await row.waitFor();
    await row.press('Enter');
    const button = page.getByRole('button', { name: 'PDF' });
    await button.waitFor();
    await shot(page, '39-report');
    const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
    const pdf = await readFile(await download.path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const read = pdfText(pdf);
    if (read !== undefined) for (const words of ['Sunita Devi', '12', '150', '450']) expect(read).toContain(words);
  });

  test('both PCs are switched off and on again, still without a hub: sign in, and everything is there', async () => {
    await Promise.all([a.browser.kill(), b.browser.kill()]);
    await Promise.all([reopenDesk(a), reopenDesk(b)]);
    await signIn(a.page, 'asha');
    await signIn(b.page, 'meena');
    await openPatient(b.page, uhid);
    expect(await b.page.locator('main').innerText()).toMatch(/Critically low/);
    await openPatient(a.page, uhid);
    const before = await a.page.locator('main').innerText();
    expect(before).toContain('Sunita Devi');
    expect(before).not.toMatch(/Critically low/);
    expect(await waiting(a.page)).toMatch(/waiting to be sent/);
    // The printed report brings the values to a desk that is still cut off.
    for (const code of reportCodes) await scan(a.page, code);
    await a.page.getByText('Critically low').first().waitFor();
    await shot(a.page, '40-report-scanned');
  });

  test('the hubs come back: all hubs and both desks show the same, each thing once', async () => {
    await hospital.startAll();
    for (const desk of [a, b]) await expect.poll(() => waiting(desk.page), { timeout: 60_000 }).toMatch(/Everything sent/);
    // Both desks have everything: what they export holds the same commits as the hubs', but who looked at what.
    let digest: Digest | undefined;
    await expect
      .poll(
        async () => {
          digest = await hospital.agreed();
          const [hub, ofA, ofB] = await Promise.all([commitsOfHub(), commitsOfDesk(a), commitsOfDesk(b)]);
          return { a: missing(hub, ofA), b: missing(hub, ofB), extraA: missing(ofA, hub), extraB: missing(ofB, hub) };
        },
        { timeout: 90_000, interval: 1000 },
      )
      .toEqual({ a: [], b: [], extraA: [], extraB: [] });
    expect(digest?.commits).toBeGreaterThan(10);
    for (const number of [uhid, secondUhid]) {
      const pages = [];
      for (const hub of hospital.hubs) pages.push({ ...(await hospital.ask<PatientPage>(hub, 'patient', { uhid: number })), asOf: 'now' });
      for (const page of pages) {
        expect(page).toEqual(pages[0]);
        expect(page.issues).toEqual([]);
      }
      const [page] = pages;
      if (page === undefined) throw new Error('invariant: there are hubs');
      const tests = number === uhid ? ['CREA', 'HGB', 'PLT'] : ['PLT'];
      expect(page.results.map((result) => result.test).toSorted()).toEqual(tests);
      expect(page.specimens.map((one) => one.accession).toSorted()).toEqual((number === uhid ? [...tubes] : [unknownTube]).toSorted());
      expect(page.visits).toHaveLength(1);
      await openPatient(a.page, number);
      await openPatient(b.page, number);
      await expect.poll(async () => (await resultRows(a.page)).length, { timeout: 20_000 }).toBe(tests.length);
      expect(await resultRows(a.page)).toEqual(await resultRows(b.page));
    }
    await openPatient(a.page, uhid);
    await shot(a.page, '41-patient-a');
    await goTo(a.page, 'Status');
    await shot(a.page, '42-status');
    for (const hub of hospital.hubs) expect((await nirantar('verify', '--dir', hub.dir))['ok']).toBe(true);
    expect([...a.browser.pageErrors, ...b.browser.pageErrors]).toEqual([]);
  });
});

interface PatientPage {
  readonly results: readonly { readonly test: string }[];
  readonly specimens: readonly { readonly accession: string }[];
  readonly visits: readonly unknown[];
  readonly issues: readonly unknown[];
}

/** The hospital's clock, as on its wall. */
function indiaTime(): string {
  return new Date(Date.now() + 19_800_000).toISOString().slice(11, 16);
}

/** Presses Tab until this has the focus: a person without a mouse gets there, and in how few keys. */
async function tabTo(page: Page, target: Locator, most = 40): Promise<number> {
  for (let count = 0; count <= most; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return count;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with ${most} Tabs`);
}

/** A value of the worklist: typed and Enter. */
async function enter(page: Page, field: Locator, value: string): Promise<void> {
  await field.focus();
  await keys(page, `=${value}`, 'Enter');
  await expect.poll(() => field.inputValue().catch(() => value)).toBe(value);
  await page.waitForFunction(
    (words) => !document.querySelector(`[aria-label="${words}"]`)?.hasAttribute('aria-invalid'),
    await field.getAttribute('aria-label'),
  );
}

async function rowsLeft(page: Page): Promise<number> {
  return page.locator('tr[data-pick]').count();
}

/** The marked row, again and again, until nothing waits. */
async function validateAll(page: Page): Promise<void> {
  await page.locator('tr[data-pick]').first().waitFor();
  for (let left = await rowsLeft(page); left > 0; left = await rowsLeft(page)) {
    await keys(page, 'Control+Enter');
    await expect.poll(() => rowsLeft(page), { timeout: 10_000 }).toBeLessThan(left);
  }
}

async function openPatient(page: Page, number: string): Promise<void> {
  await goTo(page, 'Patient');
  await page.getByLabel('Which patient').waitFor();
  await scan(page, number);
  await page
    .locator('.n-number-big, .n-banner')
    .filter({ hasText: formatted(number) })
    .first()
    .waitFor();
}

function formatted(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}

async function resultRows(page: Page): Promise<readonly string[]> {
  return page
    .getByRole('region', { name: 'Results' })
    .or(page.getByRole('grid', { name: 'Results' }))
    .locator('tbody tr')
    .allInnerTexts();
}

function pdfText(pdf: Buffer): string | undefined {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();
  } catch {
    // Poppler is not on this machine; that the file is a PDF was looked at.
    return undefined;
  }
}

/** Hashes of commits that are more than a note of who looked at a record. */
async function commitsIn(file: Uint8Array): Promise<ReadonlySet<string>> {
  const decoded = decodeWire(file);
  if (!decoded.ok) throw new Error(decoded.problem);
  const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
  const hashes: string[] = [];
  for (const payload of decoded.payloads) {
    const commit = decodeCommit(payload, sha256);
    if (!commit.ok) throw new Error(commit.problem);
    const body = JSON.parse(new TextDecoder().decode(commit.commit.body)) as { readonly events: readonly { readonly stream: string }[] }; // a body that the journal has checked
    if (body.events.every((event) => event.stream.startsWith('access/'))) continue;
    hashes.push(Buffer.from(commit.commit.hash).toString('hex'));
  }
  expect(new Set(hashes).size).toBe(hashes.length);
  return new Set(hashes);
}

async function commitsOfHub(): Promise<ReadonlySet<string>> {
  const [hub] = hospital.hubs;
  if (hub === undefined) throw new Error('invariant: there is a hub');
  const out = join(hospital.dir, `export-${Date.now()}.nirw`);
  await nirantar('export', '--dir', hub.dir, '--out', out);
  return commitsIn(await readFile(out));
}

async function commitsOfDesk(desk: Desk): Promise<ReadonlySet<string>> {
  const { page } = desk;
  await goTo(page, 'Status');
  await page.getByRole('tab', { name: 'This PC' }).press('Enter');
  const button = page.getByRole('button', { name: 'Export my data' });
  await button.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
  return commitsIn(await readFile(await download.path()));
}

function missing(from: ReadonlySet<string>, held: ReadonlySet<string>): readonly string[] {
  return [...from].filter((hash) => !held.has(hash));
}
