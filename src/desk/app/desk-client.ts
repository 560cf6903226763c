// How screens reach the replica: commands, queries, calls and news. It must not know of workers, tabs, storage or hubs.
import type { Rejection } from '#kernel/shared/rejection.ts';

export type Answer<R> =
  | { readonly ok: true; readonly result: R; readonly commit?: string }
  | { readonly ok: false; readonly rejection: Rejection };

/** What changed, so that screens ask again. `types` names the types of the streams that changed; absent means any. */
export interface DeskNews {
  readonly kind: 'changed' | 'status' | 'session' | 'update';
  readonly types?: readonly string[];
}

export interface DeskClient {
  /** Done means durable on this PC. `key` makes a repeated call harmless. */
  command<R>(name: string, input: unknown, key?: string): Promise<Answer<R>>;
  query<R>(name: string, input: unknown): Promise<Answer<R>>;
  /** What is neither command nor query: sign-in, status, paper, enrolment (see `desk-calls.ts`). */
  call<R>(method: string, args: unknown): Promise<Answer<R>>;
  /** Returns the function that ends it. */
  subscribe(listener: (news: DeskNews) => void): () => void;
}
