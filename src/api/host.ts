// What the HTTP interface needs of the hub behind it. The hub implements it; the interface must not know how anything is stored.
import type { May } from '#kernel/shared/actor.ts';
import type { CommandDefinition } from '#kernel/shared/command.ts';
import type { CommandId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { QueryDefinition } from '#views/view.ts';

type Maybe<T> = T | Promise<T>;
export type Refused = { readonly ok: false; readonly rejection: Rejection };

export interface SignedIn {
  readonly ok: true;
  /** Goes into `Authorization: Bearer …`. At least 128 random bits, base64url. */
  readonly token: string;
  /** Stream of the user. */
  readonly user: string;
  readonly userName: string;
  readonly roles: readonly string[];
  /** Milliseconds since 1970: when the session ends without use. */
  readonly expiresAt: number;
}

export type CommandAnswer =
  | {
      readonly ok: true;
      /** Hash of the commit; empty when the command changed nothing. */
      readonly commit: string;
      readonly result: unknown;
      /** The same command id was done before: this is what it answered then. */
      readonly repeated?: true;
    }
  | Refused;

export interface ReadyFacts {
  readonly ready: boolean;
  /** How long to wait before asking again, when not ready. */
  readonly retryAfterSeconds?: number;
  /** Shown as they are: counts and states, never a patient's data. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** A session that `session()` knows; opaque here. */
export interface ApiHost<S = unknown> {
  readonly commands: ReadonlyMap<string, Pick<CommandDefinition, 'name' | 'title' | 'input' | 'result' | 'needsHub'>>;
  readonly queries: ReadonlyMap<string, Pick<QueryDefinition, 'name' | 'title' | 'input' | 'result'>>;

  /** Slows down failed attempts itself (a rejection with status 429 and the fact `retryAfterSeconds`). */
  signIn(user: string, password: string, from: RequestOrigin): Promise<SignedIn | Refused>;
  signOut(session: S): Maybe<void>;
  /** The session of a token, or undefined when it has ended or never was. Called on every request: keep it a map look-up. */
  session(token: string): Maybe<S | undefined>;

  /** Parses the input, asks `may`, decides, and answers when the commit is durable. `key` is the caller's command id. */
  command(session: S, name: string, input: unknown, key: CommandId | undefined): Promise<CommandAnswer>;
  /** Parses the input, asks for the permission, runs, and records the access where it must be audited. */
  query(session: S, name: string, input: unknown): Promise<{ readonly ok: true; readonly result: unknown } | Refused>;
  may(session: S, command: string): May;

  /** False: this process should be restarted. Asked every few seconds by whatever watches it. */
  alive(): boolean;
  ready(): Maybe<ReadyFacts>;
  /** Prometheus text format 0.0.4. */
  metrics(): Maybe<string>;
  /** Everything below `/sync/`. */
  sync(request: Request): Promise<Response>;
  /** A file of swagger-ui-dist, or undefined. Called with names of `DOCS_FILES` only. */
  docsFile(name: string): Promise<Uint8Array | undefined>;
  /** An error that no rule foresaw, for the log. The caller was told `requestId` and nothing of the error. */
  failed(error: unknown, requestId: string): void;
}

export interface RequestOrigin {
  /** The address of the caller, where the server knows it: for the slow-down only. */
  readonly address: string | undefined;
  readonly requestId: string;
}

export interface ApiConfig {
  /** Origins whose pages may call (scheme, host, port): the shared name under which all hubs serve the desks, and the demo's. */
  readonly origins: ReadonlySet<string>;
  /** Differs for each start of the process: first part of the request ids. */
  readonly instance: string;
  /** The hospital, for the title of the documentation. */
  readonly title: string;
  readonly version: string;
}
