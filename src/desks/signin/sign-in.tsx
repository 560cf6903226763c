// Sign in, with or without a hub: first letters of the name, Tab, the password, Enter. The hospital's people are offered, first those who signed in here before.
import { DEFAULT_ROLES } from '#kernel/role/defaults.ts';
import { useAsk, useStatus } from '#desk/app/desk-context.tsx';
import { readSetting, writeSetting } from '#desk/app/drafts.ts';
import { stripState } from '#desk/app/strip-state.ts';
import { useText } from '#desk/i18n/i18n.ts';
import { nameIn } from '#desk/app/person.tsx';
import { Icon } from '#desk/ui/icons.tsx';
import { PickField } from '#desk/ui/pick-field.tsx';
import { type ReactElement, useState } from 'react';
import { Door } from './door.tsx';
import { SecretForm } from './secret-form.tsx';
import { useAttempt } from './use-attempt.ts';

/** As many as work at one counter in a week. */
const REMEMBERED = 12;

interface Known {
  readonly userName: string;
  readonly name: string;
}

/** Login names of this PC, newest first: nobody is listed who has not signed in here. */
export function remember(known: readonly Known[], one: Known): readonly Known[] {
  return [one, ...known.filter((other) => other.userName !== one.userName)].slice(0, REMEMBERED);
}

/** Nothing of the hospital is asked for before somebody signed in, but the names that are on every wall list. */
const NOTHING = {};

export function SignIn(): ReactElement {
  const { t, language } = useText();
  const users = useAsk('users', NOTHING).data?.users ?? [];
  const status = useStatus();
  const attempt = useAttempt();
  const [known] = useState(() => readSetting<readonly Known[]>('known-users', []));
  const [user, setUser] = useState(() => known[0]?.userName ?? '');
  // Who was here before is meant more often than a namesake of another ward.
  const people = users
    .filter((one) => !one.disabled)
    .toSorted((a, b) => Number(known.some((k) => k.userName === b.userName)) - Number(known.some((k) => k.userName === a.userName)));
  const roleNames = (roles: readonly string[]): string =>
    roles
      .map((role) => DEFAULT_ROLES.find((one) => one.role === role))
      .map((role) => (language === 'hi' ? (role?.titleHi ?? role?.title) : role?.title))
      .filter((title) => title !== undefined)
      .join(', ');
  const strip = status === undefined ? undefined : stripState(status);
  return (
    <Door title={t('signin.title')}>
      {status?.hospital === undefined ? null : (
        <p className="n-muted">
          {status.hospital} · {status.device?.name}
        </p>
      )}
      {known.length < 2 ? null : (
        <div className="n-row" role="group" aria-label={t('signin.before')}>
          {known.map((one) => (
            <button
              key={one.userName}
              type="button"
              className="n-set"
              aria-pressed={one.userName === user}
              onClick={() => setUser(one.userName)}
            >
              {one.name}
            </button>
          ))}
        </div>
      )}
      <SecretForm
        user={user}
        attempt={attempt}
        done={(signedIn) => writeSetting('known-users', remember(known, { userName: signedIn.userName, name: signedIn.name }))}
        submit={t('signin.enter')}
        before={
          <PickField
            label={t('signin.user')}
            name="user"
            value={user}
            onChange={setUser}
            autoFocus={user === ''}
            hint={t('signin.userHint')}
            nothing={t('common.nothingFound')}
            options={people.map((one) => ({
              value: one.userName,
              code: one.userName,
              label: nameIn(language, one),
              also: `${one.name} ${one.nameHi ?? ''}`,
              extra: <span className="n-small n-muted">{roleNames(one.roles)}</span>,
            }))}
            free
            required
          />
        }
      />
      <p className="n-small n-muted">
        <Icon name={strip?.kind === 'together' ? 'hub' : 'offline'} /> {t(strip?.kind === 'together' ? 'signin.online' : 'signin.offline')}
      </p>
    </Door>
  );
}
