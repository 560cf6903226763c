// One calm strip on every desk: saved here, how much waits, when a hub was last seen. Red only for danger.
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useNow, useStatus } from './desk-context.tsx';
import { stripState } from './strip-state.ts';
import { usePersistence } from './update.ts';

export function SyncStrip(): ReactElement {
  const { t, language } = useText();
  const status = useStatus();
  const now = useNow();
  const kept = usePersistence()?.persisted ?? true;
  if (status === undefined)
    return (
      <footer className="n-strip" aria-label={t('common.syncState')}>
        <Icon name="waiting" /> {t('common.looking')}
      </footer>
    );
  const state = stripState(status);
  if (state.kind === 'danger') {
    return (
      <footer className="n-strip" data-danger="" aria-label={t('common.syncState')} role="alert">
        <Icon name="danger" /> <strong>{t('common.storageDanger')}</strong> <Link to="/status">{t('common.whatToDo')}</Link>
      </footer>
    );
  }
  return (
    <footer className="n-strip" aria-label={t('common.syncState')}>
      <span>
        <Icon name="ok" /> <strong>{t('common.savedHere')}</strong>
      </span>
      <span>
        {state.waiting === 0 ? (
          <>
            <Icon name="ok" /> {t('common.nothingWaiting')}
          </>
        ) : (
          <>
            <Icon name="waiting" /> <strong>{t('common.waiting', { count: state.waiting })}</strong>
          </>
        )}
      </span>
      <span>
        <Icon name={state.kind === 'together' ? 'hub' : 'offline'} />{' '}
        {state.kind === 'together'
          ? t('common.hubNow', { hub: state.hub ?? '' })
          : state.lastSeen === undefined
            ? t('common.hubNever')
            : t('common.hubLastSeen', { when: formatWhen(state.lastSeen, now, language) })}
      </span>
      {state.catchingUp === true ? (
        <span>
          <Icon name="waiting" /> {t('common.catchingUp')}
        </span>
      ) : null}
      <span className="n-spring" />
      {state.kind === 'apart' ? <span>{t('common.workOn')}</span> : null}
      {kept ? null : <Link to="/status">{t('common.storageNotKept')}</Link>}
    </footer>
  );
}
