// Short names of commits and chains as they stand in bodies, vectors and rows.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { Brand, StreamId } from '#kernel/shared/ids.ts';

/** 8 bytes of a commit's hash as base64url. */
export const commitRefPattern = /^[A-Za-z0-9_-]{11}$/;
/** Full hash of a commit, base64url. */
export type CommitId = Brand<string, 'CommitId'>;
/** Epoch id (12 bytes of the hash of its public key), base64url. */
export type EpochId = Brand<string, 'EpochId'>;

export function epochId(bytes: Uint8Array): EpochId {
  return toBase64Url(bytes) as EpochId; // the one maker
}

/** The device's stream from the header's device bytes. */
export function deviceStream(bytes: Uint8Array): StreamId {
  return `device/${toBase64Url(bytes)}` as StreamId; // 12 bytes are 16 characters
}

export function commitId(hash: Uint8Array): CommitId {
  return toBase64Url(hash) as CommitId; // the one maker
}
