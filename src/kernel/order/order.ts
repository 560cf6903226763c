// An order: the tests that are asked for, for one patient, and which of them were taken back.
import { z } from 'zod';
import { catalogueCode, note, streamId, urgency, type Urgency } from '#kernel/shared/fields.ts';
import type { EventRef, StreamId } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { Instant } from '#kernel/shared/time.ts';

export const orderEvents = {
  OrderPlaced: z.object({
    number: z.string().max(20),
    patient: streamId,
    visit: streamId.optional(),
    tests: z.array(catalogueCode).min(1).max(60),
    urgency,
    note: note.optional(),
  }),
  TestAdded: z.object({ tests: z.array(catalogueCode).min(1).max(60) }),
  OrderCancelled: z.object({
    reason: note,
    /** Accession numbers of tubes that were known to be taken already: cancelling them as well would be a lie. */
    kept: z.array(z.string().max(20)).max(60),
  }),
  OrderTestCancelled: z.object({ test: catalogueCode, reason: note }),
  OrderPaperPrinted: z.object({
    what: z.enum(['slip', 'label', 'report', 'rack-sheet']),
    copy: z.number().int().min(1),
    reason: note.optional(),
  }),
};
export const orderEvent = eventMaker(orderEvents);

export interface OrderState {
  readonly status: 'none' | 'active' | 'cancelled';
  readonly number: string | undefined;
  readonly patient: StreamId | undefined;
  readonly visit: StreamId | undefined;
  readonly urgency: Urgency;
  readonly note: string | undefined;
  readonly tests: readonly {
    readonly code: string;
    readonly added: EventRef;
    readonly cancelled: { readonly ref: EventRef; readonly reason: string } | undefined;
  }[];
  readonly placedAt: Instant | undefined;
  readonly placedBy: StreamId | undefined;
  readonly placed: EventRef | undefined;
  readonly cancelled: { readonly ref: EventRef; readonly reason: string; readonly kept: readonly string[] } | undefined;
  readonly copies: number;
}

/** Codes of the tests that are still wanted. */
export function openTests(state: OrderState): readonly string[] {
  return state.status === 'cancelled' ? [] : state.tests.filter((test) => test.cancelled === undefined).map((test) => test.code);
}

export const orderStream = defineStream<OrderState, typeof orderEvents>({
  type: 'order',
  trust: false,
  events: orderEvents,
  initial: {
    status: 'none',
    number: undefined,
    patient: undefined,
    visit: undefined,
    urgency: 'routine',
    note: undefined,
    tests: [],
    placedAt: undefined,
    placedBy: undefined,
    placed: undefined,
    cancelled: undefined,
    copies: 0,
  },
  on: {
    OrderPlaced: (state, data, event) => ({
      ...addTests(state, data.tests, event.ref),
      status: state.cancelled === undefined ? 'active' : 'cancelled',
      number: data.number,
      patient: data.patient,
      visit: data.visit,
      urgency: data.urgency,
      note: data.note,
      placedAt: event.occurredAt,
      placedBy: event.user,
      placed: event.ref,
    }),
    TestAdded: (state, data, event, context) => {
      if (state.cancelled !== undefined && !context.knows(state.cancelled.ref)) {
        context.issue('order-cancelled-and-added-to', [state.cancelled.ref, event.ref]);
      }
      return addTests(state, data.tests, event.ref);
    },
    OrderCancelled: (state, data, event, context) => {
      for (const test of state.tests) {
        if (test.added !== state.placed && !context.knows(test.added))
          context.issue('order-cancelled-and-added-to', [test.added, event.ref]);
      }
      return { ...state, status: 'cancelled', cancelled: state.cancelled ?? { ref: event.ref, reason: data.reason, kept: data.kept } };
    },
    OrderTestCancelled: (state, data, event) => ({
      ...state,
      tests: state.tests.map((test) =>
        test.code === data.test && test.cancelled === undefined ? { ...test, cancelled: { ref: event.ref, reason: data.reason } } : test,
      ),
    }),
    OrderPaperPrinted: (state) => ({ ...state, copies: state.copies + 1 }),
  },
  numbers: (state) => (state.number === undefined ? [] : [state.number]),
  links: (state) => [
    ...(state.patient === undefined ? [] : [{ rel: 'patient', to: state.patient }]),
    ...(state.visit === undefined ? [] : [{ rel: 'visit', to: state.visit }]),
  ],
  unit: (state, self) => state.patient ?? self,
});

/** A test asked for twice is one test; one that was taken back and asked for again stands again. */
function addTests(state: OrderState, codes: readonly string[], ref: EventRef): OrderState {
  const kept = state.tests.filter((test) => test.cancelled === undefined || !codes.includes(test.code));
  const fresh = codes.filter((code, index) => codes.indexOf(code) === index && !kept.some((test) => test.code === code));
  return { ...state, tests: [...kept, ...fresh.map((code) => ({ code, added: ref, cancelled: undefined }))] };
}
