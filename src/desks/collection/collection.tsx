// The collection desk: scan a slip, card or tube, or take the next of the list; one patient at a time.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useAsk, useClient, useDo } from '#desk/app/desk-context.tsx';
import { DepartmentFilter, useDepartment } from '#desk/app/department-filter.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { PatientFinder } from '#desk/app/patient-finder.tsx';
import { AsOf, PersonLine, PersonName } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { PersonShape, SpecimenPage } from '#desk/app/shapes.ts';
import { TubeName } from '#desk/app/tube.tsx';
import { useDeskSearch } from '#desk/app/use-desk-search.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { deliverScan, useScan } from '#desk/ui/use-scan.ts';
import { formatWhen } from '#desk/i18n/format.ts';
import { useNow } from '#desk/app/desk-context.tsx';
import type { QueryResult } from '#views/query-signatures.ts';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { CollectPatient } from './collect-patient.tsx';
import { LinkTube } from './link-tube.tsx';
import { Rack } from './rack.tsx';
import { Unidentified } from './unidentified.tsx';
import './collection.css';

type Work =
  | { readonly mode: 'list' | 'unidentified' | 'rack' }
  | { readonly mode: 'patient'; readonly patient: PersonShape; readonly identified?: boolean }
  | { readonly mode: 'link'; readonly tube: SpecimenPage };

export default function Collection(): ReactElement {
  const { t } = useText();
  const client = useClient();
  const { call } = useDo();
  const box = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [work, setWork] = useDraft<Work>('collection/work', { mode: 'list' });
  const [rejection, setRejection] = useState<Rejection>();
  const [{ find }, setAddress] = useDeskSearch();
  const focusBox = useCallback(() => requestAnimationFrame(() => box.current?.focus()), []);
  useEffect(() => {
    if (work.mode !== 'list') return undefined;
    // Whoever is quicker than a frame has the focus already where they want it.
    const frame = focusBox();
    return () => cancelAnimationFrame(frame);
  }, [work.mode, focusBox]);

  /** What a number names: a tube without a patient is to be linked, everything else leads to its patient. */
  const open = useCallback(
    async (text: string) => {
      setSearch('');
      setRejection(undefined);
      const number = parseNumber(text);
      if (number.ok && number.kind === 'accession') {
        const tube = await client.query<SpecimenPage>('specimen', { accession: number.number });
        if (!tube.ok) return setRejection(tube.rejection);
        return setWork(
          tube.result.patient === null ? { mode: 'link', tube: tube.result } : { mode: 'patient', patient: tube.result.patient },
        );
      }
      const answer = await client.query<QueryResult<'number'>>('number', { number: text });
      if (!answer.ok) return setRejection(answer.rejection);
      const patient = answer.result.found.find((one) => one.patient !== null)?.patient;
      if (patient === null || patient === undefined) setRejection(answer.result.problem ?? { code: 'number-not-here', facts: {} });
      else setWork({ mode: 'patient', patient });
    },
    [client, setWork],
  );
  const onPaper = useCallback(
    async (text: string) => {
      setSearch('');
      await takePaper(
        text,
        call,
        (patient) =>
          void client.query<PersonShape>('patient', { patient }).then((answer) => {
            if (answer.ok) setWork({ mode: 'patient', patient: answer.result });
          }),
      );
    },
    [call, client, setWork],
  );
  useEffect(() => {
    if (find === undefined) return;
    setAddress({ find: undefined });
    void Promise.resolve(find).then(open);
  }, [find, open, setAddress]);
  const hear = (text: string): void => {
    if (text.length >= 60) void onPaper(text);
    else void open(text);
  };
  // Every other mode has ears of its own.
  useScan(hear, work.mode === 'list');
  const close = (): void => {
    setWork({ mode: 'list' });
    setRejection(undefined);
  };
  useActions([
    ...(work.mode === 'list'
      ? []
      : [{ id: 'close', title: 'common.close' as const, group: 'common.groupScreen' as const, keys: 'alt+x', run: close }]),
    {
      id: 'unidentified',
      title: 'collection.unidentified',
      group: 'common.groupScreen',
      keys: 'alt+u',
      run: () => setWork({ mode: 'unidentified' }),
    },
    { id: 'rack', title: 'collection.rack', group: 'common.groupScreen', keys: 'alt+r', run: () => setWork({ mode: 'rack' }) },
  ]);
  const digits = search.replace(/[\s-]/g, '');
  const number = parseNumber(search);
  return (
    <>
      <h1 className="n-sr">{t('common.collection')}</h1>
      <div className="n-row" style={{ alignItems: 'flex-end' }}>
        <div className="n-grow">
          <PatientFinder
            label={t('collection.box')}
            placeholder={t('collection.boxHint')}
            text={search}
            onText={(text) => setSearch(text)}
            inputRef={box}
            onPaper={(text) => void onPaper(text)}
            onPick={(row) => {
              setSearch('');
              setRejection(undefined);
              setWork({ mode: 'patient', patient: row });
            }}
            firstChoice={number.ok && number.kind !== 'uhid'}
            choices={
              digits.length === 12 && number.ok
                ? [
                    {
                      id: 'number',
                      label: (
                        <>
                          <strong>{t('collection.openNumber')}</strong> <NumberText number={digits} />
                        </>
                      ),
                      run: () => {
                        setSearch('');
                        if (work.mode === 'patient' || work.mode === 'rack') deliverScan(digits);
                        else void open(digits);
                      },
                    },
                  ]
                : []
            }
          />
        </div>
        <ActionButton keys="Alt+U" onClick={() => setWork({ mode: 'unidentified' })}>
          {t('collection.unidentified')}
        </ActionButton>
        <ActionButton keys="Alt+R" onClick={() => setWork({ mode: 'rack' })}>
          {t('collection.rack')}
        </ActionButton>
      </div>
      <Refused rejection={rejection} />
      {work.mode === 'list' ? <Due pick={(patient) => setWork({ mode: 'patient', patient })} /> : null}
      {work.mode === 'patient' ? (
        <CollectPatient
          key={work.patient.patient}
          patient={work.patient}
          identified={work.identified === true}
          setIdentified={(identified) => setWork({ ...work, identified })}
          close={close}
        />
      ) : null}
      {work.mode === 'unidentified' ? <Unidentified close={close} open={hear} /> : null}
      {work.mode === 'rack' ? <Rack close={close} /> : null}
      {work.mode === 'link' ? <LinkTube key={work.tube.accession} tube={work.tube} close={close} /> : null}
    </>
  );
}

