// A released value is replaced with a reason; the first one stays and is printed beside the new one.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { nameIn } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { ReportLineShape } from '#desk/app/shapes.ts';
import { unitText, ValueText } from '#desk/app/value.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, LongField, TextField } from '#desk/ui/fields.tsx';
import { Note, NumberText } from '#desk/ui/parts.tsx';
import { Modal } from '@mantine/core';
import { type ReactElement, useState } from 'react';

export function Amend({ line, close }: { readonly line: ReportLineShape; readonly close: () => void }): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const save = async (): Promise<void> => {
    setTried(true);
    if (value.trim() === '' || reason.trim() === '') return;
    const done = await command('amendResult', {
      accession: line.accession,
      test: line.test,
      value: value.trim(),
      ...(line.unit === null ? {} : { unit: line.unit }),
      reason: reason.trim(),
    });
    if (done.ok) close();
    else setRejection(done.rejection);
  };
  return (
    <Modal opened onClose={close} title={t('lab.amendTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        className="n-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          <NumberText number={line.accession} /> {nameIn(language, line)} · {t('lab.nowIs')} <ValueText given={line} strong />
        </p>
        <TextField
          label={t('lab.newValue')}
          value={value}
          onChange={setValue}
          autoFocus
          inputMode="decimal"
          required
          hint={unitText(line.unit)}
          error={tried && value.trim() === '' ? t('lab.needValue') : undefined}
        />
        <LongField
          label={t('common.reason')}
          value={reason}
          onChange={setReason}
          error={tried && reason.trim() === '' ? t('common.reasonNeeded') : undefined}
        />
        <Note>{t('lab.amendHow')}</Note>
        <Refused rejection={rejection} />
        <div className="n-row">
          <ActionButton type="submit" primary>
            {t('lab.amend')}
          </ActionButton>
          <ActionButton onClick={close}>{t('common.cancel')}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}
