// Hubs, desks and unsent work: who was heard when, which hub is used, how far this desk's work has got.
import { useAsk, useDo, useNow, useStatus } from '#desk/app/desk-context.tsx';
import { formatCount, formatWhen } from '#desk/i18n/format.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { DataTable } from '#desk/ui/data-table.tsx';
import { ActionButton } from '#desk/ui/fields.tsx';
import { Note, Panel, Tag } from '#desk/ui/parts.tsx';
import { sentence } from '#desk/app/rejections.ts';
import { type ReactElement, useState } from 'react';

export function Network(): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const now = useNow();
  const status = useStatus();
  const devices = useAsk('devices', {}).data?.devices ?? [];
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string }>();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('sync', {});
    setBusy(false);
    setSaid(
      answer.ok
        ? {
            ok: true,
            text:
              answer.result.with === undefined
                ? t('status.nobodyAnswered')
                : t('status.sent', { sent: answer.result.sent, received: answer.result.received, hub: answer.result.with }),
          }
        : { ok: false, text: sentence(answer.rejection, language, t) },
    );
  };
  const heard = (at: number | undefined): string => (at === undefined ? t('status.never') : formatWhen(at, now, language));
  return (
    <div className="n-split">
      <div className="n-stack">
        <Panel title={t('status.hubs')}>
          <DataTable
            label={t('status.hubs')}
            rows={status?.hubs ?? []}
            rowKey={(hub) => hub.url}
            empty={t('status.noHubs')}
            columns={[
              { id: 'name', head: t('common.name'), cell: (hub) => hub.name, rowHead: true },
              {
                id: 'state',
                head: t('common.state'),
                cell: (hub) => (
                  <>
                    {hub.reachable ? (
                      <Tag tone="ok" icon="ok">
                        {t('status.reachable')}
                      </Tag>
                    ) : (
                      <Tag icon="offline">{t('status.away')}</Tag>
                    )}{' '}
                    {hub.used ? <Tag tone="note">{t('status.used')}</Tag> : null}
                  </>
                ),
              },
              { id: 'seen', head: t('status.lastSeen'), cell: (hub) => heard(hub.lastSeen) },
              { id: 'url', head: t('status.address'), cell: (hub) => <span className="n-muted">{hub.url}</span> },
            ]}
          />
        </Panel>
        <Panel title={t('status.devices')}>
          <DataTable
            label={t('status.devices')}
            rows={devices}
            rowKey={(device) => device.device}
            empty={t('status.noDevices')}
            height="24rem"
            columns={[
              {
                id: 'name',
                head: t('common.name'),
                cell: (device) => (
                  <>
                    {device.name} {status?.device?.id === device.device ? <Tag tone="note">{t('status.thisPc')}</Tag> : null}
                  </>
                ),
                rowHead: true,
              },
              {
                id: 'role',
                head: t('status.role'),
                cell: (device) => [device.role, ...device.deskKinds].filter((part) => part !== null).join(' · '),
              },
              {
                id: 'state',
                head: t('common.state'),
                cell: (device) =>
                  device.revoked ? (
                    <Tag tone="danger" icon="danger">
                      {t('status.revoked')}
                    </Tag>
                  ) : device.epochs.some((epoch) => epoch.status === 'unconfirmed') ? (
                    <Tag tone="warn" icon="danger">
                      {t('status.unconfirmed')}
                    </Tag>
                  ) : (
                    <Tag tone="ok" icon="ok">
                      {t('status.trusted')}
                    </Tag>
                  ),
              },
              {
                id: 'since',
                head: t('status.since'),
                cell: (device) => (device.validFrom === null ? '' : formatWhen(device.validFrom, now, language)),
              },
            ]}
          />
        </Panel>
      </div>
      <div className="n-stack">
        <Panel
          title={t('status.unsent')}
          actions={
            <ActionButton size="xs" loading={busy} onClick={() => void send()}>
              {t('common.sendNow')}
            </ActionButton>
          }
        >
          <div className="n-stack">
            <p className="n-number-big">{formatCount(status?.waiting ?? 0)}</p>
            <p className="n-muted">{t('status.unsentHow')}</p>
            {said === undefined ? null : (
              <Note tone={said.ok ? 'ok' : 'warn'} live>
                {said.text}
              </Note>
            )}
            {status?.reach === undefined ? null : (
              <dl className="n-details">
                <dt>{t('common.reachHere')}</dt>
                <dd>{formatCount(status.reach.here)}</dd>
                <dt>{t('common.reachHub')}</dt>
                <dd>{formatCount(status.reach.hub)}</dd>
                <dt>{t('common.reachTwoHubs')}</dt>
                <dd>{formatCount(status.reach.twoHubs)}</dd>
              </dl>
            )}
          </div>
        </Panel>
      </div>
    </div>
  );
}
