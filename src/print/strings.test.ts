// Every fixed word is there in both languages and takes the same facts in both.
import { describe, expect, it } from 'vitest';
import { inLanguage, STRINGS, word } from './strings.ts';

const placeholders = (text: string): readonly string[] => Array.from(text.matchAll(/\{\w+\}/g), ([name]) => name).toSorted();

describe('strings', () => {
  it.each(Object.entries(STRINGS))('%s is complete', (_, text) => {
    expect(text.en).toMatch(/[A-Za-z]/);
    expect(text.hi).toMatch(/[\u0900-\u097f]/u);
    expect(placeholders(text.hi)).toEqual(placeholders(text.en));
  });
  it('are joined Hindi first, and once where both are the same', () => {
    expect(word('both', 'name')).toBe('नाम / Name');
    expect(word('en', 'duplicate', { copy: 2 })).toBe('DUPLICATE 2');
    expect(inLanguage('both', { en: 'PLT', hi: 'PLT' })).toBe('PLT');
  });
});
