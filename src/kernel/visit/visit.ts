// A visit: one attendance of a patient at a department.
import { z } from 'zod';
import { catalogueCode, note, streamId } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { Instant } from '#kernel/shared/time.ts';

export const visitEvents = {
  VisitStarted: z.object({ number: z.string().max(20), patient: streamId, department: catalogueCode }),
  VisitEnded: z.object({ reason: note.optional() }),
};
export const visitEvent = eventMaker(visitEvents);

export interface VisitState {
  readonly status: 'none' | 'open' | 'ended';
  readonly number: string | undefined;
  readonly patient: StreamId | undefined;
  readonly department: string | undefined;
  readonly startedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  readonly started: EventRef | undefined;
}

export const visitStream = defineStream<VisitState, typeof visitEvents>({
  type: 'visit',
  trust: false,
  events: visitEvents,
  initial: {
    status: 'none',
    number: undefined,
    patient: undefined,
    department: undefined,
    startedAt: undefined,
    endedAt: undefined,
    started: undefined,
  },
  on: {
    VisitStarted: (state, data, event) => ({
      ...state,
      status: state.status === 'ended' ? 'ended' : 'open',
      number: data.number,
      patient: data.patient,
      department: data.department,
      startedAt: event.occurredAt,
      started: event.ref,
    }),
    VisitEnded: (state, _data, event) => ({ ...state, status: 'ended', endedAt: state.endedAt ?? event.occurredAt }),
  },
  numbers: (state) => (state.number === undefined ? [] : [state.number]),
  links: (state) => (state.patient === undefined ? [] : [{ rel: 'patient', to: state.patient }]),
  unit: (state, self) => state.patient ?? self,
});
