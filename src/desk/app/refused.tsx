// A refusal on the screen: what was refused and what to do, said once and aloud.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { Note } from '#desk/ui/parts.tsx';
import type { ReactElement } from 'react';
import { sentence } from './rejections.ts';

export function Refused({ rejection }: { readonly rejection: Rejection | undefined }): ReactElement | null {
  const { t, language } = useText();
  if (rejection === undefined) return null;
  return (
    <Note tone="warn" title={t('common.failed')} live>
      {sentence(rejection, language, t)}
    </Note>
  );
}
