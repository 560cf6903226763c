// First run: this PC becomes a desk of the hospital with an invite code of a hub. Once; afterwards no hub is needed.
import type { Rejection } from '#kernel/shared/rejection.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { sentence } from '#desk/app/rejections.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, TextField } from '#desk/ui/fields.tsx';
import { Note } from '#desk/ui/parts.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { Door } from './door.tsx';

/** The demo hands the code over in the address, after the sign that servers do not see: `#invite=CODE`. */
function inviteOfAddress(): string {
  return new URLSearchParams(location.hash.slice(1)).get('invite') ?? '';
}

export function Enrol(): ReactElement {
  const { t, language } = useText();
  const { call } = useDo();
  const queries = useQueryClient();
  const [hub, setHub] = useState(() => location.origin);
  const [invite, setInvite] = useState(inviteOfAddress);
  const [busy, setBusy] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const send = async (): Promise<void> => {
    if (busy || invite.trim() === '') return;
    setBusy(true);
    try {
      const answer = await call('enrol', { hub: hub.trim(), invite: invite.trim() });
      if (answer.ok) {
        history.replaceState(null, '', location.pathname + location.search);
        await queries.invalidateQueries();
      } else setRejection(answer.rejection);
    } finally {
      setBusy(false);
    }
  };
  const started = useRef(false);
  useEffect(() => {
    if (started.current || inviteOfAddress() === '') return;
    started.current = true;
    void send();
  });
  return (
    <Door title={t('signin.enrolTitle')}>
      <p>{t('signin.enrolHow')}</p>
      <form
        className="n-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField label={t('signin.invite')} value={invite} onChange={setInvite} autoFocus hint={t('signin.inviteHint')} required />
        <TextField label={t('signin.hub')} value={hub} onChange={setHub} required />
        {rejection === undefined ? null : (
          <Note tone="warn" live>
            {sentence(rejection, language, t)}
          </Note>
        )}
        <ActionButton type="submit" primary loading={busy} reason={invite.trim() === '' ? t('signin.inviteNeeded') : undefined}>
          {t('signin.enrol')}
        </ActionButton>
      </form>
    </Door>
  );
}
