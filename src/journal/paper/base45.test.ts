// Base45 against the examples of its standard.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase45, toBase45 } from './base45.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('base45', () => {
  it('gives the examples of RFC 9285 section 4.3', () => {
    expect(toBase45(text('AB'))).toBe('BB8');
    expect(toBase45(text('Hello!!'))).toBe('%69 VD92EX0');
    expect(toBase45(text('base-45'))).toBe('UJCLQE7W581');
    expect(new TextDecoder().decode(fromBase45('QED8WEX0'))).toBe('ietf!');
  });
  it.each(['A', 'ABCD', 'GGW', ':::', '::', 'ab8', 'é00', 'AB_'])('refuses %s', (letters) => {
    expect(fromBase45(letters)).toBeUndefined();
  });
  it('is undone by its inverse, and every accepted text is the one text of its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes);
        expect(toBase45(bytes)).not.toMatch(/ $/); // what scanners and paste trim
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (letters) => {
        const bytes = fromBase45(letters);
        expect(bytes === undefined || toBase45(bytes) === letters).toBe(true);
      }),
    );
  });
});
