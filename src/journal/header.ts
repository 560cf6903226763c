// The header of a commit: fixed order, fixed length, the bytes that are hashed and signed once and never re-encoded.
import { HLC_BYTES, readHlc, writeHlc, type Hlc } from './hlc.ts';

/** First byte. Frozen: a header that cannot be read can be neither verified nor placed, so that a new one needs a new protocol (docs/decisions/0007). */
export const HEADER_FORMAT = 1;
export const ID_BYTES = 12;
export const HASH_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** format 1, device 12, epoch 12, seq 4, previous 32, hlc 8, body hash 32. */
export const HEADER_BYTES = 1 + ID_BYTES + ID_BYTES + 4 + HASH_BYTES + HLC_BYTES + HASH_BYTES;
/** Commits of one epoch: 32 bits of seq, from 1. */
export const MAX_SEQ = 0xffff_ffff;

export interface Header {
  readonly format: number;
  /** The last part of the device's stream id, as bytes. */
  readonly device: Uint8Array;
  /** First 12 bytes of SHA-256 of the epoch's public key. */
  readonly epoch: Uint8Array;
  /** From 1, without a gap, within the epoch. */
  readonly seq: number;
  /** Hash of the header before this one in the epoch; for seq 1 the hash of the header it continues, or zeros. */
  readonly previous: Uint8Array;
  readonly hlc: Hlc;
  readonly bodyHash: Uint8Array;
}

export function encodeHeader(header: Header): Uint8Array {
  const out = new Uint8Array(HEADER_BYTES);
  const view = new DataView(out.buffer);
  out[0] = header.format;
  out.set(header.device, 1);
  out.set(header.epoch, 1 + ID_BYTES);
  view.setUint32(1 + 2 * ID_BYTES, header.seq);
  out.set(header.previous, 5 + 2 * ID_BYTES);
  writeHlc(view, 5 + 2 * ID_BYTES + HASH_BYTES, header.hlc);
  out.set(header.bodyHash, 5 + 2 * ID_BYTES + HASH_BYTES + HLC_BYTES);
  return out;
}

/** The header in `bytes` (its parts are views, not copies), or undefined when the length or the format is not ours. */
export function decodeHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length !== HEADER_BYTES || bytes[0] !== HEADER_FORMAT) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const afterIds = 1 + 2 * ID_BYTES;
  const seq = view.getUint32(afterIds);
  if (seq < 1) return undefined;
  return {
    format: HEADER_FORMAT,
    device: bytes.subarray(1, 1 + ID_BYTES),
    epoch: bytes.subarray(1 + ID_BYTES, afterIds),
    seq,
    previous: bytes.subarray(afterIds + 4, afterIds + 4 + HASH_BYTES),
    hlc: readHlc(view, afterIds + 4 + HASH_BYTES),
    bodyHash: bytes.subarray(afterIds + 4 + HASH_BYTES + HLC_BYTES),
  };
}
