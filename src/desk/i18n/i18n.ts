// Words for the screens in the user's language. Digits stay Latin in both languages; it must not know who the user is.
import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { EN, HI, type Language, type TextKey } from './keys.ts';

export type Facts = Readonly<Record<string, string | number>>;
export type Translate = (key: TextKey, facts?: Facts) => string;

export const i18n: I18n = i18next.createInstance();

export async function startI18n(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: EN }, hi: { translation: HI } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export function languageNow(): Language {
  return i18n.language === 'hi' ? 'hi' : 'en';
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** `t` with typed keys, and the language that it speaks. */
export function useText(): { readonly t: Translate; readonly language: Language } {
  const { t } = useTranslation(undefined, { i18n });
  return { t: (key, facts) => t(key as never, facts as never) as unknown as string, language: languageNow() }; // keys are checked by TextKey; the library's own types know none
}

/** Outside React, for notices and printed paper. */
export const say: Translate = (key, facts) => i18n.t(key as never, facts as never) as unknown as string; // as above
