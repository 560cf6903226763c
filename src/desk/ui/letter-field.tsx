// One choice out of a few by one letter, as a row of radio buttons: `f` picks female, arrows and clicks work as everywhere.
import { type KeyboardEvent, type ReactElement, useId } from 'react';
import { Key } from './parts.tsx';

export interface LetterOption {
  readonly value: string;
  readonly label: string;
  readonly letters: readonly string[];
}

/** The option that a typed key means, in either script. */
export function optionByLetter(options: readonly LetterOption[], key: string): LetterOption | undefined {
  const letter = key.toLocaleLowerCase('en');
  return options.find((option) => option.letters.includes(letter));
}

export function LetterField({
  label,
  value,
  onChange,
  options,
  error,
  required,
  name,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly LetterOption[];
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly name: string;
}): ReactElement {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const option = optionByLetter(options, event.key);
    if (option === undefined) return;
    event.preventDefault();
    onChange(option.value);
    document.getElementById(`${id}-${option.value}`)?.focus();
  };
  return (
    <fieldset
      className="n-letters"
      onKeyDown={onKeyDown}
      aria-required={required === true ? true : undefined}
      aria-invalid={error === undefined ? undefined : true}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      role="radiogroup"
      aria-label={label}
    >
      <span className="mantine-InputWrapper-label" aria-hidden="true">
        {label}
      </span>
      <div className="n-letters-row" data-error={error !== undefined || undefined}>
        {options.map((option, at) => (
          <label key={option.value} data-picked={option.value === value || undefined}>
            <input
              type="radio"
              name={`${id}-${name}`}
              id={`${id}-${option.value}`}
              data-field={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              tabIndex={value === '' ? (at === 0 ? 0 : -1) : undefined}
            />
            <span>{option.label}</span>{' '}
            <span aria-hidden="true">
              <Key>{option.letters[0]?.toUpperCase()}</Key>
            </span>
          </label>
        ))}
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mantine-InputWrapper-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
