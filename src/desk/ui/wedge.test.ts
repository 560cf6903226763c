// The wedge detector against scanners of every speed and people of every skill.
import { checkDigit } from '#kernel/shared/numbers.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksScanned, mayBecomeScan, PAPER_LENGTH, WEDGE_GAP_MS, wedgeDetector } from './wedge.ts';

const number = fc.integer({ min: 0, max: 9_999_999_999 }).map((n) => {
  const body = `1${String(n).padStart(10, '0')}`;
  return body + checkDigit(body);
});
const base45 = fc
  .array(fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:')), { minLength: 60, maxLength: 600 })
  .map((letters) => letters.join(''));

function type(text: string, gaps: readonly number[], end = 'Enter'): readonly string[] {
  const detector = wedgeDetector();
  const scans: string[] = [];
  let at = 1000;
  [...Array.from(text), end].forEach((key, i) => {
    at += gaps[i % gaps.length] ?? 0;
    const step = detector.key(key, at);
    if (step.kind === 'scan') scans.push(step.text);
  });
  return scans;
}

describe('a scanner that types', () => {
  test('is heard at any speed up to the limit, for numbers and for paper, ended by Enter or Tab', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: WEDGE_GAP_MS }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(number, base45), gaps, fc.constantFrom('Enter', 'Tab'), (text, speed, end) => {
        expect(type(text, speed, end)).toEqual([text]);
      }),
    );
  });

  test('is heard without its symbology identifier and through Shift keys', () => {
    const detector = wedgeDetector();
    const keys = [']', 'Shift', 'C', '1', ...Array.from('100042000173'), 'Enter'];
    const steps = keys.map((key, i) => detector.key(key, i * 5));
    expect(steps.at(-1)).toEqual({ kind: 'scan', text: '100042000173' });
  });

  test('is heard twice when it scans twice', () => {
    const detector = wedgeDetector();
    const scans = [...Array.from('100042000173'), 'Enter', ...Array.from('200042000171'), 'Enter']
      .map((key, i) => detector.key(key, i * 8))
      .filter((step) => step.kind === 'scan');
    expect(scans).toEqual([
      { kind: 'scan', text: '100042000173' },
      { kind: 'scan', text: '200042000171' },
    ]);
  });
});

describe('letters of a paper', () => {
  const steps = (keys: readonly string[], gapMs: number): readonly string[] => {
    const detector = wedgeDetector();
    return keys.map((key, i) => detector.key(key, i * gapMs).kind);
  };

  test('are kept from the field once nobody but a scanner can have typed so many', () => {
    fc.assert(
      fc.property(base45, fc.integer({ min: 0, max: WEDGE_GAP_MS }), (text, gap) => {
        const kinds = steps([...Array.from(text), 'Enter'], gap);
        const held = kinds.filter((kind) => kind === 'hold').length;
        expect(held).toBe(text.length - PAPER_LENGTH);
        expect(kinds.slice(0, PAPER_LENGTH)).toEqual(['start', ...Array.from({ length: PAPER_LENGTH - 1 }, () => 'more')]);
        expect(kinds.at(-1)).toBe('scan');
      }),
    );
  });

  test('also behind a symbology identifier and around Shift keys', () => {
    const kinds = steps([']', 'Q', '3', ...Array.from('A'.repeat(PAPER_LENGTH)), 'Shift', 'B', 'Enter'], 5);
    expect(kinds.slice(-4)).toEqual(['more', 'none', 'hold', 'scan']);
  });

  test('are not kept from a person, nor when a letter comes that is on no paper', () => {
    expect(steps(Array.from('A'.repeat(100)), WEDGE_GAP_MS + 1)).not.toContain('hold');
    const kinds = steps([...Array.from('A'.repeat(PAPER_LENGTH + 1)), 'a', 'A', 'Enter'], 5);
    expect(kinds.slice(-4)).toEqual(['hold', 'more', 'more', 'none']);
  });
});

describe('a person who types', () => {
  test('is never taken for a scanner, whatever the text', () => {
    const gaps = fc.array(fc.integer({ min: WEDGE_GAP_MS + 1, max: 900 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(number, base45, fc.string({ maxLength: 80 })), gaps, (text, speed) => {
        expect(type(text, speed)).toEqual([]);
      }),
    );
  });

  test('who pauses once inside a number is a person', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 11 }), fc.integer({ min: WEDGE_GAP_MS + 1, max: 2000 }), (text, where, pause) => {
        const gaps = Array.from({ length: 13 }, (_, i) => (i === where ? pause : 10));
        expect(type(text, gaps)).toEqual([]);
      }),
    );
  });

  test('is asked about at once: a name is no beginning of a scan, a number is', () => {
    for (const text of ['Ka', 'Sunita Devi', 'सु', 'SUNITA devi']) expect(mayBecomeScan(text)).toBe(false);
    for (const text of ['', 'K', '9876543210', '1000 4200 0173']) expect(mayBecomeScan(text)).toBe(true);
  });

  test('robots that fill in names and phones at once are no scanners either', () => {
    for (const text of ['Sunita Devi', '9876543210', 'सुनीता देवी', '34', '']) expect(looksScanned(text)).toBe(false);
    fc.assert(
      fc.property(fc.string({ maxLength: 11 }), (text) => {
        expect(type(text, [1])).toEqual([]);
      }),
    );
  });
});
