// Each desk by keyboard alone, in both languages, looked at by axe in light and dark. One hub, one real Chromium.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { ready as Ready } from 'zpl-renderer-js';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { forgetProfile } from './support/browser.ts';
import { violations } from './support/axe.ts';
import { atOnce, type Desk, enrolDesk, keys, letter, scan, signIn } from './support/desk.ts';
import { foundHospital, type Hospital } from './support/hospital.ts';
import { barsIn, paperFrom, readPaper } from './support/papers.ts';

// Required, not imported: nine megabytes need not go through the test runner's transformer.
const zplRenderer: { readonly ready: typeof Ready } = createRequire(import.meta.url)('zpl-renderer-js');
const WORDS = fileURLToPath(new URL('../src/desk/i18n/', import.meta.url));
/** Beyond what the patient answers: issue 2, item 15. */
const MAX_KEYS = 12;

let hospital: Hospital;
let desk: Desk;
const words: Record<string, Readonly<Record<string, string>>> = {};
let language: 'en' | 'hi' = 'en';
const t = (key: string): string => words[language]?.[key] ?? key;

const shots = process.env['NIRANTAR_SHOTS'];
async function look(name: string): Promise<void> {
  const { page } = desk;
  if (shots !== undefined) {
    await mkdir(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `desk-${name}-${language}.png`) });
  }
  expect(await violations(page), `${name} in ${language}`).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, `${name} in ${language} scrolls sideways`).toBeLessThanOrEqual(0);
}

async function goTo(key: string): Promise<void> {
  const { page } = desk;
  await keys(page, 'Control+k');
  const box = page.getByPlaceholder(t('common.paletteHint'));
  await box.waitFor();
  // It is drawn a moment before it has the focus.
  await expect.poll(() => box.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.insertText(t(key));
  await keys(page, 'Enter');
  await box.waitFor({ state: 'hidden' });
}

beforeAll(async () => {
  for (const name of ['en', 'hi'] as const) {
    const files = (await readdir(join(WORDS, name))).filter((file) => file.endsWith('.json'));
    const all = await Promise.all(
      files.map(async (file) => JSON.parse(await readFile(join(WORDS, name, file), 'utf8')) as Record<string, string>),
    ); // flat, as keys.ts tests
    words[name] = Object.assign({}, ...all) as Record<string, string>; // as above
  }
  hospital = await foundHospital(['outpatients']);
  desk = await enrolDesk(hospital.url, await hospital.invite('all', 'Counter 1'));
  await desk.page.evaluate(() => {
    const here = window as unknown as { pressed?: number }; // our own mark on the page
    here.pressed = 0;
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.isTrusted && !['Control', 'Alt', 'Shift', 'Meta'].includes(event.key)) here.pressed = (here.pressed ?? 0) + 1;
      },
      { capture: true },
    );
  });
}, 180_000);
afterAll(async () => {
  await desk?.browser.kill();
  await hospital?.stop();
  if (desk !== undefined) await forgetProfile(desk.profile);
});

beforeEach(() => {
  onTestFailed(async () => {
    await desk?.page.screenshot({ path: join(shots ?? tmpdir(), `desk-failed-${language}.png`) }).catch(() => undefined);
    console.log(desk?.browser.pageErrors.slice(-3).join('\n'));
  });
});

/** By the fixed words of a paper. */
function languagesOn(text: string): 'en' | 'hi' | 'both' | 'none' {
  const hi = /यूएचआईडी|मरीज़/.test(text);
  const en = /UHID|Patient slip/.test(text);
  return hi && en ? 'both' : hi ? 'hi' : en ? 'en' : 'none';
}

/** The text of the file that the desk gave to be saved. */
async function savedFile(doing: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([desk.page.waitForEvent('download'), doing()]);
  return readFile(await download.path(), 'utf8');
}

