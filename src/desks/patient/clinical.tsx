// Allergies and alerts: what was recorded, by whom it was never asked, add and take back.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { ReasonDialog } from '#desk/app/reason-dialog.tsx';
import { Refused } from '#desk/app/refused.tsx';
import type { PatientPage } from '#desk/app/shapes.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { Panel, Tag } from '#desk/ui/parts.tsx';
import { type ReactElement, type ReactNode, useState } from 'react';

export function Clinical({ page }: { readonly page: PatientPage }): ReactElement {
  const { t } = useText();
  const { command } = useDo();
  const [rejection, setRejection] = useState<Rejection>();
  const [withdrawing, setWithdrawing] = useState<{ readonly ref: string; readonly what: string }>();
  const give = async (name: string, input: Readonly<Record<string, unknown>>): Promise<boolean> => {
    const answer = await command(name, { uhid: page.patient, ...input });
    setRejection(answer.ok ? undefined : answer.rejection);
    return answer.ok;
  };
  const { allergies } = page;
  return (
    <Panel title={t('patient.clinical')}>
      <div className="n-stack">
        <div>
          <h3>{t('patient.allergies')}</h3>
          {allergies.status === 'not-asked' ? (
            <p>
              <Tag tone="warn" icon="note">
                {t('patient.notAsked')}
              </Tag>
            </p>
          ) : null}
          {allergies.status === 'none-known' ? (
            <p>
              <Tag tone="ok" icon="ok">
                {t('common.allergiesNone')}
              </Tag>
            </p>
          ) : null}
          <ul className="n-list">
            {allergies.list.map((item) => (
              <li key={item.ref} className="n-row">
                <Tag tone="danger" icon="danger">
                  {item.substance}
                </Tag>
                <span>
                  {[item.reaction, item.severity === 'unknown' ? null : t(`patient.severity.${item.severity}`)]
                    .filter((part) => part !== null)
                    .join(', ')}
                </span>
                <TakeBack what={item.substance} onClick={() => setWithdrawing({ ref: item.ref, what: item.substance })} />
              </li>
            ))}
          </ul>
        </div>
        <AddOne label={t('patient.addAllergy')} add={(substance) => give('recordAllergy', { status: 'known', substance })}>
          {allergies.status === 'not-asked' ? (
            <ActionButton size="sm" onClick={() => void give('recordAllergy', { status: 'none-known' })}>
              {t('patient.askedNone')}
            </ActionButton>
          ) : null}
        </AddOne>
        <div>
          <h3>{t('patient.alerts')}</h3>
          {page.alerts.length === 0 ? <p className="n-muted">{t('patient.noAlerts')}</p> : null}
          <ul className="n-list">
            {page.alerts.map((one) => (
              <li key={one.ref} className="n-row">
                <Tag tone="warn" icon="danger">
                  {one.text}
                </Tag>
                <TakeBack what={one.text} onClick={() => setWithdrawing({ ref: one.ref, what: one.text })} />
              </li>
            ))}
          </ul>
        </div>
        <AddOne label={t('patient.addAlert')} add={(text) => give('recordAlert', { kind: 'other', text })} />
        <Refused rejection={rejection} />
      </div>
      {withdrawing === undefined ? null : (
        <ReasonDialog
          title={t('patient.takeBack', { what: withdrawing.what })}
          about={withdrawing.what}
          submit={t('common.save')}
          close={() => setWithdrawing(undefined)}
          done={async (reason) => {
            const answer = await command('withdrawClinical', { uhid: page.patient, what: withdrawing.ref, reason });
            return answer.ok ? undefined : answer.rejection;
          }}
        />
      )}
    </Panel>
  );
}

function TakeBack({ what, onClick }: { readonly what: string; readonly onClick: () => void }): ReactElement {
  const { t } = useText();
  return (
    <button type="button" className="n-quiet" aria-label={t('patient.takeBack', { what })} onClick={onClick}>
      <Icon name="cross" />
    </button>
  );
}

/** A line to write one more, emptied when it was taken. */
function AddOne({
  label,
  add,
  children,
}: {
  readonly label: string;
  readonly add: (text: string) => Promise<boolean>;
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useText();
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    if (text.trim() !== '' && (await add(text.trim()))) setText('');
  };
  return (
    <form
      className="n-row"
      style={{ alignItems: 'flex-end' }}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="n-grow">
        <TextField label={label} value={text} onChange={setText} />
      </div>
      <ActionButton type="submit" size="sm">
        {t('patient.add')}
      </ActionButton>
      {children}
    </form>
  );
}
