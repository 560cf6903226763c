// What arrives: decoded, duplicates dropped, signatures checked by run, stored; the rest waits or becomes evidence.
import { decodeCommit, encodeCommit, type Commit } from '#journal/commit.ts';
import type { Crypto } from '#journal/ports/crypto.ts';
import { deviceStream, epochId, type EpochId } from '#journal/refs.ts';
import { lacksSignature, verifyCommits } from '#journal/verify.ts';
import { equalBytes, mapKey } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Evidence } from './evidence.ts';

export interface IngestPorts {
  readonly crypto: Crypto;
  /** The key of an epoch, for the device that the header names; a key of another device is none of this one's. */
  readonly keyOf: (epoch: EpochId) => { readonly publicKey: Uint8Array; readonly device: StreamId } | undefined;
  readonly has: (commit: Commit) => Promise<boolean>;
  /** The key that a first commit of a new epoch brings with it, when an older key of the device vouches for it. */
  readonly introduce: (commit: Commit) => Promise<Uint8Array | undefined>;
  /** @returns the receipt number of the last */
  readonly store: (commits: readonly Commit[]) => Promise<number>;
  readonly evidence: Evidence;
  /** Grows whenever a key may have become known. */
  readonly trustVersion: () => number;
}

export interface IngestReport {
  readonly accepted: readonly Commit[];
  readonly duplicates: number;
  /** Waiting for a certificate that is not here yet. */
  readonly pending: number;
  /** Not commits, or not signed by who they name: kept as evidence, counted here by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Receipt number of the last accepted one; the others stand right before it. Absent when none was. */
  readonly lastN: number | undefined;
  /** Accepted ones that had waited here from an earlier time. */
  readonly late: number;
  /** Pending ones that did not fit and must be sent again later. */
  readonly overflow: number;
}

/** A pass may bring certificates that let the next pass judge what waited. More passes than this means nothing new comes. */
const MAX_PASSES = 50;

/** @param from the device that sent them, where it is known: what waits is bounded for each */
export async function ingest(payloads: readonly Uint8Array[], ports: IngestPorts, from?: string): Promise<IngestReport> {
  const { evidence } = ports;
  const refused: Record<string, number> = {};
  const accepted: Commit[] = [];
  const waited = new Set<string>();
  let duplicates = 0;
  let lastN: number | undefined;
  let waiting: readonly Commit[] = [];
  let incoming = decodeAll(payloads, ports, refused);
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const fresh = await dropHeld(incoming, ports);
    duplicates += incoming.length - fresh.length;
    const { valid, unknown } = await judgeSignatures(fresh, ports, refused);
    if (valid.length > 0) lastN = await ports.store(valid);
    accepted.push(...valid);
    const left = new Set(unknown);
    evidence.settle(incoming.filter((commit) => !left.has(commit)));
    // What waited is looked at again only when trust has changed since: otherwise a full waiting room would slow every push.
    const version = ports.trustVersion();
    const news = version !== evidence.judgedAt;
    const earlier = news
      ? decodeAll(evidence.pendingSince(version), ports, refused).filter((commit) => !waited.has(mapKey(commit.hash)))
      : [];
    for (const commit of earlier) waited.add(mapKey(commit.hash));
    waiting = [...unknown, ...earlier];
    if (waiting.length === 0 || !news) break;
    incoming = waiting;
    // What is left after the last pass waits too, and is judged again when the next commits come.
    if (pass === MAX_PASSES - 1) evidence.judgeAgain();
  }
  const overflow = await evidence.wait(waiting, from);
  await evidence.flush();
  const late = waited.size === 0 ? 0 : accepted.filter((commit) => waited.has(mapKey(commit.hash))).length;
  return { accepted, duplicates, pending: waiting.length, refused, lastN, late, overflow };
}

export interface Arrival {
  readonly payloads: readonly Uint8Array[];
  /** As in `ingest`. */
  readonly from?: string | undefined;
}

/**
 * Several arrivals with one append, one sync and one transaction: thousands of desks that come back bring a few commits each.
 * @returns a report for each; undefined for one with commits of an unknown key, which is to be taken in by itself
 */
