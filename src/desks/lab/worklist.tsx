// The worklist by step, department and test. The next step of each row decides how it is shown.
import { useAsk } from '#desk/app/desk-context.tsx';
import { DepartmentFilter, useDepartment } from '#desk/app/department-filter.tsx';
import { AsOf, nameIn, PersonName } from '#desk/app/person.tsx';
import { StateTag, TubeName } from '#desk/app/tube.tsx';
import type { LabRow, LabStep } from '#desk/app/shapes.ts';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { ValueText } from '#desk/app/value.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { PickField } from '#desk/ui/pick-field.tsx';
import { LAB_STEPS } from '#views/shapes/laboratory.ts';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { EntryGrid } from './entry-grid.tsx';
import { RowActions } from './row-actions.tsx';
import { isDoable, ValidateList } from './validate-list.tsx';

function stepOf(text: string | undefined): LabStep {
  return LAB_STEPS.find((step) => step === text) ?? 'to-enter';
}

export function Worklist(): ReactElement {
  const { t, language } = useText();
  const [search, setSearch] = useDeskSearch();
  const step = stepOf(search['step']);
  const [department, setDepartment] = useDepartment('lab-department');
  const [test, setTest] = useState('');
  const tests = useAsk('catalogue', {}).data?.tests ?? [];
  const list = useAsk('labWorklist', {
    status: step,
    limit: 200,
    ...(department === '' ? {} : { department }),
    ...(test === '' ? {} : { test }),
  });
  const counts = list.data?.counts;
  const rows = list.data?.rows ?? [];
  return (
    <Panel
      label={t('lab.worklist')}
      lead={
        <div className="n-tabs" role="tablist" aria-label={t('lab.steps')}>
          {LAB_STEPS.map((one) => (
            <button key={one} type="button" role="tab" aria-selected={one === step} onClick={() => setSearch({ step: one })}>
              {t(`lab.step.${one}`)} <span className="n-muted">{counts?.[one] ?? ''}</span>
            </button>
          ))}
        </div>
      }
      actions={
        <>
          <AsOf />
          <DepartmentFilter value={department} onChange={setDepartment} />
          <div style={{ width: '11rem' }}>
            <PickField
              label={t('common.test')}
              value={test}
              onChange={setTest}
              nothing={t('common.nothingFound')}
              placeholder={t('lab.allTests')}
              options={tests.map((one) => ({ value: one.test, code: one.test, label: nameIn(language, one), also: one.name }))}
            />
          </div>
        </>
      }
    >
      {list.isPending ? (
        <p className="n-empty">{t('common.looking')}</p>
      ) : step === 'to-enter' ? (
        <EntryGrid key={`${department} ${test}`} rows={rows} />
      ) : isDoable(step) ? (
        <ValidateList key={step} step={step} rows={rows} />
      ) : (
        <TubeList step={step} rows={rows} />
      )}
      {list.data?.more === true ? <p className="n-hint">{t('common.moreShown')}</p> : null}
    </Panel>
  );
}

/** Tubes that wait: to be received, on hold, or with two values of which one must be chosen. */
function TubeList({ step, rows }: { readonly step: LabStep; readonly rows: readonly LabRow[] }): ReactElement {
  const { t, language } = useText();
  return (
    <>
      {step === 'to-choose' ? (
        <p className="n-small" style={{ marginBottom: 6 }}>
          {t('lab.chooseHow')}{' '}
          <Link to="/status" search={{ tab: 'reconcile' } as never}>
            {t('lab.chooseGo')}
          </Link>
        </p>
      ) : null}
      <DataTable
        label={t(`lab.step.${step}`)}
        rows={rows}
        rowKey={(row) => `${row.specimen.accession} ${row.test ?? ''}`}
        empty={t('lab.nothingHere')}
        height="calc(100vh - 19rem)"
        columns={[
          { id: 'accession', head: t('lab.accession'), cell: (row) => <NumberText number={row.specimen.accession} />, width: '9.5rem' },
          { id: 'tube', head: t('lab.tube'), cell: (row) => <TubeName tube={row.specimen} /> },
          {
            id: 'name',
            head: t('common.name'),
            cell: (row) =>
              row.patient === null ? (
                <span>
                  {row.told?.name} <Tag tone="warn">{t('lab.notLinked')}</Tag>
                </span>
              ) : (
                <PersonName person={row.patient} />
              ),
            rowHead: true,
          },
          {
            id: 'tests',
            head: t('common.tests'),
            cell: (row) =>
              row.test === null
                ? row.specimen.tests.join(', ')
                : nameIn(language, { name: row.testName ?? row.test, nameHi: row.testNameHi }),
          },
          {
            id: 'values',
            head: t('lab.value'),
            cell: (row) =>
              row.result?.rivals.map((rival) => (
                <span key={rival.ref} style={{ marginRight: 10 }}>
                  <ValueText given={rival} strong /> <span className="n-muted">{rival.act.userName}</span>
                </span>
              )),
          },
          {
            id: 'state',
            head: t('common.state'),
            cell: (row) => (
              <>
                <StateTag state={row.specimen.status} /> {row.specimen.hold === null ? null : t(`lab.hold.${row.specimen.hold}`)}
              </>
            ),
          },
          { id: 'more', head: <span className="n-sr">{t('common.more')}</span>, cell: (row) => <RowActions row={row} />, width: '3rem' },
        ]}
      />
    </>
  );
}
