// What the address bar says (`?uhid=…&tab=…`), and how to change it: deep links and the back button work on every desk.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type DeskSearch = Readonly<Record<string, string | undefined>>;

/** From the address bar: only text survives, so that a mistyped address is never an error. Long digits stay text. */
export function parseDeskSearch(raw: Record<string, unknown>): DeskSearch {
  const search: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) if (typeof value === 'string' || typeof value === 'number') search[name] = String(value);
  return search;
}

export function useDeskSearch(): readonly [DeskSearch, (change: DeskSearch) => void] {
  const search: DeskSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (change: DeskSearch) => {
      void navigate({ to: '.', search: ((old: DeskSearch) => parseDeskSearch({ ...old, ...change })) as never, replace: true }); // routes are joined at run time, so the library knows no search type
    },
    [navigate],
  );
  return [search, set];
}

export function useGo(): (path: string, search?: DeskSearch) => void {
  const navigate = useNavigate();
  return useCallback((path, search) => void navigate({ to: path, search: (search ?? {}) as never }), [navigate]); // as above
}