export async function ingestTogether(arrivals: readonly Arrival[], ports: IngestPorts): Promise<readonly (IngestReport | undefined)[]> {
  const seen = new Set<string>();
  const all: Commit[] = [];
  const looked: ((Omit<IngestReport, 'lastN'> & { readonly end: number }) | undefined)[] = [];
  for (const { payloads } of arrivals) {
    const refused: Record<string, number> = {};
    const incoming = decodeAll(payloads, ports, refused);
    const fresh = await dropHeld(incoming, ports, seen);
    const { valid, unknown } = await judgeSignatures(fresh, ports, refused);
    // Only what is stored below counts as held for those that come after.
    for (const commit of unknown.length > 0 ? [] : valid) seen.add(mapKey(commit.hash));
    if (unknown.length > 0) {
      looked.push(undefined);
      continue;
    }
    all.push(...valid);
    const duplicates = incoming.length - fresh.length;
    looked.push({ accepted: valid, duplicates, pending: 0, refused, late: 0, overflow: 0, end: all.length });
  }
  const lastN = all.length > 0 ? await ports.store(all) : 0;
  ports.evidence.settle(all);
  await ports.evidence.flush();
  // A certificate among them may be what others waited for.
  if (ports.trustVersion() !== ports.evidence.judgedAt) await ingest([], ports);
  return looked.map((one) => {
    if (one === undefined) return undefined;
    const { end, ...report } = one;
    return { ...report, lastN: report.accepted.length === 0 ? undefined : lastN - all.length + end };
  });
}

function decodeAll(payloads: readonly Uint8Array[], ports: IngestPorts, refused: Record<string, number>): readonly Commit[] {
  const commits: Commit[] = [];
  for (const payload of payloads) {
    const decoded = decodeCommit(payload, ports.crypto.sha256);
    // A header alone would stand in the place of the whole commit, which then came as a duplicate. Nobody sends one: no body is erased yet.
    if (decoded.ok && decoded.commit.body === undefined) refused['body-missing'] = (refused['body-missing'] ?? 0) + 1;
    else if (decoded.ok) commits.push(decoded.commit);
    else {
      refused[decoded.problem] = (refused[decoded.problem] ?? 0) + 1;
      ports.evidence.add(decoded.problem, payload.subarray(0, 4096));
    }
  }
  return commits;
}

/** Without what is held already, without repeats within the batch, and without what came `before` in the same group. */
async function dropHeld(
  commits: readonly Commit[],
  ports: IngestPorts,
  before: ReadonlySet<string> = new Set(),
): Promise<readonly Commit[]> {
  const fresh: Commit[] = [];
  const seen = new Set<string>();
  for (const commit of commits) {
    const name = mapKey(commit.hash);
    if (seen.has(name) || before.has(name) || (await ports.has(commit))) continue;
    seen.add(name);
    fresh.push(commit);
  }
  return fresh;
}

async function judgeSignatures(
  commits: readonly Commit[],
  ports: IngestPorts,
  refused: Record<string, number>,
): Promise<{ valid: readonly Commit[]; unknown: readonly Commit[] }> {
  const introduced = new Map<EpochId, Uint8Array>();
  for (const commit of commits) {
    if (commit.header.seq !== 1) continue;
    const epoch = epochId(commit.header.epoch);
    if (ports.keyOf(epoch) !== undefined) continue;
    const key = await ports.introduce(commit);
    if (key !== undefined) introduced.set(epoch, key);
  }
  const verdicts = await verifyCommits(commits, (epoch) => ports.keyOf(epoch)?.publicKey ?? introduced.get(epoch), ports.crypto);
  const valid: Commit[] = [];
  const unknown: Commit[] = [];
  let run: Commit | undefined;
  let foreign = false;
  for (const [i, commit] of commits.entries()) {
    const verdict = verdicts[i];
    // Commits come in runs of one chain: whose key it is, is looked up once for each.
    if (run === undefined || !equalBytes(run.header.epoch, commit.header.epoch) || !equalBytes(run.header.device, commit.header.device)) {
      const holder = ports.keyOf(epochId(commit.header.epoch))?.device;
      foreign = holder !== undefined && holder !== deviceStream(commit.header.device);
      run = commit;
    }
    if (verdict === 'valid' && !foreign) valid.push(commit);
    else if (verdict === 'key-unknown') unknown.push(commit);
    else {
      const why = lacksSignature(commit) ? 'signature-missing' : foreign ? 'device-of-another' : 'bad-signature';
      refused[why] = (refused[why] ?? 0) + 1;
      ports.evidence.add(why, encodeCommit(commit));
    }
  }
  return { valid, unknown };
}
