// A tab's way to the replica, whichever tab owns it: what screens and the shell call. It must not know React or any command by name.
import { standForLeader, type Candidacy, type Locks, type WorkerHandle } from './worker/leader.ts';
import { broadcastWire, type Wire } from './worker/rpc.ts';
import { RpcClient, type DeskService, type Link } from './worker/rpc-client.ts';

export type Role = 'leader' | 'follower';

export interface Desk extends DeskService {
  /** @param key makes a repeat harmless; one is made when absent, because a change of tabs may repeat any call. */
  command(name: string, input: unknown, key?: string): Promise<unknown>;
  query(name: string, input: unknown): Promise<unknown>;
  readonly link: Link;
  onLink(listener: (link: Link) => void): () => void;
  readonly role: Role;
  onRole(listener: (role: Role) => void): () => void;
  close(): void;
}

export interface DeskOptions {
  /** Makes the worker; called only in the tab that leads. */
  readonly spawn: () => WorkerHandle;
  /** Time of the build, milliseconds. */
  readonly build: number;
  readonly wire?: Wire;
  readonly locks?: Locks;
}

export function connectDesk(options: DeskOptions): Desk {
  const wire = options.wire ?? broadcastWire();
  const now = (): number => performance.now();
  const client = new RpcClient(wire, crypto.randomUUID(), now);
  const roleListeners = new Set<(role: Role) => void>();
  let role: Role = 'follower';
  const candidacy = standForLeader({
    locks: options.locks ?? navigator.locks,
    wire,
    spawn: options.spawn,
    build: options.build,
    now,
    onRole(next) {
      role = next;
      for (const listener of roleListeners) listener(next);
    },
  });
  const stopWatching = leaveWithThePage(candidacy);
  return {
    call: (method, args) => client.call(method, args),
    command: (name, input, key = crypto.randomUUID()) => client.call('command', { name, input, key }),
    query: (name, input) => client.call('query', { name, input }),
    subscribe: (listener) => client.subscribe(listener),
    get link() {
      return client.link;
    },
    onLink: (listener) => client.onLink(listener),
    get role() {
      return role;
    },
    onRole(listener) {
      roleListeners.add(listener);
      return () => roleListeners.delete(listener);
    },
    close() {
      stopWatching();
      candidacy.leave();
      client.close();
    },
  };
}

/** A page that goes away gives the worker back at once; one that comes back from the browser's memory stands in line again. */
function leaveWithThePage(candidacy: Candidacy): () => void {
  const leave = (): void => candidacy.leave();
  const back = (event: PageTransitionEvent): void => {
    if (event.persisted) candidacy.stand();
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', back);
  return () => {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', back);
  };
}
