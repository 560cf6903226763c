// Entering values by keyboard: type, Enter, the next one. Each Enter is saved at once; what it means is shown beside it.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { nameIn, PersonLine, PersonName } from '#desk/app/person.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { Flag, LabRow } from '#desk/app/shapes.ts';
import { FlagTag, unitText } from '#desk/app/value.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { soundWrong } from '#desk/ui/sound.ts';
import { NumberText, Tag } from '#desk/ui/parts.tsx';
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import { keepPlaces, keyOf, nextOpen } from './entry.ts';
import { RowActions } from './row-actions.tsx';

interface Entered {
  readonly value: string;
  readonly flag: Flag;
  readonly why?: string;
  readonly critical: boolean;
}
interface ValueAnswer {
  readonly flag: Flag;
  readonly why?: string;
  readonly critical: boolean;
}

const keyOfRow = (row: LabRow): string => keyOf({ accession: row.specimen.accession, test: row.test ?? '' });

export function EntryGrid({ rows }: { readonly rows: readonly LabRow[] }): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const frame = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState(rows);
  const [typed, setTyped] = useDraft<Readonly<Record<string, string>>>('lab/typed', {});
  const [entered, setEntered] = useState<Readonly<Record<string, Entered>>>({});
  const [refused, setRefused] = useState<Readonly<Record<string, Rejection>>>({});
  /** Rows whose value is on its way: the list may come back without them before the answer does. */
  const [sending, setSending] = useState<readonly string[]>([]);
  const enteredKeys = new Set([...Object.keys(entered), ...sending]);
  const shown = keepPlaces(places, rows, keyOfRow, enteredKeys);
  // Where rows stood before is state, so that a row keeps its place when the list comes back without it.
  if (shown.length !== places.length || shown.some((row, at) => row !== places[at])) setPlaces(shown);

  const focusAt = (index: number): void => {
    const input = frame.current?.querySelector<HTMLInputElement>(`input[data-entry='${index}']`);
    input?.focus();
    input?.scrollIntoView({ block: 'nearest' });
  };
  const save = async (row: LabRow, index: number): Promise<void> => {
    const key = keyOfRow(row);
    const value = (typed[key] ?? '').trim();
    const next = nextOpen(shown.map(keyOfRow), new Set([...enteredKeys, key]), index);
    if (value === '' || entered[key]?.value === value) {
      if (next !== undefined) focusAt(next);
      return;
    }
    setSending((old) => [...old, key]);
    // At once, and never again for this value: digits that are typed while it is saved belong to the next row and no other.
    if (next !== undefined) focusAt(next);
    const done = await command<ValueAnswer>('enterResult', {
      accession: row.specimen.accession,
      test: row.test,
      value,
      ...(row.unit === null ? {} : { unit: row.unit }),
    });
    if (!done.ok) {
      setSending((old) => old.filter((other) => other !== key));
      // Said aloud beside its field, which keeps what was typed; whoever types elsewhere by now is not torn away.
      soundWrong();
      setRefused((old) => ({ ...old, [key]: done.rejection }));
      return;
    }
    setRefused(({ [key]: _gone, ...rest }) => rest);
    setEntered((old) => ({
      ...old,
      [key]: {
        value,
        flag: done.result.flag ?? 'not-evaluated',
        ...(done.result.why === undefined ? {} : { why: done.result.why }),
        critical: done.result.critical,
      },
    }));
    setTyped(({ [key]: _gone, ...rest }) => rest);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, row: LabRow, index: number): void => {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      void save(row, index);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusAt(Math.min(shown.length - 1, index + 1));
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      focusAt(Math.max(0, index - 1));
    } else if ((event.key === 'Backspace' || event.key === 'Delete') && event.currentTarget.readOnly) {
      // An entered value is never changed by typing on: it is taken out first, on purpose.
      event.preventDefault();
      setTyped((old) => ({ ...old, [keyOfRow(row)]: '' }));
    } else if (event.key === 'Escape') setTyped(({ [keyOfRow(row)]: _gone, ...rest }) => rest);
  };
  return (
    <div ref={frame}>
      <DataTable
        label={t('lab.entry')}
        rows={shown}
        rowKey={keyOfRow}
        empty={t('lab.nothingHere')}
        height="calc(100vh - 19rem)"
        columns={[
          { id: 'accession', head: t('lab.accession'), cell: (row) => <NumberText number={row.specimen.accession} />, width: '9.5rem' },
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
          },
          {
            id: 'person',
            head: t('lab.person'),
            cell: (row) =>
              row.patient === null ? (
                ''
              ) : (
                <span className="n-muted">
                  <PersonLine person={row.patient} />
                </span>
              ),
          },
          {
            id: 'test',
            head: t('common.test'),
            cell: (row) => (
              <span className="n-nowrap">
                {nameIn(language, { name: row.testName ?? row.test ?? '', nameHi: row.testNameHi })}{' '}
                {row.specimen.urgency === 'routine' ? null : <Tag tone="warn">{t('common.urgent')}</Tag>}
              </span>
            ),
            rowHead: true,
          },
          {
            id: 'value',
            head: t('lab.value'),
            width: '9rem',
            cell: (row, index) => {
              const key = keyOfRow(row);
              const name = `${row.specimen.accession} ${row.testName ?? ''}`;
              return (
                <input
                  className="n-cell-input"
                  data-entry={index}
                  aria-label={t('lab.valueOf', { what: name })}
                  inputMode="decimal"
                  autoComplete="off"
                  value={typed[key] ?? entered[key]?.value ?? ''}
                  readOnly={typed[key] === undefined && entered[key] !== undefined}
                  aria-invalid={refused[key] === undefined ? undefined : true}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setTyped((old) => ({ ...old, [key]: value }));
                  }}
                  onKeyDown={(event) => onKeyDown(event, row, index)}
                />
              );
            },
          },
          { id: 'unit', head: t('lab.unit'), cell: (row) => <span className="n-muted n-nowrap">{unitText(row.unit)}</span>, width: '5rem' },
          {
            id: 'flag',
            head: t('lab.flag'),
            cell: (row) => {
              const key = keyOfRow(row);
              const no = refused[key];
              if (no !== undefined)
                return (
                  <span role="alert" style={{ color: 'var(--n-danger)' }}>
                    {sentence(no, language, t)}
                  </span>
                );
              const done = entered[key];
              return done === undefined ? null : (
                <span role="status">
                  <FlagTag flag={done.flag} {...(done.why === undefined ? {} : { why: done.why })} />
                </span>
              );
            },
          },
          { id: 'more', head: <span className="n-sr">{t('common.more')}</span>, cell: (row) => <RowActions row={row} />, width: '3rem' },
        ]}
      />
      <p className="n-hint" style={{ marginTop: 4 }}>
        {t('lab.entryHow')}
      </p>
    </div>
  );
}
