// What is typed and not yet saved, kept through reload and update. One tab's memory only: it is gone with the tab and
// never reaches the disk in clear (DESIGN section 4). Each draft belongs to its user.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from './desk-context.tsx';

const PREFIX = 'nirantar-draft/';

export function readDraft<T>(name: string): T | undefined {
  const text = sessionStorage.getItem(PREFIX + name);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T; // written by us under this name; a screen that changed its shape changes the name
  } catch {
    return undefined;
  }
}

export function writeDraft(name: string, value: unknown): void {
  if (value === undefined) sessionStorage.removeItem(PREFIX + name);
  else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
}

/** Like `useState`, but it survives a reload. */
export function useDraft<T>(name: string, initial: T): readonly [T, (next: T | ((old: T) => T)) => void] {
  const user = useSession()?.user ?? 'nobody';
  const key = `${user}/${name}`;
  const [value, setValue] = useState<T>(() => readDraft<T>(key) ?? initial);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else writeDraft(key, value);
  }, [key, value]);
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
