// Which of these commits are signed by the key of their epoch. An unbroken run costs one verification and otherwise hashing.
import { equalBytes } from '#kernel/shared/bytes.ts';
import type { Commit } from './commit.ts';
import type { Crypto } from './ports/crypto.ts';
import { epochId, type EpochId } from './refs.ts';

export type Signed = 'valid' | 'key-unknown' | 'bad-signature';

const NONE = new Uint8Array(64);

/** True when the commit came without a signature of its own (paper shares one among a run). */
export function lacksSignature(commit: Commit): boolean {
  return equalBytes(commit.signature, NONE);
}

/** Does `next` follow `commit` in its chain? */
export function chained(commit: Commit, next: Commit): boolean {
  return (
    next.header.seq === commit.header.seq + 1 &&
    equalBytes(next.header.epoch, commit.header.epoch) &&
    equalBytes(next.header.previous, commit.hash)
  );
}

/**
 * A verdict for each commit, in order. A commit is valid when its own signature is, or that of a later one chained to it.
 * Commits of one epoch that follow each other should stand next to each other; otherwise each costs a verification.
 */
export async function verifyCommits(
  commits: readonly Commit[],
  keyOf: (epoch: EpochId) => Uint8Array | undefined,
  crypto: Pick<Crypto, 'verify'>,
): Promise<readonly Signed[]> {
  const verdicts: Signed[] = Array.from({ length: commits.length }, () => 'bad-signature');
  let covered = false;
  for (let i = commits.length - 1; i >= 0; i -= 1) {
    const commit = commits[i]!; // i is inside
    const next = commits[i + 1];
    covered = covered && next !== undefined && chained(commit, next);
    if (!covered) {
      const key = keyOf(epochId(commit.header.epoch));
      if (key === undefined) {
        verdicts[i] = 'key-unknown';
        continue;
      }
      covered = !lacksSignature(commit) && (await crypto.verify(key, commit.signature, commit.headerBytes));
    }
    if (covered) verdicts[i] = 'valid';
  }
  return verdicts;
}
