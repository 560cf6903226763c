// The storage doctor: is this PC's work kept, is there room, is the history whole, which version runs; take the data out.
import { useDo, useStatus } from '#desk/app/desk-context.tsx';
import { sentence } from '#desk/app/rejections.ts';
import { useLink, usePersistence, useUpdates } from '#desk/app/update.ts';
import { formatCount } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Note, Panel, Tag, type Tone } from '#desk/ui/parts.tsx';
import { saveFile } from '#desk/ui/save-file.ts';
import { type ReactElement, type ReactNode, useState } from 'react';

interface Said {
  readonly tone: Tone;
  readonly title: string;
  readonly more?: string;
}

export function Doctor(): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const status = useStatus();
  const kept = usePersistence();
  const { state, updates, known } = useUpdates();
  const link = useLink();
  const [busy, setBusy] = useState<string>();
  const [said, setSaid] = useState<Said>();
  const run = async (what: string, work: () => Promise<Said>): Promise<void> => {
    setBusy(what);
    try {
      setSaid(await work());
    } finally {
      setBusy(undefined);
    }
  };
  const verify = (): Promise<void> =>
    run('verify', async () => {
      const answer = await call('checkIntegrity', {});
      if (!answer.ok) return { tone: 'warn', title: sentence(answer.rejection, language, t) };
      const { ok, commits, problems } = answer.result;
      return ok
        ? { tone: 'ok', title: t('status.whole', { count: commits }) }
        : { tone: 'danger', title: t('status.notWhole', { count: problems.length }), more: problems.slice(0, 10).join('; ') };
    });
  const take = (): Promise<void> =>
    run('export', async () => {
      const answer = await call('export', {});
      if (!answer.ok) return { tone: 'warn', title: sentence(answer.rejection, language, t) };
      saveFile(answer.result.name, 'application/octet-stream', answer.result.bytes);
      return { tone: 'ok', title: t('status.exported', { name: answer.result.name }) };
    });
  const look = (): Promise<void> =>
    run('update', async () =>
      (await updates?.check()) === true ? { tone: 'ok', title: t('status.looked') } : { tone: 'note', title: t('status.lookFailed') },
    );
  return (
    <div className="n-stack">
      {kept?.advice.map((code) => (
        <Note key={code} tone="warn" title={t(code === 'storage-nearly-full' ? 'status.nearlyFull' : 'status.mayBeCleared')}>
          {sentence({ code, facts: {} }, language, t)}
        </Note>
      ))}
      {known && updates === undefined ? (
        <Note tone="warn" title={t('status.noServiceWorker')}>
          {sentence({ code: 'desk-no-service-worker', facts: {} }, language, t)}
        </Note>
      ) : null}
      {status?.clock?.suspect === true ? (
        <Note tone="warn" title={t('status.clockSuspect')}>
          {t('status.clockHow')}
        </Note>
      ) : null}
      <div className="n-split">
        <Panel title={t('status.storage')}>
          <dl className="n-details n-doctor">
            <Row name={t('status.worker')}>
              {link.status === 'ready' ? (
                <Tag tone="ok" icon="ok">
                  {t('status.works')}
                </Tag>
              ) : (
                <Tag tone="warn" icon="danger">
                  {t(`status.link.${link.status}`)}
                </Tag>
              )}
            </Row>
            <Row name={t('status.kept')}>
              {kept === undefined ? (
                t('common.looking')
              ) : kept.persisted ? (
                <Tag tone="ok" icon="ok">
                  {t('status.keptYes')}
                </Tag>
              ) : (
                <Tag tone="warn" icon="danger">
                  {t('status.keptNo')}
                </Tag>
              )}
            </Row>
            <Row name={t('status.room')}>
              {kept?.usedBytes === undefined || kept.quotaBytes === undefined
                ? t('status.notKnown')
                : t('status.roomOf', { used: megabytes(kept.usedBytes), all: megabytes(kept.quotaBytes) })}
            </Row>
            <Row name={t('status.installed')}>{t(kept?.installed === true ? 'status.yes' : 'status.no')}</Row>
            <Row name={t('status.engine')}>{status?.storage.engine ?? t('status.notKnown')}</Row>
            <Row name={t('status.encrypted')}>
              {status?.storage.encrypted === undefined ? t('status.notKnown') : t(status.storage.encrypted ? 'status.yes' : 'status.no')}
            </Row>
            <Row name={t('status.leader')}>
              {status?.storage.leader === undefined
                ? t('status.notKnown')
                : t(status.storage.leader ? 'status.thisTab' : 'status.otherTab')}
            </Row>
            {status?.storage.notes?.map((note) => (
              <Row key={note} name={t('common.note')}>
                {sentence({ code: note, facts: {} }, language, t)}
              </Row>
            ))}
          </dl>
        </Panel>
        <Panel title={t('status.version')}>
          <div className="n-stack">
            <dl className="n-details">
              <Row name={t('status.running')}>{status?.version ?? ''}</Row>
              <Row name={t('status.thisPc')}>{status?.device?.name ?? ''}</Row>
              <Row name={t('status.epoch')}>{status?.device?.epoch ?? t('status.notKnown')}</Row>
            </dl>
            {state.status === 'none' ? (
              <p className="n-muted">{t('status.upToDate')}</p>
            ) : (
              <Note title={t('common.updateReady')}>{t('common.updateHow')}</Note>
            )}
            <div className="n-row">
              <ActionButton
                size="xs"
                loading={busy === 'update'}
                reason={known && updates === undefined ? t('status.noUpdates') : undefined}
                onClick={() => void look()}
              >
                {t('status.lookForUpdate')}
              </ActionButton>
              {state.status === 'none' ? null : (
                <ActionButton size="xs" primary loading={state.status === 'installing'} onClick={() => void updates?.install()}>
                  {t('common.updateNow')}
                </ActionButton>
              )}
            </div>
          </div>
        </Panel>
      </div>
      <Panel title={t('status.tools')}>
        <div className="n-stack">
          <div className="n-row">
            <ActionButton loading={busy === 'verify'} onClick={() => void verify()}>
              {t('status.verify')}
            </ActionButton>
            <ActionButton loading={busy === 'export'} onClick={() => void take()}>
              {t('status.export')}
            </ActionButton>
          </div>
          <p className="n-hint">{t('status.exportHow')}</p>
          {said === undefined ? null : (
            <Note tone={said.tone} title={said.title} live>
              {said.more}
            </Note>
          )}
        </div>
      </Panel>
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function megabytes(bytes: number): string {
  return formatCount(Math.round(bytes / 1_000_000));
}
