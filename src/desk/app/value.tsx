// How a result is shown on every desk: value, unit, range, flag in words, change since last time. Never normal when not evaluated.
import { type Translate, useText } from '#desk/i18n/i18n.ts';
import { EN, type TextKey } from '#desk/i18n/keys.ts';
import type { IconName } from '#desk/ui/icons.tsx';
import { Tag, type Tone } from '#desk/ui/parts.tsx';
import type { ReactElement } from 'react';
import type { EvaluationShape, Flag, GivenValue } from './shapes.ts';

/** UCUM as people write it. */
export function unitText(unit: string | null | undefined): string {
  return unit === null || unit === undefined || unit === '1'
    ? ''
    : unit
        .replace(/\*(\d)/g, (_whole, power: string) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(power)] ?? power)
        .replace(/^10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\/u[Ll]$/, '10$1/µL');
}

export function rangeText(evaluation: Pick<EvaluationShape, 'low' | 'high' | 'normalTexts'>): string {
  const { low, high, normalTexts } = evaluation;
  if (low !== null && high !== null) return `${low} – ${high}`;
  if (low !== null) return `≥ ${low}`;
  if (high !== null) return `≤ ${high}`;
  return normalTexts.join(', ');
}

const LOOK: Readonly<Record<Flag, { readonly tone?: Tone; readonly icon?: IconName }>> = {
  normal: {},
  low: { tone: 'warn', icon: 'low' },
  high: { tone: 'warn', icon: 'high' },
  abnormal: { tone: 'warn', icon: 'danger' },
  'critical-low': { tone: 'danger', icon: 'low' },
  'critical-high': { tone: 'danger', icon: 'high' },
  critical: { tone: 'danger', icon: 'danger' },
  'not-evaluated': { tone: 'note', icon: 'note' },
};

export function whyText(why: string | null, t: Translate): string | undefined {
  if (why === null) return undefined;
  const key = `common.why.${why}`;
  return key in EN ? t(key as TextKey) : why; // the check before looked
}

export function FlagTag({ flag, why }: { readonly flag: Flag; readonly why?: string | null }): ReactElement {
  const { t } = useText();
  const reason = flag === 'not-evaluated' ? whyText(why ?? null, t) : undefined;
  return (
    <Tag {...LOOK[flag]}>
      {t(`common.flag.${flag}`)}
      {reason === undefined ? '' : `: ${reason}`}
    </Tag>
  );
}

export function ValueText({
  given,
  strong,
}: {
  readonly given: Pick<GivenValue, 'value' | 'unit'> | null;
  readonly strong?: boolean;
}): ReactElement {
  if (given === null) return <span className="n-muted">–</span>;
  return (
    <span className="n-nowrap">
      <span className={strong === true ? 'n-number' : undefined}>{String(given.value)}</span>{' '}
      <span className="n-muted">{unitText(given.unit)}</span>
    </span>
  );
}

/** The change since the last value; where there is none to compare with, that is said and never called passed. */
export function DeltaText({ delta }: { readonly delta: EvaluationShape['delta'] }): ReactElement {
  const { t } = useText();
  if (delta === null || delta.status === 'not-evaluated') return <span className="n-muted">{t('common.deltaNot')}</span>;
  const percent = delta.percent === null ? '' : `${delta.percent > 0 ? '+' : ''}${Math.round(delta.percent)} %`;
  if (delta.status === 'passed')
    return (
      <span>
        {percent} <span className="n-muted">({delta.previous})</span>
      </span>
    );
  return (
    <Tag tone="warn" icon="danger">
      {t('common.deltaFailed', { percent, previous: delta.previous ?? '' })}
    </Tag>
  );
}
