// The full stop: this PC cannot keep work now. Says what happened, that nothing was deleted, where to go.
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { sentence } from './rejections.ts';

export function Stopped({ code, message }: { readonly code: string; readonly message: string }): ReactElement {
  const { t, language } = useText();
  return (
    <div className="n-stop" role="alertdialog" aria-labelledby="stopped-title" aria-describedby="stopped-text">
      <div>
        <h1 id="stopped-title">
          <Icon name="danger" /> {t('common.stopped')}
        </h1>
        <p id="stopped-text" style={{ fontSize: '1.125rem' }}>
          {sentence({ code, facts: {} }, language, t)}
        </p>
        <p className="n-muted">
          <code>
            {code}: {message}
          </code>
        </p>
        <div className="n-row">
          <Button onClick={() => location.reload()}>{t('common.reload')}</Button>
        </div>
      </div>
    </div>
  );
}
