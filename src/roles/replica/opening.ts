// What is on the disk becomes the parts of a replica: a torn tail is cut, the index catches up with the journal, a database that is
// not ours, or knows of more than the journal, starts over. The journal is the truth.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import { commitRef, decodeCommit, type Commit } from '#journal/commit.ts';
import { HASH_BYTES } from '#journal/header.ts';
import { StorageFailure, type Sql, type SqlStatement } from '#journal/ports/storage.ts';
import { refuseNewer, SegmentLog, type Place } from '#journal/segment-log.ts';
import { DocumentStore } from './document-store.ts';
import { Evidence } from './evidence.ts';
import { IndexStore, placeIn, refIn, type Position } from './index-store.ts';
import type { Domain, ReplicaPorts } from './ports.ts';
import { REPLICA_DDL, SCHEMA_VERSION, SQL } from './schema.ts';
import { StoredCommits } from './stored-commits.ts';
import { TrustIndex } from './trust-index.ts';

/** Commits that the index takes in at once while it catches up. */
const CATCH_UP = 5000;

export interface ReplicaNotes {
  readonly tornBytes: number;
  readonly damaged: readonly Place[];
  readonly rebuilt: boolean;
}

export interface Parts {
  readonly log: SegmentLog;
  readonly index: IndexStore;
  readonly documents: DocumentStore;
  readonly trust: TrustIndex;
  readonly evidence: Evidence;
  readonly stored: StoredCommits;
  /** Last receipt number that documents and views show. */
  readonly applied: number;
  /** Events were being judged again when the last run ended. */
  readonly rejudge: boolean;
  readonly notes: ReplicaNotes;
}

/** @param before trust of an earlier opening: what came on paper is in no database */
export async function openParts(
  ports: ReplicaPorts,
  domain: Domain,
  root: Uint8Array,
  before: TrustIndex | undefined,
  startedOver: boolean,
): Promise<Parts> {
  const { storage, crypto } = ports;
  const { sql } = storage;
  // First: the database of a newer program is not cleared by one that must not go on anyway.
  await refuseNewer(storage.files);
  const { position, applied, rejudge, cleared } = await openDatabase(sql, domain);
  const index = await IndexStore.open(sql, crypto.sha256, position);
  if (await databaseIsAhead(ports, index, position)) {
    await sql.clear();
    return openParts(ports, domain, root, before, true);
  }
  const evidence = await Evidence.open(storage.files, storage.sealer);
  const documents = await DocumentStore.open(sql, domain);
  const trust = new TrustIndex(
    root,
    domain,
    { all: (type) => documents.all(type).map((entry) => entry.document), one: (stream) => documents.trusted(stream)?.document },
    crypto,
  );
  if (before !== undefined) trust.keepPaper(before.onPaper);
  await notePositions(sql, domain, index, trust);
  const opened = await catchUp(ports, index, position);
  const stored = new StoredCommits(opened.log, index, trust, crypto, sql);
  const notes = { tornBytes: opened.cutBytes, damaged: opened.damaged, rebuilt: cleared || startedOver };
  return { log: opened.log, index, documents, trust, evidence, stored, applied, rejudge, notes };
}

/** Where the index stands, as the database remembers it. */
export function positionStatement({ n, segment, offset, receipt }: Position): SqlStatement {
  return { sql: SQL.metaSet, params: ['position', JSON.stringify({ n, segment, offset, receipt: toBase64Url(receipt) })] };
}

async function openDatabase(
  sql: Sql,
  domain: Domain,
): Promise<{ readonly position: Position; readonly applied: number; readonly rejudge: boolean; readonly cleared: boolean }> {
  const views = domain.views.map((view) => `${view.name}:${view.version}`).sort();
  const version = `${SCHEMA_VERSION} ${views.join(' ')}`;
  const meta = await readMeta(sql);
  const stored = meta.get('version');
  const cleared = stored !== undefined && stored !== version;
  if (stored !== version) {
    if (cleared) await sql.clear();
    await sql.write([...REPLICA_DDL, ...domain.views.flatMap((view) => view.ddl)].map((text) => ({ sql: text })));
    await sql.write([{ sql: SQL.metaSet, params: ['version', version] }]);
    meta.clear();
  }
  const start: Position = { n: 0, segment: 1, offset: 0, receipt: new Uint8Array(HASH_BYTES) };
  const text = meta.get('position');
  if (text === undefined) return { position: start, applied: 0, rejudge: false, cleared };
  const parsed = JSON.parse(text) as { n: number; segment: number; offset: number; receipt: string }; // written by positionStatement
  const position = { ...parsed, receipt: fromBase64Url(parsed.receipt) ?? start.receipt };
  return { position, applied: Number(meta.get('applied') ?? 0), rejudge: meta.get('rejudge') === '1', cleared };
}

async function readMeta(sql: Sql): Promise<Map<string, string>> {
  try {
    return new Map((await sql.read(SQL.metaAll)).map((row) => [String(row['key']), String(row['value'])]));
  } catch {
    return new Map(); // no such table: a new database
  }
}

/**
 * Does the database name a last commit that the journal has not got? So it is after a disk that lied about syncing, and
 * when only one of the two was restored.
 */
async function databaseIsAhead({ storage, crypto }: ReplicaPorts, index: IndexStore, position: Position): Promise<boolean> {
  if (position.n === 0) return false;
  const run = await index.runAt(position.n);
  if (run === undefined) return true;
  const { log } = await SegmentLog.open(storage.files, {}, { segment: Number.MAX_SAFE_INTEGER, offset: 0 }, () => undefined); // reads no record
  try {
    const decoded = decodeCommit(await log.read(placeIn(run, position.n)), crypto.sha256);
    return !decoded.ok || commitRef(decoded.commit.hash) !== refIn(run, position.n);
  } catch (error) {
    if (error instanceof StorageFailure && error.failureClass === 'permanent') return true;
    throw error;
  }
}

/** Where the commits of trust streams stand, from what is applied already; new ones are noted as they come. */
async function notePositions(sql: Sql, domain: Domain, index: IndexStore, trust: TrustIndex): Promise<void> {
  for (const definition of domain.streams.values()) {
    if (!definition.trust) continue;
    for (const row of await sql.read(SQL.commitsOfType, [definition.type])) {
      const n = Number(row['n']);
      const run = await index.runAt(n);
      if (run !== undefined) trust.note(refIn(run, n), run.epoch, run.seq0 + n - run.n0);
    }
  }
}

/** The index catches up with what the log holds beyond its position. */
async function catchUp(
  { storage, crypto }: ReplicaPorts,
  index: IndexStore,
  position: Position,
): Promise<{ readonly log: SegmentLog; readonly cutBytes: number; readonly damaged: readonly Place[] }> {
  let commits: Commit[] = [];
  let places: Place[] = [];
  const flush = async (end: { segment: number; offset: number }): Promise<void> => {
    if (commits.length === 0) return;
    const statements = await index.add(commits, places, end);
    await storage.sql.write([...statements, positionStatement(index.position)]);
    commits = [];
    places = [];
  };
  const opened = await SegmentLog.open(storage.files, { sealer: storage.sealer }, position, async (payload, place) => {
    const decoded = decodeCommit(payload, crypto.sha256);
    if (!decoded.ok) return; // damage that a CRC did not see stays in the log and is reported by verify
    commits.push(decoded.commit);
    places.push(place);
    if (commits.length >= CATCH_UP) await flush({ segment: place.segment, offset: place.offset + place.length });
  });
  await flush(opened.log.end);
  return opened;
}
