// Everything about one patient on one page, with how old it is and how far each row has got.
import { useAsk, useNow, useReach } from '#desk/app/desk-context.tsx';
import { PatientFinder } from '#desk/app/patient-finder.tsx';
import { AsOf, nameIn, PatientBanner, ReachTag } from '#desk/app/person.tsx';
import { printPaper } from '#desk/app/paper.ts';
import { sentence } from '#desk/app/rejections.ts';
import type { PatientPage } from '#desk/app/shapes.ts';
import { StateTag, TubeName } from '#desk/app/tube.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { FlagTag, unitText, ValueText } from '#desk/app/value.tsx';
import { useDo } from '#desk/app/desk-context.tsx';
import { formatDate, formatTime, formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Note, NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { useScan } from '#desk/ui/use-scan.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo, useRef, useState } from 'react';
import { Clinical } from './clinical.tsx';
import { cumulative } from './cumulative.ts';
import { TrendPanel } from './trend.tsx';

export default function Patient(): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useDeskSearch();
  const stream = parseStreamId(search['id']);
  const { uhid } = search;
  const answer = useAsk('patient', stream === undefined ? (uhid === undefined ? undefined : { uhid }) : { patient: stream });
  const open = (patient: string): void => {
    setTyped('');
    setSearch({ id: patient, uhid: undefined, test: undefined });
  };
  const onPaper = (text: string): void => {
    setTyped('');
    void takePaper(text, call, open);
  };
  useScan((text) => {
    const number = parseNumber(text, 'uhid');
    if (number.ok) setSearch({ uhid: number.number, id: undefined, test: undefined });
    else if (text.length >= 60) onPaper(text);
    else setTyped(text);
  });
  const asked = stream !== undefined || uhid !== undefined;
  return (
    <>
      <h1 className="n-sr">{t('common.patient')}</h1>
      <PatientFinder
        label={t('patient.box')}
        placeholder={t('patient.boxHint')}
        text={typed}
        onText={setTyped}
        inputRef={box}
        choices={[]}
        onPaper={onPaper}
        onPick={(row) => open(row.patient)}
      />
      {answer.error === null ? null : (
        <Note tone="warn" live>
          {sentence(answer.error.rejection, language, t)}
        </Note>
      )}
      {answer.data === undefined ? asked ? null : <p className="n-muted">{t('patient.none')}</p> : <Page page={answer.data} />}
    </>
  );
}

function Page({ page }: { readonly page: PatientPage }): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const [search, setSearch] = useDeskSearch();
  const { test } = search;
  const reach = useReach(
    [
      page.patient,
      ...page.specimens.map((one) => one.specimen),
      ...page.reports.map((one) => one.report),
      ...page.visits.map((one) => one.visit),
    ].slice(0, 200),
  );
  const unsettled = page.issues.length;
  return (
    <>
      <PatientBanner
        person={page}
        reach={reach[page.patient]}
        allergies={page.allergies}
        alerts={page.alerts.map((alert) => alert.text)}
        actions={
          <>
            <AsOf />
            <ActionButton size="xs" onClick={() => void printPaper(call, { paper: 'slip', patient: page.patient, language })}>
              {t('patient.slip')}
            </ActionButton>
          </>
        }
      />
      {page.recordHere ? null : (
        <Note tone="warn" title={t('patient.nameOnly')}>
          {t('patient.nameOnlyHow')}
        </Note>
      )}
      {unsettled === 0 ? null : (
        <Note
          tone="warn"
          title={t('patient.unsettled', { count: unsettled })}
          actions={
            <Link to="/status" search={{ tab: 'reconcile', patient: page.patient } as never}>
              {t('patient.settle')}
            </Link>
          }
        />
      )}
      {test === undefined ? null : <TrendPanel patient={page.patient} test={test} close={() => setSearch({ test: undefined })} />}
      <div className="n-split">
        <div className="n-stack">
          <Results page={page} openTrend={(code) => setSearch({ test: code })} />
          <Specimens page={page} reach={reach} />
          <Reports page={page} reach={reach} />
        </div>
        <div className="n-stack">
          <Clinical page={page} />
          <Visits page={page} reach={reach} />
          <Details page={page} />
        </div>
      </div>
      {page.more ? <p className="n-hint">{t('patient.more')}</p> : null}
    </>
  );
}

type Reached = ReturnType<typeof useReach>;

function Results({ page, openTrend }: { readonly page: PatientPage; readonly openTrend: (test: string) => void }): ReactElement {
  const { t, language } = useText();
  const table = useMemo(() => cumulative(page.results), [page.results]);
  return (
    <Panel title={t('patient.results')}>
      <DataTable
        label={t('patient.results')}
        rows={table.rows}
        rowKey={(row) => row.test}
        empty={t('patient.noResults')}
        height="24rem"
        onPick={(row) => openTrend(row.test)}
        columns={[
          {
            id: 'test',
            head: t('common.test'),
            cell: (row) => (
              <span className="n-nowrap">
                {nameIn(language, { name: row.testName, nameHi: row.testNameHi })} <span className="n-muted">{unitText(row.unit)}</span>
              </span>
            ),
            rowHead: true,
          },
          ...table.columns.map((column) => ({
            id: column.accession,
            head: (
              <span style={{ display: 'inline-block', lineHeight: 1.3 }}>
                {formatDate(column.at, language).slice(0, -5)}
                <br />
                {formatTime(column.at, language)}
              </span>
            ),
            cell: (row: (typeof table.rows)[number]) => {
              const result = row.cells.get(column.accession);
              if (result === undefined || result.current === null) return null;
              const { flag } = result.current.evaluation;
              return (
                <span className="n-nowrap">
                  <ValueText
                    given={{ value: result.current.value, unit: result.current.unit === row.unit ? null : result.current.unit }}
                    strong
                  />{' '}
                  {flag === 'normal' ? null : <FlagTag flag={flag} />}{' '}
                  {result.corrected ? <Tag tone="warn">{t('common.state.corrected')}</Tag> : null}{' '}
                  {result.rivals.length > 1 ? <Tag tone="danger">{t('patient.disputed')}</Tag> : null}{' '}
                  {result.status === 'final' ? null : <StateTag state={result.status} />}
                </span>
              );
            },
          })),
        ]}
      />
      <p className="n-hint">{t('patient.trendHow')}</p>
    </Panel>
  );
}

