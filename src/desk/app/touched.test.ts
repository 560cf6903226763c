// Screens ask again for what changed, and a look at a record never causes the next look.
import { describe, expect, test } from 'vitest';
import { QUERY_SIGNATURES } from '#views/query-signatures.ts';
import { isTouched } from './touched.ts';

describe('which queries ask again', () => {
  test('a written-down look touches the list of looks only', () => {
    expect(Object.keys(QUERY_SIGNATURES).filter((query) => isTouched(query, ['access']))).toEqual(['accessLog']);
  });
  test('news without types touch everything', () => {
    expect(Object.keys(QUERY_SIGNATURES).every((query) => isTouched(query, undefined))).toBe(true);
  });
  test('a result touches worklist, trend and record, not the catalogue', () => {
    for (const query of ['labWorklist', 'trend', 'patient', 'reconcile', 'criticalCalls']) expect(isTouched(query, ['result'])).toBe(true);
    for (const query of ['catalogue', 'departments', 'users']) expect(isTouched(query, ['result'])).toBe(false);
  });
  test('a query that this program does not know yet asks again', () => expect(isTouched('bedBoard', ['bed'])).toBe(true));
});
