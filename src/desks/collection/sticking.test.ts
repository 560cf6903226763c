// Scanning each tube after sticking: right, twice, wrong; and the order of draw.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrderOfDraw, tick } from './sticking.ts';

const accession = fc.stringMatching(/^2\d{11}$/);

describe('a scan after sticking', () => {
  test('of the last tube says that all are done', () => {
    expect(tick(['a', 'b'], [], 'a')).toEqual({ kind: 'ticked', accession: 'a', all: false });
    expect(tick(['a', 'b'], ['a'], 'b')).toEqual({ kind: 'ticked', accession: 'b', all: true });
    expect(tick(['a', 'b'], ['a'], 'a')).toEqual({ kind: 'again', accession: 'a' });
  });
  test("of any number that is not this patient's is a mismatch, whatever was ticked", () => {
    fc.assert(
      fc.property(fc.uniqueArray(accession, { maxLength: 6 }), accession, (due, scanned) => {
        fc.pre(!due.includes(scanned));
        expect(tick(due, due, scanned)).toEqual({ kind: 'mismatch', scanned });
      }),
    );
  });
  test('in whatever order, all are done exactly at the last one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(accession, { minLength: 1, maxLength: 6 }), (due) => {
        const order = due.toReversed();
        order.forEach((one, i) => {
          const step = tick(due, order.slice(0, i), one);
          expect(step).toEqual({ kind: 'ticked', accession: one, all: i === order.length - 1 });
        });
      }),
    );
  });
});

test('order of draw: by place, unknown last, the same on every desk', () => {
  const places: Readonly<Record<string, number>> = { CITRATE: 2, SST: 4, EDTA: 6 };
  const tubes = [
    { container: 'EDTA', accession: '3' },
    { container: null, accession: '9' },
    { container: 'CITRATE', accession: '2' },
    { container: 'EDTA', accession: '1' },
  ];
  const order = inOrderOfDraw(tubes, (container) => places[container ?? ''] ?? null);
  expect(order.map((tube) => tube.accession)).toEqual(['2', '1', '3', '9']);
});
