// Symbols of several sheets, shuffled, twice, forged: each sheet complete once, or told what is missing.
import fc from 'fast-check';
import { createSHA256 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '#kernel/shared/bytes.ts';
import { collectParts, forgetSet, NO_PARTS, type PartCollection } from './collect-parts.ts';
import { MAX_CHUNK_BYTES } from './limits.ts';
import { joinParts, parsePart, splitParts } from './parts.ts';

const hasher = await createSHA256();
const sha256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary');
/** Bytes that look random and are the same each time. */
function noise(seed: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < length; i += 1) blocks.push(sha256(new TextEncoder().encode(`${seed} ${i}`)));
  return concatBytes(...blocks).subarray(0, length);
}

describe('collecting parts', () => {
  const slipA = splitParts(noise('A', 2400), sha256);
  const slipB = splitParts(noise('B', 1500), sha256);

  it('completes mixed sheets in any order with repeats, and each exactly once', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...slipA, ...slipB, ...slipA, ...slipB], { minLength: (slipA.length + slipB.length) * 2 }),
        (order) => {
          let state: PartCollection = NO_PARTS;
          const complete: string[] = [];
          for (const each of order) {
            const step = collectParts(state, each, sha256);
            state = step.state;
            expect(step.outcome.status).not.toBe('refused');
            if (step.outcome.status === 'complete') complete.push(step.outcome.set);
          }
          expect(complete.length).toBe(2);
          expect(new Set(complete).size).toBe(2);
          expect(state.open).toEqual([]);
        },
      ),
    );
  });

  it('says which parts are missing, and that one was scanned before', () => {
    const first = collectParts(NO_PARTS, slipA[1]!, sha256);
    expect(first.outcome).toMatchObject({ status: 'more', total: slipA.length, repeated: false });
    expect(first.outcome.status === 'more' && first.outcome.missing).toEqual(slipA.map((_, i) => i + 1).filter((part) => part !== 2));
    expect(collectParts(first.state, slipA[1]!, sha256).outcome).toMatchObject({ status: 'more', repeated: true });
  });

  it('does not begin a finished sheet again, unless it is told to forget it', () => {
    const [only = ''] = splitParts(noise('small', 300), sha256);
    const done = collectParts(NO_PARTS, only, sha256);
    expect(done.outcome.status).toBe('complete');
    const again = collectParts(done.state, only, sha256);
    expect(again.outcome.status).toBe('already');
    const set = again.outcome.status === 'already' ? again.outcome.set : '';
    expect(collectParts(forgetSet(again.state, set), only, sha256).outcome.status).toBe('complete');
  });

  it('drops a sheet whose parts are each whole but together are not it', () => {
    const payload = noise('mixed', MAX_CHUNK_BYTES * 2);
    const parts = splitParts(payload, sha256);
    const other = splitParts(noise('else', MAX_CHUNK_BYTES * 2), sha256);
    const set = parts[0]!.slice(4, 14);
    // A forger writes a right check into a symbol that claims the other sheet's id.
    const chunk = parsePart(other[1]!);
    const forged = chunk.ok
      ? splitParts(chunk.part.chunk, () =>
          concatBytes(Uint8Array.from(set.match(/../g)!.map((h) => Number.parseInt(h, 16))), new Uint8Array(27)),
        )[0]!
      : '';
    expect(parsePart(forged).ok).toBe(true); // part 1 of 1 of the same set id: two totals for one sheet
    const first = collectParts(NO_PARTS, parts[0]!, sha256);
    const second = collectParts(first.state, forged, sha256);
    expect(second.outcome).toEqual({ status: 'refused', code: 'paper-damaged' });
    expect(second.state.open).toEqual([]);
    expect(joinParts(set, [noise('wrong', 10)], sha256)).toBeUndefined();
  });

  it('holds a bounded number of unfinished sheets', () => {
    let state: PartCollection = NO_PARTS;
    for (let i = 0; i < 50; i += 1) state = collectParts(state, splitParts(noise(`set ${i}`, 1200), sha256)[0]!, sha256).state;
    expect(state.open.length).toBe(8);
  });
});
