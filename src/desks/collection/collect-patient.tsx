// One patient at the chair: who it is, which tubes in which order, label, stick, scan each, done.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useAsk, useDo, useReach } from '#desk/app/desk-context.tsx';
import { nameIn, PatientBanner, ReachTag } from '#desk/app/person.tsx';
import { ReasonDialog } from '#desk/app/reason-dialog.tsx';
import { Refused } from '#desk/app/refused.tsx';
import { rejectionOptions } from '#desk/app/rejection-reasons.ts';
import type { PersonShape, SpecimenRow } from '#desk/app/shapes.ts';
import { StateTag, TubeName, TubeNumber, useContainers } from '#desk/app/tube.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { Note, Panel, Tag } from '#desk/ui/parts.tsx';
import { soundRight, soundWrong } from '#desk/ui/sound.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import { Checkbox } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import { Mismatch } from './mismatch.tsx';
import { LabelCopy, ReprintDialog, usePrintLabels, type Way } from './print-labels.tsx';
import { inOrderOfDraw, tick } from './sticking.ts';

type Asking =
  | { readonly what: 'not-collected' | 'reject'; readonly tube: SpecimenRow }
  | { readonly what: 'reprint'; readonly tubes: readonly SpecimenRow[]; readonly way: Way };

export function CollectPatient({
  patient,
  identified,
  setIdentified,
  close,
}: {
  readonly patient: PersonShape;
  /** The patient at the chair said who it is. It ends with the patient: whoever comes back is asked again. */
  readonly identified: boolean;
  readonly setIdentified: (identified: boolean) => void;
  readonly close: () => void;
}): ReactElement {
  const { t, language } = useText();
  const { command } = useDo();
  const print = usePrintLabels();
  const containers = useContainers();
  const list = useAsk('collectionList', { patient: patient.patient }, { keep: true });
  const page = useAsk('patient', { patient: patient.patient }).data;
  const catalogue = useAsk('catalogue', {}).data;
  const [mismatch, setMismatch] = useState<string>();
  const [rejection, setRejection] = useState<Rejection>();
  const [asking, setAsking] = useState<Asking>();
  const due = inOrderOfDraw(list.data?.rows.flatMap((row) => row.specimens) ?? [], (code) => containers.get(code ?? '')?.drawOrder ?? null);
  const today = (page?.specimens ?? [])
    .filter(
      (tube) =>
        !due.some((other) => other.specimen === tube.specimen) &&
        ['collected', 'not-collected', 'rejected', 'in-transit', 'lost'].includes(tube.status),
    )
    .slice(0, 12);
  const reach = useReach([...due, ...today].map((tube) => tube.specimen));
  const unprinted = due.filter((tube) => tube.status === 'planned');
  const printed = due.filter((tube) => tube.status === 'labelled');
  const testName = (code: string): string => {
    const test = catalogue?.tests.find((one) => one.test === code);
    return test === undefined ? code : nameIn(language, test);
  };

  const collect = async (accession: string): Promise<void> => {
    const done = await command('collectSpecimen', { accession, identifiersChecked: identified });
    setRejection(done.ok ? undefined : done.rejection);
    if (done.ok) soundRight();
  };
  useScan(
    (text) => {
      const number = parseNumber(text);
      if (!number.ok) {
        soundWrong();
        setRejection({ code: number.code, facts: number.facts });
        return;
      }
      if (number.kind === 'uhid') {
        if (number.number === patient.uhid) setIdentified(true);
        else setMismatch(number.number);
        return;
      }
      const step = tick(
        due.map((tube) => tube.accession),
        [],
        number.number,
      );
      if (step.kind === 'mismatch') {
        if (!today.some((tube) => tube.accession === number.number && tube.status === 'collected')) setMismatch(number.number);
      } else void collect(number.number);
    },
    mismatch === undefined && asking === undefined,
  );
  const printReason = identified ? undefined : t('collection.identifyFirst');
  useActions([
    {
      id: 'labels',
      title: 'collection.printLabels',
      group: 'common.groupScreen',
      keys: 'alt+p',
      disabled: printReason ?? (unprinted.length === 0 ? t('collection.allPrinted') : undefined),
      run: () => void print(unprinted, 'browser').then(setRejection),
    },
    { id: 'identified', title: 'collection.identified', group: 'common.groupScreen', keys: 'alt+i', run: () => setIdentified(true) },
  ]);
  return (
    <>
      <PatientBanner
        person={page ?? patient}
        allergies={page?.allergies}
        alerts={page?.alerts.map((alert) => alert.text)}
        actions={
          <ActionButton size="xs" keys="Alt+X" onClick={close}>
            {t('collection.nextPatient')}
          </ActionButton>
        }
      />
      <Panel
        title={t('collection.tubesDue')}
        actions={
          <Checkbox
            checked={identified}
            onChange={(event) => setIdentified(event.currentTarget.checked)}
            label={t('collection.identified')}
          />
        }
      >
        <div className="n-stack">
          {due.length === 0 && list.isSuccess ? <Note tone="ok" title={t('collection.allDone')} /> : null}
          <ol className="n-list n-stack" aria-label={t('collection.orderOfDraw')}>
            {due.map((tube, index) => (
              <li key={tube.specimen} className="n-tube">
                <span className="n-tube-place" aria-hidden="true">
                  {index + 1}
                </span>
                <TubeName tube={tube} />
                <TubeNumber accession={tube.accession} />
                <span className="n-grow">{tube.tests.map(testName).join(', ')}</span>
                {tube.urgency === 'routine' ? null : (
                  <Tag tone="warn" icon="danger">
                    {t('common.urgent')}
                  </Tag>
                )}
                <StateTag state={tube.status} />
                <LabelCopy tube={tube} />
                <ReachTag reach={reach[tube.specimen]} />
                <span className="n-row" style={{ gap: 4 }}>
                  {tube.status === 'planned' ? (
                    <ActionButton
                      size="compact-sm"
                      reason={undefined}
                      disabled={!identified}
                      onClick={() => void print([tube], 'browser').then(setRejection)}
                    >
                      {t('collection.label')}
                    </ActionButton>
                  ) : (
                    <ActionButton size="compact-sm" onClick={() => setAsking({ what: 'reprint', tubes: [tube], way: 'browser' })}>
                      {t('collection.reprint')}
                    </ActionButton>
                  )}
                  <ActionButton size="compact-sm" onClick={() => setAsking({ what: 'not-collected', tube })}>
                    {t('collection.notCollected')}
                  </ActionButton>
                </span>
              </li>
            ))}
          </ol>
          {due.length === 0 ? null : (
            <div className="n-row">
              <ActionButton
                primary
                keys="Alt+P"
                reason={printReason ?? (unprinted.length === 0 ? t('collection.allPrinted') : undefined)}
                onClick={() => void print(unprinted, 'browser').then(setRejection)}
              >
                {t('collection.printLabels')}
              </ActionButton>
              <button
                type="button"
                className="n-quiet"
                disabled={printReason !== undefined}
                onClick={() =>
                  unprinted.length > 0
                    ? void print(unprinted, 'file').then(setRejection)
                    : setAsking({ what: 'reprint', tubes: printed, way: 'file' })
                }
              >
                {t('collection.zpl')}
              </button>
              <span className="n-muted">
                <Icon name="tube" /> {t('collection.scanEach')}
              </span>
            </div>
          )}
          <Refused rejection={rejection} />
        </div>
      </Panel>
      {today.length === 0 ? null : (
        <Panel title={t('collection.taken')}>
          <ul className="n-list n-stack">
            {today.map((tube) => (
              <li key={tube.specimen} className="n-tube" data-done={tube.status === 'collected' || undefined}>
                <Icon name={tube.status === 'collected' ? 'ok' : 'danger'} />
                <TubeName tube={tube} />
                <TubeNumber accession={tube.accession} />
                <span className="n-grow">{tube.tests.map(testName).join(', ')}</span>
                <StateTag state={tube.status} />
                <LabelCopy tube={tube} />
                <ReachTag reach={reach[tube.specimen]} />
                <span className="n-row" style={{ gap: 4 }}>
                  {tube.status === 'collected' ? (
                    <>
                      <ActionButton size="compact-sm" onClick={() => setAsking({ what: 'reprint', tubes: [tube], way: 'browser' })}>
                        {t('collection.reprint')}
                      </ActionButton>
                      <ActionButton size="compact-sm" onClick={() => setAsking({ what: 'reject', tube })}>
                        {t('collection.reject')}
                      </ActionButton>
                    </>
                  ) : null}
                  {['rejected', 'lost', 'not-collected'].includes(tube.status) ? (
                    <ActionButton
                      size="compact-sm"
                      onClick={() =>
                        void command('recollectSpecimen', { accession: tube.accession }).then((done) =>
                          setRejection(done.ok ? undefined : done.rejection),
                        )
                      }
                    >
                      {t('collection.recollect')}
                    </ActionButton>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {mismatch === undefined ? null : (
        <Mismatch scanned={mismatch} expected={due.map((tube) => tube.accession)} patient={patient} close={() => setMismatch(undefined)} />
      )}
      {asking?.what === 'reprint' ? (
        <ReprintDialog tubes={asking.tubes} way={asking.way} close={() => setAsking(undefined)} />
      ) : asking === undefined ? null : (
        <ReasonDialog
          title={t(asking.what === 'reject' ? 'collection.reject' : 'collection.notCollected')}
          about={
            <>
              <TubeName tube={asking.tube} /> <TubeNumber accession={asking.tube.accession} />
            </>
          }
          submit={t('common.save')}
          close={() => setAsking(undefined)}
          {...(asking.what === 'reject' ? { options: rejectionOptions(t), danger: true } : {})}
          done={async (reason, note) => {
            const done =
              asking.what === 'reject'
                ? await command('rejectSpecimen', { accession: asking.tube.accession, reason, ...(note === '' ? {} : { note }) })
                : await command('notCollected', { accession: asking.tube.accession, reason });
            return done.ok ? undefined : done.rejection;
          }}
        />
      )}
    </>
  );
}
