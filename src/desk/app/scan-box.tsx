// The one box that each desk starts with: type, scan, paste or hold paper to the camera. It must not know what is looked for.
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { TextInput } from '@mantine/core';
import { type ClipboardEvent, type KeyboardEvent, lazy, type ReactElement, type Ref, Suspense, useState } from 'react';
import { useActions } from './actions-context.tsx';

const CameraScan = lazy(async () => ({ default: (await import('./camera-scan.tsx')).CameraScan }));

export interface ScanBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter, a paste of paper, or what the camera read. */
  readonly onScan: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly inputRef: Ref<HTMLInputElement> & { readonly current: HTMLInputElement | null };
  readonly listId?: string;
  readonly activeId?: string | undefined;
  readonly expanded?: boolean;
  readonly busy?: boolean;
}

export function ScanBox({
  label,
  placeholder,
  value,
  onChange,
  onScan,
  onKeyDown,
  inputRef,
  listId,
  activeId,
  expanded,
}: ScanBoxProps): ReactElement {
  const { t } = useText();
  const [camera, setCamera] = useState(false);
  useActions([
    {
      id: 'focus-box',
      title: 'common.goToBox',
      group: 'common.groupScreen',
      keys: 'f2',
      run: () => {
        inputRef.current?.focus();
        inputRef.current?.select();
      },
    },
    { id: 'camera', title: 'common.cameraScan', group: 'common.groupScreen', keys: 'f8', run: () => setCamera(true) },
  ]);
  const keyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    onKeyDown?.(event);
    if (event.defaultPrevented || event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    onScan(value);
  };
  // Paper pasted from a phone or a chat may hold several texts, one a line.
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const lines = event.clipboardData
      .getData('text')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (!lines.some((line) => line.length >= 60)) return;
    event.preventDefault();
    for (const line of lines) onScan(line);
  };
  return (
    <>
      <TextInput
        label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={keyDown}
        onPaste={paste}
        ref={inputRef}
        size="md"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        leftSection={<Icon name="search" />}
        rightSectionWidth={44}
        rightSectionPointerEvents="all"
        rightSection={
          <button type="button" className="n-quiet" aria-label={t('common.cameraScan')} onClick={() => setCamera(true)}>
            <Icon name="camera" />
          </button>
        }
        {...(listId === undefined
          ? {}
          : {
              role: 'combobox',
              'aria-expanded': expanded === true,
              'aria-controls': listId,
              'aria-autocomplete': 'list' as const,
              'aria-activedescendant': activeId,
            })}
      />
      {camera ? (
        <Suspense fallback={null}>
          <CameraScan
            close={() => {
              setCamera(false);
              inputRef.current?.focus();
            }}
            onText={onScan}
          />
        </Suspense>
      ) : null}
    </>
  );
}
