// Proves a history offline: everything is judged again from the root key on, in a scratch replica that believes nothing.
// It changes nothing of what it looks at.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Database } from '@signalapp/sqlcipher';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { parseBody } from '#journal/body.ts';
import { decodeCommit } from '#journal/commit.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { MAX_RECORD_BYTES, RECORD_HEAD_BYTES, SegmentLog } from '#journal/segment-log.ts';
import { decodeWire, WIRE_HEAD_BYTES, wireHead } from '#journal/wire.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { readDeviceFile } from '#roles/founding.ts';
import { Replica } from '#roles/replica/replica.ts';
import { Refused } from '../cli/exit.ts';
import type { VerifyOutput } from '../cli/services.ts';
import { NodeCrypto } from '../crypto.ts';
import { type Home, holdsNode, openHome } from '../home.ts';
import { NodeFiles } from '../storage/node-files.ts';
import { ReadOnlyFiles } from './read-only-files.ts';

/** Judged at once: long runs cost one signature each. */
const BATCH = 1_000;
const READ_BYTES = 4 * 1024 * 1024;

export interface Problem {
  readonly kind: string;
  readonly [fact: string]: string | number;
}

/** Gives every record to `each`, in batches, and what is wrong with the container itself to `problem`. */
export type Source = (each: (payloads: readonly Uint8Array[]) => Promise<void>, problem: (problem: Problem) => void) => Promise<void>;

