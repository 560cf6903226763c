// Slip, rack sheet and report: what must stand on them, what must never, and that text stays text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from './blocks.ts';
import { paperHtml } from './html.ts';
import { rackSheetPaper } from './rack-sheet.ts';
import { reportPaper } from './report.ts';
import { slipPaper } from './slip.ts';
import { rackSample, reportSample, slipSample } from './testing/samples.ts';

const CODES = ['NR1:0123456789:1/2:ABC', 'NR1:0123456789:2/2:ABC'];
/** What a reader sees: no markup, no drawings. */
const seen = (paper: Paper): string =>
  paperHtml(paper, '')
    .replace(/<style>[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<br>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

describe('the slip', () => {
  it('has two identifiers, allergies, visit, tubes, what to do next and its codes', () => {
    const text = seen(slipPaper(slipSample(CODES)));
    for (const part of [
      'सुनीता देवी विश्वकर्मा',
      'Sunita Devi Vishwakarma',
      '1000 4200 0173',
      'Penicillin: rash',
      '3000 4200 0171',
      '2000 4200 0171',
      'H-027',
      'room 12',
      'Code 2/2',
      'Keep this paper',
    ])
      expect(text).toContain(part);
  });
  it('says "not asked" and "none told" as two different things', () => {
    expect(seen(slipPaper(slipSample(CODES, { language: 'en' })))).toContain('Alerts: not asked');
    const none = slipPaper(slipSample(CODES, { language: 'en', allergies: { status: 'none', askedOn: '23-11-2026' } }));
    expect(seen(none)).toContain('Allergies: none told (asked 23-11-2026)');
  });
  it.each(['en', 'hi', 'both'] as const)('in %s never names a sensitive test', (language) => {
    const html = paperHtml(slipPaper(slipSample(CODES, { language })), '');
    expect(html).not.toContain('HIVSECRET');
    expect(html).not.toContain('एचआईवीगुप्त');
  });
  it('of sensitive tests alone gives the order number only', () => {
    const sample = slipSample(CODES, { language: 'en' });
    const only = { ...sample, orders: sample.orders.map((order) => ({ ...order, tests: order.tests.filter((test) => test.sensitive) })) };
    expect(seen(slipPaper(only))).toContain('Order 4000 4200 0178');
    expect(paperHtml(slipPaper(only), '')).not.toContain('HIVSECRET');
  });
  it('printed again is marked', () => {
    expect(seen(slipPaper(slipSample(CODES, { copy: 2, language: 'en' })))).toContain('DUPLICATE 2');
    expect(seen(slipPaper(slipSample(CODES, { copy: 1, language: 'en' })))).not.toContain('DUPLICATE');
  });
  it('for a temporary identity says that the number is temporary', () => {
    const sample = slipSample(CODES, { language: 'en' });
    const text = seen(
      slipPaper({
        ...sample,
        patient: { ...sample.patient, name: { latin: 'Unknown ECHO TANGO' }, number: { kind: 'temporary', digits: '700042000175' } },
      }),
    );
    expect(text).toContain('Temporary no.');
    expect(text).not.toContain('UHID');
  });
});

describe('the rack sheet', () => {
  it('printed again is marked a duplicate', () => {
    expect(seen(rackSheetPaper({ ...rackSample(CODES, 3), language: 'en', copy: 2 }))).toContain('DUPLICATE 2');
    expect(seen(rackSheetPaper({ ...rackSample(CODES, 3), language: 'en', copy: 1 }))).not.toContain('DUPLICATE');
  });

  it('names each tube with two identifiers, counts them, and hides sensitive tests behind a count', () => {
    const html = paperHtml(rackSheetPaper(rackSample(CODES, 26)), '');
    const text = seen(rackSheetPaper(rackSample(CODES, 26)));
    expect(text).toContain('26 tubes');
    for (let i = 0; i < 26; i += 1) expect(text).toContain(String(200_042_000_171 + i * 9).replace(/(\d{4})(?=\d)/g, '$1 '));
    expect(html).not.toContain('HIVSECRET');
    expect(text).toContain('PLT HGB +1');
    expect(text).toContain('Temporary no. 7000 4200 0175');
  });
});

describe('the report', () => {
  const text = seen(reportPaper(reportSample(CODES, { language: 'en' })));
  it('says by words what is out of range, what is critical and what was not evaluated', () => {
    expect(text).toMatch(/Platelet count 14 10⁹\/L 150 - 450 CRITICAL LOW/);
    expect(text).toMatch(/Haemoglobin 12\.6 g\/dL 12\.0 - 15\.0 within range/);
    expect(text).toMatch(/Creatinine method changed 0\.8 mg\/dL no range for this age and sex not evaluated/);
    // Black on white: reports are photocopied and faxed.
    const colours = Array.from(
      paperHtml(reportPaper(reportSample(CODES)), '').matchAll(/(?:color|background|stroke|fill)(?::|=)\s*"?(#[0-9a-f]+|[a-z]+)/g),
      ([, colour]) => colour,
    );
    expect(new Set(colours)).toEqual(new Set(['#fff', '#000', '#333', '#ffffff', '#000000']));
  });
  it('shows a correction with the old value, its reason and who did it', () => {
    expect(text).toContain('CORRECTED REPORT');
    expect(text).toContain('CORRECTED: was 140 10⁹/L. Reason: decimal point misread. R. Nair, 23-11-2026 12:40');
  });
  it('names both validators, or that there is none', () => {
    expect(text).toContain('Dr. S. Rao');
    const { medicalValidator: _, ...without } = reportSample(CODES, { language: 'en', status: 'preliminary' });
    expect(seen(reportPaper(without))).toMatch(/Medical validation not validated/);
    expect(seen(reportPaper(without))).toContain('PRELIMINARY - not the final report');
  });
  it('says what is not recorded, and that identity was linked by a second person', () => {
    expect(text).toContain('Serum 2000 4200 0189 23-11-2026 10:42 not recorded not recorded');
    expect(text).toContain('confirmed by a second person: Sr. K. Thomas, 23-11-2026 11:25');
    const { identityLink: _, ...plain } = reportSample(CODES, { language: 'en' });
    expect(seen(reportPaper(plain))).not.toContain('second person');
  });
});

describe('every paper', () => {
  it.each([
    ['slip', slipPaper(slipSample(CODES)), 105, 148],
    ['rack sheet', rackSheetPaper(rackSample(CODES, 3)), 210, 297],
    ['report', reportPaper(reportSample(CODES)), 210, 297],
  ] as const)('%s has its exact page size and loads nothing', (_, paper, width, height) => {
    const html = paperHtml(paper, '');
    expect(html).toContain(`size: ${width}mm ${height}mm`);
    expect(html).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg)|<script|<link|<img|url\(/);
  });

  it('keeps any text text: no tag, no attribute, no style comes out of a name', () => {
    const evil = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '</style><script>',
        '"; } body { display:none } /*',
        '\\22 ; }',
        "' onload='x",
      ),
    );
    fc.assert(
      fc.property(evil, evil, (name, reason) => {
        const sample = reportSample(CODES);
        const patient = { ...sample.patient, name: { latin: `QQ${name}` }, number: { kind: 'external' as const, digits: reason } };
        const plain = { ...sample.patient, name: { latin: 'QQ' }, number: { kind: 'external' as const, digits: '1' } };
        const tags = (html: string): readonly string[] =>
          Array.from(html.replace(/<title>[\s\S]*?<\/title>/, '').matchAll(/<[^>]*>/g), ([tag]) => tag);
        const evilHtml = paperHtml(reportPaper({ ...sample, patient }), '');
        expect(tags(evilHtml)).toEqual(tags(paperHtml(reportPaper({ ...sample, patient: plain }), '')));
        // The running line is a CSS string: nothing in it may end the string.
        const running = /@top-left \{ content: ("(?:[^"\\\n]|\\[0-9a-f]{1,6} )*"); font:/.exec(evilHtml);
        expect(running).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
