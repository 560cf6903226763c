// Both languages say the same: the same keys, the same facts, real Hindi; and every state that the kernel knows has a word.
import { rejectionReason } from '#kernel/specimen/specimen.ts';
import { flag } from '#kernel/result/result.ts';
import { LAB_STEPS, SPECIMEN_STATUSES } from '#views/shapes/laboratory.ts';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '#kernel/checks.ts';
import { EN, HI } from './keys.ts';

const en: Readonly<Record<string, string>> = EN;
const hi: Readonly<Record<string, string>> = HI;
const facts = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();

/** Strings that are the same in both languages on purpose: numbers to type, names of things. */
const NO_HINDI: ReadonlySet<string> = new Set([
  'registration.boxHint',
  'registration.ageHint',
  'common.switchLanguage',
  'status.field.uhid',
  'status.saidBy',
]);

describe('both languages', () => {
  test('have the same keys', () => expect(Object.keys(hi).toSorted()).toEqual(Object.keys(en).toSorted()));
  test.each(Object.keys(en))('%s', (key) => {
    expect(en[key]?.trim()).not.toBe('');
    expect(facts(hi[key] ?? '')).toEqual(facts(en[key] ?? ''));
    if (!NO_HINDI.has(key)) expect(hi[key]).toMatch(/[\u0900-\u097f]/);
    // Digits stay Latin: a number on the screen must be the number on the paper.
    expect(hi[key]).not.toMatch(/[\u0966-\u096f]/);
  });
  test('plural forms come in pairs', () => {
    const stems = (form: string): readonly string[] =>
      Object.keys(en)
        .filter((key) => key.endsWith(form))
        .map((key) => key.slice(0, -form.length))
        .toSorted();
    expect(stems('_one')).toEqual(stems('_other'));
  });
});

describe('words for what the kernel knows', () => {
  const has = (key: string): boolean => en[key] !== undefined;
  test('states of specimens', () => expect(SPECIMEN_STATUSES.filter((state) => !has(`common.state.${state}`))).toEqual([]));
  test('flags', () => expect(flag.options.filter((one) => !has(`common.flag.${one}`))).toEqual([]));
  test('reasons of rejection', () => expect(rejectionReason.options.filter((one) => !has(`common.rejection.${one}`))).toEqual([]));
  test('steps of the laboratory', () => expect(LAB_STEPS.filter((one) => !has(`lab.step.${one}`))).toEqual([]));
  test('answers to checks', () =>
    expect(CHECKS.flatMap((check) => check.outcomes).filter((one) => !has(`status.outcome.${one}`))).toEqual([]));
});
