// From what was typed or scanned to the one thing that it names, with the reason when it names none or two.
import { parseNumber, type NumberKind } from '#kernel/shared/numbers.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { ViewReader } from '../view.ts';

export type FoundDocument<S> =
  | { readonly ok: true; readonly document: Document<S> }
  | { readonly ok: false; readonly rejection: Rejection };

export function refuse(
  code: string,
  facts: Rejection['facts'] = {},
  field?: string,
): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection: field === undefined ? { code, facts } : { code, facts, field } };
}

/** @param by a stream or a number; the caller has made sure that it gives one of them */
export async function findDocument<S>(
  read: ViewReader,
  type: string,
  kind: NumberKind,
  by: { readonly stream?: StreamId | undefined; readonly number?: string | undefined },
  field: string,
): Promise<FoundDocument<S>> {
  if (by.stream !== undefined) {
    const document = await read.document<S>(by.stream);
    return document === undefined ? refuse('nothing-here', { type }, field) : { ok: true, document };
  }
  const number = lookupForm(by.number ?? '');
  const [only, ...others] = await read.byNumber(number, type);
  if (only === undefined) {
    const parsed = parseNumber(number, kind);
    return parsed.ok ? refuse('nothing-here', { type }, field) : refuse(parsed.code, parsed.facts, field);
  }
  if (others.length > 0) return refuse('number-names-several', { count: others.length + 1, type }, field);
  const document = await read.document<S>(only);
  return document === undefined ? refuse('nothing-here', { type }, field) : { ok: true, document };
}
