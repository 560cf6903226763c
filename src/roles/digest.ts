// What two replicas compare: how many commits, the heads of all chains, all documents as they show and all view rows. It must not know where the SQL lies.
import { concatBytes, toBase64Url } from '#kernel/shared/bytes.ts';
import type { Sql, SqlRow, SqlValue } from '#journal/ports/storage.ts';
import type { View } from '#views/view.ts';
import { canonicalJson } from './replica/canonical-json.ts';
import type { Replica } from './replica/replica.ts';

/** Documents hashed at once, with their view rows: some megabytes. */
const PAGE = 2_000;
const DOCUMENTS = 'SELECT stream, unit, json, issues FROM documents WHERE stream > ? ORDER BY stream LIMIT ?';
const NUMBERS =
  'SELECT d.stream AS stream, x.number AS number FROM documents d JOIN numbers x ON x.doc = d.id WHERE d.stream > ? AND d.stream <= ?';
const LINKS =
  'SELECT d.stream AS stream, x.target AS target, x.rel AS rel FROM documents d JOIN links x ON x.doc = d.id WHERE d.stream > ? AND d.stream <= ?';
const text = new TextEncoder();

export interface Picture {
  /** Hash over all documents: equal at one version of the program when the same is held. */
  readonly documents: string;
  /** Hash over the rows of all views, and of numbers and links. Rows name their stream: row ids depend on arrival. */
  readonly views: string;
}

export interface Digest extends Picture {
  readonly commits: number;
  /** Hash over (epoch, seq, hash) of the head of each chain. */
  readonly heads: string;
}

export async function digestOf(replica: Replica): Promise<Digest> {
  const { crypto, storage } = replica.ports;
  const heads = [...replica.index.chains]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([epoch, chain]) => `${epoch} ${chain.headSeq} ${chain.headHash} ${chain.count}\n`);
  return {
    commits: replica.position.n,
    heads: toBase64Url(crypto.sha256(text.encode(heads.join('')))),
    ...(await pictureOf(storage.sql, replica.domain.views, crypto.sha256)),
  };
}

/** Whoever needs both figures of one moment calls this while nothing is written. */
export async function pictureOf(sql: Sql, views: readonly View[], sha256: (bytes: Uint8Array) => Uint8Array): Promise<Picture> {
  const documents = new Chained(sha256);
  const rows = new Chained(sha256);
  const queries = [NUMBERS, LINKS, ...views.map(rowsOf)];
  for (let after = ''; ;) {
    const page = await sql.read(DOCUMENTS, [after, PAGE]);
    const last = page.at(-1)?.['stream'];
    if (last === undefined) break;
    documents.add(page.map((row) => `${String(row['stream'])} ${String(row['unit'])} ${String(row['issues'])} ${String(row['json'])}\n`));
    for (const [i, query] of queries.entries()) {
      const found = await sql.read(query, [after, last]);
      rows.add(found.map((row) => `${i} ${rowText(row)}\n`).sort());
    }
    if (page.length < PAGE) break;
    after = String(last);
  }
  return { documents: documents.text, views: rows.text };
}

/** CROSS JOIN keeps SQLite to the order written: a range of documents, then their rows by the index on `doc` that each view has. */
function rowsOf(view: View): string {
  const columns = view.columns.map((column, i) => `v."${column}" AS c${i}`).join(', ');
  return `SELECT d.stream AS stream, ${columns} FROM documents d CROSS JOIN ${view.name} v ON v.doc = d.id WHERE d.stream > ? AND d.stream <= ?`;
}

function rowText(row: SqlRow): string {
  return canonicalJson(Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)])));
}

/** One text for one value, whichever SQLite handed it over. */
function plain(value: SqlValue): string | number | null {
  return value instanceof Uint8Array ? `bytes ${toBase64Url(value)}` : typeof value === 'bigint' ? Number(value) : value;
}

/** A hash over pages: each names the one before, so that nothing has to be held whole. */
class Chained {
  readonly #sha256: (bytes: Uint8Array) => Uint8Array;
  #hash: Uint8Array = new Uint8Array(32);

  constructor(sha256: (bytes: Uint8Array) => Uint8Array) {
    this.#sha256 = sha256;
  }

  add(lines: readonly string[]): void {
    if (lines.length > 0) this.#hash = this.#sha256(concatBytes(this.#hash, text.encode(lines.join(''))));
  }

  get text(): string {
    return toBase64Url(this.#hash);
  }
}
