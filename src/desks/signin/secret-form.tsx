// Password or PIN of one user, with what went wrong and how long to wait.
import { sentence } from '#desk/app/rejections.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { ActionButton, SecretField } from '#desk/ui/fields.tsx';
import { Note } from '#desk/ui/parts.tsx';
import type { Session } from '#desk/app/desk-calls.ts';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Attempt } from './use-attempt.ts';

export function SecretForm({
  user,
  attempt,
  done,
  submit,
  before,
}: {
  readonly user: string;
  readonly attempt: Attempt;
  readonly done: (session: Session) => void;
  readonly submit: string;
  readonly before?: ReactNode;
}): ReactElement {
  const { t, language } = useText();
  const [secret, setSecret] = useState('');
  const [pin, setPin] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const named = user !== '';
  // Who is known already needs only the secret.
  useEffect(() => {
    if (named && document.activeElement?.getAttribute('name') !== 'user') requestAnimationFrame(() => input.current?.focus());
  }, [named, user]);
  const send = async (): Promise<void> => {
    if (secret === '' || !named) {
      input.current?.focus();
      return;
    }
    const session = await attempt.signIn(user, secret, pin ? 'pin' : 'password');
    setSecret('');
    if (session === undefined) input.current?.focus();
    else done(session);
  };
  return (
    <form
      className="n-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {before}
      <SecretField
        label={t(pin ? 'signin.pin' : 'signin.password')}
        value={secret}
        onChange={setSecret}
        inputRef={input}
        show={t('signin.show')}
        {...(pin ? { inputMode: 'numeric' as const } : {})}
      />
      {attempt.rejection === undefined ? null : (
        <Note tone="warn" live>
          {sentence(attempt.rejection, language, t)}
        </Note>
      )}
      <div className="n-row">
        <ActionButton
          type="submit"
          primary
          loading={attempt.busy}
          reason={attempt.waitSeconds > 0 ? t('signin.wait', { seconds: attempt.waitSeconds }) : undefined}
        >
          {submit}
        </ActionButton>
        <button
          type="button"
          className="n-quiet"
          onClick={() => {
            setPin(!pin);
            input.current?.focus();
          }}
        >
          {t(pin ? 'signin.usePassword' : 'signin.usePin')}
        </button>
      </div>
    </form>
  );
}
