// A document as the database keeps it: without what it has in common with a stream that nothing happened to yet.
// The text depends on the document only, so that replicas that hold the same store, and digest, the same.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { canonicalJson } from './canonical-json.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Stored {
  readonly state: unknown;
  readonly heads: Document['heads'];
  readonly events: number;
  readonly issues?: Document['issues'];
  /** The state is all there is: nothing of a new stream is added to it. */
  readonly whole?: true;
}

export function encodeDocument({ state, heads, issues, events }: Document, definition: StreamDefinition<unknown> | undefined): string {
  const open = issues.length === 0 ? {} : { issues };
  const initial = fieldsOf(definition?.initial);
  const fields = fieldsOf(state);
  if (
    initial === undefined ||
    fields === undefined ||
    Object.keys(initial).some((key) => fields[key] === undefined && initial[key] !== undefined)
  )
    return canonicalJson({ state, heads, events, ...open, whole: true });
  const own = Object.fromEntries(Object.entries(fields).filter(([key, value]) => !same(value, initial[key])));
  return canonicalJson({ state: own, heads, events, ...open });
}

export function decodeDocument(stream: StreamId, text: string, definition: StreamDefinition<unknown> | undefined): Document {
  const { state, heads, events, issues = [], whole } = JSON.parse(text) as Stored; // written by encodeDocument
  const initial = fieldsOf(definition?.initial);
  return { stream, state: whole === true || initial === undefined ? state : { ...initial, ...fieldsOf(state) }, heads, issues, events };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined; // checked on this line
}

/** By value, and cheaply: most fields of a state are still empty. */
function same(value: unknown, initial: unknown): boolean {
  if (value === initial) return true;
  if (typeof value !== 'object' || typeof initial !== 'object' || value === null || initial === null) return false;
  if (Array.isArray(value)) return value.length === 0 && Array.isArray(initial) && initial.length === 0;
  return !Array.isArray(initial) && canonicalJson(value) === canonicalJson(initial);
}
