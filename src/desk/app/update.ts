// What the page around the screens knows and the replica does not: a waiting version, kept storage, the way to the worker.
import type { Persistence } from '#desk/persistence.ts';
import type { Updates, UpdateState } from '#desk/updates.ts';
import type { Link } from '#desk/worker/rpc-client.ts';
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';

export interface Host {
  readonly updates: Promise<Updates | undefined>;
  readonly persistence: Promise<Persistence>;
  readonly link: () => Link;
  readonly onLink: (listener: (link: Link) => void) => () => void;
}

export const HostContext = createContext<Host | undefined>(undefined);

function useHost(): Host {
  const host = useContext(HostContext);
  if (host === undefined) throw new Error('invariant: screens stand inside HostContext');
  return host;
}

/** The state of updates, and how to install or look for one. Undefined where the browser refused the service worker. */
export function useUpdates(): { readonly state: UpdateState; readonly updates: Updates | undefined; readonly known: boolean } {
  const host = useHost();
  const [updates, setUpdates] = useState<Updates>();
  const [known, setKnown] = useState(false);
  const [state, setState] = useState<UpdateState>({ status: 'none' });
  useEffect(() => {
    let end: (() => void) | undefined;
    let over = false;
    void host.updates.then((found) => {
      if (over) return;
      setKnown(true);
      setUpdates(found);
      if (found === undefined) return;
      setState(found.state);
      end = found.subscribe(setState);
    });
    return () => {
      over = true;
      end?.();
    };
  }, [host]);
  return { state, updates, known };
}

export function usePersistence(): Persistence | undefined {
  const host = useHost();
  const [persistence, setPersistence] = useState<Persistence>();
  useEffect(() => {
    void host.persistence.then(setPersistence);
  }, [host]);
  return persistence;
}

/** Is the worker that keeps this desk's work there? */
export function useLink(): Link {
  const host = useHost();
  return useSyncExternalStore(host.onLink, host.link);
}
