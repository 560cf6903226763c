// Text split by font: nothing lost, nothing in a font that lacks it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptRuns } from './script-runs.ts';

describe('script runs', () => {
  it('keep a Hindi sentence in one run and Latin in another', () => {
    expect(scriptRuns('सुनीता देवी Sunita 34')).toEqual([
      { font: 'NotoDevanagari', text: 'सुनीता देवी ' },
      { font: 'NotoLatin', text: 'Sunita 34' },
    ]);
  });
  it('write what the fonts lack with letters that they have', () => {
    expect(scriptRuns('≥ 10⁹/L')).toEqual([{ font: 'NotoLatin', text: '>= 10^9/L' }]);
    expect(scriptRuns('10² µL ±1 °C')).toEqual([{ font: 'NotoLatin', text: '10² µL ±1 °C' }]);
    expect(scriptRuns('Ångström Čapek')[1]).toEqual({ font: 'NotoLatinExt', text: 'Č' });
  });
  it('show a letter of another script as unreadable instead of dropping it', () => {
    expect(scriptRuns('A உB')).toEqual([{ font: 'NotoLatin', text: 'A \ufffdB' }]);
  });
  it('drop direction overrides, which could show one name as another', () => {
    expect(scriptRuns('abc\u202edef')).toEqual([{ font: 'NotoLatin', text: 'abcdef' }]);
  });
  it('never throw, never give an empty run', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const run of scriptRuns(text)) expect(run.text).not.toBe('');
      }),
    );
  });
});
