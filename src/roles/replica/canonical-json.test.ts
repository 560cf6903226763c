import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('the order in which keys were set and absent values leave no trace (simulator seed 1: equal documents, other digests)', () => {
  expect(canonicalJson({ b: 1, a: undefined, c: [undefined, { z: 'x', y: 2 }] })).toBe('{"b":1,"c":[null,{"y":2,"z":"x"}]}');
  expect(canonicalJson({ collected: 1, receipts: [] })).toBe(canonicalJson(Object.assign({ receipts: [] }, { collected: 1 })));
});

test('a key that objects inherit is a key like any other', () => {
  const hostile = JSON.parse('{"b":1,"__proto__":{"y":1,"x":2}}') as unknown;
  expect(canonicalJson(hostile)).toBe('{"__proto__":{"x":2,"y":1},"b":1}');
});

test('it says what JSON.stringify says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
