// Everything about one patient on one page, with how old it is and how far each row has got.
import { useAsk, useReach } from '#desk/app/desk-context.tsx';
import { PatientFinder } from '#desk/app/patient-finder.tsx';
import { AsOf, nameIn, PatientBanner } from '#desk/app/person.tsx';
import { printPaper } from '#desk/app/paper.ts';
import { PaperLanguage, usePaperLanguages } from '#desk/app/paper-language.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { PatientPage } from '#desk/app/shapes.ts';
import { StateTag } from '#desk/app/tube.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { FlagTag, unitText, ValueText } from '#desk/app/value.tsx';
import { useDo } from '#desk/app/desk-context.tsx';
import { formatDate, formatTime } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Note, Panel, Tag } from '#desk/ui/parts.tsx';
import { useScan } from '#desk/ui/use-scan.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { Link } from '@tanstack/react-router';
import { memo, type ReactElement, useMemo, useRef, useState } from 'react';
import { Clinical } from './clinical.tsx';
import { cumulative } from './cumulative.ts';
import { Details, Reports, Specimens, Visits } from './lists.tsx';
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

/** Drawn anew when the record changes, not for each letter that is typed into the box above it. */
const Page = memo(WholePage);

function WholePage({ page }: { readonly page: PatientPage }): ReactElement {
  const { t } = useText();
  const { of } = usePaperLanguages();
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
            <PaperLanguage patient={page.patient} />
            <ActionButton
              size="xs"
              onClick={() => void printPaper(call, { paper: 'slip', patient: page.patient, language: of(page.patient) })}
            >
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
