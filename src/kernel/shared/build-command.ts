// Builds a command definition from its parts, so that each command says only what is its own: role check and "not found" are the same for all.
import type { z } from 'zod';
import { allowed, YES, type Actor, type May } from './actor.ts';
import { defineCommand, type CommandDefinition, type DecideEnvironment, type Decision, type Reader } from './command.ts';
import type { NewEvent } from './event.ts';
import type { Rejection } from './rejection.ts';

/** What `load` came back with: the facts to decide on, or why there are none. */
export type Found<F> = { readonly found: F } | { readonly missing: Rejection };

export interface CommandSpec<I, F, R> {
  readonly name: string;
  readonly title: { readonly en: string; readonly hi: string };
  readonly input: z.ZodType<I>;
  readonly result: z.ZodType<R>;
  readonly writes: readonly string[];
  readonly needsHub?: boolean;
  load(input: I, read: Reader): Promise<Found<F>>;
  /** May this person do this now, beyond holding the role? */
  when?(actor: Actor, facts: F): May;
  decide(input: I, facts: F, env: DecideEnvironment): Decision<R>;
}

export function buildCommand<I, F, R>(spec: CommandSpec<I, F, R>): CommandDefinition<I, Found<F>, R> {
  const { name, title, input, result, writes } = spec;
  return defineCommand<I, Found<F>, R>({
    name,
    title,
    input,
    result,
    writes,
    needsHub: spec.needsHub ?? false,
    load: (given, read) => spec.load(given, read),
    may(actor, facts) {
      const role = allowed(actor, name);
      if (!role.ok || facts === undefined) return role;
      if ('missing' in facts) return { ok: false, rejection: facts.missing };
      return spec.when?.(actor, facts.found) ?? YES;
    },
    decide(given, facts, env) {
      return 'missing' in facts ? { ok: false, rejection: facts.missing } : spec.decide(given, facts.found, env);
    },
  });
}

export function found<F>(facts: F): Found<F> {
  return { found: facts };
}

export function missing(code: string, facts: Rejection['facts'] = {}, field?: string): { readonly missing: Rejection } {
  return { missing: field === undefined ? { code, facts } : { code, facts, field } };
}

export function done<R>(result: R, events: readonly NewEvent[]): Decision<R> {
  return { ok: true, events, result };
}
