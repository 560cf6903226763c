import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { Bitmap } from './bitmap.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { NameRow } from './name-row.ts';
import { phoneKey, uhidKey } from './name-row.ts';
import { BLOCK_ROWS, RECORDS, buildNamePack, decodeBlock, decodeChunk, encodeChunk } from './pack.ts';

const patient = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => `patient/${toBase64Url(bytes)}` as StreamId); // 12 bytes are 16 letters
const name = fc.oneof(fc.constantFrom('Sunita Devi', 'सुनीता देवी', ' ', '', 'A  B', "D'Souza"), fc.string({ unit: 'grapheme' }));
const uhid = fc.oneof(
  fc.stringMatching(/^\d{12}$/),
  fc.stringMatching(/^\d{1,15}$/),
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constant('000000000000'),
);
const row: fc.Arbitrary<NameRow> = fc.record(
  {
    patient,
    uhid,
    name,
    nameHi: name,
    sex: fc.constantFrom('female', 'male', 'other', 'unknown'),
    born: fc
      .tuple(fc.integer({ min: -60_000, max: 40_000 }), fc.nat(40_000))
      .map(([fromDay, span]) => ({ fromDay, toDay: fromDay + span })),
    relation: fc.record({ type: fc.constantFrom('S/O', 'W/O', 'C/O', 'guardian'), name }, { noNullPrototype: true }),
    phone: fc.oneof(fc.stringMatching(/^\d{10}$/), fc.string()),
    into: fc.record({ patient, uhid }, { noNullPrototype: true }),
  },
  { requiredKeys: ['patient', 'uhid', 'name', 'sex'], noNullPrototype: true },
);

test('numbers come back as they were, and torn or oversized ones are refused', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.integer()), fc.string({ unit: 'binary-ascii' }), (numbers, signed, text) => {
      const out = new ByteWriter(1);
      for (const number of numbers) out.number(number);
      for (const number of signed) out.signed(number);
      out.text(text);
      const from = new ByteReader(out.finish());
      expect([numbers.map(() => from.number()), signed.map(() => from.signed()), from.text(), from.done]).toEqual([
        numbers,
        signed,
        text,
        true,
      ]);
    }),
  );
  expect(() => new ByteReader(new Uint8Array([0x80])).number()).toThrow(RangeError);
  expect(() => new ByteReader(new Uint8Array(9).fill(0xff)).number()).toThrow(RangeError);
  expect(() => new ByteReader(new Uint8Array([5, 1])).text()).toThrow(RangeError);
});

test('every row of a pack comes back as it was, sorted by UHID', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
      const records = decodeChunk(encodeChunk(buildNamePack(rows, 'v')));
      const words = records
        .filter(({ id }) => id >= RECORDS.words && id < RECORDS.blocks)
        .flatMap(({ bytes }) => {
          const from = new ByteReader(bytes);
          const found: string[] = [];
          while (!from.done) found.push(from.text());
          return found;
        });
      const dictionary = { wordAt: (number: number) => words[number] ?? '?', numberOf: () => 0 };
      const blocks = records
        .filter(({ id }) => id >= RECORDS.blocks && id < RECORDS.postings)
        .map(({ bytes }) => decodeBlock(bytes, dictionary));
      expect(blocks.slice(0, -1).every((block) => block.length === BLOCK_ROWS)).toBe(true);
      const back = blocks.flat();
      const wellFormed = (item: NameRow): string =>
        JSON.stringify(JSON.parse(JSON.stringify(item, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value))));
      const order = (a: NameRow, b: NameRow): number =>
        uhidKey(a.uhid) < uhidKey(b.uhid) ? -1 : uhidKey(a.uhid) > uhidKey(b.uhid) ? 1 : 0;
      expect(new Set(back.map(canonical))).toEqual(new Set(rows.map((item) => canonical(JSON.parse(wellFormed(item)) as NameRow)))); // the same shape
      expect(back).toEqual(back.toSorted(order));
    }),
    { numRuns: 60 },
  );
});

function canonical(item: NameRow): string {
  return JSON.stringify([
    item.patient,
    item.uhid,
    item.name,
    item.nameHi,
    item.sex,
    item.born,
    item.relation?.type,
    item.relation?.name,
    item.phone,
    item.into?.patient,
    item.into?.uhid,
  ]);
}

test('a chunk that is torn is refused, at whatever byte', () => {
  const chunk = encodeChunk([
    { id: 1, bytes: new Uint8Array([1, 2, 3]) },
    { id: 300, bytes: new Uint8Array(200) },
  ]);
  const whole = decodeChunk(chunk);
  expect(whole.map(({ id, bytes }) => [id, bytes.length])).toEqual([
    [1, 3],
    [300, 200],
  ]);
  for (let length = 1; length < chunk.length; length += 1) {
    if (length === 5) continue; // the border between the two
    expect(() => decodeChunk(chunk.subarray(0, length))).toThrow(RangeError);
  }
});

test('phones are compared as dialled within India', () => {
  expect(['+91 98765 43210', '09876543210', '9876543210', '९८७६५४३२१०'].map(phoneKey)).toEqual(Array(4).fill('9876543210'));
  expect([phoneKey('123'), phoneKey('0123456789'), phoneKey('1234')]).toEqual([undefined, '0123456789', '1234']);
});

test('bitmaps give what is in all and not skipped', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(199)), { minLength: 1, maxLength: 4 }), fc.array(fc.nat(199)), (lists, skipped) => {
      const sets = lists.map((list) => {
        const set = new Bitmap(200);
        for (const number of list) set.add(number);
        return set;
      });
      const skip = new Bitmap(200);
      for (const number of skipped) skip.add(number);
      const expected = [...Array(200).keys()].filter((number) => lists.every((list) => list.includes(number)) && !skipped.includes(number));
      expect([...Bitmap.common(sets, skip)]).toEqual(expected);
      expect(expected.every((number) => sets[0]?.has(number))).toBe(true);
    }),
  );
  expect([...Bitmap.common([], new Bitmap(3))]).toEqual([]);
});
