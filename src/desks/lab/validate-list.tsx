// Validation and release: every value with range, flag and change since last time; Enter does the step on the marked row.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useDo, useMay } from '#desk/app/desk-context.tsx';
import { nameIn, PersonLine, PersonName } from '#desk/app/person.tsx';
import { printPaper } from '#desk/app/paper.ts';
import { usePaperLanguages } from '#desk/app/paper-language.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { sentence } from '#desk/app/rejections.ts';
import type { LabRow, LabStep } from '#desk/app/shapes.ts';
import { DeltaText, FlagTag, rangeText, ValueText } from '#desk/app/value.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import type { TextKey } from '#desk/i18n/keys.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { NumberText, Tag } from '#desk/ui/parts.tsx';
import { type ReactElement, useState } from 'react';
import { RowActions } from './row-actions.tsx';

type Doable = 'to-validate' | 'to-validate-medically' | 'to-release';
const STEP: Readonly<Record<Doable, { readonly command: string; readonly word: TextKey; readonly all: TextKey }>> = {
  'to-validate': { command: 'validateTechnically', word: 'lab.validate', all: 'lab.validateTube' },
  'to-validate-medically': { command: 'validateMedically', word: 'lab.validateMedically', all: 'lab.validateTube' },
  'to-release': { command: 'releaseReport', word: 'lab.release', all: 'lab.release' },
};

export function isDoable(step: LabStep | undefined): step is Doable {
  return step !== undefined && step in STEP;
}

export function ValidateList({ step, rows }: { readonly step: Doable; readonly rows: readonly LabRow[] }): ReactElement {
  const { t, language } = useText();
  const { of } = usePaperLanguages();
  const { command, call } = useDo();
  const [active, setActive] = useState<LabRow>();
  const [rejection, setRejection] = useState<Rejection>();
  const row = rows.find((one) => one.specimen.accession === active?.specimen.accession && one.test === active.test) ?? rows[0];
  const { command: name, word, all } = STEP[step];
  const input =
    row === undefined
      ? undefined
      : step === 'to-release'
        ? { accession: row.specimen.accession }
        : { accession: row.specimen.accession, ...(row.test === null ? {} : { tests: [row.test] }) };
  const may = useMay(name, input);
  const reason =
    row === undefined
      ? t('lab.nothingHere')
      : may === undefined || may.ok
        ? undefined
        : may.rejection === undefined
          ? undefined
          : sentence(may.rejection, language, t);

  const act = async (given: unknown): Promise<void> => {
    const done = await command<{ readonly report?: string }>(name, given);
    setRejection(done.ok ? undefined : done.rejection);
    if (done.ok && step === 'to-release' && done.result.report !== undefined)
      await printPaper(call, { paper: 'report', report: done.result.report, language: of(row?.patient?.patient ?? '') });
  };
  useActions([
    { id: 'step', title: word, group: 'common.groupScreen', keys: 'ctrl+enter', disabled: reason, run: () => void act(input) },
    ...(step === 'to-release'
      ? []
      : [
          {
            id: 'step-tube',
            title: all,
            group: 'common.groupScreen' as const,
            keys: 'alt+t',
            disabled: reason,
            run: () => {
              if (row !== undefined) void act({ accession: row.specimen.accession });
            },
          },
        ]),
  ]);
  return (
    <div className="n-stack">
      <div className="n-row">
        <ActionButton primary keys="Ctrl+Enter" reason={reason} onClick={() => void act(input)}>
          {t(word)}
        </ActionButton>
        {step === 'to-release' || row === undefined ? null : (
          <ActionButton keys="Alt+T" disabled={reason !== undefined} onClick={() => void act({ accession: row.specimen.accession })}>
            {t(all)}
          </ActionButton>
        )}
        {row === undefined ? null : (
          <span className="n-muted">
            {t('lab.markedRow')} <NumberText number={row.specimen.accession} /> {row.testName}
          </span>
        )}
      </div>
      <Refused rejection={rejection} />
      <DataTable
        label={t(word)}
        rows={rows}
        rowKey={(one) => `${one.specimen.accession} ${one.test ?? ''}`}
        empty={t('lab.nothingHere')}
        height="calc(100vh - 22rem)"
        onActive={setActive}
        onPick={setActive}
        columns={[
          { id: 'accession', head: t('lab.accession'), cell: (one) => <NumberText number={one.specimen.accession} />, width: '9.5rem' },
          {
            id: 'name',
            head: t('common.name'),
            cell: (one) =>
              one.patient === null ? (
                <span>
                  {one.told?.name} <Tag tone="warn">{t('lab.notLinked')}</Tag>
                </span>
              ) : (
                <>
                  <PersonName person={one.patient} />
                  <div className="n-muted n-small">
                    <PersonLine person={one.patient} />
                  </div>
                </>
              ),
          },
          {
            id: 'test',
            head: t('common.test'),
            cell: (one) => nameIn(language, { name: one.testName ?? one.test ?? '', nameHi: one.testNameHi }),
            rowHead: true,
          },
          { id: 'value', head: t('lab.value'), right: true, cell: (one) => <ValueText given={one.result?.current ?? null} strong /> },
          {
            id: 'range',
            head: t('lab.range'),
            cell: (one) => (
              <span className="n-muted n-nowrap">
                {one.result?.current === undefined || one.result.current === null ? '' : rangeText(one.result.current.evaluation)}
              </span>
            ),
          },
          {
            id: 'flag',
            head: t('lab.flag'),
            cell: (one) =>
              one.result?.current === undefined || one.result.current === null ? null : (
                <FlagTag flag={one.result.current.evaluation.flag} why={one.result.current.evaluation.why} />
              ),
          },
          {
            id: 'delta',
            head: t('lab.delta'),
            cell: (one) =>
              one.result?.current === undefined || one.result.current === null ? null : (
                <DeltaText delta={one.result.current.evaluation.delta} />
              ),
          },
          { id: 'by', head: t('lab.enteredBy'), cell: (one) => <span className="n-small">{one.result?.current?.act.userName}</span> },
          { id: 'more', head: <span className="n-sr">{t('common.more')}</span>, cell: (one) => <RowActions row={one} />, width: '3rem' },
        ]}
      />
    </div>
  );
}
