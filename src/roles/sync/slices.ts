// History in slices, so that what people do meanwhile gets in between. It must not know who sends or takes.
import { HEADER_BYTES, SIGNATURE_BYTES } from '#journal/header.ts';

/** Commits taken in at once: about 50 ms of work on a slow PC. */
export const SLICE_COMMITS = 250;

/** A commit without a signature of its own holds by the next one of its chain: the two stay in one slice. */
export function slices(payloads: readonly Uint8Array[], size = SLICE_COMMITS): readonly (readonly Uint8Array[])[] {
  const out: (readonly Uint8Array[])[] = [];
  for (let start = 0; start < payloads.length;) {
    let end = Math.min(payloads.length, start + size);
    while (end < payloads.length && unsigned(payloads[end - 1]!)) end += 1; // end is above start
    out.push(payloads.slice(start, end));
    start = end;
  }
  return out;
}

function unsigned(payload: Uint8Array): boolean {
  const at = 1 + HEADER_BYTES;
  return payload.subarray(at, at + SIGNATURE_BYTES).every((byte) => byte === 0);
}
