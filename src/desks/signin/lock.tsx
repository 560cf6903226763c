// The lock over a desk that was left alone. The same user goes on where they were; somebody else signs in anew.
import { useDo, useSession } from '#desk/app/desk-context.tsx';
import { useText } from '#desk/i18n/i18n.ts';
import { Icon } from '#desk/ui/icons.tsx';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { SecretForm } from './secret-form.tsx';
import { useAttempt } from './use-attempt.ts';
import './signin.css';

export function Lock({ unlocked }: { readonly unlocked: () => void }): ReactElement {
  const { t } = useText();
  const session = useSession();
  const attempt = useAttempt();
  const { call } = useDo();
  const queries = useQueryClient();
  return (
    <main className="n-door" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <h1 id="lock-title">
        <Icon name="lock" /> {t('signin.locked')}
      </h1>
      <p>{t('signin.lockedHow', { name: session?.name ?? '' })}</p>
      <SecretForm user={session?.userName ?? ''} attempt={attempt} done={() => unlocked()} submit={t('signin.unlock')} />
      <button type="button" className="n-quiet" onClick={() => void call('signOut', {}).then(() => queries.invalidateQueries())}>
        {t('signin.somebodyElse')}
      </button>
    </main>
  );
}
