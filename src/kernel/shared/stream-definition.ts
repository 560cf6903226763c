// What every stream type says of itself, so that replica, views and scopes need to know no stream by name.
import type { z } from 'zod';
import type { FoldContext } from './document.ts';
import type { FoldEvent } from './event.ts';
import type { StreamId } from './ids.ts';

export interface Link {
  /** What the other stream is to this one: `patient`, `visit`, `order`, `specimen`. */
  readonly rel: string;
  readonly to: StreamId;
}

export interface StreamDefinition<S> {
  /** The first part of the stream id. */
  readonly type: string;
  /** Trust streams (user, role, device, catalogue, hospital) go to every replica and fold only from a hub. */
  readonly trust: boolean;
  /** Schema of each event type of this stream, newest version. An event that does not parse is parked, not refused. */
  readonly events: Readonly<Record<string, z.ZodType>>;
  /** State before the first event. */
  readonly initial: S;
  /** Total: never throws for an event whose data parses, whatever came before. Pure. `event.data` has been parsed. */
  fold(state: S, event: FoldEvent, context: FoldContext): S;
  /** Numbers and aliases by which a scan or a typed number finds this stream. */
  numbers(state: S): readonly string[];
  links(state: S): readonly Link[];
  /** The patient (or other unit of scope) that this stream belongs to; undefined for trust streams. */
  unit(state: S, self: StreamId): StreamId | undefined;
}
