// Bytes altered under way: torn off, a bit flipped, or a commit changed with its checksum made right again.
import { concatBytes } from '#kernel/shared/bytes.ts';
import { decodeWire, encodeWire, WIRE_HEAD_BYTES, wireHead } from '#journal/wire.ts';
import type { Random } from '#importers/synthetic/random.ts';

const OPENING_BRACE = 0x7b;

/**
 * Only what carries commits is altered; a message of JSON is torn off, because TLS would not let a changed one through
 * and a cut connection it would.
 */
export function damage(_verb: string, bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = wireStart(bytes);
  if (at === undefined || bytes.length <= at + WIRE_HEAD_BYTES) return bytes.slice(0, random.below(bytes.length));
  const choice = random.below(4);
  if (choice === 0) return bytes.slice(0, at + random.below(bytes.length - at));
  if (choice === 1) return flip(bytes, at + WIRE_HEAD_BYTES + random.below(bytes.length - at - WIRE_HEAD_BYTES), random);
  const wire = decodeWire(bytes.subarray(at));
  if (!wire.ok || wire.payloads.length === 0) return bytes;
  const victim = random.below(wire.payloads.length);
  const changed = wire.payloads.map((payload, i) => (i === victim ? flip(payload, random.below(payload.length), random) : payload));
  return concatBytes(bytes.subarray(0, at), encodeWire(changed));
}

/** Where framed commits begin: at once, or after a length and that much JSON; undefined when there are none. */
function wireStart(bytes: Uint8Array): number | undefined {
  if (startsWithHead(bytes, 0)) return 0;
  if (bytes[0] === OPENING_BRACE || bytes.length < 4) return undefined;
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  return startsWithHead(bytes, start) ? start : undefined;
}

function startsWithHead(bytes: Uint8Array, at: number): boolean {
  return wireHead().every((byte, i) => bytes[at + i] === byte);
}

export function flip(bytes: Uint8Array, at: number, random: Random): Uint8Array {
  const out = bytes.slice();
  if (at < out.length) out[at]! ^= 1 << random.below(8); // inside, checked
  return out;
}
