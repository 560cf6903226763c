// Spelling variants that are attested in India share a key; names of siblings do not (facts/india.md section 4).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKeys, nameWords, queryKeys, soundKey } from './name-search.ts';

const SAME: readonly (readonly string[])[] = [
  ['Mohamed', 'Mohammad', 'Mohammed', 'Mohamad', 'Mohd', 'Md', 'मोहम्मद', 'मुहम्मद'],
  ['Choudhury', 'Chowdhury', 'Chaudhuri', 'Chaudhary', 'Choudhari', 'चौधरी', 'चौधुरी'],
  ['Mazumder', 'Majumdar', 'Mazumdar', 'मजूमदार', 'मज़ूमदार'],
  ['Roy', 'Ray', 'Rai', 'रॉय', 'राय'],
  ['Lakshmi', 'Laxmi', 'लक्ष्मी'],
  ['Sunita', 'Suneeta', 'Sunitha', 'सुनीता'],
  ['Vijay', 'Vijai', 'Vijoy', 'विजय'],
  ['Zakir', 'Jakir', 'ज़ाकिर', 'जाकिर'],
  ['Rajesh', 'Raajesh', 'राजेश'],
  ['Sharma', 'Sarma', 'शर्मा'],
  ['Gyan', 'Jnan', 'ज्ञान'],
  ['Singh', 'Sing', 'सिंह'],
  ['Pooja', 'Puja', 'पूजा'],
  ['Fatima', 'Phatima', 'फ़ातिमा', 'फातिमा'],
  ['Dwivedi', 'Dvivedi', 'द्विवेदी'],
  ['Rao', 'Rav', 'राव'],
  ['Chhabra', 'Chabra', 'छाबड़ा'],
  ['Sampat', 'Sanpat', 'संपत', 'सम्पत'],
  ['Qureshi', 'Kureshi', 'कुरैशी', 'क़ुरैशी'],
];
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['Ramesh', 'Suresh'],
  ['Asha', 'Usha'],
  ['Sita', 'Gita'],
  ['Ram', 'Shyam'],
  ['Sunita', 'Anita'],
  ['Mahesh', 'Mukesh'],
  ['Kamla', 'Vimla'],
];

describe('soundKey', () => {
  for (const spellings of SAME) {
    test(`${spellings[0]} in all its spellings`, () => {
      const keys = Object.fromEntries(spellings.map((name) => [name, soundKey(name)]));
      const [first = ''] = Object.values(keys);
      expect(keys).toEqual(Object.fromEntries(spellings.map((name) => [name, first])));
    });
  }
  for (const [a, b] of DIFFERENT) test(`${a} is not ${b}`, () => expect(soundKey(a)).not.toBe(soundKey(b)));

  test('the two encodings of a nukta letter give one key', () =>
    expect(soundKey('\u095b\u093e\u0915\u093f\u0930')).toBe(soundKey('\u091c\u093c\u093e\u0915\u093f\u0930')));
  test('any text gives a key and never throws; a key of letters is never empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(typeof soundKey(text)).toBe('string');
        for (const key of nameKeys(text, text)) expect(key).not.toBe('');
      }),
    );
  });
});

describe('nameKeys', () => {
  test('words of both scripts, each key once', () =>
    expect(nameKeys('Sunita Devi', 'सुनीता देवी')).toEqual([soundKey('Sunita'), soundKey('Devi')]));
  test('titles are no names, unless nothing else is there', () => {
    expect(nameWords('Smt. Sunita Devi')).toEqual(['sunita', 'devi']);
    expect(nameWords('Baby')).toEqual(['baby']);
  });
  test('a search in one script finds the name in the other', () => {
    const keys = new Set(nameKeys('Mohammad Zakir', undefined));
    for (const key of queryKeys('मोहम्मद ज़ाकिर')) expect(keys).toContain(key);
  });
});