function Specimens({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
  const { t, language } = useText();
  const now = useNow();
  return (
    <Panel title={t('patient.specimens')}>
      <DataTable
        label={t('patient.specimens')}
        rows={page.specimens}
        rowKey={(row) => row.specimen}
        empty={t('patient.noSpecimens')}
        height="18rem"
        columns={[
          { id: 'number', head: t('patient.tube'), cell: (row) => <NumberText number={row.accession} />, rowHead: true },
          { id: 'kind', head: t('patient.kind'), cell: (row) => <TubeName tube={row} /> },
          { id: 'tests', head: t('common.tests'), cell: (row) => row.tests.join(', ') },
          { id: 'state', head: t('common.state'), cell: (row) => <StateTag state={row.status} /> },
          {
            id: 'collected',
            head: t('patient.collectedAt'),
            cell: (row) => (row.collectedAt === null ? '' : formatWhen(row.collectedAt, now, language)),
          },
          { id: 'reach', head: t('patient.reach'), cell: (row) => <ReachTag reach={reach[row.specimen]} /> },
        ]}
      />
    </Panel>
  );
}

function Reports({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const now = useNow();
  return (
    <Panel title={t('patient.reports')}>
      <DataTable
        label={t('patient.reports')}
        rows={page.reports}
        rowKey={(row) => row.report}
        empty={t('patient.noReports')}
        height="18rem"
        columns={[
          {
            id: 'number',
            head: t('common.number'),
            cell: (row) => (
              <Link to="/lab" search={{ tab: 'reports', report: row.report } as never}>
                {row.number === null ? t('common.open') : <NumberText number={row.number} />}
              </Link>
            ),
            rowHead: true,
          },
          {
            id: 'at',
            head: t('patient.releasedAt'),
            cell: (row) => (row.releasedAt === null ? '' : formatWhen(row.releasedAt, now, language)),
          },
          { id: 'tests', head: t('common.tests'), cell: (row) => row.tests.join(', ') },
          {
            id: 'state',
            head: t('common.state'),
            cell: (row) => (
              <>
                <StateTag state={row.status} /> {row.version > 1 ? t('patient.version', { version: row.version }) : ''}
              </>
            ),
          },
          { id: 'reach', head: t('patient.reach'), cell: (row) => <ReachTag reach={reach[row.report]} /> },
          {
            id: 'print',
            head: <span className="n-sr">{t('common.print')}</span>,
            cell: (row) => (
              <ActionButton size="compact-sm" onClick={() => void printPaper(call, { paper: 'report', report: row.report, language })}>
                {t('common.print')}
              </ActionButton>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Visits({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
  const { t, language } = useText();
  const now = useNow();
  return (
    <Panel title={t('patient.visits')}>
      {page.visits.length === 0 ? (
        <p className="n-muted">{t('patient.noVisits')}</p>
      ) : (
        <ul className="n-list n-stack" style={{ gap: 4 }}>
          {page.visits.map((visit) => (
            <li key={visit.visit} className="n-row">
              <span className="n-strong">
                {nameIn(language, { name: visit.departmentName ?? visit.department ?? '', nameHi: visit.departmentNameHi })}
              </span>
              <span>{visit.startedAt === null ? '' : formatWhen(visit.startedAt, now, language)}</span>
              <StateTag state={visit.status} />
              <ReachTag reach={reach[visit.visit]} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Details({ page }: { readonly page: PatientPage }): ReactElement {
  const { t, language } = useText();
  const { address } = page;
  const place = [address.line, address.village, address.district, address.state, address.pin].filter((part) => part !== null).join(', ');
  return (
    <Panel title={t('patient.details')}>
      <dl className="n-details">
        {place === '' ? null : (
          <>
            <dt>{t('patient.address')}</dt>
            <dd>{place}</dd>
          </>
        )}
        {page.category === null ? null : (
          <>
            <dt>{t('patient.category')}</dt>
            <dd>{page.category}</dd>
          </>
        )}
        {page.registeredAt === null ? null : (
          <>
            <dt>{t('patient.registered')}</dt>
            <dd>{formatDate(page.registeredAt, language)}</dd>
          </>
        )}
        {page.aliases.map((alias) => (
          <div key={`${alias.system} ${alias.value}`} style={{ display: 'contents' }}>
            <dt>{alias.system}</dt>
            <dd>{alias.value}</dd>
          </div>
        ))}
        {page.linked.map((one) => (
          <div key={one.patient} style={{ display: 'contents' }}>
            <dt>{t(one.how === 'into' ? 'patient.linkedInto' : 'patient.linkedFrom')}</dt>
            <dd>
              {one.name} {one.uhid === null ? '' : <NumberText number={one.uhid} />}
            </dd>
          </div>
        ))}
        {page.unknownPerson === null ? null : (
          <>
            <dt>{t('common.unknownPatient')}</dt>
            <dd>
              {[page.unknownPerson.description, ...page.unknownPerson.marks, page.unknownPerson.broughtBy]
                .filter((part) => part !== null)
                .join(' · ')}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
