// Reports: the one that was scanned or searched, every version, what was corrected, print again; amend a value with a reason.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useAsk, useDo, useNow } from '#desk/app/desk-context.tsx';
import { printPaper, savePaper } from '#desk/app/paper.ts';
import { PaperLanguage, usePaperLanguages } from '#desk/app/paper-language.tsx';
import { PatientFinder } from '#desk/app/patient-finder.tsx';
import { nameIn, PatientBanner } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { PersonShape, ReportLineShape, ReportPage } from '#desk/app/shapes.ts';
import { StateTag } from '#desk/app/tube.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { FlagTag, rangeText, ValueText } from '#desk/app/value.tsx';
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Note, NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { type ReactElement, useRef, useState } from 'react';
import { Amend } from './amend.tsx';

export function Reports(): ReactElement {
  const { t } = useText();
  const box = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useDeskSearch();
  const [typed, setTyped] = useState('');
  const [patient, setPatient] = useState<PersonShape>();
  const named = search['report'];
  const stream = parseStreamId(named);
  const number = parseNumber(typed, 'report');
  return (
    <div className="n-stack">
      <PatientFinder
        label={t('lab.reportBox')}
        placeholder={t('lab.reportHint')}
        text={typed}
        onText={setTyped}
        inputRef={box}
        onPaper={() => undefined}
        onPick={(row) => {
          setPatient(row);
          setTyped('');
          setSearch({ report: undefined });
        }}
        choices={
          number.ok
            ? [
                {
                  id: 'report',
                  label: (
                    <>
                      <strong>{t('lab.openReport')}</strong> <NumberText number={number.number} />
                    </>
                  ),
                  run: () => {
                    setTyped('');
                    setSearch({ report: number.number });
                  },
                },
              ]
            : []
        }
      />
      {named !== undefined ? (
        <OneReport input={stream === undefined ? { number: named } : { report: stream }} />
      ) : patient === undefined ? (
        <p className="n-muted">{t('lab.reportNone')}</p>
      ) : (
        <PatientReports patient={patient} open={(report) => setSearch({ report })} />
      )}
    </div>
  );
}

function PatientReports({ patient, open }: { readonly patient: PersonShape; readonly open: (report: string) => void }): ReactElement {
  const { t, language } = useText();
  const now = useNow();
  const list = useAsk('reports', { patient: patient.patient });
  return (
    <>
      <PatientBanner person={patient} />
      <DataTable
        label={t('lab.reports')}
        rows={list.data?.rows}
        looking={t('common.looking')}
        rowKey={(row) => row.report}
        empty={t('lab.nothingHere')}
        onPick={(row) => open(row.report)}
        columns={[
          {
            id: 'number',
            head: t('common.number'),
            cell: (row) => (row.number === null ? '' : <NumberText number={row.number} />),
            rowHead: true,
          },
          {
            id: 'at',
            head: t('lab.releasedAt'),
            cell: (row) => (row.releasedAt === null ? '' : formatWhen(row.releasedAt, now, language)),
          },
          { id: 'tests', head: t('common.tests'), cell: (row) => row.tests.join(', ') },
          {
            id: 'state',
            head: t('common.state'),
            cell: (row) => (
              <>
                <StateTag state={row.status} /> {row.version > 1 ? t('lab.version', { version: row.version }) : ''}
              </>
            ),
          },
        ]}
      />
    </>
  );
}

