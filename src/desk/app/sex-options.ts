// The sexes to choose from, each with its letter of the desk's language first and that of the other keyboard beside it.
import type { useText } from '#desk/i18n/i18n.ts';
import type { LetterOption } from '#desk/ui/letter-field.tsx';

export function sexOptions({ t, language }: Pick<ReturnType<typeof useText>, 't' | 'language'>): readonly LetterOption[] {
  const letters = (latin: string, hindi: string): readonly string[] => (language === 'hi' ? [hindi, latin] : [latin, hindi]);
  return [
    { value: 'female', label: t('common.female'), letters: letters('f', 'म') },
    { value: 'male', label: t('common.male'), letters: letters('m', 'प') },
    { value: 'other', label: t('common.otherSex'), letters: letters('o', 'अ') },
  ];
}
