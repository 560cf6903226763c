import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { streams } from '#kernel/streams.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { CommitRef, StreamId } from '#kernel/shared/ids.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import { decodeDocument, encodeDocument } from './stored-document.ts';

const STREAM = 'patient/aaaaaaaaaaaaaaaa' as StreamId;
const heads = ['aaaaaaaaaaa' as CommitRef];
const documentOf = (state: unknown): Document => ({ stream: STREAM, state, heads, issues: [], events: 3 });
const likeInitial = (initial: unknown): StreamDefinition<unknown> => ({ initial }) as StreamDefinition<unknown>; // nothing else is asked for
/** As JSON sees it: absent and undefined are one. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a stored document', () => {
  test('comes back as it was, whatever its state has in common with a new stream', () => {
    const field = fc.oneof(
      fc.constantFrom(undefined, null, '', 0, false, 'none', [], {}),
      fc.jsonValue().map((value) => (value === undefined ? null : value)),
    );
    const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), field, { noNullPrototype: true });
    fc.assert(
      fc.property(fields, fields, (initial, changes) => {
        const definition = likeInitial(initial);
        const state = { ...initial, ...changes };
        const back = decodeDocument(STREAM, encodeDocument(documentOf(state), definition), definition);
        expect(plain(back)).toEqual(plain(documentOf(state)));
      }),
      { numRuns: 500 },
    );
  });

  test('its text depends on the value, not on the way to it', () => {
    const definition = likeInitial({ list: [], of: { a: 1, b: 2 }, status: 'none' });
    const one = encodeDocument(documentOf({ list: [], of: { b: 2, a: 1 }, status: 'none', name: 'x' }), definition);
    const two = encodeDocument(documentOf({ name: 'x', status: 'none', of: { a: 1, b: 2 }, list: [] as unknown[] }), definition);
    expect(one).toBe(two);
    expect(JSON.parse(one)).toEqual({ state: { name: 'x' }, heads, events: 3 });
  });

  test('a field that went back to nothing, where a new stream has something, stays nothing', () => {
    const definition = likeInitial({ status: 'new' });
    const back = decodeDocument(STREAM, encodeDocument(documentOf({ status: undefined }), definition), definition);
    expect(back.state).toEqual({});
  });

  test('of every stream of the hospital a new one is stored as next to nothing', () => {
    for (const definition of streams.values()) {
      const text = encodeDocument(documentOf(definition.initial), definition);
      expect(text.length).toBeLessThan(80);
      expect(plain(decodeDocument(STREAM, text, definition).state)).toEqual(plain(definition.initial));
    }
  });
});