/** What a label printer would print, drawn by an independent renderer and read by a scanner: the numbers on the labels. */
async function labelsOfFile(zpl: string): Promise<readonly string[]> {
  const { api } = await zplRenderer.ready;
  const images = await api.zplToBase64MultipleAsync(zpl, 50, 25, 8);
  const read = await Promise.all(images.map((image) => barsIn(Buffer.from(image, 'base64'))));
  if (shots !== undefined)
    await Promise.all(images.map((image, i) => writeFile(join(shots, `label-${language}-${i}.png`), Buffer.from(image, 'base64'))));
  return read.flat();
}

/** How far a tube is, by what the hub heard from the desk. */
async function stateOf(accession: string): Promise<string> {
  const [hub] = hospital.hubs;
  if (hub === undefined) throw new Error('invariant: one hub');
  await desk.page
    .locator('.n-strip')
    .filter({ hasText: t('common.nothingWaiting') })
    .waitFor();
  return (await hospital.ask<{ readonly status: string }>(hub, 'specimen', { accession })).status;
}

const pressed = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { pressed: number }).pressed);

test('sign-in, both schemes; a wrong password is said and the field has the focus', async () => {
  const { page } = desk;
  await look('sign-in');
  await page.locator('input[name="user"]').focus();
  await keys(page, '=admin', 'Tab', '=wrong', 'Enter');
  await page
    .getByRole('alert')
    .or(page.getByRole('status'))
    .filter({ hasText: /password|wrong|not/i })
    .first()
    .waitFor();
  await look('sign-in-refused');
  await signIn(page, 'admin');
  await look('start');
});

test(`a whole registration with an order costs at most ${MAX_KEYS} keys beyond the answers`, async () => {
  const { page } = desk;
  await goTo('common.registration');
  await page.getByLabel(t('registration.box')).waitFor();
  const before = await pressed(page);
  const answers = ['Kamla Bai', '61', 'f', 'w Hari Om', '9812345678', 'Biswan', 'Sitapur', 'med-o', 'PLT'];
  const paper = await paperFrom(page, () =>
    keys(
      page,
      '=Kamla Bai',
      'Enter',
      '=61',
      'Tab',
      'f',
      'Tab',
      '=w Hari Om',
      'Tab',
      '=9812345678',
      'Tab',
      '=Biswan',
      'Tab',
      '=Sitapur',
      'Tab',
      '=med-o',
      'Tab',
      '=PLT',
      'Enter',
      'Control+Enter',
    ),
  );
  const extra = (await pressed(page)) - before - answers.join('').length;
  console.log(`a whole registration with an order: ${extra} keys beyond the answers`);
  expect(extra).toBeLessThanOrEqual(MAX_KEYS);
  expect(extra).toBeGreaterThan(5);
  const slip = await readPaper(desk.browser.context, paper);
  for (const text of ['Kamla Bai', 'W/O Hari Om', 'PLT']) expect(slip.text).toContain(text);
});

