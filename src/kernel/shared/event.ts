// What an event is: a fact about one stream. It must not know how facts are signed, stored or sent.
import type { CommitRef, EventRef, StreamId } from './ids.ts';
import type { Instant } from './time.ts';

/** What a decision produces. `after` is filled in by the replica from the documents that the decision read. */
export interface NewEvent {
  readonly stream: StreamId;
  readonly type: string;
  /** Version of the event's schema; 1 when absent. */
  readonly v?: number;
  readonly data: unknown;
  /** When it happened, where that differs from the time of commit (back-entry from paper). */
  readonly occurredAt?: Instant;
}

/** An event as it stands in a commit's body. */
export interface RecordedEvent extends NewEvent {
  /** The last commits of this stream that the decision knew; absent when it knew none. Own commit never included. */
  readonly after?: readonly CommitRef[];
}

/** An event as `fold` sees it: the recorded event with where it stands and who claims it. */
export interface FoldEvent {
  readonly ref: EventRef;
  readonly stream: StreamId;
  readonly type: string;
  readonly v: number;
  readonly data: unknown;
  /** Time of occurrence: as told, else the time of the commit. Milliseconds, from a desk's clock that may be wrong. */
  readonly occurredAt: Instant;
  /** Time of the commit by the device's hybrid clock, milliseconds. */
  readonly committedAt: Instant;
  /** Stream of the user who, as the device claims, did it; undefined for what a device does by itself. */
  readonly user: StreamId | undefined;
  readonly device: StreamId;
  /** True when the fact reached this replica by paper and its chain has not arrived yet. Never decides state. */
  readonly command: string;
}
