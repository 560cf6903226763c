// Commits as they travel and lie in an export file: a stream of length-prefixed records with a head that names the format.
import { concatBytes } from '#kernel/shared/bytes.ts';
import { crc32 } from './crc32.ts';
import { MAX_RECORD_BYTES, RECORD_HEAD_BYTES } from './segment-log.ts';

export const WIRE_TYPE = 'application/vnd.nirantar.commits';
const HEAD = new Uint8Array([0x4e, 0x49, 0x52, 0x57, 0x49, 0x52, 0x45, 0x01]); // NIRWIRE, format 1
export const WIRE_HEAD_BYTES = HEAD.length;
/** One exchange carries at most this much, so that a slow link shows progress and a hub serves many. */
export const MAX_BATCH_BYTES = 1024 * 1024;

export function wireHead(): Uint8Array {
  return HEAD.slice();
}

export function frameRecord(payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(RECORD_HEAD_BYTES + payload.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, payload.length);
  view.setUint32(4, crc32(payload));
  out.set(payload, RECORD_HEAD_BYTES);
  return out;
}

export function encodeWire(payloads: readonly Uint8Array[]): Uint8Array {
  return concatBytes(HEAD, ...payloads.map(frameRecord));
}

export type DecodedWire =
  | { readonly ok: true; readonly payloads: readonly Uint8Array[] }
  | { readonly ok: false; readonly problem: 'wire-head' | 'wire-newer' | 'wire-torn' | 'wire-damaged' };

/** All records, or what is wrong. Nothing of a damaged batch is used: the sender sends it again. */
export function decodeWire(bytes: Uint8Array): DecodedWire {
  if (bytes.length < HEAD.length || HEAD.some((byte, i) => i < HEAD.length - 1 && bytes[i] !== byte))
    return { ok: false, problem: 'wire-head' };
  if (bytes[HEAD.length - 1] !== HEAD[HEAD.length - 1]) return { ok: false, problem: 'wire-newer' };
  const payloads: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = HEAD.length;
  while (at < bytes.length) {
    if (at + RECORD_HEAD_BYTES > bytes.length) return { ok: false, problem: 'wire-torn' };
    const length = view.getUint32(at);
    if (length > MAX_RECORD_BYTES) return { ok: false, problem: 'wire-damaged' };
    const end = at + RECORD_HEAD_BYTES + length;
    if (end > bytes.length) return { ok: false, problem: 'wire-torn' };
    const payload = bytes.subarray(at + RECORD_HEAD_BYTES, end);
    if (view.getUint32(at + 4) !== crc32(payload)) return { ok: false, problem: 'wire-damaged' };
    payloads.push(payload);
    at = end;
  }
  return { ok: true, payloads };
}
