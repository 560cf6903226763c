// One test over time: the plot, and the same as a table with words.
import { useAsk, useNow } from '#desk/app/desk-context.tsx';
import { nameIn } from '#desk/app/person.tsx';
import { FlagTag, rangeText, unitText, ValueText } from '#desk/app/value.tsx';
import { formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { NumberText, Panel } from '#desk/ui/parts.tsx';
import { TrendPlot } from '#desk/ui/trend-plot.tsx';
import type { StreamId } from '#kernel/shared/ids.ts';
import { type ReactElement, useMemo } from 'react';

export function TrendPanel({
  patient,
  test,
  close,
}: {
  readonly patient: StreamId;
  readonly test: string;
  readonly close: () => void;
}): ReactElement | null {
  const { t, language } = useText();
  const now = useNow();
  const trend = useAsk('trend', { patient, test, limit: 200 }).data;
  const points = useMemo(() => trend?.points.map(({ at, value }) => ({ at, value })) ?? [], [trend]);
  if (trend === undefined) return null;
  const last = trend.points.at(-1);
  const name = nameIn(language, { name: trend.testName, nameHi: trend.testNameHi });
  return (
    <Panel
      title={`${t('patient.trend')}: ${name} ${unitText(trend.unit)}`}
      actions={
        <ActionButton size="xs" onClick={close}>
          {t('common.close')}
        </ActionButton>
      }
    >
      <div className="n-split-wide">
        {points.length === 0 ? (
          <p className="n-muted">{t('patient.noNumbers')}</p>
        ) : (
          <TrendPlot
            points={points}
            low={last?.low ?? null}
            high={last?.high ?? null}
            label={t('patient.trendLabel', { test: name, count: points.length, last: String(last?.value ?? '') })}
          />
        )}
        <DataTable
          label={t('patient.trendTable', { test: name })}
          rows={trend.points.toReversed()}
          rowKey={(point) => point.result}
          empty={t('patient.noNumbers')}
          height="15rem"
          columns={[
            {
              id: 'at',
              head: t(last?.atIs === 'collected' || last === undefined ? 'patient.collectedAt' : 'common.time'),
              cell: (point) => (
                <>
                  {formatWhen(point.at, now, language)}{' '}
                  {point.atIs === 'collected' ? '' : <span className="n-muted">({t(`patient.atIs.${point.atIs}`)})</span>}
                </>
              ),
              rowHead: true,
            },
            { id: 'value', head: t('patient.value'), right: true, cell: (point) => <ValueText given={point} strong /> },
            {
              id: 'range',
              head: t('patient.range'),
              cell: (point) => <span className="n-muted">{rangeText({ low: point.low, high: point.high, normalTexts: [] })}</span>,
            },
            { id: 'flag', head: t('patient.flag'), cell: (point) => <FlagTag flag={point.flag} /> },
            { id: 'tube', head: t('patient.tube'), cell: (point) => <NumberText number={point.accession} /> },
          ]}
        />
      </div>
      {trend.others.length === 0 ? null : <p className="n-small n-muted">{t('patient.others', { count: trend.others.length })}</p>}
    </Panel>
  );
}
