// Signing in with password or PIN, on- and offline: the verifiers are part of the replicated user record.
import type { Actor } from '#kernel/shared/actor.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { MINUTE_MS } from '#kernel/shared/time.ts';
import { rolesOf, type UserState } from '#kernel/user/user.ts';
import type { Replica } from './replica/replica.ts';

export interface PasswordVerifier {
  /** False for a wrong password and for a malformed verifier; never throws. @param verifier PHC string of argon2id */
  verify(password: string, verifier: string): Promise<boolean>;
}

export interface Session {
  readonly id: string;
  readonly user: StreamId;
  readonly userName: string;
  readonly name: string;
  expiresAt: number;
}

export type SignIn = { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly rejection: Rejection };

/** Without use a session ends: long enough for a patient's questions, short enough for a desk that was left. */
export const IDLE_MINUTES = 30;
/** Attempts that cost no wait; after them each wait doubles, up to the limit. */
const FREE_ATTEMPTS = 3;
/** At the same moment for one name. */
const MAX_OPEN = FREE_ATTEMPTS;
const MAX_WAIT_MS = 5 * MINUTE_MS;
const MAX_SESSIONS = 10_000;
/** Names whose failures are remembered; the oldest goes. */
const MAX_NAMES = 10_000;
/** A verifier of nobody, so that an unknown name takes as long as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$8Yv4b2l0t8mZ1ZxSxV1m1m8u5k0Q2m0sXv5Q7j1uO2E';

interface Failures {
  readonly count: number;
  readonly until: number;
}

export class Sessions {
  readonly #replica: Replica;
  readonly #passwords: PasswordVerifier;
  readonly #sessions = new Map<string, Session>();
  readonly #failures = new Map<string, Failures>();
  /** Attempts under way for each name. */
  readonly #open = new Map<string, number>();
  readonly #idleMs: number;

  constructor(replica: Replica, passwords: PasswordVerifier, idleMinutes: number = IDLE_MINUTES) {
    this.#replica = replica;
    this.#passwords = passwords;
    this.#idleMs = idleMinutes * MINUTE_MS;
  }

  async signIn(login: string, secret: string, kind: 'password' | 'pin' = 'password'): Promise<SignIn> {
    const name = login.trim().toLowerCase().slice(0, 64);
    const now = this.#now();
    const failures = this.#failures.get(name);
    if (failures !== undefined && failures.until > now) {
      return refused('sign-in-wait', { retryAfterSeconds: Math.ceil((failures.until - now) / 1000) });
    }
    // Those that are being looked at count as failed until they are found right: a thousand at once get no more tries than one by one.
    const open = this.#open.get(name) ?? 0;
    if (open >= MAX_OPEN || (open > 0 && (failures?.count ?? 0) + open >= FREE_ATTEMPTS))
      return refused('sign-in-wait', { retryAfterSeconds: 1 });
    this.#open.set(name, open + 1);
    try {
      return await this.#look(name, secret, kind, now);
    } finally {
      const left = (this.#open.get(name) ?? 1) - 1;
      if (left > 0) this.#open.set(name, left);
      else this.#open.delete(name);
    }
  }

  async #look(name: string, secret: string, kind: 'password' | 'pin', now: number): Promise<SignIn> {
    const found = (await this.#replica.reader().all<UserState>('user')).find((document) => document.state.user === name);
    const verifier = kind === 'pin' ? found?.state.pin?.verifier : found?.state.password?.verifier;
    const right = await this.#passwords.verify(secret.slice(0, 1024), verifier ?? NOBODY);
    if (!right || found === undefined || verifier === undefined) return this.#fail(name, now);
    if (found.state.disabled) return refused('user-disabled', {});
    this.#failures.delete(name);
    const session: Session = {
      id: toBase64Url(this.#replica.ports.crypto.randomBytes(24)),
      user: found.stream,
      userName: name,
      name: found.state.name ?? name,
      expiresAt: now + this.#idleMs,
    };
    if (this.#sessions.size >= MAX_SESSIONS) this.#dropOldest();
    this.#sessions.set(session.id, session);
    return { ok: true, session };
  }

  /** Takes up a session that a process before this one began: its holder proved the id to the caller. */
  resume(session: Session): Session | undefined {
    const state = this.#replica.trust.user(session.user);
    if (state === undefined || state.disabled || session.expiresAt < this.#now()) return undefined;
    this.#sessions.set(session.id, { ...session });
    return this.get(session.id);
  }

  signOut(id: string): void {
    this.#sessions.delete(id);
  }

  /** The session, kept alive by its use; undefined when it has ended. */
  get(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    const now = this.#now();
    if (session.expiresAt < now) {
      this.#sessions.delete(id);
      return undefined;
    }
    session.expiresAt = now + this.#idleMs;
    return session;
  }

  /** Who acts, with the roles as they are now: a role taken away is gone at the next command. */
  async actor(session: Session): Promise<Actor | undefined> {
    const document = await this.#replica.document<UserState>(session.user);
    const device = this.#replica.own?.identity.device;
    if (document === undefined || document.state.disabled || device === undefined) return undefined;
    return {
      user: session.user,
      userName: session.userName,
      roles: rolesOf(document.state),
      permissions: this.#replica.trust.permissionsOf(document.state),
      // Sixteen characters tell sessions apart; the whole id is a secret and never leaves this device.
      session: session.id.slice(0, 16),
      device,
    };
  }

  /** What the user's roles allow now; empty when the user is gone or disabled. From memory: asked on every screen. */
  permissions(session: Session): ReadonlySet<string> {
    const state = this.#replica.trust.user(session.user);
    return state === undefined || state.disabled ? new Set() : this.#replica.trust.permissionsOf(state);
  }

  get count(): number {
    return this.#sessions.size;
  }

  #fail(name: string, now: number): SignIn {
    const count = (this.#failures.get(name)?.count ?? 0) + 1;
    const wait = count < FREE_ATTEMPTS ? 0 : Math.min(MAX_WAIT_MS, 1000 * 2 ** (count - FREE_ATTEMPTS));
    if (this.#failures.size >= MAX_NAMES) {
      const oldest = this.#failures.keys().next().value;
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
    this.#failures.delete(name);
    this.#failures.set(name, { count, until: now + wait });
    return refused('sign-in-wrong', { attempts: count });
  }

  #dropOldest(): void {
    const oldest = [...this.#sessions.values()].sort((a, b) => a.expiresAt - b.expiresAt)[0];
    if (oldest !== undefined) this.#sessions.delete(oldest.id);
  }

  #now(): number {
    return this.#replica.ports.clock.now();
  }
}

function refused(code: string, facts: Rejection['facts']): SignIn {
  return { ok: false, rejection: { code, facts } };
}
