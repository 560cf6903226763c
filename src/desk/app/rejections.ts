// A refusal as a sentence for staff in their language, with its facts filled in. An unknown code is shown, never hidden.
import { CODES } from '#kernel/shared/codes.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { Translate } from '#desk/i18n/i18n.ts';
import type { Language } from '#desk/i18n/keys.ts';

export function sentence(rejection: Pick<Rejection, 'code' | 'facts'>, language: Language, t: Translate): string {
  const text = CODES[rejection.code]?.[language];
  if (text === undefined) return t('common.refusedWithCode', { code: rejection.code });
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(rejection.facts[name] ?? whole));
}
