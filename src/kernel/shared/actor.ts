// Who asks, and the answer to "may I, and if not why not". The same answer is used by decide, by the API and by the screens.
import type { StreamId } from './ids.ts';
import type { Rejection } from './rejection.ts';

/** Only ever added to, at the end: a certificate on paper names a kind by its place here. */
export const DESK_KINDS = [
  'registration',
  'collection',
  'lab',
  'patient',
  'ward',
  'doctor',
  'billing',
  'appointments',
  'command',
  'all',
] as const;
export type DeskKind = (typeof DESK_KINDS)[number];

export interface Actor {
  readonly user: StreamId;
  readonly userName: string;
  /** Names of the roles that the user holds now. */
  readonly roles: readonly string[];
  /** Names of commands and queries (`query:NAME`) that those roles allow. */
  readonly permissions: ReadonlySet<string>;
  readonly session: string;
  readonly device: StreamId;
}

export type May = { readonly ok: true } | { readonly ok: false; readonly rejection: Rejection };

export const YES: May = { ok: true };

export function no(code: string, facts: Rejection['facts'] = {}): May {
  return { ok: false, rejection: { code, facts } };
}

/** The first part of every "may I": do this user's roles hold this action? */
export function allowed(actor: Actor, action: string): May {
  return actor.permissions.has(action) ? YES : no('role-missing', { action });
}
