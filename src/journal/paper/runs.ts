// Commits as unbroken runs: what follows each other in one chain is proved by the signature of the last.
import { compareBytes, equalBytes } from '#kernel/shared/bytes.ts';
import type { Commit } from '../commit.ts';

/** A commit from paper: its own signature is not on it; the signature of its run is over the last one's header. */
export type PaperCommit = Omit<Commit, 'signature'>;

export interface PaperRun {
  /** In order of seq, each the `previous` of the next. */
  readonly commits: readonly PaperCommit[];
  /** Ed25519 over the header bytes of the last. */
  readonly signature: Uint8Array;
}

function byPlace(a: Commit, b: Commit): number {
  return (
    compareBytes(a.header.device, b.header.device) ||
    compareBytes(a.header.epoch, b.header.epoch) ||
    a.header.seq - b.header.seq ||
    compareBytes(a.hash, b.hash)
  );
}

function follows(run: PaperRun, commit: Commit): boolean {
  const last = run.commits.at(-1)!; // a run has at least one commit
  return (
    equalBytes(last.header.device, commit.header.device) &&
    equalBytes(last.header.epoch, commit.header.epoch) &&
    commit.header.seq === last.header.seq + 1 &&
    equalBytes(commit.header.previous, last.hash)
  );
}

/** Each commit once, in as few runs as the chains allow; two histories of one epoch stay two runs. */
export function groupRuns(commits: readonly Commit[]): readonly PaperRun[] {
  const runs: PaperRun[] = [];
  let before: Commit | undefined;
  for (const commit of commits.toSorted(byPlace)) {
    if (before !== undefined && equalBytes(before.hash, commit.hash)) continue;
    before = commit;
    const { signature, ...rest } = commit;
    const at = runs.findLastIndex((run) => follows(run, commit));
    const run = runs[at];
    if (run === undefined) runs.push({ commits: [rest], signature });
    else runs[at] = { commits: [...run.commits, rest], signature };
  }
  return runs;
}
