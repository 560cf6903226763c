// Numbers are minted without asking anybody: no two devices can mint the same, and a copy of a disk rarely does and is seen when it did.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeNumber, NUMBER_KINDS, parseNumber, SERIAL_BLOCK, type NumberKind } from './numbers.ts';
import { BLOCKS_PER_RANGE, nextSerial, openPool, serialsLeft, type RandomBelow, type SerialPool } from './serials.ts';

const kinds = fc.constantFrom(...(Object.keys(NUMBER_KINDS) as NumberKind[]));

function seeded(seed: number): RandomBelow {
  let at = seed >>> 0;
  return (below) => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
    return Math.floor((at / 4294967296) * below);
  };
}

function mint(pool: SerialPool, random: RandomBelow, count: number): { readonly serials: readonly number[]; readonly pool: SerialPool } {
  const serials: number[] = [];
  let now = pool;
  for (let at = 0; at < count; at += 1) {
    const next = nextSerial(now, random);
    if (next === undefined) break;
    serials.push(next.serial);
    now = next.pool;
  }
  return { serials, pool: now };
}

describe('serials', () => {
  test('two devices with ranges of their own never mint the same number, whatever their random sources', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 99_999 }), { minLength: 2, maxLength: 4 }),
        fc.integer(),
        kinds,
        fc.integer({ min: 1, max: 120 }),
        (ranges, seed, kind, count) => {
          const all = ranges.flatMap((range, at) =>
            mint(openPool([]), seeded(at === 0 ? seed : seed), count).serials.map((serial) => makeNumber(kind, range, serial)),
          );
          expect(new Set(all).size).toBe(ranges.length * count);
          for (const number of all) expect(parseNumber(number, kind).ok).toBe(true);
        },
      ),
    );
  });

  test('one device never mints one twice, over any number of restarts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 }), fc.integer(), (starts, seed) => {
        const used: number[] = [];
        const random = seeded(seed);
        for (const count of starts) used.push(...mint(openPool(used), random, count).serials);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });

  test('a new block at each start: the rest of the old one is not used', () => {
    const first = mint(openPool([]), seeded(1), 3).serials;
    const second = mint(openPool(first), seeded(1), 3).serials;
    expect(Math.floor((second[0] ?? 0) / SERIAL_BLOCK)).not.toBe(Math.floor((first[0] ?? 0) / SERIAL_BLOCK));
  });

  test('a clone that starts by itself repeats a number in fewer than 1 of 100 pairs of days of 40 numbers', () => {
    let clashes = 0;
    for (let pair = 0; pair < 500; pair += 1) {
      const day = openPool(mint(openPool([]), seeded(pair), 60).serials);
      const [a, b] = [mint(day, seeded(pair * 2 + 1_000_003), 40).serials, mint(day, seeded(pair * 2 + 7_000_001), 40).serials];
      if (a.some((serial) => b.includes(serial))) clashes += 1;
    }
    expect(clashes).toBeLessThan(5);
  });

  test('a range ends, and says so instead of repeating', () => {
    const used = Array.from({ length: BLOCKS_PER_RANGE - 1 }, (_, block) => block * SERIAL_BLOCK);
    const { serials, pool } = mint(openPool(used), seeded(3), 50);
    expect(serials).toHaveLength(SERIAL_BLOCK);
    expect(serialsLeft(pool)).toBe(0);
    expect(nextSerial(pool, seeded(4))).toBeUndefined();
  });

  test('a random source out of bounds does no harm', () => {
    for (const wild of [-5, 1e12, 0.5]) expect(nextSerial(openPool([]), () => wild)?.serial).toBeLessThan(100_000);
  });
});

describe('parseNumber', () => {
  test('any one wrong digit is found, and nearly any swap of neighbours', () => {
    let swaps = 0;
    let missed = 0;
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 1, max: 9 }),
        (kind, range, serial, at, by) => {
          const number = makeNumber(kind, range, serial);
          const digits = number.split('');
          digits[at] = String((Number(digits[at]) + by) % 10);
          expect(parseNumber(digits.join('')).ok).toBe(false);
          const swapped = at === 11 ? number : number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2);
          if (swapped !== number) {
            swaps += 1;
            if (parseNumber(swapped).ok) missed += 1;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(missed / swaps).toBeLessThan(0.06);
  });
  test('says what is wrong', () => {
    const good = makeNumber('accession', 7, 42);
    expect(parseNumber(`${good.slice(0, 4)} ${good.slice(4, 8)}-${good.slice(8)}`)).toMatchObject({
      ok: true,
      kind: 'accession',
      range: 7,
      serial: 42,
    });
    expect(
      parseNumber(
        good
          .split('')
          .map((digit) => String.fromCharCode(0x0966 + Number(digit)))
          .join(''),
      ),
    ).toMatchObject({ ok: true });
    expect(parseNumber(good, 'uhid')).toMatchObject({ code: 'number-kind-other', facts: { kind: 'accession', expected: 'uhid' } });
    expect(parseNumber('12a')).toMatchObject({ code: 'number-letters' });
    expect(parseNumber(good.slice(1))).toMatchObject({ code: 'number-too-short', facts: { digits: 11 } });
    expect(parseNumber(`${good}0`)).toMatchObject({ code: 'number-too-long' });
  });
});
