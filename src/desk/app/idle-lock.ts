// Locks the desk when nobody has touched it for a while. What is typed stays where it is, behind the lock, through a reload too.
import { useEffect, useState } from 'react';
import { readSetting } from './drafts.ts';

/** A shared PC at a counter: long enough for one patient's questions, short enough for a walk away. */
const IDLE_MINUTES = 10;
const LOCKED = 'nirantar-locked';

export function useIdleLock(user: string | undefined): readonly [boolean, (locked: boolean) => void] {
  const [locked, setState] = useState(() => sessionStorage.getItem(LOCKED) !== null);
  const set = (next: boolean): void => {
    if (next) sessionStorage.setItem(LOCKED, '1');
    else sessionStorage.removeItem(LOCKED);
    setState(next);
  };
  useEffect(() => {
    if (user === undefined) {
      sessionStorage.removeItem(LOCKED);
      return undefined;
    }
    let last = Date.now();
    const touched = (): void => {
      last = Date.now();
    };
    const limitMs = readSetting('idle-minutes', IDLE_MINUTES) * 60_000;
    const timer = setInterval(() => {
      if (Date.now() - last > limitMs) set(true);
    }, 5000);
    for (const name of ['keydown', 'pointerdown', 'pointermove'] as const)
      window.addEventListener(name, touched, { capture: true, passive: true });
    return () => {
      setState(false);
      clearInterval(timer);
      for (const name of ['keydown', 'pointerdown', 'pointermove'] as const) window.removeEventListener(name, touched, { capture: true });
    };
  }, [user]);
  return [locked && user !== undefined, set];
}
