// Names of things: branded strings that only a parser makes. It must not know where the things are stored.

declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `type/` followed by 16 base64url characters (96 bits of a hash), for example `patient/3kTQ0m2kYb1zqA9x`. */
export type StreamId = Brand<string, 'StreamId'>;
/** Chosen by whoever asks; the same id never has an effect twice. 1 to 64 characters of `A-Za-z0-9_-`. */
export type CommandId = Brand<string, 'CommandId'>;
/** First 8 bytes of a commit's hash, base64url (11 characters): what `after` and event references carry. */
export type CommitRef = Brand<string, 'CommitRef'>;
/** `commitRef.index`: one event, for ever. */
export type EventRef = Brand<string, 'EventRef'>;

const STREAM_ID = /^([a-z][a-z-]{0,23})\/([A-Za-z0-9_-]{16})$/;
const COMMAND_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The stream id in `text`, or undefined when `text` is not one. */
export function parseStreamId(text: unknown): StreamId | undefined {
  return typeof text === 'string' && STREAM_ID.test(text) ? (text as StreamId) : undefined; // checked above
}

/** The command id in `text`, or undefined when `text` is not one. */
export function parseCommandId(text: unknown): CommandId | undefined {
  return typeof text === 'string' && COMMAND_ID.test(text) ? (text as CommandId) : undefined; // checked above
}

/** `patient` of `patient/3kTQ…`. */
export function streamType(id: StreamId): string {
  return id.slice(0, id.indexOf('/'));
}

/** The event at `index` of the commit named by `commit`. */
export function eventRef(commit: CommitRef, index: number): EventRef {
  return `${commit}.${index}` as EventRef; // the only maker of event references
}

/** The commit of an event reference. */
export function commitOf(ref: EventRef): CommitRef {
  return ref.slice(0, ref.lastIndexOf('.')) as CommitRef; // made by eventRef
}
