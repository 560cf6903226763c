// Says to whom a tube belongs that was taken before there was an identity: both twins scanned, or a second person confirms.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useAsk, useDo, useSession } from '#desk/app/desk-context.tsx';
import { nameIn, PersonLine, PersonName } from '#desk/app/person.tsx';
import { PatientFinder } from '#desk/app/patient-finder.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { PersonShape, SpecimenPage } from '#desk/app/shapes.ts';
import { TubeName, TubeNumber } from '#desk/app/tube.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { PickField } from '#desk/ui/pick-field.tsx';
import { useScan } from '#desk/ui/use-scan.ts';
import { type ReactElement, useRef, useState } from 'react';
import { LabelCopy, ReprintDialog } from './print-labels.tsx';

export function LinkTube({ tube, close }: { readonly tube: SpecimenPage; readonly close: () => void }): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const session = useSession();
  const users = useAsk('users', {}).data?.users ?? [];
  const [search, setSearch] = useState('');
  const [patient, setPatient] = useState<PersonShape>();
  const [twin, setTwin] = useState('');
  const [second, setSecond] = useState('');
  const [rejection, setRejection] = useState<Rejection>();
  const box = useRef<HTMLInputElement>(null);
  const [reprinting, setReprinting] = useState(false);
  const labels = useAsk('specimen', { accession: tube.accession }).data?.labels ?? tube.labels;
  useScan((text) => {
    const number = parseNumber(text);
    if (number.ok && number.kind === 'uhid') setSearch(number.number);
    else if (number.ok) setTwin(number.number);
  }, !reprinting);
  const send = async (
    by: { readonly kind: 'twins'; readonly twin: string } | { readonly kind: 'second-person'; readonly confirmer: string },
  ): Promise<void> => {
    if (patient === undefined) return;
    const done = await command('linkSpecimen', { accession: tube.accession, patient: patient.patient, by });
    if (done.ok) close();
    else setRejection(done.rejection);
  };
  const needPatient = patient === undefined ? t('collection.linkPatientFirst') : undefined;
  return (
    <Panel
      title={t('collection.link')}
      actions={
        <ActionButton size="xs" keys="Alt+X" onClick={close}>
          {t('common.close')}
        </ActionButton>
      }
    >
      <div className="n-stack">
        <p className="n-row">
          <TubeName tube={tube} /> <TubeNumber accession={tube.accession} /> {tube.told === null ? null : <span>{tube.told.name}</span>}{' '}
          {tube.temporary === null ? null : (
            <Tag tone="warn">
              {t('collection.temporary')} <NumberText number={tube.temporary} />
            </Tag>
          )}
          <LabelCopy tube={{ ...tube, labels }} />
          <ActionButton size="compact-sm" onClick={() => setReprinting(true)}>
            {t('collection.reprint')}
          </ActionButton>
        </p>
        {reprinting ? <ReprintDialog tubes={[{ ...tube, labels }]} way="browser" close={() => setReprinting(false)} /> : null}
        <PatientFinder
          label={t('collection.linkTo')}
          placeholder={t('collection.boxHint')}
          text={search}
          onText={setSearch}
          inputRef={box}
          choices={[]}
          onPaper={() => undefined}
          onPick={(row) => {
            setPatient(row);
            setSearch('');
          }}
        />
        {patient === undefined ? null : (
          <p className="n-row">
            <NumberText number={patient.uhid ?? ''} /> <PersonName person={patient} /> <PersonLine person={patient} />
          </p>
        )}
        <div className="n-fields">
          <form
            className="n-c6 n-stack"
            onSubmit={(event) => {
              event.preventDefault();
              void send({ kind: 'twins', twin });
            }}
          >
            <h3>{t('collection.byTwins')}</h3>
            <TextField
              label={t('collection.twinNumber')}
              value={twin}
              onChange={setTwin}
              inputMode="numeric"
              hint={t('collection.twinHint')}
            />
            <ActionButton type="submit" primary reason={needPatient ?? (twin === '' ? t('collection.scanTwinFirst') : undefined)}>
              {t('collection.linkByTwins')}
            </ActionButton>
          </form>
          <form
            className="n-c6 n-stack"
            onSubmit={(event) => {
              event.preventDefault();
              void send({ kind: 'second-person', confirmer: second });
            }}
          >
            <h3>{t('collection.bySecond')}</h3>
            <PickField
              label={t('collection.second')}
              value={second}
              onChange={setSecond}
              nothing={t('common.nothingFound')}
              hint={t('collection.secondHint')}
              options={users
                .filter((one) => !one.disabled && one.user !== session?.user)
                .map((one) => ({ value: one.userName, code: one.userName, label: nameIn(language, one) }))}
            />
            <ActionButton type="submit" reason={needPatient ?? (second === '' ? t('collection.secondFirst') : undefined)}>
              {t('collection.linkBySecond')}
            </ActionButton>
          </form>
        </div>
        <Refused rejection={rejection} />
      </div>
    </Panel>
  );
}
