// The words that tabs and the worker exchange, and errors that survive the way. It must not know what is called.
import { StorageFailure, type FailureClass } from '#journal/ports/storage.ts';
import type { DeskChange } from './service.ts';

/** A new number when the words change, so that an old tab and a new worker never misread each other. */
export const CHANNEL = 'nirantar-desk-1';
export const BEAT_MS = 1_000;

/** From a tab. `call` may come again with the same tab and id: it is the same call. */
export type FromTab =
  | { readonly kind: 'call'; readonly tab: string; readonly id: number; readonly method: string; readonly args: unknown }
  /** Who answers here? */
  | { readonly kind: 'who' }
  /** A tab of a newer build asks the worker's tab to let it lead. */
  | { readonly kind: 'step-down'; readonly build: number };

export type FromWorker =
  | {
      readonly kind: 'answer';
      readonly host: string;
      readonly tab: string;
      readonly id: number;
      readonly ok: true;
      readonly value: unknown;
    }
  | {
      readonly kind: 'answer';
      readonly host: string;
      readonly tab: string;
      readonly id: number;
      readonly ok: false;
      readonly error: WireError;
    }
  /** Ready, or still alive. The first one of a new host makes tabs repeat their open calls. */
  | { readonly kind: 'ready'; readonly host: string; readonly build: number }
  | { readonly kind: 'opening'; readonly host: string; readonly build: number; readonly trouble?: WireError }
  | { readonly kind: 'change'; readonly host: string; readonly change: DeskChange };

export type Message = FromTab | FromWorker;

/** A BroadcastChannel, or something like it in a test. Everybody hears what the others say, never what they say themselves. */
export interface Wire {
  post(message: Message): void;
  listen(listener: (message: Message) => void): void;
  close(): void;
}

export function broadcastWire(name: string = CHANNEL): Wire {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => channel.addEventListener('message', (event: MessageEvent<Message>) => listener(event.data)),
    close: () => channel.close(),
  };
}

export interface WireError {
  readonly message: string;
  readonly code: string;
  readonly failureClass?: FailureClass;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What a call rejects with in a tab: a failure of the world or a bug. Refusals of commands are values, not errors. */
export class DeskCallError extends Error {
  readonly code: string;
  readonly failureClass: FailureClass | undefined;
  readonly facts: Readonly<Record<string, string | number>>;
  constructor(error: WireError) {
    super(error.message);
    this.name = 'DeskCallError';
    this.code = error.code;
    this.failureClass = error.failureClass;
    this.facts = error.facts ?? {};
  }
}

/** Codes of storage failures, as the registry of codes names them. */
const STORAGE_CODE: Readonly<Record<StorageFailure['code'], string>> = {
  'disk-full': 'storage-full',
  'read-only': 'storage-read-only',
  io: 'storage-io',
  'newer-format': 'storage-newer-format',
  locked: 'storage-locked',
  gone: 'storage-gone',
  damaged: 'storage-damaged',
};

export function wireError(error: unknown): WireError {
  if (error instanceof StorageFailure) return { message: error.message, code: STORAGE_CODE[error.code], failureClass: error.failureClass };
  const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'desk-fault';
  return { message: error instanceof Error ? error.message : String(error), code };
}
