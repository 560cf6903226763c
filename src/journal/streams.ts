// Ids of streams from hashes: the same command id names the same streams, however often it is repeated.
import { concatBytes, toBase64Url } from '#kernel/shared/bytes.ts';
import type { CommandId, StreamId } from '#kernel/shared/ids.ts';
import { ID_BYTES } from './header.ts';

type Sha256 = (bytes: Uint8Array) => Uint8Array;
const encoder = new TextEncoder();

function idOf(sha256: Sha256, type: string, text: string): StreamId {
  return `${type}/${toBase64Url(sha256(encoder.encode(text)).subarray(0, ID_BYTES))}` as StreamId; // 12 bytes are 16 characters
}

/** hash(command id, index): what a command creates. */
export function newStreamId(sha256: Sha256, type: string, commandId: CommandId, index: number): StreamId {
  return idOf(sha256, type, `new\n${type}\n${commandId}\n${index}`);
}

/** A stream whose identity follows from others (a test on a specimen): two cut-off desks name the same. */
export function derivedStreamId(sha256: Sha256, type: string, parts: readonly string[]): StreamId {
  return idOf(sha256, type, `derived\n${type}\n${parts.join('\n')}`);
}

/** The epoch's id: the first 12 bytes of the hash of its public key. */
export function epochBytes(sha256: Sha256, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(encoder.encode('nirantar epoch\n'), publicKey)).subarray(0, ID_BYTES);
}
