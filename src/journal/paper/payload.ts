// What a sheet says, as bytes: whose hospital, whose certificates, and runs of signed commits with nothing stored that can be recomputed.
// It checks form and hashes, never signatures: who may have signed is the business of trust.
import { deflateSync, inflateSync } from 'fflate';
import { concatBytes, equalBytes, toBase64Url } from '#kernel/shared/bytes.ts';
import { MAX_BODY_BYTES, type Commit } from '../commit.ts';
import { encodeHeader, HASH_BYTES, HEADER_FORMAT, ID_BYTES, MAX_SEQ, SIGNATURE_BYTES, type Header } from '../header.ts';
import type { Hlc } from '../hlc.ts';
import { DICTIONARIES, NEWEST_DICTIONARY } from './dictionary.ts';
import {
  MAX_BODIES_BYTES,
  MAX_CERTIFICATE_BYTES,
  MAX_CERTIFICATES,
  MAX_COMMITS,
  MAX_HOSPITAL_BYTES,
  MAX_PARTS,
  MAX_RUNS,
  PAPER_KINDS,
  type PaperKind,
} from './limits.ts';
import { partCount, splitParts, type Sha256 } from './parts.ts';
import { groupRuns, type PaperRun } from './runs.ts';
import { ByteReader, pushSigned, pushVarint } from './varint.ts';

const PAYLOAD_FORMAT = 1;

export interface PaperSheet {
  readonly kind: PaperKind;
  /** What tells this hospital's paper from another's: the caller's choice of 1 to 32 bytes. */
  readonly hospital: Uint8Array;
  /** Compact certificates of the devices that signed, as the caller encodes them. */
  readonly certificates: readonly Uint8Array[];
  readonly runs: readonly PaperRun[];
}

export type PaperProblem = 'paper-not-ours' | 'paper-foreign-hospital' | 'paper-damaged' | 'paper-newer-format' | 'paper-too-large';
export type EncodedPaper =
  | { readonly ok: true; readonly texts: readonly string[]; readonly payloadBytes: number }
  | { readonly ok: false; readonly code: 'paper-too-large'; readonly facts: { readonly parts: number; readonly most: number } };

/** The texts of the sheet's QR symbols. The commits may come in any order, and twice; each must carry its signature. */
export function encodePaper(
  kind: PaperKind,
  hospital: Uint8Array,
  certificates: readonly Uint8Array[],
  commits: readonly Commit[],
  sha256: Sha256,
): EncodedPaper {
  const most = MAX_PARTS[kind];
  const runs = groupRuns(commits);
  const bodies = commits.reduce((sum, commit) => sum + (commit.body?.length ?? 0), 0);
  const certificateBytes = certificates.reduce((sum, certificate) => Math.max(sum, certificate.length), 0);
  const within =
    commits.length <= MAX_COMMITS &&
    runs.length <= MAX_RUNS &&
    bodies <= MAX_BODIES_BYTES &&
    certificates.length <= MAX_CERTIFICATES &&
    certificateBytes <= MAX_CERTIFICATE_BYTES;
  if (!within) return { ok: false, code: 'paper-too-large', facts: { parts: most + 1, most } };
  const payload = encodePayload({ kind, hospital, certificates, runs });
  const parts = partCount(payload.length);
  if (parts > most) return { ok: false, code: 'paper-too-large', facts: { parts, most } };
  return { ok: true, texts: splitParts(payload, sha256), payloadBytes: payload.length };
}

/** Format, kind, dictionary, hospital, certificates, runs, then all bodies deflated as one. */
export function encodePayload(sheet: PaperSheet): Uint8Array {
  const out: number[] = [PAYLOAD_FORMAT, PAPER_KINDS[sheet.kind], NEWEST_DICTIONARY];
  if (sheet.hospital.length < 1 || sheet.hospital.length > MAX_HOSPITAL_BYTES)
    throw new RangeError('invariant: a hospital id has 1 to 32 bytes');
  pushVarint(out, sheet.hospital.length);
  out.push(...sheet.hospital);
  pushVarint(out, sheet.certificates.length);
  for (const certificate of sheet.certificates) {
    pushVarint(out, certificate.length);
    out.push(...certificate);
  }
  pushVarint(out, sheet.runs.length);
  const chains: string[] = [];
  const bodies: Uint8Array[] = [];
  for (const run of sheet.runs) pushRun(out, run, chains, bodies);
  const dictionary = DICTIONARIES.get(NEWEST_DICTIONARY)!; // the newest is in the table
  return concatBytes(Uint8Array.from(out), deflateSync(concatBytes(...bodies), { level: 9, mem: 8, dictionary }));
}

