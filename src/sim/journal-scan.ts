// Reads every commit off a disk as it lies there, without any index: what an inspector with the disk in hand would find.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { decodeCommit, type Commit } from '#journal/commit.ts';
import { SegmentLog } from '#journal/segment-log.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import type { Sha256 } from './sim-crypto.ts';

export interface Scan {
  /** By full hash, base64url. */
  readonly commits: ReadonlyMap<string, Commit>;
  /** Commits that stand twice. */
  readonly doubles: number;
  readonly damaged: number;
}

export async function scanDisk(files: MemoryFiles, sha256: Sha256): Promise<Scan> {
  const commits = new Map<string, Commit>();
  let doubles = 0;
  let unreadable = 0;
  // A copy, because opening cuts a torn tail and the inspector changes nothing.
  const copy = new MemoryFiles({}, files.image());
  const { damaged } = await SegmentLog.open(copy, {}, { segment: 1, offset: 0 }, (payload) => {
    const decoded = decodeCommit(payload, sha256);
    if (!decoded.ok) {
      unreadable += 1;
      return;
    }
    const name = toBase64Url(decoded.commit.hash);
    if (commits.has(name)) doubles += 1;
    commits.set(name, decoded.commit);
  });
  return { commits, doubles, damaged: damaged.length + unreadable };
}
