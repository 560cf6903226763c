// Tube labels: what stands on them, that nothing is cut, and that no name commands the printer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsHtml } from './label-html.ts';
import { fitTests } from './label-text.ts';
import { labelZpl, zplData } from './label-zpl.ts';
import { labelSample } from './testing/samples.ts';

const zplOf = (change: Parameters<typeof labelSample>[0] = {}): string => {
  const label = labelZpl(labelSample(change));
  if (!label.ok) throw new Error(label.code);
  return label.zpl;
};
const named = (latin: string): Parameters<typeof labelSample>[0] => ({
  patient: { name: { latin }, number: { kind: 'uhid', digits: '100042000173' } },
});
/** Commands in order; a printer takes ^ and ~ as the start of one wherever they stand. */
const commands = (zpl: string): readonly string[] => Array.from(zpl.matchAll(/[\^~][A-Z]./g), ([command]) => command);
/** Data as a printer reads it: `_41` is A. */
const data = (zpl: string): readonly string[] =>
  Array.from(zpl.matchAll(/\^FH\^FD([^^]*)\^FS/g), ([, escaped = '']) =>
    decodeURIComponent(escaped.replace(/%/g, '%25').replace(/_([0-9A-F]{2})/g, '%$1')),
  );

describe('the ZPL label', () => {
  it('is one label of 400 x 200 dots with the number in subset C', () => {
    const zpl = zplOf();
    expect(zpl.match(/\^XA/g)).toHaveLength(1);
    expect(zpl).toContain('^PW400^LL200');
    expect(zpl).toContain('^BY2^BCN,80,N,N,N,N^FD>;200042000171^FS');
    expect(data(zpl)).toEqual(
      expect.arrayContaining([
        'Sunita Devi Vishwakarma',
        '34Y F  UHID 1000 4200 0173',
        '2000 4200 0171',
        'EDTA 3 mL lavender',
        '23-11-26 10:42',
        'by M. Joseph',
        'PLT HGB WBC +1',
      ]),
    );
    expect(zpl).not.toContain('HIVSECRET');
  });

  it('of an unidentified patient comes as tube and twin with the same number', () => {
    const zpl = zplOf({
      unidentified: true,
      patient: { name: { latin: 'Unknown ECHO TANGO' }, number: { kind: 'temporary', digits: '700042000175' } },
    });
    expect(zpl.match(/\^XA/g)).toHaveLength(2);
    expect(zpl.match(/>;200042000171/g)).toHaveLength(2);
    expect(data(zpl)).toEqual(expect.arrayContaining(['TUBE', 'TWIN: slip/band', '34Y F  TEMP 7000 4200 0175']));
  });

  it('takes no command from any name, test, collector or number, and prints every letter of it', () => {
    const wild = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('AZaz09 ^~_\\,>;<|{}\u00e9')), maxLength: 40 }),
      fc.constantFrom('^XZ^XA^FO0,0^FDX', '~JA', '_5EXZ', '^FS^BCN', "O'Brien", 'a_b'),
    );
    const plain = commands(zplOf(named('A')));
    fc.assert(
      fc.property(wild, wild, (name, collector) => {
        const latin = `A${name}`;
        const zpl = zplOf({ ...named(latin), collector });
        expect(commands(zpl)).toEqual(plain);
        expect(data(zpl)[0]).toBe(latin);
        expect(data(zpl)).toContain(collector);
      }),
      { numRuns: 400 },
    );
  });

  it('escapes every byte that is not a letter, digit or space', () => {
    expect(zplData('A^B~C_D')).toBe('A_5EB_7EC_5FD');
    expect(zplData('é\n')).toBe('_C3_A9 ');
  });

  it('is refused where the printer has no letters for the name and no picture of it is given', () => {
    const name = { devanagari: 'द्रौपदी त्रिपाठी' };
    const content = labelSample({ patient: { name, number: { kind: 'uhid', digits: '100042000173' } } });
    expect(labelZpl(content)).toEqual({ ok: false, code: 'label-name-not-latin' });
    const bits = new Uint8Array((384 / 8) * 30).fill(0x0f);
    const drawn = labelZpl(content, { draw: () => ({ widthDots: 384, heightDots: 30, bits }) });
    expect(drawn.ok && drawn.zpl).toContain('^GFA,1440,1440,48,0F0F');
    expect(() => labelZpl(content, { draw: () => ({ widthDots: 384, heightDots: 30, bits: bits.subarray(1) }) })).toThrow(/invariant/);
  });

  it('never takes a tube number that is not 12 digits', () => {
    expect(() => zplOf({ accession: '2000^XZ' })).toThrow(/invariant/);
  });
});

describe('the HTML label', () => {
  it('is 50 x 25 mm, a page for each, twins beside each other', () => {
    const html = labelsHtml([labelSample(), labelSample({ unidentified: true })], '');
    expect(html).toContain('size: 50mm 25mm; margin: 0');
    expect(html.match(/<section class="label">/g)).toHaveLength(3);
    expect(html).toContain('TWIN: slip/band');
    expect(html).not.toContain('HIVSECRET');
  });
  it('keeps names text and whole', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 120 }), (name) => {
        const html = labelsHtml([labelSample(named(`N${name}`))], '');
        expect(html).not.toMatch(/<script|onerror=/);
        const shown = /<div class="name"><div[^>]*>([^<]*)<\/div>/.exec(html)?.[1] ?? '';
        const text = shown.replace(
          /&(amp|lt|gt|quot|#39);/g,
          (_, entity: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[entity] ?? '',
        );
        expect(text).toBe(`N${name}`);
      }),
    );
  });
});

describe('tests on a label', () => {
  it('say how many more there are when they do not fit', () => {
    expect(fitTests('PLT HGB', 20)).toBe('PLT HGB');
    expect(fitTests('AAAA BBBB CCCC DDDD EEEE FFFF', 20)).toBe('AAAA BBBB CCCC +3');
  });
});
