// What is wrong with a mistyped number, as a sentence. The codes come from the kernel's parser.
import type { Translate } from '#desk/i18n/i18n.ts';
import type { Language } from '#desk/i18n/keys.ts';
import { sentence } from './rejections.ts';

export function sentenceOfNumber(
  problem: { readonly code: string; readonly facts: Readonly<Record<string, string | number>> },
  language: Language,
  t: Translate,
): string {
  return sentence(problem, language, t);
}
