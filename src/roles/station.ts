// What a hub and a desk do alike for a signed-in person: commands, queries, "may I", reads written down.
import type { May } from '#kernel/shared/actor.ts';
import { allowed, no, YES } from '#kernel/shared/actor.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseCommandId, type CommandId, type StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { instant } from '#kernel/shared/time.ts';
import type { NamesPort } from '#views/view.ts';
import { AccessLog } from './access-log.ts';
import { inputProblem, type Executed } from './replica/execute.ts';
import type { Replica } from './replica/replica.ts';
import { Sessions, type PasswordVerifier, type Session } from './sessions.ts';
import type { Timers } from './sync/transport.ts';

export type Answered<R = unknown> = { readonly ok: true; readonly result: R } | { readonly ok: false; readonly rejection: Rejection };

export interface PasswordTools extends PasswordVerifier {
  hash(password: string, salt: Uint8Array): Promise<string>;
}

/** Acts for nobody: may ask only what is shown before anybody has signed in. */
const NOBODY = 'user/nobodynobodynobo' as StreamId;

/** Fields that come as a secret and are stored as a verifier: the kernel never sees a password. */
const SECRETS = ['password', 'pin'] as const;

export class Station {
  readonly replica: Replica;
  readonly sessions: Sessions;
  readonly access: AccessLog;
  /** What this node knows of patients whose record it does not hold; set by a desk that keeps a name index. */
  names: NamesPort | undefined;
  readonly #passwords: PasswordTools;

  constructor(replica: Replica, passwords: PasswordTools, timers: Timers) {
    this.replica = replica;
    this.#passwords = passwords;
    this.sessions = new Sessions(replica, passwords);
    this.access = new AccessLog(replica, timers);
  }

  async command(session: Session, name: string, input: unknown, key?: string, occurredAt?: number): Promise<Executed> {
    const actor = await this.sessions.actor(session);
    if (actor === undefined) return { ok: false, rejection: { code: 'session-ended', facts: {} } };
    const id = key === undefined ? this.#newId() : parseCommandId(key);
    if (id === undefined) return { ok: false, rejection: { code: 'key-malformed', facts: {} } };
    const prepared = await this.#withVerifiers(name, input);
    return this.replica.execute({
      name,
      input: prepared,
      id,
      actor,
      ...(occurredAt === undefined ? {} : { occurredAt: instant(occurredAt) }),
    });
  }

  async query(session: Session, name: string, input: unknown): Promise<Answered> {
    const actor = await this.sessions.actor(session);
    if (actor === undefined) return { ok: false, rejection: { code: 'session-ended', facts: {} } };
    const definition = this.replica.domain.queries.get(name);
    if (definition === undefined) return { ok: false, rejection: { code: 'query-unknown', facts: { query: name } } };
    const may = allowed(actor, `query:${name}`);
    if (!may.ok) return may;
    const parsed = definition.input.safeParse(input ?? {});
    if (!parsed.success) return { ok: false, rejection: inputProblem(parsed.error) };
    const reader = this.replica.viewReader(actor);
    const answer = await definition.run(parsed.data, this.names === undefined ? reader : { ...reader, names: this.names });
    if (!answer.ok) return answer;
    const patients = definition.audited(answer.result);
    if (patients.length > 0) await this.access.note(actor.session, actor.user, name, patients);
    return answer;
  }

  /** Who can sign in here: what the sign-in screen offers before anybody has. Names and roles, no verifier. */
  async users(): Promise<Answered> {
    const definition = this.replica.domain.queries.get('users');
    const device = this.replica.own?.identity.device;
    if (definition === undefined || device === undefined) return { ok: true, result: { users: [] } };
    return definition.run(
      {},
      this.replica.viewReader({ user: NOBODY, userName: '', roles: [], permissions: new Set(), session: '', device }),
    );
  }

  async may(session: Session, command: string, input?: unknown): Promise<May> {
    const actor = await this.sessions.actor(session);
    if (actor === undefined) return { ok: false, rejection: { code: 'session-ended', facts: {} } };
    return this.replica.may(actor, command, input);
  }

  /** May this person ever give this command? From memory, for screens that show what is not allowed as such. */
  mayEver(session: Session, command: string): May {
    const permissions = this.sessions.permissions(session);
    return permissions.has(command) ? YES : no('role-missing', { action: command });
  }

  #newId(): CommandId {
    return toBase64Url(this.replica.ports.crypto.randomBytes(16)) as CommandId; // 22 characters of base64url
  }

  /** `createUser {…, password}` and `setVerifier {…, password}`: the secret becomes a verifier before anything else sees it. */
  async #withVerifiers(name: string, input: unknown): Promise<unknown> {
    if ((name !== 'createUser' && name !== 'setVerifier') || typeof input !== 'object' || input === null) return input;
    const fields: Record<string, unknown> = { ...input };
    for (const kind of SECRETS) {
      const secret = fields[kind];
      if (typeof secret !== 'string') continue;
      delete fields[kind];
      const verifier = await this.#passwords.hash(secret, this.replica.ports.crypto.randomBytes(16));
      if (name === 'setVerifier') Object.assign(fields, { kind: fields['kind'] ?? kind, verifier });
      else fields[kind === 'pin' ? 'pinVerifier' : 'verifier'] = verifier;
    }
    return fields;
  }
}
