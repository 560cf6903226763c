// The laboratory desk: calls that are open stand above everything; then receiving, the worklist, the reports.
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import { deliverScan } from '#desk/ui/use-scan.ts';
import type { ReactElement } from 'react';
import { CriticalCalls } from './critical-calls.tsx';
import { Receive } from './receive.tsx';
import { Reports } from './reports.tsx';
import { Worklist } from './worklist.tsx';
import './lab.css';

const TABS = ['worklist', 'receive', 'reports'] as const;

export default function Lab(): ReactElement {
  const { t } = useText();
  const [search, setSearch] = useDeskSearch();
  const tab = TABS.find((one) => one === search['tab']) ?? 'worklist';
  const show = (next: (typeof TABS)[number]): void => setSearch({ tab: next });
  // On the worklist a tube that is scanned is a tube that arrives; a report opens.
  useScan((text) => {
    const number = parseNumber(text);
    if (number.ok && number.kind === 'report') return setSearch({ tab: 'reports', report: number.number });
    setSearch({ tab: 'receive' });
    // The receiving screen hears it once it stands.
    setTimeout(() => deliverScan(text), 60);
  }, tab !== 'receive');
  useActions([
    { id: 'tab-worklist', title: 'lab.worklist', group: 'common.groupScreen', keys: 'alt+1', run: () => show('worklist') },
    { id: 'tab-receive', title: 'lab.receive', group: 'common.groupScreen', keys: 'alt+2', run: () => show('receive') },
    { id: 'tab-reports', title: 'lab.reports', group: 'common.groupScreen', keys: 'alt+3', run: () => show('reports') },
  ]);
  return (
    <>
      <h1 className="n-sr">{t('common.lab')}</h1>
      <CriticalCalls />
      <div className="n-tabs" role="tablist" aria-label={t('common.lab')}>
        {TABS.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={one === tab} onClick={() => show(one)}>
            {t(`lab.${one}`)}
          </button>
        ))}
      </div>
      {tab === 'worklist' ? <Worklist /> : tab === 'receive' ? <Receive /> : <Reports />}
    </>
  );
}
