// Language and scheme of the person who sits here: kept on this PC by user name, so that they hold offline.
import { changeLanguage, languageNow } from '#desk/i18n/i18n.ts';
import type { Language } from '#desk/i18n/keys.ts';
import { readSetting, writeSetting } from './drafts.ts';

export function languageOf(user: string | undefined): Language {
  const last = readSetting<Language>('language', 'en');
  const chosen = user === undefined ? last : readSetting<Language>(`language/${user}`, last);
  return chosen === 'hi' ? 'hi' : 'en';
}

export async function chooseLanguage(language: Language, user: string | undefined): Promise<void> {
  writeSetting('language', language);
  if (user !== undefined) writeSetting(`language/${user}`, language);
  if (languageNow() !== language) await changeLanguage(language);
}
