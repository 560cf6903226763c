// Which ranges a hub can still give, and the half that it gives another hub. Pure; the replica makes and signs the events.
import type { DeviceState, RangeRun } from './device.ts';
import { withoutRuns } from './device.ts';

/** The hub's pool less every range that any device or roll ever had: a range dies with its device and is never given again. */
export function rangesLeft(hub: DeviceState, devices: readonly DeviceState[]): readonly RangeRun[] {
  const used: RangeRun[] = [];
  for (const device of devices) {
    for (const { range } of device.ranges) used.push([range, range]);
    for (const { range } of device.rolls) used.push([range, range]);
  }
  return withoutRuns(hub.pool, used).toSorted((a, b) => a[0] - b[0]);
}

/** The lowest `count` ranges that are free, or undefined when the pool has not that many. */
export function takeRanges(left: readonly RangeRun[], count: number): readonly number[] | undefined {
  const taken: number[] = [];
  for (const [from, to] of left) {
    for (let range = from; range <= to && taken.length < count; range += 1) taken.push(range);
    if (taken.length === count) return taken;
  }
  return count === 0 ? [] : undefined;
}

/** The upper half of what is left, for another hub; the giver keeps the lower half, so that both stay long runs. */
export function splitPool(left: readonly RangeRun[]): { readonly kept: readonly RangeRun[]; readonly given: readonly RangeRun[] } {
  const sorted = left.toSorted((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  let keep = Math.ceil(total / 2);
  const kept: RangeRun[] = [];
  const given: RangeRun[] = [];
  for (const [from, to] of sorted) {
    const size = to - from + 1;
    if (keep >= size) kept.push([from, to]);
    else if (keep <= 0) given.push([from, to]);
    else {
      kept.push([from, from + keep - 1]);
      given.push([from + keep, to]);
    }
    keep -= size;
  }
  return { kept, given };
}

/** Ranges in the pool, counted. */
export function countRanges(left: readonly RangeRun[]): number {
  return left.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** Ranges that more than one device holds: what a cloned hub gave twice. */
export function rangesHeldTwice(devices: readonly DeviceState[]): readonly number[] {
  const holders = new Map<number, number>();
  for (const device of devices) {
    for (const range of new Set([...device.ranges, ...device.rolls].map((one) => one.range)))
      holders.set(range, (holders.get(range) ?? 0) + 1);
  }
  return [...holders]
    .filter(([, count]) => count > 1)
    .map(([range]) => range)
    .sort((a, b) => a - b);
}
