// May this event count? A projection over stored commits, never a condition for storing them (DESIGN section 4). Pure.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Body } from './body.ts';
import type { EpochId } from './refs.ts';

export type NodeRole = 'root' | 'hub' | 'desk' | 'vault';

/** What the certificates known here say of one epoch's key. */
export interface EpochTrust {
  readonly device: StreamId;
  readonly role: NodeRole;
  /** Raw Ed25519 key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Event types that the device may write. */
  readonly writes: '*' | ReadonlySet<string>;
  /** False for an epoch that a device opened by itself and no hub has certified yet. It counts all the same. */
  readonly confirmed: boolean;
}

/** What the trust streams held here say. Grants count whenever they arrive; removals only against those who knew them. */
export interface TrustFacts {
  epoch(id: EpochId): EpochTrust | undefined;
  /** False when a revocation of the device sets this commit aside. */
  withinRevocation(device: StreamId, epoch: EpochId, seq: number): boolean;
  /** Does the user hold, for a commit that knew `knew` of each trust chain, a role that allows the command? */
  userMay(user: StreamId, command: string, knew: ReadonlyMap<string, number>): boolean;
  /** Is the event type one that the command may write? True for a command that this program does not know. */
  commandWrites(command: string, eventType: string): boolean;
  isTrustStream(stream: StreamId): boolean;
}

export interface Authorship {
  /** As the header names it; the signature was checked when the commit came. */
  readonly device: StreamId;
  readonly epoch: EpochId;
  readonly seq: number;
  readonly body: Pick<Body, 'user' | 'do' | 'trust'>;
}

/** Why an event has no effect, or undefined when it counts. */
export function judge(
  facts: TrustFacts,
  author: Authorship,
  event: { readonly stream: string; readonly type: string },
): string | undefined {
  if (!facts.withinRevocation(author.device, author.epoch, author.seq)) return 'device-revoked';
  const stream = event.stream as StreamId; // the body was parsed
  // The event that makes an epoch known is the first of that epoch: who may open it was checked with the old key's signature.
  const trust = facts.epoch(author.epoch);
  // A header may name any device: the key decides whose it is.
  if (trust !== undefined && trust.device !== author.device) return 'device-unknown';
  if (event.type === 'EpochOpened') return stream === author.device ? undefined : 'not-its-own';
  if (trust === undefined) return 'device-unknown';
  if (event.type === 'RecordsAccessed') return undefined;
  if (trust.role === 'root') return undefined;
  if (facts.isTrustStream(stream) && trust.role !== 'hub') return 'trust-needs-hub';
  if (trust.role === 'vault') return 'vault-writes-nothing';
  if (trust.writes !== '*' && !trust.writes.has(event.type)) return 'device-may-not-write';
  const { user } = author.body;
  if (user === undefined) return trust.role === 'hub' ? undefined : 'user-missing';
  // Everybody may set their own password.
  if (event.type === 'VerifierSet' && stream === user) return undefined;
  if (!facts.userMay(user as StreamId, author.body.do, new Map(author.body.trust))) return 'user-not-permitted'; // parsed as text; an unknown user has no role
  return facts.commandWrites(author.body.do, event.type) || event.type === 'IssueSettled' ? undefined : 'command-does-not-write';
}
