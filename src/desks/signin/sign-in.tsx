// Sign in, with or without a hub: type the first letters of the name, Enter, the password, Enter.
import { useAsk, useStatus } from '#desk/app/desk-context.tsx';
import { readSetting, writeSetting } from '#desk/app/drafts.ts';
import { chooseLanguage } from '#desk/app/look.ts';
import { nameIn } from '#desk/app/person.tsx';
import { stripState } from '#desk/app/sync-strip.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { PickField } from '#desk/ui/pick-field.tsx';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { SecretForm } from './secret-form.tsx';
import { useAttempt } from './use-attempt.ts';
import './signin.css';

export function SignIn(): ReactElement {
  const { t, language } = useText();
  const users = useAsk('users', {}).data?.users.filter((user) => !user.disabled) ?? [];
  const status = useStatus();
  const attempt = useAttempt();
  const [user, setUser] = useState(() => readSetting('last-user', ''));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (user === '') input.current?.focus(); }, [user]);
  const other = language === 'hi' ? 'en' : 'hi';
  const strip = status === undefined ? undefined : stripState(status);
  return (
    <main className="n-door">
      <header>
        <span lang="hi" className="n-door-name">निरंतर</span> <span className="n-muted">Nirantar</span>
        <span className="n-spring" />
        <button type="button" className="n-quiet" lang={other} onClick={() => void chooseLanguage(other, undefined)}>{other === 'hi' ? 'हिन्दी' : 'English'}</button>
      </header>
      <h1>{t('signin.title')}</h1>
      {status?.hospital === undefined ? null : <p className="n-muted">{status.hospital} · {status.device?.name}</p>}
      <PickField label={t('signin.user')} value={user} onChange={(next) => { setUser(next); writeSetting('last-user', next); }} inputRef={input} nothing={t('signin.noUser')} hint={t('signin.userHint')}
        options={users.map((one) => ({ value: one.userName, code: one.userName, label: nameIn(language, one), also: `${one.name} ${one.nameHi ?? ''} ${one.roles.join(' ')}`, extra: <span className="n-muted n-small">{one.roles.join(', ')}</span> }))} />
      {user === '' ? null : <SecretForm user={user} attempt={attempt} done={() => undefined} submit={t('signin.enter')} />}
      <p className="n-small n-muted"><Icon name={strip?.kind === 'together' ? 'hub' : 'offline'} /> {t(strip?.kind === 'together' ? 'signin.online' : 'signin.offline')}</p>
    </main>
  );
}
