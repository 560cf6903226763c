// The hybrid logical clock: wall time that never goes back on one device. It orders for display and breaks ties only.

/** 48 bits of milliseconds and 16 bits of counter, packed as a number of milliseconds and a counter. */
export interface Hlc {
  readonly ms: number;
  readonly counter: number;
}

/** A remote clock further ahead than this is not followed; it is shown as suspect (DESIGN section 2). */
export const MAX_AHEAD_MS = 5 * 60_000;
const MAX_COUNTER = 0xffff;
export const HLC_BYTES = 8;

/** The next value on this device: max(wall, last + 1), never back. */
export function nextHlc(last: Hlc, wallMs: number): Hlc {
  const wall = Math.max(0, Math.trunc(wallMs));
  if (wall > last.ms) return { ms: wall, counter: 0 };
  if (last.counter < MAX_COUNTER) return { ms: last.ms, counter: last.counter + 1 };
  return { ms: last.ms + 1, counter: 0 };
}

/** What to remember after seeing a remote value: the greater, unless it is more than five minutes ahead of our wall. */
export function observeHlc(last: Hlc, remote: Hlc, wallMs: number): { readonly hlc: Hlc; readonly suspect: boolean } {
  if (remote.ms > wallMs + MAX_AHEAD_MS) return { hlc: last, suspect: true };
  return { hlc: compareHlc(remote, last) > 0 ? remote : last, suspect: false };
}

export function compareHlc(a: Hlc, b: Hlc): number {
  return a.ms - b.ms || a.counter - b.counter;
}

export function writeHlc(view: DataView, offset: number, hlc: Hlc): void {
  view.setUint16(offset, Math.floor(hlc.ms / 0x1_0000_0000));
  view.setUint32(offset + 2, hlc.ms % 0x1_0000_0000);
  view.setUint16(offset + 6, hlc.counter);
}

export function readHlc(view: DataView, offset: number): Hlc {
  return { ms: view.getUint16(offset) * 0x1_0000_0000 + view.getUint32(offset + 2), counter: view.getUint16(offset + 6) };
}
