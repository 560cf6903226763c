// What stands where a screen could not be drawn: what happened, that nothing is lost, what to do.
import { useText } from '#desk/i18n/i18n.ts';
import { Note } from '#desk/ui/parts.tsx';
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';

export function Trouble({ error }: { readonly error: unknown }): ReactElement {
  const { t } = useText();
  return (
    <Note
      tone="danger"
      title={t('common.screenBroke')}
      live
      actions={
        <Button variant="default" onClick={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      {t('common.screenBrokeHow')} <code>{error instanceof Error ? error.message : String(error)}</code>
    </Note>
  );
}

export function NotFound(): ReactElement {
  const { t } = useText();
  return (
    <Note tone="warn" title={t('common.pageNotFound')}>
      <a href={document.baseURI}>{t('common.start')}</a>
    </Note>
  );
}
