// One try to sign in after another, with the wait that failures cost. The count survives a reload.
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { Session } from '#desk/app/desk-calls.ts';
import { useDo } from '#desk/app/desk-context.tsx';
import { readSetting, writeSetting } from '#desk/app/drafts.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { waitAfter } from './slow-down.ts';

interface Tries {
  readonly failures: number;
  readonly until: number;
}
const NONE: Tries = { failures: 0, until: 0 };

export interface Attempt {
  readonly busy: boolean;
  readonly rejection: Rejection | undefined;
  /** Whole seconds until the next try is allowed. */
  readonly waitSeconds: number;
  /** @returns the session, or undefined when it was refused */
  readonly signIn: (user: string, secret: string, kind: 'password' | 'pin') => Promise<Session | undefined>;
}

export function useAttempt(): Attempt {
  const { call } = useDo();
  const queries = useQueryClient();
  const [tries, setTries] = useState(() => readSetting('sign-in-tries', NONE));
  const [busy, setBusy] = useState(false);
  const [rejection, setRejection] = useState<Rejection>();
  const [now, setNow] = useState(() => Date.now());
  const waitSeconds = Math.max(0, Math.ceil((tries.until - now) / 1000));
  useEffect(() => {
    if (tries.until <= Date.now()) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [tries]);
  const keep = (next: Tries): void => {
    setTries(next);
    writeSetting('sign-in-tries', next);
  };
  return {
    busy,
    rejection,
    waitSeconds,
    async signIn(user, secret, kind) {
      if (busy || Date.now() < tries.until) return undefined;
      setBusy(true);
      try {
        const answer = await call('signIn', { user, secret, kind });
        if (!answer.ok) {
          setRejection(answer.rejection);
          const failures = tries.failures + 1;
          keep({ failures, until: Date.now() + waitAfter(failures) });
          setNow(Date.now());
          return undefined;
        }
        setRejection(undefined);
        keep(NONE);
        await queries.invalidateQueries();
        return answer.result;
      } finally {
        setBusy(false);
      }
    },
  };
}
