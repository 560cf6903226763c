// Check: one number range on two devices. From memory: devices are held by every replica.
import type { DeviceState } from '#kernel/device/device.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { pairs, type CheckQuery, type Contradiction } from './check.ts';

export const rangeOnTwoDevices: CheckQuery = {
  check: 'range-on-two-devices',
  async find(read, limit) {
    const holders = new Map<number, StreamId[]>();
    for (const { stream, state } of await read.all<DeviceState>('device')) {
      for (const { range } of state.ranges) holders.set(range, [...(holders.get(range) ?? []), stream]);
    }
    const found: Contradiction[] = [];
    for (const [range, devices] of [...holders].sort(([a], [b]) => a - b)) {
      for (const pair of pairs([...new Set(devices)].sort())) {
        found.push({
          check: 'range-on-two-devices',
          subjects: pair,
          says: pair.map((device) => ({ what: 'holds-range', values: { range }, device })),
        });
      }
    }
    return found.slice(0, limit);
  },
};
