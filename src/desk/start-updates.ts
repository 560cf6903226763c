// Hands the page's own service worker, visibility and reload to the watcher of updates.
import { watchUpdates, type Updates } from './updates.ts';

/** @param beforeReload functions that keep what is typed @returns undefined when the browser refused the service worker */
export async function startUpdates(beforeReload: ReadonlySet<() => void | Promise<void>>): Promise<Updates | undefined> {
  try {
    return await watchUpdates({
      container: navigator.serviceWorker,
      script: new URL('sw.js', document.baseURI),
      beforeReload: async () => {
        for (const keep of beforeReload) await keep();
      },
      reload: () => location.reload(),
      hidden: {
        now: () => document.hidden,
        when: (listener) => document.addEventListener('visibilitychange', () => document.hidden && listener()),
      },
    });
  } catch (error) {
    // An untrusted certificate lets everything else work and refuses only this; the status screen says so.
    console.warn('service worker refused', error);
    return undefined;
  }
}
