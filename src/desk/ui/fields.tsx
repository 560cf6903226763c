// Our fields: Mantine's, with the wiring that every form of ours wants. A form never uses Mantine's inputs directly.
import { Button, type ButtonProps, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useId } from 'react';
import { Key } from './parts.tsx';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly name?: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  readonly inputMode?: 'text' | 'tel' | 'numeric' | 'decimal';
  readonly lang?: string;
  readonly placeholder?: string;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly right?: ReactNode;
  readonly maxLength?: number;
  readonly disabled?: boolean;
}

export function TextField({ label, value, onChange, hint, error, inputRef, right, required, ...rest }: FieldProps): ReactElement {
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      ref={inputRef}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      aria-required={required === true ? true : undefined}
      {...(hint === undefined || error !== undefined ? {} : { description: hint })}
      {...(right === undefined ? {} : { rightSection: right, rightSectionPointerEvents: 'all' })}
      {...rest}
      data-autofocus={rest.autoFocus === true ? true : undefined} // a dialog looks for this, and would give its close button the focus
    />
  );
}

export function SecretField({
  label,
  value,
  onChange,
  error,
  autoFocus,
  inputRef,
  inputMode,
  hint,
  show,
}: FieldProps & { readonly show: string }): ReactElement {
  return (
    <PasswordInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoFocus={autoFocus ?? false}
      ref={inputRef}
      autoComplete="off"
      {...(inputMode === undefined ? {} : { inputMode })}
      {...(hint === undefined ? {} : { description: hint })}
      visibilityToggleButtonProps={{ 'aria-label': show }}
    />
  );
}

export function LongField({
  label,
  value,
  onChange,
  hint,
  error,
  name,
  placeholder,
  rows,
  autoFocus,
}: Omit<FieldProps, 'onKeyDown' | 'inputRef'> & { readonly rows?: number }): ReactElement {
  return (
    <Textarea
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      rows={rows ?? 2}
      name={name ?? ''}
      placeholder={placeholder ?? ''}
      autoFocus={autoFocus ?? false}
      data-autofocus={autoFocus === true ? true : undefined}
      {...(hint === undefined ? {} : { description: hint })}
    />
  );
}

/** A button that says its key, and, when it cannot be used, why. The reason is text, not a tooltip: touch and readers get it too. */
export function ActionButton({
  children,
  keys,
  reason,
  primary,
  danger,
  ...rest
}: ButtonProps & {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  readonly keys?: string;
  readonly reason?: string | undefined;
  readonly primary?: boolean;
  readonly danger?: boolean;
}): ReactElement {
  const reasonId = useId();
  const id = reason === undefined ? undefined : reasonId;
  return (
    <span style={{ display: 'inline-flex', flexDirection: 'column', alignItems: 'flex-start', gap: 2 }}>
      <Button
        variant={primary === true || danger === true ? 'filled' : 'default'}
        data-danger={danger === true || undefined}
        {...rest}
        disabled={reason !== undefined || rest.disabled === true}
        aria-describedby={id}
        rightSection={keys === undefined ? undefined : <Key>{keys}</Key>}
      >
        {children}
      </Button>
      {reason === undefined ? null : (
        <span id={id} className="n-hint">
          {reason}
        </span>
      )}
    </span>
  );
}
