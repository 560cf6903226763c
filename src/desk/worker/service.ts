// What the worker hosts and what it hands to it. It must not know of tabs, channels or locks.
import type { Clock, Crypto, KeyStore } from '#journal/ports/crypto.ts';
import type { Storage } from '#journal/ports/storage.ts';

/** News for the screens of every tab. */
export type DeskChange =
  | { readonly kind: 'documents'; readonly types: readonly string[] }
  | { readonly kind: 'sync'; readonly status?: unknown }
  | { readonly kind: 'session' }
  /** Another worker answers now: whatever a screen shows may be old. Made by the client, never by a service. */
  | { readonly kind: 'restarted' };

export interface Passwords {
  /** @returns a PHC string */
  hash(password: string, salt: Uint8Array): Promise<string>;
  /** False for a wrong password and for a malformed verifier; never throws. */
  verify(password: string, verifier: string): Promise<boolean>;
}

export interface WorkerPorts {
  readonly storage: Storage;
  readonly crypto: Crypto;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly fetch: typeof fetch;
  /** Where the app was served from, for the first hub to ask. */
  readonly origin: string;
  /** The build of this app, as the status screen shows it. */
  readonly version: string;
}

export interface WorkerService {
  /** Called once. A transient `StorageFailure` makes the host open everything again; anything else is told and stays. */
  start(ports: WorkerPorts): Promise<void>;
  /** At least once: the same call may come again after a change of tabs. Names and arguments come from a tab of this origin. */
  call(name: string, args: unknown): Promise<unknown>;
  onChange(listener: (change: DeskChange) => void): void;
  /** Finish what is being written; nothing comes after it. */
  stop(): Promise<void>;
}
