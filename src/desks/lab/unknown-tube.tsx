// A tube that this laboratory has never heard of: taken in by what stands on its label, linked when its order comes.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseAgeText } from '#desk/app/age-text.ts';
import { useAsk, useDo } from '#desk/app/desk-context.tsx';
import { nameIn } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { LetterField } from '#desk/ui/letter-field.tsx';
import { NumberText } from '#desk/ui/parts.tsx';
import { PickField, PickMany } from '#desk/ui/pick-field.tsx';
import { Modal } from '@mantine/core';
import { type ReactElement, useState } from 'react';

export function UnknownTube({
  accession,
  taken,
  close,
}: {
  readonly accession: string;
  readonly taken: () => void;
  readonly close: () => void;
}): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const catalogue = useAsk('catalogue', {}).data;
  const [name, setName] = useState('');
  const [ageText, setAge] = useState('');
  const [sex, setSex] = useState('');
  const [container, setContainer] = useState('');
  const [tests, setTests] = useState<readonly string[]>([]);
  const [rejection, setRejection] = useState<Rejection>();
  const age = parseAgeText(ageText);
  const save = async (): Promise<void> => {
    if (age.kind === 'wrong') return;
    const done = await command('receiveSpecimen', {
      accession,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(age.kind === 'age' ? { age: age.age } : {}),
      ...(sex === '' ? {} : { sex }),
      ...(container === '' ? {} : { container }),
      ...(tests.length === 0 ? {} : { tests }),
    });
    if (!done.ok) return setRejection(done.rejection);
    taken();
    close();
  };
  return (
    <Modal opened onClose={close} title={t('lab.unknownTitle')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        className="n-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          <NumberText number={accession} big />
        </p>
        <p className="n-muted">{t('lab.unknownHow')}</p>
        <div className="n-fields">
          <div className="n-c6">
            <TextField label={t('lab.labelName')} value={name} onChange={setName} autoFocus />
          </div>
          <div className="n-c6">
            <TextField
              label={t('lab.labelAge')}
              value={ageText}
              onChange={setAge}
              error={age.kind === 'wrong' ? t('lab.wrongAge') : undefined}
            />
          </div>
          <div className="n-c12">
            <LetterField
              label={t('common.sex')}
              name="sex"
              value={sex}
              onChange={setSex}
              options={[
                { value: 'female', label: t('common.female'), letters: ['f', 'म'] },
                { value: 'male', label: t('common.male'), letters: ['m', 'प'] },
                { value: 'other', label: t('common.otherSex'), letters: ['o', 'अ'] },
              ]}
            />
          </div>
          <div className="n-c6">
            <PickField
              label={t('lab.tube')}
              value={container}
              onChange={setContainer}
              nothing={t('common.nothingFound')}
              options={(catalogue?.containers ?? []).map((one) => ({
                value: one.container,
                code: one.container,
                label: nameIn(language, one),
                also: one.colour ?? '',
              }))}
            />
          </div>
          <div className="n-c6">
            <PickMany
              label={t('common.tests')}
              values={tests}
              onChange={setTests}
              nothing={t('common.nothingFound')}
              remove={(code) => t('common.removeThing', { what: code })}
              chips={(code) => code}
              options={(catalogue?.tests ?? [])
                .filter((test) => !test.retired)
                .map((test) => ({ value: test.test, code: test.test, label: nameIn(language, test), also: test.name }))}
            />
          </div>
        </div>
        <Refused rejection={rejection} />
        <div className="n-row">
          <ActionButton type="submit" primary>
            {t('lab.unknownTake')}
          </ActionButton>
          <ActionButton onClick={close}>{t('common.cancel')}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}
