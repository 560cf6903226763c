// What every command says of itself: one definition serves form, API, OpenAPI, headless desk and simulator.
import type { z } from 'zod';
import type { Actor, May } from './actor.ts';
import type { Document } from './document.ts';
import type { NewEvent } from './event.ts';
import type { CommandId, StreamId } from './ids.ts';
import type { NumberKind } from './numbers.ts';
import type { Rejection } from './rejection.ts';
import type { Instant } from './time.ts';

/** How a command reads what it decides on. Every document that it reads is named in the events' `after`. */
export interface Reader {
  document<S>(stream: StreamId): Promise<Document<S> | undefined>;
  /** All streams that bear this number or alias (two is a check, and the caller asks which). Optionally of one type. */
  byNumber(number: string, type?: string): Promise<readonly StreamId[]>;
  /** Streams of `type` that link to `to` with `rel`, oldest first, at most 200. */
  linked(to: StreamId, type: string, rel: string): Promise<readonly StreamId[]>;
  /** All streams of one trust type (`test`, `role`, `user`, …). Trust types are small and fully held by every replica. */
  all<S>(type: string): Promise<readonly Document<S>[]>;
}

export interface DecideEnvironment {
  readonly actor: Actor;
  readonly commandId: CommandId;
  /** Now by this device's clock. */
  readonly now: Instant;
  /** The `index`-th new stream of this command: hash(command id, index), so a repeated command names the same. */
  newStream(type: string, index: number): StreamId;
  /** A stream whose identity follows from others, so that two cut-off desks name the same (a test on a specimen). */
  derivedStream(type: string, ...parts: readonly string[]): StreamId;
  /** A fresh number of this device's range; undefined when its ranges are used up. */
  mint(kind: NumberKind): string | undefined;
  /** Random bytes as base64url, for secrets such as salts. */
  randomId(bytes: number): string;
}

export type Decision<R> =
  | { readonly ok: true; readonly events: readonly NewEvent[]; readonly result: R }
  | { readonly ok: false; readonly rejection: Rejection };

export function reject(
  code: string,
  facts: Rejection['facts'] = {},
  field?: string,
): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection: field === undefined ? { code, facts } : { code, facts, field } };
}

export interface CommandDefinition<I = unknown, F = unknown, R = unknown> {
  /** An order in lower camel case: `collectSpecimen`. */
  readonly name: string;
  readonly title: { readonly en: string; readonly hi: string };
  readonly input: z.ZodType<I>;
  readonly result: z.ZodType<R>;
  /** Event types (`Type`) that it may write: what a device's certificate and a role must cover. */
  readonly writes: readonly string[];
  /** True for commands on trust streams: they need a hub. */
  readonly needsHub: boolean;
  load(input: I, read: Reader): Promise<F>;
  /** With `facts` undefined: may this person ever? With facts: may this person do this now, and if not why not. */
  may(actor: Actor, facts: F | undefined): May;
  /** Pure. Called only when `may` said yes on the same facts. */
  decide(input: I, facts: F, env: DecideEnvironment): Decision<R>;
}

/** Keeps the three type parameters of a definition tied together without naming them at each use. */
export function defineCommand<I, F, R>(definition: CommandDefinition<I, F, R>): CommandDefinition<I, F, R> {
  return definition;
}
