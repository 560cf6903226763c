// The language of a patient's paper: both until chosen, of one patient only, and never a reason for a crash.
import { describe, expect, test } from 'vitest';
import { chooseFor, languageOf } from './paper-languages.ts';

describe('the language of papers', () => {
  test('is both until somebody chooses, and of one patient only', () => {
    expect(languageOf(undefined, 'patient/A')).toBe('both');
    const chosen = chooseFor(chooseFor(undefined, 'patient/A', 'hi'), 'patient/B', 'en');
    expect(['patient/A', 'patient/B', 'patient/C'].map((patient) => languageOf(chosen, patient))).toEqual(['hi', 'en', 'both']);
    expect(languageOf(chooseFor(chosen, 'patient/A', 'both'), 'patient/A')).toBe('both');
    expect(chooseFor(chosen, 'patient/A', 'en')).toHaveLength(2);
  });

  test('forgets the oldest choice, and whatever it cannot read', () => {
    let chosen: unknown;
    for (let i = 0; i < 500; i += 1) chosen = chooseFor(chosen, `patient/${i}`, 'hi');
    expect(chosen).toHaveLength(400);
    expect([languageOf(chosen, 'patient/0'), languageOf(chosen, 'patient/499')]).toEqual(['both', 'hi']);
    for (const broken of [null, 3, 'hi', [['patient/A', 'klingon']], { 'patient/A': 'hi' }])
      expect(languageOf(broken, 'patient/A')).toBe('both');
  });
});
