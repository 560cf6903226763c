// What a person said about a contradiction between streams; the contradiction itself is found by a query over view rows.
import { z } from 'zod';
import { note, streamId, text } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { Instant } from '#kernel/shared/time.ts';

export const checkEvents = {
  CheckSettled: z.object({
    /** One of `CHECKS` when written; kept as text, so that a check that was renamed is still shown. */
    check: text(60),
    /** The streams that contradict each other, sorted. */
    subjects: z.array(streamId).min(1).max(20),
    outcome: text(60),
    reason: note,
  }),
};
export const checkEvent = eventMaker(checkEvents);

export interface Settlement {
  readonly ref: EventRef;
  readonly outcome: string;
  readonly reason: string;
  readonly at: Instant;
  readonly by: StreamId | undefined;
}

export interface CheckState {
  readonly check: string | undefined;
  readonly subjects: readonly StreamId[];
  /** The first settlement; a later one that knew it replaces it. */
  readonly settled: Settlement | undefined;
}

export const checkStream = defineStream<CheckState, typeof checkEvents>({
  type: 'check',
  trust: false,
  events: checkEvents,
  initial: { check: undefined, subjects: [], settled: undefined },
  on: {
    CheckSettled: (state, data, event, context) => {
      if (state.settled !== undefined && !context.knows(state.settled.ref) && state.settled.outcome !== data.outcome) {
        context.issue('check-settled-differently', [state.settled.ref, event.ref]);
      }
      return {
        check: data.check,
        subjects: data.subjects,
        settled: { ref: event.ref, outcome: data.outcome, reason: data.reason, at: event.occurredAt, by: event.user },
      };
    },
  },
  numbers: () => [],
  links: (state) => state.subjects.map((to) => ({ rel: 'subject', to })),
  // The first patient among the subjects: whoever holds that record should know that the doubt is settled.
  unit: (state, self) => state.subjects.find((subject) => subject.startsWith('patient/')) ?? self,
});
