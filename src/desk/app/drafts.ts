// What is typed and not yet saved, as a React state that survives reload and update; and choices that stay on this PC.
import { draftsOf, placeOfDraft } from '#desk/drafts.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from './desk-context.tsx';

const now = (): number => Date.now();

/** Like `useState`, kept for this user in this tab's memory. `name` is `desk/form`. */
export function useDraft<T>(name: string, initial: T): readonly [T, (next: T | ((old: T) => T)) => void] {
  const user = useSession()?.user ?? 'nobody';
  const { desk, form } = placeOfDraft(name);
  const drafts = useMemo(() => draftsOf(sessionStorage, desk, user, now), [desk, user]);
  const [value, setValue] = useState<T>(() => (drafts.load(form) as T | undefined) ?? initial); // written by us under this name; a form that changes its shape changes its name
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else drafts.save(form, value);
  }, [drafts, form, value]);
  return [value, useCallback((next) => setValue(next), [])];
}

/** Choices that stay on this PC (department, village, favourites, look). Never anything about a patient. */
export function readSetting<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`nirantar-setting/${name}`);
    return text === null ? fallback : (JSON.parse(text) as T); // written by writeSetting under this name
  } catch {
    return fallback;
  }
}

export function writeSetting(name: string, value: unknown): void {
  try {
    localStorage.setItem(`nirantar-setting/${name}`, JSON.stringify(value));
  } catch {
    // A full or forbidden store must not stop work: the choice is made again next time.
  }
}
