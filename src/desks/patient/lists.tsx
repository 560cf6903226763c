// The lists of a patient's page: specimens, reports, visits, details, each row with how far it has got.
import { useDo, useNow, type useReach } from '#desk/app/desk-context.tsx';
import { nameIn, ReachTag } from '#desk/app/person.tsx';
import { printPaper } from '#desk/app/paper.ts';
import { usePaperLanguages } from '#desk/app/paper-language.tsx';
import type { PatientPage } from '#desk/app/shapes.ts';
import { StateTag, TubeName } from '#desk/app/tube.tsx';
import { formatDate, formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { NumberText, Panel } from '#desk/ui/parts.tsx';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

type Reached = ReturnType<typeof useReach>;

export function Specimens({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
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

export function Reports({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
  const { t, language } = useText();
  const { of } = usePaperLanguages();
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
              <ActionButton
                size="compact-sm"
                onClick={() => void printPaper(call, { paper: 'report', report: row.report, language: of(page.patient) })}
              >
                {t('common.print')}
              </ActionButton>
            ),
          },
        ]}
      />
    </Panel>
  );
}

export function Visits({ page, reach }: { readonly page: PatientPage; readonly reach: Reached }): ReactElement {
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

export function Details({ page }: { readonly page: PatientPage }): ReactElement {
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
