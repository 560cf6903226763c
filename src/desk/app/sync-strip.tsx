// One calm strip on every desk: saved here, how much waits, when a hub was last seen. Red only for danger.
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { DeskStatus } from './desk-calls.ts';
import { useNow, useStatus } from './desk-context.tsx';
import { usePersistence } from './update.ts';

export type StripState =
  | { readonly kind: 'danger'; readonly code: string }
  | { readonly kind: 'together' | 'apart'; readonly waiting: number; readonly lastSeen: number | undefined; readonly hub: string | undefined };

/** Pure: what the strip says about a status. A hub that does not answer is away, whatever the browser thinks. */
export function stripState(status: DeskStatus): StripState {
  if (!status.storage.ok) return { kind: 'danger', code: status.storage.code ?? 'storage-stopped' };
  const used = status.hubs.find((hub) => hub.used && hub.reachable) ?? status.hubs.find((hub) => hub.reachable);
  const lastSeen = status.hubs.reduce<number | undefined>((latest, hub) => (hub.lastSeen !== undefined && hub.lastSeen > (latest ?? 0) ? hub.lastSeen : latest), undefined);
  return { kind: used === undefined ? 'apart' : 'together', waiting: status.waiting, lastSeen, hub: used?.name };
}

export function SyncStrip(): ReactElement {
  const { t, language } = useText();
  const status = useStatus();
  const now = useNow();
  const kept = usePersistence()?.persisted ?? true;
  if (status === undefined) return <footer className="n-strip" aria-label={t('common.syncState')}><Icon name="waiting" /> {t('common.looking')}</footer>;
  const state = stripState(status);
  if (state.kind === 'danger') {
    return <footer className="n-strip" data-danger="" aria-label={t('common.syncState')} role="alert"><Icon name="danger" /> <strong>{t('common.storageDanger')}</strong> <Link to="/status">{t('common.whatToDo')}</Link></footer>;
  }
  return (
    <footer className="n-strip" aria-label={t('common.syncState')}>
      <span><Icon name="ok" /> <strong>{t('common.savedHere')}</strong></span>
      <span>{state.waiting === 0 ? <><Icon name="ok" /> {t('common.nothingWaiting')}</> : <><Icon name="waiting" /> <strong>{t('common.waiting', { count: state.waiting })}</strong></>}</span>
      <span>
        <Icon name={state.kind === 'together' ? 'hub' : 'offline'} />{' '}
        {state.kind === 'together' ? t('common.hubNow', { hub: state.hub ?? '' }) : state.lastSeen === undefined ? t('common.hubNever') : t('common.hubLastSeen', { when: formatWhen(state.lastSeen, now, language) })}
      </span>
      <span className="n-spring" />
      {state.kind === 'apart' ? <span>{t('common.workOn')}</span> : null}
      {kept ? null : <Link to="/status">{t('common.storageNotKept')}</Link>}
    </footer>
  );
}
