// Who looked at whose record: one stream for each session, written in slices by the device where the session was open.
import { z } from 'zod';
import { streamId } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { instantSchema } from '#kernel/shared/time.ts';

export const accessEvents = {
  RecordsAccessed: z.object({
    session: z.string().max(64),
    user: streamId,
    entries: z.array(z.object({ patient: streamId, at: instantSchema, query: z.string().max(64) })).max(400),
  }),
};
export const accessEvent = eventMaker(accessEvents);

export interface AccessState {
  readonly session: string | undefined;
  readonly user: StreamId | undefined;
  readonly entries: readonly { readonly patient: StreamId; readonly at: number; readonly query: string }[];
}

export const accessStream = defineStream<AccessState, typeof accessEvents>({
  type: 'access',
  trust: false,
  events: accessEvents,
  initial: { session: undefined, user: undefined, entries: [] },
  on: {
    RecordsAccessed: (state, data) => ({
      session: state.session ?? data.session,
      user: state.user ?? data.user,
      entries: [...state.entries, ...data.entries],
    }),
  },
  numbers: () => [],
  links: () => [],
  // A unit of its own: it goes to every hub and to no other desk.
  unit: (_state, self) => self,
});