function pushRun(out: number[], run: PaperRun, chains: string[], bodies: Uint8Array[]): void {
  const first = run.commits[0]?.header;
  if (first === undefined || first.format !== HEADER_FORMAT) throw new RangeError('invariant: a run has commits of a known format');
  const chain = toBase64Url(concatBytes(first.device, first.epoch));
  const known = chains.indexOf(chain);
  pushVarint(out, known + 1);
  if (known < 0) {
    chains.push(chain);
    out.push(...first.device, ...first.epoch);
  }
  pushVarint(out, first.seq);
  const begins = first.previous.every((byte) => byte === 0);
  out.push(begins ? 0 : 1);
  if (!begins) out.push(...first.previous);
  pushVarint(out, run.commits.length);
  let last: Hlc = { ms: 0, counter: 0 };
  for (const commit of run.commits) {
    pushSigned(out, commit.header.hlc.ms - last.ms);
    pushVarint(out, commit.header.hlc.counter);
    last = commit.header.hlc;
    // 0 says: the body is not here (erased, or left out to bridge a gap for less than a signature), and its hash follows.
    pushVarint(out, commit.body === undefined ? 0 : commit.body.length + 1);
    if (commit.body === undefined) out.push(...commit.header.bodyHash);
    else bodies.push(commit.body);
  }
  out.push(...run.signature);
}

export type DecodedPaper = { readonly ok: true; readonly sheet: PaperSheet } | { readonly ok: false; readonly code: PaperProblem };
const no = (code: PaperProblem): DecodedPaper => ({ ok: false, code });

interface RawCommit {
  readonly hlc: Hlc;
  /** Undefined where only the hash is on the paper. */
  readonly bodyBytes: number | undefined;
  readonly bodyHash: Uint8Array | undefined;
}
interface RawRun {
  readonly device: Uint8Array;
  readonly epoch: Uint8Array;
  readonly seq: number;
  readonly previous: Uint8Array;
  readonly commits: readonly RawCommit[];
  readonly signature: Uint8Array;
}

/** The sheet in a payload that `collectParts` completed. Total: any bytes give a sheet or a code. */
export function decodePayload(payload: Uint8Array, hospital: Uint8Array, sha256: Sha256): DecodedPaper {
  const reader = new ByteReader(payload);
  const format = reader.byte();
  if (format !== PAYLOAD_FORMAT) return no(format > PAYLOAD_FORMAT ? 'paper-newer-format' : 'paper-damaged');
  const kindNumber = reader.byte();
  const dictionaryNumber = reader.byte();
  const theirs = reader.take(reader.varint(MAX_HOSPITAL_BYTES));
  if (reader.failed || theirs.length === 0) return no('paper-damaged');
  // Asked before anything else is read: another hospital's paper is refused for what it is, whatever else is in it.
  if (!equalBytes(theirs, hospital)) return no('paper-foreign-hospital');
  const kind = kindOf(kindNumber);
  const dictionary = DICTIONARIES.get(dictionaryNumber);
  if (kind === undefined || dictionary === undefined) return no('paper-newer-format');

  const certificates: Uint8Array[] = [];
  const certificateCount = reader.varint(MAX_CERTIFICATES);
  for (let i = 0; i < certificateCount && !reader.failed; i += 1) certificates.push(reader.take(reader.varint(MAX_CERTIFICATE_BYTES)));
  const runs = readRuns(reader);
  const deflated = reader.rest();
  if (reader.failed || runs === undefined) return no('paper-damaged');
  const total = runs.flatMap((run) => run.commits).reduce((sum, commit) => sum + (commit.bodyBytes ?? 0), 0);
  if (total > MAX_BODIES_BYTES) return no('paper-too-large');
  const bodies = inflate(deflated, total, dictionary);
  if (bodies === undefined) return no('paper-damaged');
  return { ok: true, sheet: { kind, hospital: theirs, certificates, runs: rebuild(runs, bodies, sha256) } };
}