function Due({ pick }: { readonly pick: (patient: PersonShape) => void }): ReactElement {
  const { t, language } = useText();
  const now = useNow();
  const [department, setDepartment] = useDepartment('collection-department');
  const list = useAsk('collectionList', department === '' ? { limit: 200 } : { department, limit: 200 }, { keep: true });
  return (
    <Panel
      title={t('collection.due')}
      actions={
        <>
          <AsOf />
          <DepartmentFilter value={department} onChange={setDepartment} />
        </>
      }
    >
      <DataTable
        label={t('collection.due')}
        rows={list.data?.rows}
        looking={t('common.looking')}
        rowKey={(row) => `${row.patient.patient} ${row.order ?? ''}`}
        onPick={(row) => pick(row.patient)}
        empty={t('collection.nobodyDue')}
        height="calc(100vh - 20rem)"
        columns={[
          {
            id: 'urgency',
            head: t('common.urgency'),
            cell: (row) =>
              row.urgency === 'routine' ? (
                <span className="n-muted">{t('common.routine')}</span>
              ) : (
                <Tag tone="warn" icon="danger">
                  {t('common.urgent')}
                </Tag>
              ),
            width: '7rem',
          },
          {
            id: 'uhid',
            head: 'UHID',
            cell: (row) => (row.patient.uhid === null ? '' : <NumberText number={row.patient.uhid} />),
            width: '9rem',
          },
          { id: 'name', head: t('common.name'), cell: (row) => <PersonName person={row.patient} />, rowHead: true },
          { id: 'person', head: t('collection.person'), cell: (row) => <PersonLine person={row.patient} /> },
          {
            id: 'tubes',
            head: t('collection.tubes'),
            cell: (row) => (
              <span className="n-row" style={{ gap: 10 }}>
                {row.specimens.map((tube) => (
                  <TubeName key={tube.specimen} tube={tube} />
                ))}
              </span>
            ),
          },
          {
            id: 'since',
            head: t('collection.since'),
            cell: (row) => (row.placedAt === null ? '' : formatWhen(row.placedAt, now, language)),
            width: '6rem',
          },
        ]}
      />
      {list.data?.more === true ? <p className="n-hint">{t('common.moreShown')}</p> : null}
    </Panel>
  );
}
