// Asks for a reason, from a list or in words, and does nothing without one.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, LongField } from '#desk/ui/fields.tsx';
import { PickField, type PickOption } from '#desk/ui/pick-field.tsx';
import { Modal } from '@mantine/core';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useActions } from './actions-context.tsx';
import { Refused } from './refused.tsx';

export function ReasonDialog({
  title,
  about,
  options,
  submit,
  danger,
  done,
  close,
}: {
  readonly title: string;
  readonly about: ReactNode;
  /** With a list one of it must be chosen; the words are then a note. */
  readonly options?: readonly PickOption[];
  readonly submit: string;
  readonly danger?: boolean;
  /** @returns why it was refused */
  readonly done: (reason: string, note: string) => Promise<Rejection | undefined>;
  readonly close: () => void;
}): ReactElement {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const given = options === undefined ? note.trim() : reason;
  const send = async (): Promise<void> => {
    if (given === '') return setMissing(true);
    const refused = await done(given, note.trim());
    if (refused === undefined) close();
    else setRejection(refused);
  };
  useActions([{ id: 'dialog-save', title: 'common.save', group: 'common.groupScreen', keys: 'ctrl+enter', run: () => void send() }]);
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        className="n-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div>{about}</div>
        {options === undefined ? null : (
          <PickField
            label={t('common.reason')}
            value={reason}
            onChange={setReason}
            options={options}
            nothing={t('common.nothingFound')}
            error={missing && reason === '' ? t('common.reasonNeeded') : undefined}
            required
          />
        )}
        <LongField
          label={t(options === undefined ? 'common.reason' : 'common.note')}
          value={note}
          onChange={setNote}
          error={missing && options === undefined && note.trim() === '' ? t('common.reasonNeeded') : undefined}
          autoFocus={options === undefined}
        />
        <Refused rejection={rejection} />
        <div className="n-row">
          <ActionButton type="submit" primary {...(danger === true ? { danger: true } : {})} keys="Ctrl+Enter">
            {submit}
          </ActionButton>
          <ActionButton onClick={close}>{t('common.cancel')}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}
