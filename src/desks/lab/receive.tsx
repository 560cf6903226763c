// Receiving: the rack sheet first if there is one, then every tube. Extra and missing tubes are named; unknown ones are taken in too.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { useActions } from '#desk/app/actions-context.tsx';
import { useClient, useDo } from '#desk/app/desk-context.tsx';
import { useDraft } from '#desk/app/drafts.ts';
import { takePaper } from '#desk/app/open-scan.ts';
import { ReasonDialog } from '#desk/app/reason-dialog.tsx';
import { rejectionOptions } from '#desk/app/rejection-reasons.ts';
import { sentence } from '#desk/app/rejections.ts';
import { ScanBox } from '#desk/app/scan-box.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { Note, NumberText, Panel, Tag } from '#desk/ui/parts.tsx';
import { soundRight, soundWrong } from '#desk/ui/sound.ts';
import { useScan } from '#desk/ui/use-scan.ts';
import { type ReactElement, useRef, useState } from 'react';
import { expectTubes, NO_RACK, type RackCheck, rackPicture, scanTube } from './rack-check.ts';
import { UnknownTube } from './unknown-tube.tsx';

export function Receive(): ReactElement {
  const { t, language } = useText();
  const client = useClient();
  const { command, call } = useDo();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [rack, setRack] = useDraft<RackCheck>('lab/rack', NO_RACK);
  const [refused, setRefused] = useDraft<Readonly<Record<string, Rejection>>>('lab/refused', {});
  const [unknown, setUnknown] = useState<string>();
  const [rejecting, setRejecting] = useState<string>();
  const [wrong, setWrong] = useState<Rejection>();
  const picture = rackPicture(rack);

  const receive = async (accession: string): Promise<void> => {
    const extra = rack.expected.length > 0 && !rack.expected.includes(accession);
    // What nobody here knows is taken in by what its label says: a tube without a name would be one that nobody can find again.
    const here = await client.query('specimen', { accession });
    const done =
      here.ok || !UNKNOWN.has(here.rejection.code)
        ? await command('receiveSpecimen', { accession })
        : ({ ok: false, rejection: { code: 'specimen-not-here', facts: {} } } as const);
    setRack((old) => scanTube(old, accession));
    if (done.ok) {
      if (extra) soundWrong();
      else soundRight();
      setRefused(({ [accession]: _gone, ...rest }) => rest);
    } else {
      soundWrong();
      setRefused((old) => ({ ...old, [accession]: done.rejection }));
      if (UNKNOWN.has(done.rejection.code)) setUnknown(accession);
    }
  };
  const hear = (text: string): void => {
    setTyped('');
    setWrong(undefined);
    const trimmed = text.trim();
    if (trimmed.length >= 60) return void takePaper(trimmed, call).then((tubes) => setRack((old) => expectTubes(old, tubes)));
    const number = parseNumber(trimmed, 'accession');
    if (number.ok) void receive(number.number);
    else if (trimmed !== '') {
      soundWrong();
      setWrong({ code: number.code, facts: number.facts });
    }
  };
  useScan(hear, unknown === undefined && rejecting === undefined);
  useActions([
    {
      id: 'new-rack',
      title: 'lab.newRack',
      group: 'common.groupScreen',
      keys: 'alt+x',
      run: () => {
        setRack(NO_RACK);
        setRefused({});
        box.current?.focus();
      },
    },
  ]);
  return (
    <div className="n-split">
      <Panel
        title={t('lab.receive')}
        actions={
          <ActionButton
            size="xs"
            keys="Alt+X"
            onClick={() => {
              setRack(NO_RACK);
              setRefused({});
            }}
          >
            {t('lab.newRack')}
          </ActionButton>
        }
      >
        <div className="n-stack">
          <ScanBox
            label={t('lab.receiveBox')}
            placeholder={t('lab.receiveHint')}
            value={typed}
            onChange={setTyped}
            onScan={hear}
            inputRef={box}
          />
          {wrong === undefined ? null : (
            <Note tone="warn" live>
              {sentence(wrong, language, t)}
            </Note>
          )}
          {picture.extra.length === 0 ? null : (
            <Note tone="danger" live title={t('lab.extra', { count: picture.extra.length })}>
              {picture.extra.map((tube) => (
                <span key={tube} style={{ marginRight: 12 }}>
                  <NumberText number={tube} />
                </span>
              ))}
            </Note>
          )}
          <ul className="n-list n-stack" aria-label={t('lab.receivedNow')} style={{ gap: 4 }}>
            {rack.scanned.toReversed().map((tube) => {
              const no = refused[tube];
              return (
                <li key={tube} className="n-row" style={{ borderBottom: '1px solid var(--n-line)', padding: '4px 0' }}>
                  <Icon name={no === undefined ? 'ok' : 'danger'} /> <NumberText number={tube} />
                  {no === undefined ? <Tag tone="ok">{t('lab.received')}</Tag> : <Tag tone="warn">{sentence(no, language, t)}</Tag>}
                  {picture.extra.includes(tube) ? <Tag tone="danger">{t('lab.notOnSheet')}</Tag> : null}
                  <span className="n-spring" />
                  {no !== undefined && UNKNOWN.has(no.code) ? (
                    <ActionButton size="compact-sm" onClick={() => setUnknown(tube)}>
                      {t('lab.unknownOpen')}
                    </ActionButton>
                  ) : null}
                  <ActionButton size="compact-sm" onClick={() => setRejecting(tube)}>
                    {t('lab.rejectTube')}
                  </ActionButton>
                </li>
              );
            })}
          </ul>
        </div>
      </Panel>
      <Panel title={t('lab.sheet')}>
        {rack.expected.length === 0 ? (
          <p className="n-muted">{t('lab.sheetNone')}</p>
        ) : (
          <div className="n-stack">
            <p>
              <strong>{t('lab.sheetCount', { here: rack.expected.length - picture.missing.length, all: rack.expected.length })}</strong>
            </p>
            {picture.missing.length === 0 ? (
              <Note tone="ok" title={t('lab.complete')} />
            ) : (
              <>
                <Note tone="warn" title={t('lab.missing', { count: picture.missing.length })} />
                <ul className="n-list" aria-label={t('lab.missing', { count: picture.missing.length })}>
                  {picture.missing.map((tube) => (
                    <li key={tube}>
                      <NumberText number={tube} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </Panel>
      {unknown === undefined ? null : (
        <UnknownTube
          accession={unknown}
          close={() => {
            setUnknown(undefined);
            box.current?.focus();
          }}
          taken={() => setRefused(({ [unknown]: _gone, ...rest }) => rest)}
        />
      )}
      {rejecting === undefined ? null : (
        <ReasonDialog
          title={t('lab.rejectTube')}
          about={<NumberText number={rejecting} />}
          options={rejectionOptions(t)}
          danger
          submit={t('lab.rejectTube')}
          close={() => setRejecting(undefined)}
          done={async (reason, note) => {
            const done = await command('rejectSpecimen', { accession: rejecting, reason, ...(note === '' ? {} : { note }) });
            return done.ok ? undefined : done.rejection;
          }}
        />
      )}
    </div>
  );
}

/** Refusals that mean: this desk has never heard of the tube. It is taken in by what its label says. */
const UNKNOWN: ReadonlySet<string> = new Set(['specimen-not-here', 'nothing-here']);
