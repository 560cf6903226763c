// New versions of the app: fetched in the background, installed when the user picks. It must not reload under somebody's hands.

export type UpdateState =
  | { readonly status: 'none' }
  /** A new version is on this PC; `install` puts it in place, also with no network. */
  | { readonly status: 'waiting' }
  | { readonly status: 'installing' }
  /** Another tab put a new version in place. This one goes on, and reloads when it is hidden or when the user picks. */
  | { readonly status: 'reload-needed' };

export interface Updates {
  readonly state: UpdateState;
  subscribe(listener: (state: UpdateState) => void): () => void;
  /** Keeps what is typed, puts the waiting version in place and reloads. Nothing happens when none waits. */
  install(): Promise<void>;
  /** Looks for a new version now. True when the server could be asked. */
  check(): Promise<boolean>;
}

export interface UpdateOptions {
  readonly container: ServiceWorkerContainer;
  /** Address of the service worker's script; its folder is what it serves. */
  readonly script: URL;
  /** Everything that is typed is kept when it resolves. A rejection stops the installation. */
  readonly beforeReload: () => Promise<void>;
  readonly reload: () => void;
  readonly hidden: { readonly now: () => boolean; readonly when: (listener: () => void) => void };
}

/** Every hour: a desk is never closed, so nothing else would look. */
const LOOK_EVERY_MS = 3_600_000;

export async function watchUpdates(options: UpdateOptions): Promise<Updates> {
  const { container } = options;
  const listeners = new Set<(state: UpdateState) => void>();
  let state: UpdateState = { status: 'none' };
  let picked = false;
  // Without a controller this is the first visit: the worker that takes over is not a new version.
  let controlled = container.controller !== null;

  function set(next: UpdateState): void {
    if (next.status === state.status) return;
    state = next;
    for (const listener of listeners) listener(next);
  }
  async function reloadKept(): Promise<void> {
    await options.beforeReload();
    options.reload();
  }

  container.addEventListener('controllerchange', () => {
    if (!controlled) {
      controlled = true;
      return;
    }
    if (picked || options.hidden.now()) {
      void reloadKept().catch(() => set({ status: 'reload-needed' }));
      return;
    }
    set({ status: 'reload-needed' });
    options.hidden.when(() => void reloadKept().catch(() => undefined));
  });

  const registration = await container.register(options.script, { scope: new URL('.', options.script).href, updateViaCache: 'none' });
  const waits = (): void => {
    if (registration.waiting !== null && controlled) set({ status: 'waiting' });
  };
  const follow = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', waits);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  follow(registration.installing);
  waits();

  const updates: Updates = {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async install() {
      if (state.status === 'reload-needed') return reloadKept();
      const { waiting } = registration;
      if (waiting === null) return;
      await options.beforeReload();
      picked = true;
      set({ status: 'installing' });
      // generateSW listens for exactly this.
      waiting.postMessage({ type: 'SKIP_WAITING' });
    },
    async check() {
      try {
        await registration.update();
        return true;
      } catch {
        return false;
      }
    },
  };
  setInterval(() => void updates.check(), LOOK_EVERY_MS);
  return updates;
}
