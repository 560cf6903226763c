// Which seqs of one chain are held: sorted intervals that do not touch, because a scoped desk and paper leave gaps.

/** `[from, to]`, both included, sorted, at least one missing seq between neighbours. */
export type Intervals = readonly (readonly [number, number])[];

/** Index of the first interval whose end is not before `seq`. */
function firstNotBefore(intervals: Intervals, seq: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intervals[middle]![1] < seq) low = middle + 1; // middle is inside
    else high = middle;
  }
  return low;
}

export function holds(intervals: Intervals, seq: number): boolean {
  const found = intervals[firstNotBefore(intervals, seq)];
  return found !== undefined && found[0] <= seq;
}

/** The intervals with `from` to `to` added. The usual case, one more at the end, costs one copy of the last pair. */
export function addInterval(intervals: Intervals, from: number, to: number): Intervals {
  const last = intervals.at(-1);
  if (last === undefined) return [[from, to]];
  if (from === last[1] + 1) return [...intervals.slice(0, -1), [last[0], to]];
  const start = firstNotBefore(intervals, from - 1);
  let end = start;
  let low = from;
  let high = to;
  while (end < intervals.length && intervals[end]![0] <= to + 1) {
    low = Math.min(low, intervals[end]![0]); // end is inside, as on the next line
    high = Math.max(high, intervals[end]![1]);
    end += 1;
  }
  return [...intervals.slice(0, start), [low, high], ...intervals.slice(end)];
}

/** What of `wanted` is not in `held`. */
export function subtract(wanted: Intervals, held: Intervals): Intervals {
  const out: [number, number][] = [];
  for (const [from, to] of wanted) {
    let at = from;
    for (let i = firstNotBefore(held, from); i < held.length && at <= to; i += 1) {
      const [heldFrom, heldTo] = held[i]!; // i is inside
      if (heldFrom > to) break;
      if (heldFrom > at) out.push([at, heldFrom - 1]);
      at = Math.max(at, heldTo + 1);
    }
    if (at <= to) out.push([at, to]);
  }
  return out;
}

/** Everything from 1 to here is held; 0 when 1 is not. What came by another way leaves a gap, and a gap is not held. */
export function unbrokenTo(intervals: Intervals): number {
  const first = intervals[0];
  return first?.[0] === 1 ? first[1] : 0;
}

export function highest(intervals: Intervals): number {
  return intervals.at(-1)?.[1] ?? 0;
}

export function countOf(intervals: Intervals): number {
  return intervals.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}