function kindOf(number: number): PaperKind | undefined {
  const entry = Object.entries(PAPER_KINDS).find(([, value]) => value === number);
  return entry?.[0] as PaperKind | undefined; // a key of the table
}

function readRuns(reader: ByteReader): readonly RawRun[] | undefined {
  const runs: RawRun[] = [];
  const chains: { readonly device: Uint8Array; readonly epoch: Uint8Array }[] = [];
  const runCount = reader.varint(MAX_RUNS);
  let left = MAX_COMMITS;
  for (let i = 0; i < runCount && !reader.failed; i += 1) {
    const known = reader.varint(chains.length);
    if (known === 0) chains.push({ device: reader.take(ID_BYTES), epoch: reader.take(ID_BYTES) });
    const chain = chains[known === 0 ? chains.length - 1 : known - 1]!; // known is at most chains.length
    const seq = reader.varint(MAX_SEQ);
    const flag = reader.byte();
    const previous = flag === 1 ? reader.take(HASH_BYTES) : new Uint8Array(HASH_BYTES);
    const count = reader.varint(left);
    if (reader.failed || flag > 1 || seq < 1 || count < 1 || seq + count - 1 > MAX_SEQ) return undefined;
    left -= count;
    const commits = readCommits(reader, count);
    const signature = reader.take(SIGNATURE_BYTES);
    if (commits === undefined || reader.failed) return undefined;
    runs.push({ ...chain, seq, previous, commits, signature });
  }
  return reader.failed ? undefined : runs;
}

const MAX_HLC_MS = 2 ** 48 - 1;
const MAX_COUNTER = 0xffff;

function readCommits(reader: ByteReader, count: number): readonly RawCommit[] | undefined {
  const commits: RawCommit[] = [];
  let ms = 0;
  for (let i = 0; i < count && !reader.failed; i += 1) {
    ms += reader.signed();
    const counter = reader.varint(MAX_COUNTER);
    if (ms < 0 || ms > MAX_HLC_MS) return undefined;
    const length = reader.varint(MAX_BODY_BYTES + 1);
    const absent = length === 0;
    commits.push({
      hlc: { ms, counter },
      bodyBytes: absent ? undefined : length - 1,
      bodyHash: absent ? reader.take(HASH_BYTES) : undefined,
    });
  }
  return reader.failed ? undefined : commits;
}

/** Exactly `total` bytes, or undefined. Never takes more memory than one byte beyond what the sheet announced. */
function inflate(deflated: Uint8Array, total: number, dictionary: Uint8Array): Uint8Array | undefined {
  try {
    // With `out` given, fflate writes into it and nowhere else; the byte in excess shows a stream that goes on.
    const out = inflateSync(deflated, { dictionary, out: new Uint8Array(total + 1) });
    return out.length === total ? out.slice(0, total) : undefined;
  } catch {
    return undefined; // not a deflate stream
  }
}

function rebuild(runs: readonly RawRun[], bodies: Uint8Array, sha256: Sha256): readonly PaperRun[] {
  let at = 0;
  return runs.map((run) => {
    let previous = run.previous;
    const commits = run.commits.map((raw, index) => {
      const body = raw.bodyBytes === undefined ? undefined : bodies.slice(at, at + raw.bodyBytes);
      at += raw.bodyBytes ?? 0;
      const bodyHash = raw.bodyHash ?? sha256(body!); // without a hash there is a body
      const header: Header = {
        format: HEADER_FORMAT,
        device: run.device,
        epoch: run.epoch,
        seq: run.seq + index,
        previous,
        hlc: raw.hlc,
        bodyHash,
      };
      const headerBytes = encodeHeader(header);
      const hash = sha256(headerBytes);
      previous = hash;
      return { header, headerBytes, hash, body };
    });
    return { commits, signature: run.signature };
  });
}
