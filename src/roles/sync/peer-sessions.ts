// Who has proven itself to this hub, under which token, and how far it has pulled. It must not know how it was proven.
// (People's sessions are another thing: roles/sessions.ts.)
import type { StreamId } from '#kernel/shared/ids.ts';
import type { EpochId } from '#journal/refs.ts';

export interface PeerSession {
  readonly device: StreamId;
  readonly epoch: EpochId;
  readonly role: string;
  expires: number;
  /** How far this peer has pulled: everything up to here is on that replica too. */
  pulled: number;
}

const SESSION_MS = 60 * 60_000;
/** Sessions are bounded, so that a device that opens one after the other costs memory once. */
const MAX_SESSIONS = 20_000;
/** Sessions of one epoch; a retry opens another, and the oldest goes. */
const MAX_SESSIONS_OF_ONE = 4;

export class PeerSessions {
  readonly #sessions = new Map<string, PeerSession>();
  readonly #tokensOf = new Map<EpochId, string[]>();
  readonly #hubs = new Set<PeerSession>();

  /** Undefined for a token that opens none. */
  find(token: string | undefined): PeerSession | undefined {
    return token === undefined ? undefined : this.#sessions.get(token);
  }

  all(): readonly PeerSession[] {
    return [...this.#sessions.values()];
  }

  /** Those of other hubs that are not over. */
  hubs(now: number): readonly PeerSession[] {
    return [...this.#hubs].filter((session) => session.expires >= now);
  }

  open(token: string, device: StreamId, epoch: EpochId, role: string, now: number): void {
    this.#makeRoom(epoch);
    const session: PeerSession = { device, epoch, role, expires: now + SESSION_MS, pulled: 0 };
    this.#sessions.set(token, session);
    if (role === 'hub') {
      // A hub that was restored has less than it pulled before: only its newest session says what it holds.
      for (const other of this.#hubs) if (other.device === device) this.#hubs.delete(other);
      this.#hubs.add(session);
    }
    this.#tokensOf.set(epoch, [...(this.#tokensOf.get(epoch) ?? []), token]);
  }

  extend(session: PeerSession, now: number): void {
    session.expires = now + SESSION_MS;
  }

  /** The token opens nothing any more. */
  close(token: string | undefined): void {
    this.#forget(token ?? '');
  }

  #forget(token: string): void {
    const session = this.#sessions.get(token);
    if (session !== undefined) this.#hubs.delete(session);
    this.#sessions.delete(token);
  }

  #makeRoom(epoch: EpochId): void {
    const mine = this.#tokensOf.get(epoch) ?? [];
    while (mine.length >= MAX_SESSIONS_OF_ONE) this.#forget(mine.shift() ?? '');
    for (const [token, session] of this.#sessions) {
      if (this.#sessions.size < MAX_SESSIONS) break;
      this.#forget(token);
      this.#tokensOf.set(
        session.epoch,
        (this.#tokensOf.get(session.epoch) ?? []).filter((other) => other !== token),
      );
    }
  }
}