export async function verify(options: { readonly dir: string } | { readonly file: string }): Promise<VerifyOutput> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'nirantar-verify-'));
  try {
    const home = await openHome(path.join(scratch, 'replica'), 'new', { sql: { durability: 'process-safe' } });
    try {
      return 'dir' in options
        ? await verifyFolder(options.dir, home)
        : await judge(home, fileSource(options.file), await rootOfFile(options.file), true);
    } finally {
      await home.close();
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function verifyFolder(dir: string, home: Home): Promise<VerifyOutput> {
  if (!holdsNode(dir)) throw new Refused(`There is no node in ${dir}.`);
  const files = new ReadOnlyFiles(await NodeFiles.open(path.join(dir, 'journal')));
  try {
    const device = await readDeviceFile({ storage: { files, sql: home.ports.storage.sql, notes: [] } });
    const root = device === undefined ? undefined : fromBase64Url(device.root);
    if (device === undefined || root === undefined)
      throw new Refused(`The folder ${dir} was never enrolled: there is no root key to judge by.`);
    return await judge(home, folderSource(files, path.join(dir, 'index/index.db')), root, undefined, device.device);
  } finally {
    await files.close();
  }
}

/** @param whole is every chain expected without a gap? Undefined: yes when `device` is a hub, a desk holds a part */
export async function judge(
  home: Home,
  source: Source,
  root: Uint8Array,
  whole: boolean | undefined,
  device?: string,
): Promise<VerifyOutput> {
  const replica = await Replica.open(home.ports, hospitalDomain, root, undefined);
  const problems = await takeIn(replica, source);
  return verdict(replica, problems, whole, device);
}

/** Feeds a source to a replica, which believes nothing. @returns what was wrong with it */
export async function takeIn(replica: Replica, source: Source): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const refused = new Map<string, number>();
  await source(
    async (payloads) => {
      const report = await replica.ingest(payloads);
      for (const [why, count] of Object.entries(report.refused)) refused.set(why, (refused.get(why) ?? 0) + count);
    },
    (problem) => problems.push(problem),
  );
  for (const [why, count] of refused) problems.push({ kind: why, count });
  return problems;
}

/** What a replica holds, and whether it is whole. */
export function verdict(replica: Replica, found: readonly Problem[], whole: boolean | undefined, device?: string): VerifyOutput {
  const problems = [...found];
  if (replica.evidence.pending.length > 0) problems.push({ kind: 'certificate-missing', count: replica.evidence.pending.length });
  const role = [...replica.index.chains].find(([, chain]) => `device/${chain.device}` === device)?.[0];
  const expectWhole = whole ?? (role !== undefined && replica.trust.epoch(role)?.role === 'hub');
  const forks: Problem[] = [];
  for (const [epoch, chain] of replica.index.chains) {
    if (expectWhole && !(chain.have.length === 1 && chain.have[0]?.[0] === 1))
      problems.push({ kind: 'gap', device: chain.device, epoch, pieces: chain.have.length });
    if (chain.forkedAt !== undefined) forks.push({ kind: 'two-histories', device: chain.device, epoch, from: chain.forkedAt });
  }
  const devices = new Set([...replica.index.chains.values()].map((chain) => chain.device)).size;
  return {
    commits: replica.position.n,
    devices,
    ok: problems.length === 0,
    problems,
    twoHistories: forks,
    root: Buffer.from(replica.root).toString('base64url'),
  };
}

export function folderSource(files: ReadOnlyFiles, index: string): Source {
  return async (each, problem) => {
    // First: a hub that writes meanwhile puts a commit into the journal before the index knows of it, never after.
    const known = indexedCommits(index);
    let batch: Uint8Array[] = [];
    let count = 0;
    try {
      const { cutBytes, damaged } = await SegmentLog.open(files, {}, { segment: 1, offset: 0 }, async (payload) => {
        batch.push(payload);
        count += 1;
        if (batch.length < BATCH) return;
        await each(batch);
        batch = [];
      });
      if (batch.length > 0) await each(batch);
      for (const place of damaged) problem({ kind: 'record-damaged', segment: place.segment, offset: place.offset, bytes: place.length });
      if (cutBytes > 0) problem({ kind: 'tail-torn', bytes: cutBytes });
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      problem({ kind: 'journal-unreadable', code: error.code });
    }
    if (known > count) problem({ kind: 'records-missing', count: known - count });
  };
}

/** What the index remembers of the journal's length: records cut off at the end leave no other trace on this machine. */
function indexedCommits(file: string): number {
  if (!fs.existsSync(file)) return 0;
  try {
    const database = new Database(file);
    try {
      return database.prepare('SELECT coalesce(sum(count), 0) FROM runs', { pluck: true }).get<number>() ?? 0;
    } finally {
      database.close();
    }
  } catch {
    return 0; // the index can be rebuilt; it proves nothing when it is damaged itself
  }
}

export function fileSource(file: string): Source {
  return async (each, problem) => {
    for await (const part of framesOf(file)) {
      if (typeof part === 'string') problem({ kind: part });
      else await each(part);
    }
  };
}

/** Batches of records, or the name of what is wrong with the file; it is read to the end once, in pieces. */
async function* framesOf(file: string): AsyncGenerator<readonly Uint8Array[] | string> {
  let rest = Buffer.alloc(0);
  let first = true;
  try {
    for await (const chunk of fs.createReadStream(file, { highWaterMark: READ_BYTES })) {
      rest = Buffer.concat([rest, chunk as Buffer]); // a byte stream
      const start = first ? WIRE_HEAD_BYTES : 0;
      const end = endOfWhole(rest, start);
      if (end <= start) continue;
      const decoded = decodeWire(first ? rest.subarray(0, end) : Buffer.concat([wireHead(), rest.subarray(0, end)]));
      if (!decoded.ok) {
        yield decoded.problem;
        return;
      }
      for (let i = 0; i < decoded.payloads.length; i += BATCH) yield decoded.payloads.slice(i, i + BATCH);
      first = false;
      rest = Buffer.from(rest.subarray(end));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new Refused(`The file ${file} cannot be read (${String(error.code)}).`, { cause: error });
    throw error;
  }
  if (first) yield rest.length < WIRE_HEAD_BYTES ? 'wire-torn' : 'wire-head';
  else if (rest.length > 0) yield 'wire-torn';
}

/** Where the last whole record in `bytes` ends. A length that no record has ends the search: the decoder then says what is wrong. */
function endOfWhole(bytes: Buffer, from: number): number {
  let at = from;
  while (at + RECORD_HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length > MAX_RECORD_BYTES) return bytes.length;
    if (at + RECORD_HEAD_BYTES + length > bytes.length) break;
    at += RECORD_HEAD_BYTES + length;
  }
  return at;
}

/** A file carries no root key beside it: the founding commit names it. Compare it with the recovery kit. */
export async function rootOfFile(file: string): Promise<Uint8Array> {
  const crypto = new NodeCrypto();
  for await (const part of framesOf(file)) {
    if (typeof part === 'string') break;
    for (const payload of part) {
      const root = foundingRoot(payload, crypto);
      if (root !== undefined) return root;
    }
  }
  throw new Refused(`The file ${file} holds no founding of a hospital: it is damaged at its beginning, or not an export of Nirantar.`);
}

function foundingRoot(payload: Uint8Array, crypto: NodeCrypto): Uint8Array | undefined {
  const decoded = decodeCommit(payload, (bytes) => crypto.sha256(bytes));
  const body = decoded.ok && decoded.commit.body !== undefined ? parseBody(decoded.commit.body) : undefined;
  const founded = body?.events.find((event) => event.type === 'HospitalCreated')?.data;
  if (typeof founded !== 'object' || founded === null || !('rootKey' in founded) || typeof founded.rootKey !== 'string') return undefined;
  return fromBase64Url(founded.rootKey);
}
