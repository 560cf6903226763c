// A box that picks by its first letters: type, Enter, done. One value or several. The first match is always the one taken.
import { type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useId, useState } from 'react';
import { TextInput } from '@mantine/core';
import { Icon } from './icons.tsx';

export interface PickOption {
  readonly value: string;
  readonly label: string;
  readonly code?: string;
  readonly also?: string;
  readonly extra?: ReactNode;
  readonly tone?: string;
}

/** How many matches are shown: what fits on the screen without scrolling past the answer. */
const SHOWN = 12;

/** Best first: code begins so, a word begins so, it stands somewhere inside. */
export function rankOptions(options: readonly PickOption[], text: string): readonly PickOption[] {
  const wanted = text.trim().toLocaleLowerCase('en');
  if (wanted === '') return options;
  const scored = options.map((option, at) => ({ option, at, score: score(option, wanted) })).filter(({ score: one }) => one > 0);
  return scored.toSorted((a, b) => b.score - a.score || a.at - b.at).map(({ option }) => option);
}

function score(option: PickOption, wanted: string): number {
  const code = (option.code ?? '').toLocaleLowerCase('en');
  if (code === wanted) return 6;
  if (code.startsWith(wanted)) return 5;
  const label = option.label.toLocaleLowerCase('en');
  if (label.startsWith(wanted)) return 4;
  const words = `${label} ${(option.also ?? '').toLocaleLowerCase('en')}`.split(/[\s()/,-]+/);
  if (words.some((word) => word.startsWith(wanted))) return 3;
  return label.includes(wanted) || (option.also ?? '').toLocaleLowerCase('en').includes(wanted) ? 1 : 0;
}

interface CommonProps {
  readonly label: string;
  readonly options: readonly PickOption[];
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly nothing: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly required?: boolean;
  readonly name?: string;
  readonly disabled?: boolean;
}

export function PickField({
  value,
  onChange,
  free,
  autoFocus,
  ...rest
}: CommonProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What matches no line is taken as it was typed: the list may be shorter than the world. */
  readonly free?: boolean;
  readonly autoFocus?: boolean;
}): ReactElement {
  const [text, setText] = useState<string>();
  const chosen = rest.options.find((option) => option.value === value);
  const matches = rankOptions(rest.options, text ?? '');
  const take = (option: PickOption): void => {
    onChange(option.value);
    setText(undefined);
  };
  return (
    <PickBox
      {...rest}
      text={text ?? chosen?.label ?? (free === true ? value : '')}
      open={text !== undefined && (free !== true || matches.length > 0)}
      matches={matches}
      autoFocus={autoFocus ?? false}
      onText={setText}
      onTake={take}
      onClose={(leaving) => {
        if (leaving && text === '') onChange('');
        else if (leaving && free === true && text !== undefined) onChange(text.trim());
        setText(undefined);
      }}
      takeOnLeave={text !== undefined && text !== ''}
      select
    />
  );
}

export function PickMany({
  values,
  onChange,
  chips,
  remove,
  ...rest
}: CommonProps & {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly chips: (value: string) => ReactNode;
  readonly remove: (value: string) => string;
}): ReactElement {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const left = rest.options.filter((option) => !values.includes(option.value));
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Backspace' && text === '' && values.length > 0) onChange(values.slice(0, -1));
  };
  return (
    <div className="n-stack" style={{ gap: 6 }}>
      <PickBox
        {...rest}
        text={text}
        open={open && text !== ''}
        matches={rankOptions(left, text)}
        onKey={onKey}
        onText={(next) => {
          setText(next);
          setOpen(true);
        }}
        onTake={(option) => {
          onChange([...values, option.value]);
          setText('');
        }}
        onClose={() => setOpen(false)}
        takeOnLeave={false}
      />
      {values.length === 0 ? null : (
        <ul className="n-list n-row" style={{ gap: 6 }} aria-label={rest.label}>
          {values.map((value) => (
            <li key={value} className="n-tag" style={{ paddingRight: 0 }}>
              {chips(value)}
              <button
                type="button"
                className="n-quiet"
                style={{ minHeight: 24, minWidth: 24, padding: 0, justifyContent: 'center' }}
                aria-label={remove(value)}
                onClick={() => onChange(values.filter((other) => other !== value))}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function PickBox({
  label,
  text,
  open,
  matches,
  onText,
  onTake,
  onClose,
  onKey,
  takeOnLeave,
  hint,
  error,
  placeholder,
  nothing,
  inputRef,
  required,
  name,
  select,
  disabled,
  autoFocus,
}: Omit<CommonProps, 'options'> & {
  readonly text: string;
  readonly open: boolean;
  readonly matches: readonly PickOption[];
  readonly takeOnLeave: boolean;
  readonly select?: boolean;
  readonly autoFocus?: boolean;
  readonly onText: (text: string) => void;
  readonly onTake: (option: PickOption) => void;
  readonly onClose: (leaving: boolean) => void;
  readonly onKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
}): ReactElement {
  const id = useId();
  const [at, setAt] = useState(0);
  const shown = matches.slice(0, SHOWN);
  const current = shown[Math.min(at, shown.length - 1)];
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    onKey?.(event);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) onText(select === true ? '' : text);
      else
        setAt((old) => (Math.min(old, shown.length - 1) + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % Math.max(1, shown.length));
    } else if (event.key === 'Enter' && open && !event.ctrlKey && current !== undefined) {
      event.preventDefault();
      onTake(current);
      setAt(0);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      onClose(false);
    }
  };
  return (
    <div className="n-float">
      <TextInput
        label={label}
        value={text}
        ref={inputRef}
        name={name ?? ''}
        placeholder={placeholder ?? ''}
        error={error}
        autoComplete="off"
        autoFocus={autoFocus ?? false}
        spellCheck={false}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        disabled={disabled ?? false}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...(hint === undefined ? {} : { description: hint })}
        aria-required={required === true ? true : undefined}
        aria-activedescendant={open && current !== undefined ? `${id}-${current.value}` : undefined}
        onFocus={(event) => {
          if (select === true) event.currentTarget.select();
        }}
        onChange={(event) => {
          onText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (takeOnLeave && current !== undefined) onTake(current);
          else onClose(true);
        }}
      />
      <div className="n-drop" hidden={!open}>
        <ul className="n-options" role="listbox" id={`${id}-list`} aria-label={label}>
          {open
            ? shown.map((option) => (
                <li
                  key={option.value}
                  role="option"
                  id={`${id}-${option.value}`}
                  aria-selected={option.value === current?.value}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    onTake(option);
                    setAt(0);
                  }}
                >
                  {option.code === undefined ? null : (
                    <span className="n-strong" style={{ minWidth: '4.5em' }}>
                      {option.code}
                    </span>
                  )}
                  <span>{option.label}</span>
                  {option.extra}
                </li>
              ))
            : null}
        </ul>
        {open && shown.length === 0 ? (
          <p className="n-empty" style={{ padding: 10 }}>
            {nothing}
          </p>
        ) : null}
      </div>
    </div>
  );
}
