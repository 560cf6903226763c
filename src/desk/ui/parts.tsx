// Small parts that carry meaning by word, icon and colour together: note, tag, key, number, tube. They know no patient.
import { formatNumber } from '#kernel/shared/numbers.ts';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'note' | 'ok' | 'warn' | 'danger';
const TONE_ICON: Readonly<Record<Tone, IconName>> = { note: 'note', ok: 'ok', warn: 'danger', danger: 'danger' };

/** A banner. `live` says it aloud at once; use it only for what the user just caused. */
export function Note({
  tone = 'note',
  title,
  children,
  actions,
  live,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly live?: boolean;
}): ReactElement {
  const role = live === true ? (tone === 'danger' ? 'alert' : 'status') : undefined;
  return (
    <div className="n-note" data-tone={tone} role={role}>
      <Icon name={TONE_ICON[tone]} />
      <div className="n-note-body">
        {title === undefined ? null : <strong>{title}</strong>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {actions === undefined ? null : <div className="n-row">{actions}</div>}
    </div>
  );
}

export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className="n-tag" data-tone={tone}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  );
}

export function Key({ children }: { readonly children: ReactNode }): ReactElement {
  return <kbd className="n-kbd">{children}</kbd>;
}

/** A hospital number in groups of four, never broken over two lines. */
export function NumberText({ number, big }: { readonly number: string; readonly big?: boolean }): ReactElement {
  return <span className={big === true ? 'n-number-big' : 'n-number'}>{formatNumber(number)}</span>;
}

/** The tube's cap as a colour; the word always stands beside it. */
export function Swatch({ colour }: { readonly colour: string }): ReactElement {
  const style = { '--n-cap': colour } as CSSProperties; // a custom property, which the type does not list
  return <span className="n-swatch" style={style} aria-hidden="true" />;
}

export function Panel({
  title,
  lead,
  actions,
  children,
  label,
}: {
  readonly title?: ReactNode;
  /** Stands in the head instead of a title: tabs. */ readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly label?: string;
}): ReactElement {
  return (
    <section className="n-panel" aria-label={label ?? (typeof title === 'string' ? title : undefined)}>
      {title === undefined && lead === undefined && actions === undefined ? null : (
        <header>
          {title === undefined ? null : <h2>{title}</h2>}
          {lead}
          <span className="n-spring" />
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}
