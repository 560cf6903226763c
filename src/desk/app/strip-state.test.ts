// What the strip says: calm when apart, red only for danger, and never more than is true.
import { describe, expect, test } from 'vitest';
import type { DeskStatus, HubStatus } from './desk-calls.ts';
import { stripState } from './strip-state.ts';

const status = (hubs: readonly HubStatus[], more: Partial<DeskStatus> = {}): DeskStatus => ({
  enrolled: true,
  waiting: 3,
  hubs,
  storage: { ok: true, persisted: true },
  version: '1',
  ...more,
});
const hub = (name: string, more: Partial<HubStatus> = {}): HubStatus => ({ name, url: 'http://x', reachable: false, used: false, ...more });

describe('the strip', () => {
  test('names the hub in use', () => {
    expect(
      stripState(status([hub('opd', { reachable: true, lastSeen: 5 }), hub('lab', { reachable: true, used: true, lastSeen: 9 })])),
    ).toEqual({ kind: 'together', waiting: 3, lastSeen: 9, hub: 'lab' });
  });
  test('is apart when no hub answers, and says the latest time that any did', () => {
    expect(stripState(status([hub('opd', { lastSeen: 50 }), hub('lab', { lastSeen: 70, used: true })]))).toEqual({
      kind: 'apart',
      waiting: 3,
      lastSeen: 70,
      hub: undefined,
    });
  });
  test('never invents a time', () => {
    expect(stripState(status([hub('opd')]))).toMatchObject({ kind: 'apart', lastSeen: undefined });
    expect(stripState(status([]))).toMatchObject({ kind: 'apart', lastSeen: undefined });
  });
  test('is danger when this PC cannot store, also with a hub in reach', () => {
    expect(
      stripState(status([hub('opd', { reachable: true, used: true })], { storage: { ok: false, code: 'quota-full', persisted: false } })),
    ).toEqual({ kind: 'danger', code: 'quota-full' });
  });
});
