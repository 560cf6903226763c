// Seeded chance for synthetic data: the same seed gives the same sequence on every engine. Not for secrets, keys or ids.

export interface Random {
  /** A whole number of 0 to 4,294,967,295. */
  uint32(): number;
  /** A number of 0 (included) to 1 (not included). */
  fraction(): number;
  /** A whole number of 0 to `limit - 1`. */
  below(limit: number): number;
  /** A whole number of `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** About normally distributed: mean 0, deviation 1, never beyond ±6. */
  normal(): number;
  /** A generator of its own that depends on this seed and `name` only, not on what was drawn before. */
  fork(name: string): Random;
}

/** @param seed any text or number; `7` and `'7'` are the same seed. */
export function seededRandom(seed: string | number): Random {
  const text = String(seed);
  let a = hashText(text, 0x9e3779b9);
  let b = hashText(text, 0x85ebca6b);
  let c = hashText(text, 0xc2b2ae35);
  let counter = 1;

  // sfc32 (Chris Doty-Humphrey, public domain, PractRand): 128 bits of state, passes PractRand, quick in 32-bit integers.
  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) uint32();

  const fraction = (): number => uint32() / 4_294_967_296;
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    uint32,
    fraction,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => fraction() < probability,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('invariant: there is something to pick from');
      return items[below(items.length)]!; // below the length
    },
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i += 1) sum += fraction();
      return sum;
    },
    fork: (name) => seededRandom(`${text}/${name}`),
  };
}

/** Draws an index with the given weights, by one comparison a draw (Vose's alias method). */
export function weightedIndex(weights: readonly number[]): (random: Random) => number {
  const count = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (count === 0 || !(total > 0)) throw new RangeError('invariant: weights add up to more than nothing');
  const scaled = weights.map((weight) => (weight * count) / total);
  const keep = new Float64Array(count).fill(1);
  const alias = new Uint32Array(count).map((_, index) => index);
  const small = [...scaled.keys()].filter((index) => scaled[index]! < 1); // an index of scaled
  const large = [...scaled.keys()].filter((index) => scaled[index]! >= 1); // an index of scaled
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!; // not empty
    const more = large[large.length - 1]!; // not empty
    keep[less] = scaled[less]!; // an index of scaled
    alias[less] = more;
    scaled[more] = scaled[more]! + scaled[less]! - 1; // indexes of scaled
    if (scaled[more]! < 1) small.push(large.pop()!); // not empty
  }
  return (random) => {
    const index = random.below(count);
    return random.fraction() < keep[index]! ? index : alias[index]!; // below count
  };
}

/** Weights of ranks by Zipf's law: the n-th most frequent has 1 / n^exponent. */
export function zipfWeights(count: number, exponent: number): readonly number[] {
  return Array.from({ length: count }, (_, rank) => 1 / (rank + 1) ** exponent);
}

/** FNV-1a with a final mix (murmur3), 32 bits. */
function hashText(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
