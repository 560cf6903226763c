// What a check is: a question over view rows that finds pairs of streams that contradict each other. It must not decide who is right.
import type { CheckName } from '#kernel/checks.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { ViewReader } from '../view.ts';

/** One contradiction: its subjects and, for each, what it says. */
export interface Contradiction {
  readonly check: CheckName;
  readonly subjects: readonly StreamId[];
  /** For each subject, in the same order: a code and the values for its sentence. Numbers and codes, never a name. */
  readonly says: readonly {
    readonly what: string;
    readonly values: Readonly<Record<string, string | number>>;
    readonly at?: Instant | undefined;
    readonly user?: StreamId | undefined;
    readonly device?: StreamId | undefined;
  }[];
}

export interface CheckQuery {
  readonly check: CheckName;
  /** Unsettled and settled ones; the queue leaves the settled out. At most `limit`. */
  find(read: ViewReader, limit: number): Promise<readonly Contradiction[]>;
}

/** Newest entries of a growing list that one look goes through; older ones were looked at when they were new. */
export const RECENT_LIMIT = 1_000;

/** All pairs of a few things. */
export function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));
}