describe.each(['en', 'hi'] as const)('every desk by keyboard in %s', (which) => {
  let uhid = '';
  let tube = '';
  let other = '';
  let otherTube = '';
  /** The button of the language that the patient's paper comes in. */
  const chosen = (one: 'both' | 'hi' | 'en') =>
    desk.page.getByRole('button', { name: t(`common.paperIn.${one}`), exact: true, pressed: true });

  test('the language is the user’s choice', async () => {
    const { page } = desk;
    if (language !== which) await keys(page, 'Alt+l');
    language = which;
    await page.getByRole('link', { name: t('common.collection'), exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(which);
  });

  test('what is typed right after Ctrl+K, without waiting, is the palette’s and never the form’s', async () => {
    const { page } = desk;
    await goTo('common.registration');
    // The key is this screen's: it means nothing before the screen is there.
    await page.getByLabel(t('registration.box')).waitFor();
    await keys(page, 'Alt+n');
    const form = page.getByRole('form', { name: t('registration.new') });
    const name = form.locator('input[name="name"]');
    const box = page.getByPlaceholder(t('common.paletteHint'));
    for (let round = 0; round < 5; round += 1) {
      await form.waitFor();
      await name.focus();
      // A person whose next key comes before anything could be drawn: all keys are on their way before the first is heard.
      await atOnce(page, 'Control+k', ...Array.from(t('common.status')), 'Enter');
      await page.getByRole('tab', { name: new RegExp(`^${t('status.network')}`) }).waitFor();
      await goTo('common.registration');
      expect(await name.inputValue()).toBe('');
    }
    // An input method gives whole words.
    await name.focus();
    await keys(page, 'Control+k');
    await page.keyboard.insertText(t('common.status'));
    expect(await box.inputValue()).toBe(t('common.status'));
    // Ctrl+K once more begins anew; Escape gives the form its focus back.
    await atOnce(page, 'Control+k', ...Array.from(t('common.lab')));
    expect(await box.inputValue()).toBe(t('common.lab'));
    await keys(page, 'Escape');
    await box.waitFor({ state: 'hidden' });
    await expect.poll(() => name.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await name.inputValue()).toBe('');
    await atOnce(page, 'Control+k');
    expect(await box.inputValue()).toBe('');
    await keys(page, 'Escape', 'Alt+x');
  });

  test('Enter in the box acts on what stood there, and what is typed after it goes where it leads', async () => {
    const { page } = desk;
    await goTo('common.registration');
    const form = page.getByRole('form', { name: t('registration.new') });
    const box = page.getByLabel(t('registration.box'));
    // A name that sounds like nobody's here.
    const name = which === 'en' ? 'Bhupendra' : 'भूपेंद्र';
    for (let round = 0; round < 5; round += 1) {
      await box.focus();
      await atOnce(page, ...Array.from(name), 'Enter', '4', '5');
      await form.waitFor();
      await expect.poll(() => form.locator('input[name="age"]').inputValue()).toBe('45');
      const field = form.getByLabel(which === 'en' ? t('registration.name') : t('registration.nameHi'), { exact: true });
      expect(await field.inputValue()).toBe(name);
      expect(await box.inputValue()).toBe('');
      await keys(page, 'Alt+x');
      await form.waitFor({ state: 'hidden' });
    }
  });

  test('registration: empty, wrong, typed and reloaded, saved', async () => {
    const { page } = desk;
    await goTo('common.registration');
    await page.getByLabel(t('registration.box')).waitFor();
    await look('registration-empty');
    await keys(page, 'Alt+n');
    await page.getByRole('form', { name: t('registration.new') }).waitFor();
    await keys(page, 'Control+Enter');
    await page.getByText(t('registration.needName')).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await look('registration-errors');
    const name = which === 'en' ? 'Ramesh Kumar' : 'रमेश कुमार';
    if (which === 'en') await keys(page, `=${name}`, 'Tab', 'Tab');
    else await keys(page, 'Tab', `=${name}`, 'Tab');
    await keys(page, '=8m');
    // The PC is reloaded in the middle: what was typed is there, and the user is still signed in.
    await page.reload();
    await page.getByRole('form', { name: t('registration.new') }).waitFor();
    await expect
      .poll(() => page.getByLabel(which === 'en' ? t('registration.name') : t('registration.nameHi'), { exact: true }).inputValue())
      .toBe(name);
    const age = page.locator('input[name="age"]');
    expect(await age.inputValue()).toBe('8m');
    await age.focus();
    await keys(page, 'Tab');
    // A Hindi keyboard types Hindi letters: they choose as the Latin ones do.
    if (which === 'en') await keys(page, 'm');
    else await letter(page, 'प');
    await keys(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', '=paed-o', 'Tab', '=PLT', 'Enter');
    const paper = await paperFrom(page, () => keys(page, 'Control+Enter'));
    uhid = (await page.locator('[data-saved] .n-number-big').innerText()).replace(/\D/g, '');
    await look('registration-saved');
    const slip = await readPaper(desk.browser.context, paper);
    expect(slip.text).toContain(name);
    expect(slip.bars).toContain(uhid);
    // Whatever the clerk speaks: both languages until somebody asks what the patient reads.
    expect(languagesOn(slip.text)).toBe('both');
  });

  test('paper: in the language of the patient, by one key, and remembered for that patient', async () => {
    const { page } = desk;
    const slipAgain = async (): Promise<string> =>
      languagesOn((await readPaper(desk.browser.context, await paperFrom(page, () => keys(page, 'Alt+p')))).text);
    await chosen('both').waitFor();
    await keys(page, 'Alt+g');
    await chosen('hi').waitFor();
    expect(await slipAgain()).toBe('hi');
    await keys(page, 'Alt+g');
    await chosen('en').waitFor();
    expect(await slipAgain()).toBe('en');
    await look('paper-language');
    // The next patient begins with both, and may be given another before the first slip is printed.
    await keys(page, 'Alt+n');
    await page.getByRole('form', { name: t('registration.new') }).waitFor();
    await chosen('both').waitFor();
    await keys(page, 'Alt+g');
    await chosen('hi').waitFor();
    await look('paper-language-form');
    await keys(page, 'Alt+x');
    await chosen('en').waitFor();
  });

  test('collection: list, chair, taken, tube before identity, rack', async () => {
    const { page } = desk;
    await goTo('common.collection');
    await page.getByLabel(t('collection.box')).waitFor();
    // Where the user was stays open; Alt+X puts it away.
    await keys(page, 'Alt+x');
    await page.getByRole('heading', { name: t('collection.due') }).waitFor();
    await look('collection-list');
    await scan(page, uhid);
    await page.getByText(t('collection.tubesDue')).waitFor();
    await look('collection-patient');
    await keys(page, 'Alt+i');
    const labels = await readPaper(desk.browser.context, await paperFrom(page, () => keys(page, 'Alt+p')));
    tube = labels.bars[0] ?? '';
    await scan(page, tube);
    await page.getByText(t('collection.allDone')).waitFor();
    await look('collection-done');
    await keys(page, 'Alt+x', 'Alt+u');
    await page.getByLabel(t('collection.toldName')).waitFor();
    await look('collection-unidentified');
    await keys(page, 'Alt+r');
    await page.getByLabel(t('collection.rackScan')).waitFor();
    await scan(page, tube);
    await look('collection-rack');
    const sheet = await paperFrom(page, () => keys(page, 'Control+Enter'));
    expect((await readPaper(desk.browser.context, sheet)).text).not.toMatch(/DUPLICATE|दूसरी प्रति/);
    const again = await paperFrom(page, () => page.getByRole('button', { name: t('collection.rackAgain') }).press('Enter'));
    expect((await readPaper(desk.browser.context, again)).text).toMatch(/(DUPLICATE|दूसरी प्रति) 2/);
    await page.getByText(t('common.sheetCopy').replace('{copy}', '2')).waitFor();
    await look('rack-again');
  });

  test('labels: a file for a label printer, and a second one says why and which copy it is', async () => {
    const { page } = desk;
    await goTo('common.registration');
    await page.getByLabel(t('registration.box')).waitFor();
    await keys(page, 'Alt+n');
    await page.getByRole('form', { name: t('registration.new') }).waitFor();
    const name = which === 'en' ? 'Sunita Devi' : 'द्रौपदी त्रिपाठी';
    if (which === 'en') await keys(page, `=${name}`, 'Tab', 'Tab');
    else await keys(page, 'Tab', `=${name}`, 'Tab');
    await keys(page, '=34', 'Tab');
    if (which === 'en') await keys(page, 'f');
    else await letter(page, 'म');
    await keys(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', '=med-o', 'Tab', '=PLT', 'Enter');
    await paperFrom(page, () => keys(page, 'Control+Enter'));
    other = (await page.locator('[data-saved] .n-number-big').innerText()).replace(/\D/g, '');
    await goTo('common.collection');
    await page.getByLabel(t('collection.box')).waitFor();
    await keys(page, 'Alt+x');
    await page.getByRole('heading', { name: t('collection.due') }).waitFor();
    await scan(page, other);
    await page.getByText(t('collection.tubesDue')).waitFor();
    // Nobody gets a label, in whatever way, before the patient said who it is.
    expect(await page.getByRole('button', { name: t('collection.zpl') }).isDisabled()).toBe(true);
    await keys(page, 'Alt+i');
    const [first] = await labelsOfFile(await savedFile(() => page.getByRole('button', { name: t('collection.zpl') }).press('Enter')));
    otherTube = first ?? '';
    await page.getByRole('button', { name: t('collection.reprint') }).press('Enter');
    await page.getByText(t('collection.willBeCopy').replace('{copy}', '2')).waitFor();
    // Without a reason there is no second label.
    await keys(page, 'Control+Enter');
    await page.getByText(t('common.reasonNeeded')).waitFor();
    await look('label-again');
    const again = await paperFrom(page, () => keys(page, '=smudged', 'Control+Enter'));
    expect((await readPaper(desk.browser.context, again)).bars).toEqual([otherTube]);
    await page.getByText(t('common.labelCopy').replace('{copy}', '2')).waitFor();
    await page.getByText(t('collection.labelCopy').replace('{copy}', '2'), { exact: true }).waitFor();
    await look('label-copy');
    const file = await savedFile(async () => {
      await page.getByRole('button', { name: t('collection.zpl') }).press('Enter');
      await page.getByText(t('collection.willBeCopy').replace('{copy}', '3')).waitFor();
      await keys(page, '=jammed', 'Control+Enter');
    });
    expect(await labelsOfFile(file)).toEqual([otherTube]);
    // A name in Devanagari alone is a picture; one in Latin letters is text.
    expect(file.includes('^GFA')).toBe(which === 'hi');
    expect(file.includes('^FDSunita Devi^FS')).toBe(which === 'en');
    await page.getByText(t('collection.labelCopy').replace('{copy}', '3'), { exact: true }).waitFor();
  });

  test('a tube of another patient stops everything, and nothing that a scanner types goes on', async () => {
    const { page } = desk;
    const stop = page.getByRole('alertdialog', { name: t('collection.mismatch') });
    await scan(page, tube);
    await stop.waitFor();
    const digits = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');
    expect(await stop.innerText()).toContain(digits(tube));
    expect(await stop.innerText()).toContain(digits(otherTube));
    await look('wrong-tube');
    // A scanner ends with Enter; hands hit space and Escape. The right tube does not help either: first the wrong one goes away.
    await keys(page, 'Enter', 'Space', 'Escape');
    await scan(page, otherTube);
    await keys(page, 'Tab', 'Enter');
    expect(await stop.isVisible()).toBe(true);
    await keys(page, 'Alt+x');
    await stop.waitFor({ state: 'hidden' });
    // Nothing of what was scanned meanwhile counts as taken: neither tube changed.
    await page.getByText(t('collection.tubesDue')).waitFor();
    const states = await Promise.all([tube, otherTube].map((accession) => stateOf(accession)));
    expect(states).toEqual(['in-transit', 'labelled']);
    // Another patient's card stops as well; this patient's own tube goes on.
    await scan(page, uhid);
    await stop.waitFor();
    await keys(page, 'Alt+x');
    await stop.waitFor({ state: 'hidden' });
    await scan(page, otherTube);
    await page.getByText(t('collection.allDone')).waitFor();
    expect(await stateOf(otherTube)).toBe('collected');
  });

  test('laboratory: receive, worklist, critical call, reports', async () => {
    const { page } = desk;
    await goTo('common.lab');
    await page.getByRole('tab', { name: t('lab.worklist') }).waitFor();
    await keys(page, 'Alt+2');
    await page.getByLabel(t('lab.receiveBox')).waitFor();
    await look('lab-receive');
    await scan(page, tube);
    await page.getByText(t('lab.received'), { exact: true }).first().waitFor();
    await keys(page, 'Alt+1');
    const entry = page.locator(`input[data-entry][aria-label*="${tube}"]`);
    await entry.waitFor();
    await look('lab-entry');
    await entry.focus();
    await keys(page, '=9', 'Enter');
    await page.getByRole('form', { name: t('lab.call') }).waitFor();
    await look('lab-critical');
    for (const step of ['to-validate', 'on-hold'] as const) {
      await page.getByRole('tab', { name: t(`lab.step.${step}`) }).press('Enter');
      await page
        .getByRole('table', { name: t(step === 'to-validate' ? 'lab.validate' : 'lab.step.on-hold') })
        .or(page.getByRole('grid', { name: t('lab.validate') }))
        .first()
        .waitFor();
      await look(`lab-${step}`);
    }
    await keys(page, 'Alt+3');
    await page.getByLabel(t('lab.reportBox')).waitFor();
    await look('lab-reports');
  });

  test('patient: the record, and the trend of one test', async () => {
    const { page } = desk;
    await goTo('common.patient');
    await page.getByLabel(t('patient.box')).waitFor();
    await scan(page, uhid);
    await page.getByText(t('patient.specimens')).first().waitFor();
    // What was chosen for this patient at the registration desk.
    await chosen('en').waitFor();
    await look('patient');
    const row = page.locator('tr[data-pick]').first();
    await row.focus();
    await keys(page, 'Enter');
    await page
      .locator('h2, h3')
      .filter({ hasText: `${t('patient.trend')}:` })
      .waitFor();
    await look('patient-trend');
  });

  test('the first slip of a new visit is no duplicate of the last visit’s; printed again it is one', async () => {
    const { page } = desk;
    await goTo('common.registration');
    await page.getByLabel(t('registration.box')).waitFor();
    await keys(page, 'F2');
    await scan(page, uhid);
    await keys(page, 'Enter');
    await page.getByRole('form', { name: t('registration.visit') }).waitFor();
    await keys(page, '=med-o', 'Tab');
    const slip = await readPaper(desk.browser.context, await paperFrom(page, () => keys(page, 'Control+Enter')));
    expect(slip.bars).toContain(uhid);
    expect(slip.text).not.toMatch(/DUPLICATE|दूसरी प्रति/);
    const again = await readPaper(desk.browser.context, await paperFrom(page, () => keys(page, 'Alt+p')));
    expect(again.text).toMatch(/(DUPLICATE|दूसरी प्रति) 2/);
  });

  test('status: hubs and desks, what must be settled, this PC', async () => {
    const { page } = desk;
    await goTo('common.status');
    for (const tab of ['network', 'reconcile', 'doctor'] as const) {
      const button = page.getByRole('tab', { name: new RegExp(`^${t(`status.${tab}`)}`) });
      await button.waitFor();
      await button.press('Enter');
      await expect.poll(() => button.getAttribute('aria-selected')).toBe('true');
      await look(`status-${tab}`);
    }
  });
});

test('letters that come as quickly as a scanner’s, but end as no scan does, all get into the field, at the cursor', async () => {
  const { page } = desk;
  await goTo('common.patient');
  const box = page.getByLabel(t('patient.box'));
  await box.fill('KB');
  await keys(page, 'ArrowLeft');
  const many = 'HELD BACK '.repeat(20);
  await keys(page, `=${many}`);
  await expect.poll(() => box.inputValue()).toBe(`K${many}B`);
  // The key that shows that it was no scan comes behind what was kept.
  await box.fill('');
  await keys(page, `=${many}z`);
  await expect.poll(() => box.inputValue()).toBe(`${many}z`);
  await box.fill('');
});

test('axe would have said it: a planted grey on white is found', async () => {
  const { page } = desk;
  await page.evaluate(() => {
    const faint = document.createElement('p');
    faint.textContent = 'faint';
    faint.style.cssText = 'color:#bbb;background:#fff';
    document.querySelector('main')?.append(faint);
  });
  expect((await violations(page)).some((one) => one.includes('color-contrast'))).toBe(true);
  await page.evaluate(() => document.querySelector('main')?.lastElementChild?.remove());
});

test('help says every key; no page threw anything', async () => {
  const { page } = desk;
  await keys(page, 'F1');
  await page.getByRole('dialog', { name: t('common.shortcutHelp') }).waitFor();
  await look('help');
  await keys(page, 'Escape');
  expect(desk.browser.pageErrors).toEqual([]);
});
