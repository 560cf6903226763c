// A tube before there is an identity or an order: two identifiers from the start, and a twin for the slip or band.
import { parseNumber } from '#kernel/shared/numbers.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseAgeText } from '#desk/app/age-text.ts';
import { newKey, useAsk, useClient, useDo } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { printPaper } from '#desk/app/paper.ts';
import { nameIn } from '#desk/app/person.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { SpecimenPage } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { sexOptions } from '#desk/app/sex-options.ts';
import { LetterField } from '#desk/ui/letter-field.tsx';
import { Note, NumberText, Panel, Swatch } from '#desk/ui/parts.tsx';
import { PickField, PickMany } from '#desk/ui/pick-field.tsx';
import { cssColour } from '#desk/ui/tube-colour.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { type ReactElement, useRef, useState } from 'react';

interface Told {
  readonly name: string;
  readonly age: string;
  readonly sex: string;
  readonly container: string;
  readonly tests: readonly string[];
  readonly roll: string;
}
const EMPTY: Told = { name: '', age: '', sex: '', container: '', tests: [], roll: '' };

interface Taken {
  readonly accession: string;
  readonly temporary: string;
  readonly name: string;
}

export function Unidentified({ close, open }: { readonly close: () => void; readonly open: (text: string) => void }): ReactElement {
  const client = useClient();
  const { t, language } = useText();
  const { command, call } = useDo();
  const catalogue = useAsk('catalogue', {}).data;
  const [told, setTold] = useDraft<Told>('collection/unidentified', EMPTY);
  const [key, setKey] = useDraft('collection/unidentified-key', newKey());
  const [taken, setTaken] = useState<Taken>();
  const [rejection, setRejection] = useState<Rejection>();
  const [tried, setTried] = useState(false);
  const nameBox = useRef<HTMLInputElement>(null);
  const age = parseAgeText(told.age);
  const change = (fields: Partial<Told>): void => setTold((old) => ({ ...old, ...fields }));
  const save = async (): Promise<void> => {
    setTried(true);
    if (told.container === '' || age.kind === 'wrong') return;
    const done = await command<Taken>(
      'collectUnidentified',
      {
        container: told.container,
        ...(told.name.trim() === '' ? {} : { name: told.name.trim() }),
        ...(age.kind === 'age' ? { age: age.age } : {}),
        ...(told.sex === '' ? {} : { sex: told.sex }),
        ...(told.tests.length === 0 ? {} : { tests: told.tests }),
        ...(told.roll.trim() === '' ? {} : { accession: told.roll.trim() }),
      },
      key,
    );
    if (!done.ok) return setRejection(done.rejection);
    setRejection(undefined);
    setTaken(done.result);
    setTold(EMPTY);
    setKey(newKey());
    setTried(false);
    nameBox.current?.focus();
    // The tube's label and its twin come out together, so that the twin is on the slip or band before anybody walks away.
    await printPaper(call, { paper: 'twin', specimen: done.result.accession, language });
  };
  // A label from the pre-printed roll is scanned, not typed. A tube or card that is known already is what the user wants to see.
  useScan((text) => {
    const number = parseNumber(text, 'accession');
    if (!number.ok) return open(text);
    void client.query<SpecimenPage>('specimen', { accession: number.number }).then((tube) => {
      if (tube.ok) open(text);
      else change({ roll: number.number });
    });
  });
  useActions([
    { id: 'save', title: 'collection.takeUnidentified', group: 'common.groupScreen', keys: 'ctrl+enter', run: () => void save() },
  ]);
  const tube = catalogue?.containers.find((one) => one.container === told.container);
  return (
    <Panel
      title={t('collection.unidentified')}
      actions={
        <ActionButton size="xs" keys="Alt+X" onClick={close}>
          {t('common.close')}
        </ActionButton>
      }
    >
      <form
        className="n-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className="n-muted">{t('collection.unidentifiedHow')}</p>
        <div className="n-fields">
          <div className="n-c6">
            <TextField
              label={t('collection.toldName')}
              value={told.name}
              onChange={(name) => change({ name })}
              hint={t('collection.toldNameHint')}
              inputRef={nameBox}
              autoFocus
            />
          </div>
          <div className="n-c2">
            <TextField
              label={t('collection.toldAge')}
              value={told.age}
              onChange={(text) => change({ age: text })}
              error={age.kind === 'wrong' ? t('collection.wrongAge') : undefined}
            />
          </div>
          <div className="n-c4">
            <LetterField
              label={t('common.sex')}
              name="sex"
              value={told.sex}
              onChange={(sex) => change({ sex })}
              options={sexOptions({ t, language })}
            />
          </div>
          <div className="n-c4">
            <PickField
              label={t('collection.tube')}
              required
              value={told.container}
              onChange={(container) => change({ container })}
              nothing={t('common.nothingFound')}
              error={tried && told.container === '' ? t('collection.needTube') : undefined}
              options={(catalogue?.containers ?? [])
                .filter((one) => !one.retired)
                .map((one) => ({
                  value: one.container,
                  code: one.container,
                  label: nameIn(language, one),
                  also: `${one.name} ${one.nameHi} ${one.colour ?? ''}`,
                  extra: (
                    <span className="n-muted n-small">
                      <Swatch colour={cssColour(one.colour)} /> {one.colour}
                    </span>
                  ),
                }))}
            />
          </div>
          <div className="n-c8">
            <PickMany
              label={t('common.tests')}
              values={told.tests}
              onChange={(tests) => change({ tests })}
              nothing={t('common.nothingFound')}
              remove={(code) => t('common.removeThing', { what: code })}
              chips={(code) => code}
              options={(catalogue?.tests ?? [])
                .filter((test) => !test.retired && (tube === undefined || test.containers.includes(tube.container)))
                .map((test) => ({ value: test.test, code: test.test, label: nameIn(language, test), also: test.name }))}
            />
          </div>
          <div className="n-c4">
            <TextField
              label={t('collection.roll')}
              value={told.roll}
              onChange={(roll) => change({ roll })}
              hint={t('collection.rollHint')}
              inputMode="numeric"
            />
          </div>
        </div>
        <Refused rejection={rejection} />
        <div className="n-row">
          <ActionButton type="submit" primary keys="Ctrl+Enter">
            {t('collection.takeUnidentified')}
          </ActionButton>
        </div>
        {taken === undefined ? null : (
          <Note tone="ok" live title={t('collection.takenAs', { name: taken.name })}>
            <span className="n-row">
              <NumberText number={taken.accession} big />{' '}
              <span>
                {t('collection.temporary')} <NumberText number={taken.temporary} />
              </span>
            </span>
            {t('collection.twinNow')}
          </Note>
        )}
      </form>
    </Panel>
  );
}
