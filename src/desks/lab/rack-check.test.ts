// A rack against its sheet: every tube is in exactly one of here, missing, extra.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectTubes, NO_RACK, rackPicture, scanTube } from './rack-check.ts';

const tubes = fc.array(fc.stringMatching(/^2\d{3}$/), { maxLength: 12 });

describe('a rack', () => {
  test('names extra and missing tubes', () => {
    let rack = expectTubes(NO_RACK, ['a', 'b']);
    rack = scanTube(scanTube(rack, 'b'), 'c');
    expect(rackPicture(rack)).toEqual({ here: ['b'], missing: ['a'], extra: ['c'] });
  });
  test('without a sheet has nothing extra', () => {
    expect(rackPicture(scanTube(NO_RACK, 'x'))).toEqual({ here: ['x'], missing: [], extra: [] });
  });
  test('each tube stands in exactly one list, in whatever order sheet and tubes were scanned', () => {
    fc.assert(
      fc.property(tubes, tubes, (sheet, scanned) => {
        fc.pre(sheet.length > 0);
        const sheetFirst = rackPicture(scanned.reduce(scanTube, expectTubes(NO_RACK, sheet)));
        const tubesFirst = rackPicture(expectTubes(scanned.reduce(scanTube, NO_RACK), sheet));
        expect(tubesFirst).toEqual(sheetFirst);
        const all = [...sheetFirst.here, ...sheetFirst.missing, ...sheetFirst.extra].toSorted();
        expect(all).toEqual([...new Set([...sheet, ...scanned])].toSorted());
      }),
    );
  });
});