function OneReport({
  input,
}: {
  readonly input: { readonly number: string } | { readonly report: NonNullable<ReturnType<typeof parseStreamId>> };
}): ReactElement {
  const { t, language } = useText();
  const now = useNow();
  const { call, command } = useDo();
  const answer = useAsk('report', input);
  const { of } = usePaperLanguages();
  const [amending, setAmending] = useState<ReportLineShape>();
  const [rejection, setRejection] = useState<Rejection>();
  if (answer.error !== null)
    return (
      <Note tone="warn" live>
        {sentence(answer.error.rejection, language, t)}
      </Note>
    );
  const page = answer.data;
  if (page === undefined) return <p role="status">{t('common.looking')}</p>;
  const last = page.versions.at(-1);
  // A report of somebody without a record has its own choice.
  const reader = page.patient?.patient ?? page.report;
  const paper = { paper: 'report', report: page.report, language: of(reader) } as const;
  const again = async (): Promise<void> => {
    const first = last?.lines[0];
    if (first === undefined) return;
    const done = await command('releaseReport', page.order === null ? { accession: first.accession } : { order: page.order });
    setRejection(done.ok ? undefined : done.rejection);
  };
  return (
    <div className="n-stack">
      {page.patient === null ? (
        <Note tone="warn" title={t('lab.notLinked')}>
          {page.temporary?.name} {page.temporary === null ? null : <NumberText number={page.temporary.number} />}
        </Note>
      ) : (
        <PatientBanner person={page.patient} />
      )}
      {page.outdated ? (
        <Note
          tone="danger"
          title={t('lab.outdated')}
          actions={
            <ActionButton size="xs" onClick={() => void again()}>
              {t('lab.releaseAgain')}
            </ActionButton>
          }
        >
          {t('lab.outdatedHow')}
        </Note>
      ) : null}
      {page.versions.toReversed().map((version) => (
        <Panel
          key={version.version}
          title={
            <>
              {page.number === null ? '' : <NumberText number={page.number} />} · {t('lab.version', { version: version.version })}
            </>
          }
          actions={
            <>
              <StateTag state={version.status} />
              {version === last ? (
                <>
                  <PaperLanguage patient={reader} />
                  <ActionButton size="xs" onClick={() => void printPaper(call, paper)}>
                    {t('common.print')}
                  </ActionButton>
                  <ActionButton size="xs" onClick={() => void savePaper(call, paper)}>
                    PDF
                  </ActionButton>
                </>
              ) : (
                <Tag>{t('lab.replaced')}</Tag>
              )}
            </>
          }
        >
          <p className="n-small">
            {t('lab.releasedBy', { who: version.released.userName ?? '', when: formatWhen(version.released.at, now, language) })}{' '}
            {version.reason === null ? '' : `· ${t('lab.because', { reason: version.reason })}`}
          </p>
          <Lines version={version} amend={version === last ? setAmending : undefined} />
          {version.pending.length === 0 ? null : (
            <p className="n-small n-muted">{t('lab.pending', { what: version.pending.map((one) => one.test).join(', ') })}</p>
          )}
          {version.identity.map((one) => (
            <p key={one.accession} className="n-small">
              <Tag tone="warn">{t(`lab.identity.${one.by}`, { who: one.confirmer ?? '' })}</Tag> <NumberText number={one.accession} />
            </p>
          ))}
        </Panel>
      ))}
      <Refused rejection={rejection} />
      {amending === undefined ? null : <Amend line={amending} close={() => setAmending(undefined)} />}
    </div>
  );
}

function Lines({
  version,
  amend,
}: {
  readonly version: ReportPage['versions'][number];
  readonly amend: ((line: ReportLineShape) => void) | undefined;
}): ReactElement {
  const { t, language } = useText();
  return (
    <DataTable
      label={t('lab.version', { version: version.version })}
      rows={version.lines}
      rowKey={(line) => line.result}
      empty={t('lab.nothingHere')}
      columns={[
        { id: 'test', head: t('common.test'), cell: (line) => nameIn(language, line), rowHead: true },
        { id: 'value', head: t('lab.value'), right: true, cell: (line) => <ValueText given={line} strong /> },
        {
          id: 'corrects',
          head: t('lab.before'),
          cell: (line) =>
            line.corrects === null ? (
              ''
            ) : (
              <Tag tone="warn">
                <s>{String(line.corrects.value)}</s> {line.corrects.reason}
              </Tag>
            ),
        },
        { id: 'range', head: t('lab.range'), cell: (line) => <span className="n-muted">{rangeText(line.evaluation)}</span> },
        { id: 'flag', head: t('lab.flag'), cell: (line) => <FlagTag flag={line.evaluation.flag} why={line.evaluation.why} /> },
        {
          id: 'by',
          head: t('lab.validatedBy'),
          cell: (line) => (
            <span className="n-small">
              {[line.technical?.userName, line.medical?.userName].filter((name) => name !== null && name !== undefined).join(' · ')}
            </span>
          ),
        },
        ...(amend === undefined
          ? []
          : [
              {
                id: 'amend',
                head: <span className="n-sr">{t('lab.amend')}</span>,
                cell: (line: ReportLineShape) => (
                  <ActionButton size="compact-sm" onClick={() => amend(line)}>
                    {t('lab.amend')}
                  </ActionButton>
                ),
              },
            ]),
      ]}
    />
  );
}
