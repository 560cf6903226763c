// Helpers that tie event names, schemas and fold handlers of one stream together by type. It must not know any stream.
import type { z } from 'zod';
import type { FoldContext } from './document.ts';
import type { FoldEvent, NewEvent } from './event.ts';
import type { StreamId } from './ids.ts';
import type { StreamDefinition } from './stream-definition.ts';
import type { Instant } from './time.ts';

export type EventSchemas = Readonly<Record<string, z.ZodType>>;

/** What one handler gets: the state before, the parsed data, the event around it and what may be asked. */
export type Handlers<S, E extends EventSchemas> = {
  readonly [K in keyof E]: (state: S, data: z.output<E[K]>, event: FoldEvent, context: FoldContext) => S;
};

export interface StreamSpec<S, E extends EventSchemas> extends Omit<StreamDefinition<S>, 'events' | 'fold'> {
  readonly events: E;
  readonly on: Handlers<S, E>;
}

/** A stream definition whose `fold` hands each event to the handler of its name. An event type without one changes nothing. */
export function defineStream<S, E extends EventSchemas>(spec: StreamSpec<S, E>): StreamDefinition<S> {
  const { on, ...rest } = spec;
  return {
    ...rest,
    fold(state, event, context) {
      // The compiler cannot see that the parsed data belongs to the name; `FoldEvent.data` has been parsed by `events[type]`.
      const handler = Object.hasOwn(on, event.type)
        ? (on[event.type] as ((state: S, data: unknown, event: FoldEvent, context: FoldContext) => S) | undefined)
        : undefined;
      return handler === undefined ? state : handler(state, event.data, event, context);
    },
  };
}

/** Makes new events of one stream type, with data checked by the compiler against the schema. */
export function eventMaker<E extends EventSchemas>(_schemas: E) {
  return <K extends keyof E & string>(stream: StreamId, type: K, data: z.input<E[K]>, occurredAt?: Instant): NewEvent =>
    occurredAt === undefined ? { stream, type, data: withoutUndefined(data) } : { stream, type, data: withoutUndefined(data), occurredAt };
}

/** JSON has no undefined; what is signed must not depend on who leaves it out. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutUndefined(item)]),
  );
}
