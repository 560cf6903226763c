// The two sides of an issue: the events that its references name, as the journal has them, else as far as the document keeps them.
import type { Document, Issue } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import type { FactShape } from '../shapes/reconcile.ts';
import type { ViewReader } from '../view.ts';
import { actOf } from './acts.ts';
import { patientOf } from './any-document.ts';
import { personAt } from './persons.ts';

/** Fields deeper than this, or longer lists, are not a sentence any more. */
const MAX_VALUES = 12;

/** What an event says in values that fit a sentence: numbers and short texts, one level deep. */
export function valuesOf(data: unknown): Readonly<Record<string, string | number>> {
  if (typeof data !== 'object' || data === null) return {};
  const values: [string, string | number][] = [];
  for (const [key, value] of Object.entries(data)) {
    if (values.length >= MAX_VALUES) break;
    if (typeof value === 'string' || typeof value === 'number') values.push([key, value]);
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) values.push([key, value.join(', ')]);
  }
  return Object.fromEntries(values);
}

export async function issueFacts(read: ViewReader, document: Document, issue: Issue): Promise<readonly FactShape[]> {
  const history = (await read.history?.(document.stream)) ?? [];
  const byRef = new Map(history.map((event) => [event.ref, event]));
  const person = await personAt(read, patientOf(document));
  return await Promise.all(
    issue.refs.map(async (ref) => {
      const event = byRef.get(ref);
      return event === undefined
        ? { ...(await keptFact(read, document, ref)), patient: person }
        : { ...(await eventFact(read, document, event)), patient: person };
    }),
  );
}

async function eventFact(read: ViewReader, { stream }: Document, event: FoldEvent): Promise<Omit<FactShape, 'patient'>> {
  return {
    stream,
    ref: event.ref,
    what: event.type,
    values: valuesOf(event.data),
    act: await actOf(read, { at: event.occurredAt, user: event.user, device: event.device }),
  };
}

/** Without the journal: the part of the state that carries this reference. */
async function keptFact(read: ViewReader, { stream, state }: Document, ref: EventRef): Promise<Omit<FactShape, 'patient'>> {
  const kept = findRef(state, ref, '');
  if (kept === undefined) return { stream, ref, what: 'event', values: {}, act: null };
  const { at, by, device } = kept.part;
  const act =
    typeof at === 'number' ? await actOf(read, { at: instant(at), user: parseStreamId(by), device: parseStreamId(device) }) : null;
  const { at: _at, ref: _ref, by: _by, device: _device, ...rest } = kept.part;
  return { stream, ref, what: kept.name, values: valuesOf(rest), act };
}

function findRef(
  part: unknown,
  ref: EventRef,
  name: string,
): { readonly name: string; readonly part: Readonly<Record<string, unknown>> } | undefined {
  if (Array.isArray(part)) {
    for (const item of part) {
      const found = findRef(item, ref, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof part !== 'object' || part === null) return undefined;
  const fields = part as Readonly<Record<string, unknown>>; // an object that is no array
  if (fields['ref'] === ref) return { name, part: fields };
  for (const [key, value] of Object.entries(fields)) {
    const found = findRef(value, ref, key);
    if (found !== undefined) return found;
  }
  return undefined;
}
