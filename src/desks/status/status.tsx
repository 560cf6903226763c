// The status desk: what is reachable, what waits, what must be settled, whether this PC keeps its work.
import { useAsk } from '#desk/app/desk-context.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { useText } from '#desk/i18n/i18n.ts';
import type { ReactElement } from 'react';
import { Doctor } from './doctor.tsx';
import { Network } from './network.tsx';
import { Reconcile } from './reconcile.tsx';

const TABS = ['network', 'reconcile', 'doctor'] as const;

export default function Status(): ReactElement {
  const { t } = useText();
  const [search, setSearch] = useDeskSearch();
  const tab = TABS.find((one) => one === search['tab']) ?? 'network';
  const open = useAsk('reconcile', { limit: 200 }).data?.rows.length;
  return (
    <>
      <h1 className="n-sr">{t('common.status')}</h1>
      <div className="n-tabs" role="tablist" aria-label={t('common.status')}>
        {TABS.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === tab} onClick={() => setSearch({ tab: one })}>
            {t(`status.${one}`)} {one === 'reconcile' && open !== undefined && open > 0 ? <span className="n-muted">{open}</span> : null}
          </button>
        ))}
      </div>
      {tab === 'network' ? <Network /> : tab === 'reconcile' ? <Reconcile /> : <Doctor />}
    </>
  );
}
