// The first 4 KiB of every slot file: which file of ours it holds, and how to tell a finished one. It must not know who reads the data.
import { crc32 } from '#journal/crc32.ts';

/** Data begins here. One page, so that data stays aligned; what is used of it fits one disk sector, which is written whole or not at all. */
export const HEADER_BYTES = 4096;
/** Only this much is ever written: one sector of any disk. */
export const HEADER_USED_BYTES = 256;
const MAGIC = new Uint8Array([0x4e, 0x49, 0x52, 0x53, 0x4c, 0x4f, 0x54, 0x31]); // NIRSLOT1
const CRC_AT = 8;
const GENERATION_AT = 16;
const LENGTH_AT = 24;
const CONTENT_CRC_AT = 28;
const NAME_LENGTH_AT = 32;
const NAME_AT = 33;

export interface SlotHeader {
  readonly name: string;
  /** Of two slots with one name the higher generation counts, when its content is whole. */
  readonly generation: number;
  /** Of a file written by `replace`: bytes that must be there, and their CRC. Zero for a file made by `append`. */
  readonly contentBytes: number;
  readonly contentCrc: number;
}

export type ReadHeader =
  | { readonly kind: 'named'; readonly header: SlotHeader }
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged' };

export function writeHeader(header: SlotHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_USED_BYTES);
  const view = new DataView(bytes.buffer);
  const name = new TextEncoder().encode(header.name);
  bytes.set(MAGIC);
  view.setBigUint64(GENERATION_AT, BigInt(header.generation));
  view.setUint32(LENGTH_AT, header.contentBytes);
  view.setUint32(CONTENT_CRC_AT, header.contentCrc);
  view.setUint8(NAME_LENGTH_AT, name.length);
  bytes.set(name, NAME_AT);
  view.setUint32(CRC_AT, crc32(bytes.subarray(GENERATION_AT)));
  return bytes;
}

/** All zeros is a slot that nobody finished naming: whatever follows was never synced, so never promised. */
export function readHeader(bytes: Uint8Array): ReadHeader {
  if (bytes.every((byte) => byte === 0)) return { kind: 'empty' };
  if (bytes.length < HEADER_USED_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) return { kind: 'damaged' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_USED_BYTES);
  if (view.getUint32(CRC_AT) !== crc32(bytes.subarray(GENERATION_AT, HEADER_USED_BYTES))) return { kind: 'damaged' };
  const nameLength = view.getUint8(NAME_LENGTH_AT);
  const header: SlotHeader = {
    name: new TextDecoder().decode(bytes.subarray(NAME_AT, NAME_AT + nameLength)),
    generation: Number(view.getBigUint64(GENERATION_AT)),
    contentBytes: view.getUint32(LENGTH_AT),
    contentCrc: view.getUint32(CONTENT_CRC_AT),
  };
  return { kind: 'named', header };
}
