// A commit: what one command did, atomically. Bytes are made once, signed, kept and passed on; never re-serialised.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { CommitRef } from '#kernel/shared/ids.ts';
import { decodeHeader, HEADER_BYTES, SIGNATURE_BYTES, type Header } from './header.ts';

export interface Commit {
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  /** SHA-256 of the header bytes: the commit's name. */
  readonly hash: Uint8Array;
  /** Ed25519 over the header bytes by the epoch's key. */
  readonly signature: Uint8Array;
  /** Undefined where only the header is held (a lawfully erased body, a keeper that may not read). */
  readonly body: Uint8Array | undefined;
}

/** A body larger than this is refused when written and when received: no desk writes it, and a flood stops here. */
export const MAX_BODY_BYTES = 256 * 1024;

/** First 8 bytes of the hash, base64url: what `after` carries. */
export function commitRef(hash: Uint8Array): CommitRef {
  return toBase64Url(hash.subarray(0, 8)) as CommitRef; // the one maker
}

/** Layout inside a record: header, signature, body (absent when erased; flag byte first). */
const FLAG_BODY = 1;

export function encodeCommit(commit: Pick<Commit, 'headerBytes' | 'signature' | 'body'>): Uint8Array {
  const bodyLength = commit.body?.length ?? 0;
  const out = new Uint8Array(1 + HEADER_BYTES + SIGNATURE_BYTES + bodyLength);
  out[0] = commit.body === undefined ? 0 : FLAG_BODY;
  out.set(commit.headerBytes, 1);
  out.set(commit.signature, 1 + HEADER_BYTES);
  if (commit.body !== undefined) out.set(commit.body, 1 + HEADER_BYTES + SIGNATURE_BYTES);
  return out;
}

export type DecodedCommit = { readonly ok: true; readonly commit: Commit } | { readonly ok: false; readonly problem: CommitProblem };
export type CommitProblem = 'commit-too-short' | 'commit-too-long' | 'header-format' | 'body-hash';

/** Checks form and body hash, not the signature. The parts are views of `bytes`, not copies. */
export function decodeCommit(bytes: Uint8Array, sha256: (bytes: Uint8Array) => Uint8Array): DecodedCommit {
  if (bytes.length < 1 + HEADER_BYTES + SIGNATURE_BYTES) return { ok: false, problem: 'commit-too-short' };
  if (bytes.length > 1 + HEADER_BYTES + SIGNATURE_BYTES + MAX_BODY_BYTES) return { ok: false, problem: 'commit-too-long' };
  const headerBytes = bytes.subarray(1, 1 + HEADER_BYTES);
  const header = decodeHeader(headerBytes);
  if (header === undefined || bytes[0]! > FLAG_BODY) return { ok: false, problem: 'header-format' }; // length checked above
  const body = bytes[0] === FLAG_BODY ? bytes.subarray(1 + HEADER_BYTES + SIGNATURE_BYTES) : undefined;
  if (body !== undefined) {
    const hash = sha256(body);
    for (let i = 0; i < hash.length; i += 1) if (hash[i] !== header.bodyHash[i]) return { ok: false, problem: 'body-hash' };
  }
  const signature = bytes.subarray(1 + HEADER_BYTES, 1 + HEADER_BYTES + SIGNATURE_BYTES);
  return { ok: true, commit: { header, headerBytes, hash: sha256(headerBytes), signature, body } };
}
