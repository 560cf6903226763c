// A document: the state of one stream, made by folding its events, with the contradictions found on the way.
import type { CommitRef, EventRef, StreamId } from './ids.ts';

/** Two facts that cannot both be the whole truth, kept side by side until a person settles them. */
export interface Issue {
  /** `code` and the sorted refs, joined: the same on every replica. */
  readonly id: string;
  /** A code from the registry in `kernel/shared/codes.ts`. */
  readonly code: string;
  readonly refs: readonly EventRef[];
  /** Facts to explain it on the screen. Never a name or a value of a patient. */
  readonly detail?: Readonly<Record<string, string | number>>;
  /** The event that settled it, and how, when one has. */
  readonly settled?: { readonly ref: EventRef; readonly outcome: string; readonly reason: string };
}

export interface Document<S = unknown> {
  readonly stream: StreamId;
  readonly state: S;
  /** Commits of this stream that no other commit of it names in `after`; sorted. */
  readonly heads: readonly CommitRef[];
  readonly issues: readonly Issue[];
  /** How many events it was folded from, set-aside ones included. */
  readonly events: number;
}

/** What `fold` may ask while it places one event. */
export interface FoldContext {
  /** Did the author of the event at hand know this earlier event of the same stream? */
  knows(ref: EventRef): boolean;
  /** Record a contradiction; the same code and refs twice count once. */
  issue(code: string, refs: readonly EventRef[], detail?: Readonly<Record<string, string | number>>): void;
}
