// The patient's paper as a way of replication: which commits go on a sheet, and what a scanned sheet brings.
import { parseBody } from '#journal/body.ts';
import { commitRef, encodeCommit, type Commit } from '#journal/commit.ts';
import { SIGNATURE_BYTES } from '#journal/header.ts';
import { classifyScan, splitScans } from '#journal/paper/classify-scan.ts';
import { collectParts, forgetSet, NO_PARTS, type PartCollection } from '#journal/paper/collect-parts.ts';
import type { PaperKind } from '#journal/paper/limits.ts';
import { decodePayload, encodePaper, type PaperSheet } from '#journal/paper/payload.ts';
import { epochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { LocalNotes } from './local-notes.ts';
import type { Replica } from './replica/replica.ts';

export type Sheet = { readonly ok: true; readonly texts: readonly string[] } | { readonly ok: false; readonly rejection: Rejection };

export type Scanned =
  | { readonly ok: true; readonly kind: 'number'; readonly number: string }
  | { readonly ok: true; readonly kind: 'other'; readonly text: string }
  | {
      readonly ok: true;
      readonly kind: PaperKind | 'part';
      readonly part: number;
      readonly parts: number;
      readonly complete: boolean;
      /** Commits that are new here, and those that were here already. */
      readonly accepted: number;
      readonly known: number;
      /** Name of the device that signed, where it is known. */
      readonly from?: string;
      /** Streams that the sheet is about. */
      readonly streams: readonly StreamId[];
    }
  | { readonly ok: false; readonly rejection: Rejection };

const COMMITS_OF_STREAM = 'SELECT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.stream = ? ORDER BY s.n';
const STREAMS_OF_COMMIT = 'SELECT d.stream AS stream FROM stream_commits s JOIN documents d ON d.id = s.doc WHERE s.n = ?';

export class Paper {
  readonly #replica: Replica;
  readonly #notes: LocalNotes;
  #parts: PartCollection = NO_PARTS;

  constructor(replica: Replica, notes: LocalNotes) {
    this.#replica = replica;
    this.#notes = notes;
  }

  /** What tells this hospital's paper from another's: the id of its root key. */
  get hospital(): Uint8Array {
    return epochBytes(this.#replica.ports.crypto.sha256, this.#replica.root);
  }

  /**
   * The sheet's symbols for these streams, first ones first. When not all fits, the last streams are left out: what is
   * printed is always whole.
   */
  async sheet(kind: PaperKind, streams: readonly StreamId[]): Promise<Sheet> {
    for (let count = streams.length; count > 0; count -= 1) {
      const commits = await this.#commitsOf(streams.slice(0, count));
      const encoded = encodePaper(kind, this.hospital, this.#certificatesOf(commits), commits, this.#replica.ports.crypto.sha256);
      if (encoded.ok) return { ok: true, texts: encoded.texts };
      if (count === 1) return { ok: false, rejection: { code: encoded.code, facts: encoded.facts } };
    }
    return { ok: false, rejection: { code: 'paper-nothing', facts: {} } };
  }

  /** One scan, or several lines pasted at once; the answer is that of the last. */
  async scan(text: string): Promise<Scanned> {
    const lines = splitScans(text);
    let last: Scanned = { ok: true, kind: 'other', text: text.slice(0, 200) };
    for (const line of lines) {
      last = await this.#scanOne(line);
      if (!last.ok) return last;
    }
    return last;
  }

  async #scanOne(text: string): Promise<Scanned> {
    const scan = classifyScan(text);
    if (scan.kind === 'number') return { ok: true, kind: 'number', number: scan.digits };
    if (scan.kind === 'other') return { ok: true, kind: 'other', text: scan.text.slice(0, 200) };
    const { state, outcome } = collectParts(this.#parts, scan.text, this.#replica.ports.crypto.sha256);
    this.#parts = state;
    switch (outcome.status) {
      case 'refused':
        return refuse(outcome.code);
      case 'already':
        return { ok: true, kind: 'part', part: 0, parts: 0, complete: true, accepted: 0, known: 0, streams: [] };
      case 'more':
        return {
          ok: true,
          kind: 'part',
          part: outcome.total - outcome.missing.length,
          parts: outcome.total,
          complete: false,
          accepted: 0,
          known: 0,
          streams: [],
        };
      case 'complete': {
        const taken = await this.#take(outcome.payload);
        if (!taken.ok) this.#parts = forgetSet(this.#parts, outcome.set);
        return taken;
      }
      default:
        return outcome satisfies never;
    }
  }

  async #take(payload: Uint8Array): Promise<Scanned> {
    const decoded = decodePayload(payload, this.hospital, this.#replica.ports.crypto.sha256);
    if (!decoded.ok) return refuse(decoded.code);
    const { sheet } = decoded;
    for (const bytes of sheet.certificates) if (await this.#replica.trust.addCertificate(bytes)) await this.#notes.addCertificate(bytes);
    const problem = await this.#problem(sheet);
    if (problem !== undefined) return refuse(problem);
    const commits = sheet.runs.flatMap((run) =>
      run.commits.map((commit, i) => ({
        ...commit,
        signature: i === run.commits.length - 1 ? run.signature : new Uint8Array(SIGNATURE_BYTES),
      })),
    );
    const usable = commits.filter((commit) => commit.body !== undefined);
    const report = await this.#replica.ingest(usable.map(encodeCommit), { live: true });
    const refused = Object.keys(report.refused)[0];
    if (refused !== undefined) return refuse('paper-forged');
    await this.#notes.addArrival({
      refs: report.accepted.map((commit) => commitRef(commit.hash)),
      sheet: sheet.kind,
      at: this.#replica.ports.clock.now(),
    });
    const from = this.#signerName(sheet);
    const streams = await this.#streamsOf(commits);
    return {
      ok: true,
      kind: sheet.kind,
      part: 1,
      parts: 1,
      complete: true,
      accepted: report.accepted.length,
      known: report.duplicates,
      streams,
      ...(from === undefined ? {} : { from }),
    };
  }

  /** Who signed, and is it right? Asked before anything is stored, so that the person at the desk hears the reason. */
  async #problem(sheet: PaperSheet): Promise<string | undefined> {
    for (const run of sheet.runs) {
      const last = run.commits.at(-1);
      if (last === undefined) continue;
      const trust = this.#replica.trust.epoch(epochId(last.header.epoch));
      if (trust === undefined) return 'paper-signer-unknown';
      if (this.#replica.trust.isRevoked(trust.device)) return 'paper-signer-revoked';
      if (!(await this.#replica.ports.crypto.verify(trust.publicKey, run.signature, last.headerBytes))) return 'paper-forged';
    }
    return undefined;
  }

  #signerName(sheet: PaperSheet): string | undefined {
    const header = sheet.runs[0]?.commits[0]?.header;
    const trust = header === undefined ? undefined : this.#replica.trust.epoch(epochId(header.epoch));
    return trust === undefined ? undefined : this.#replica.trust.device(trust.device)?.name;
  }

  async #commitsOf(streams: readonly StreamId[]): Promise<readonly Commit[]> {
    const numbers = new Set<number>();
    for (const stream of streams)
      for (const row of await this.#replica.ports.storage.sql.read(COMMITS_OF_STREAM, [stream])) numbers.add(Number(row['n']));
    const commits: Commit[] = [];
    for (const commit of await this.#replica.commits([...numbers].sort((a, b) => a - b))) {
      if (onlyPrints(commit)) continue;
      commits.push(commit);
      // A commit whose own signature is not held goes with those that cover it.
      for (let cover = commit; !(await this.#replica.selfSigned(cover));) {
        const next = await this.#replica.successor(cover);
        if (next === undefined) break;
        commits.push(next);
        cover = next;
      }
    }
    return commits;
  }

  #certificatesOf(commits: readonly Commit[]): readonly Uint8Array[] {
    const certificates = new Map<string, Uint8Array>();
    for (const commit of commits) {
      const trust = this.#replica.trust.epoch(epochId(commit.header.epoch));
      const text = trust === undefined || trust.role !== 'desk' ? undefined : this.#replica.trust.device(trust.device)?.certificate;
      const bytes = text === undefined ? undefined : fromBase64Url(text);
      if (text !== undefined && bytes !== undefined) certificates.set(text, bytes);
    }
    return [...certificates.values()];
  }

  async #streamsOf(commits: readonly Pick<Commit, 'header' | 'hash'>[]): Promise<readonly StreamId[]> {
    const streams = new Set<StreamId>();
    for (const commit of commits) {
      for (const n of (await this.#replica.index.refsAt(epochId(commit.header.epoch), commit.header.seq)).map((found) => found.n)) {
        for (const row of await this.#replica.ports.storage.sql.read(STREAMS_OF_COMMIT, [n])) streams.add(row['stream'] as StreamId); // the column holds stream ids
      }
    }
    return [...streams];
  }
}

/** That a paper was printed before is nothing that the next paper must carry. */
function onlyPrints(commit: Commit): boolean {
  const events = commit.body === undefined ? undefined : parseBody(commit.body)?.events;
  return events !== undefined && events.length > 0 && events.every((event) => event.type.endsWith('PaperPrinted'));
}

function refuse(code: string): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection: { code, facts: {} } };
}
