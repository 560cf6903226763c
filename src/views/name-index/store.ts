// The name index in the desk's own SQLite: packs as they came, and beside them the rows that changed since. Not a view of
// documents: a desk holds documents of its scope only, and names of everybody. It can be thrown away and fetched again.
import type { Sql, SqlRow, SqlStatement } from '#journal/ports/storage.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { nameWords, soundKey } from '#kernel/shared/name-search.ts';
import type { NameRow } from './name-row.ts';
import { partsOf, phoneKey } from './name-row.ts';
import { PACK_FORMAT, RECORDS } from './pack.ts';
import type { PackHead, PackRecord } from './pack.ts';

/** `pack` is 1 or 2: a new one loads beside the one in use. `name_changed` rows stand before the pack's. */
const TABLES = [
  'CREATE TABLE IF NOT EXISTS name_pack (pack INTEGER NOT NULL, id INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (pack, id))',
  'CREATE TABLE IF NOT EXISTS name_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS name_changed (patient TEXT PRIMARY KEY, uhid TEXT NOT NULL, phone TEXT, json TEXT NOT NULL, stamp INTEGER NOT NULL, hub TEXT NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS name_changed_uhid ON name_changed (uhid)',
  'CREATE INDEX IF NOT EXISTS name_changed_phone ON name_changed (phone) WHERE phone IS NOT NULL',
  'CREATE TABLE IF NOT EXISTS name_changed_word (word TEXT NOT NULL, sound TEXT NOT NULL, patient TEXT NOT NULL, PRIMARY KEY (word, patient)) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS name_changed_sound ON name_changed_word (sound)',
];

export async function createNameIndex(sql: Sql): Promise<void> {
  await sql.write(TABLES.map((text) => ({ sql: text })));
}

/** A row that changed, with the time of the patient's last fact (milliseconds), so that an older picture never replaces a newer. */
export interface ChangedName {
  readonly row: NameRow;
  readonly stamp: number;
  /** Which hub told it, and its receipt number there; absent for what this desk registered itself. */
  readonly told?: { readonly hub: string; readonly n: number };
}

/** Adds and replaces single rows: what this desk registers, and what a hub tells since the pack. Older stamps are ignored. */
export async function applyNames(sql: Sql, changes: readonly ChangedName[]): Promise<void> {
  const newest = new Map<StreamId, ChangedName>();
  for (const change of changes) {
    const other = newest.get(change.row.patient);
    if (other === undefined || other.stamp <= change.stamp) newest.set(change.row.patient, change);
  }
  const held = new Map<string, number>();
  const ids = [...newest.keys()];
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500);
    for (const row of await sql.read(`SELECT patient, stamp FROM name_changed WHERE patient IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(some),
    ])) {
      held.set(String(row['patient']), Number(row['stamp']));
    }
  }
  const fresh = [...newest.values()].filter((change) => (held.get(change.row.patient) ?? -1) <= change.stamp);
  if (fresh.length === 0) return;
  const words = fresh.flatMap(({ row }) => searchWords(row).map((word) => [word, soundKey(word), row.patient]));
  await sql.write([
    {
      sql: 'DELETE FROM name_changed_word WHERE patient = ?',
      many: fresh.filter(({ row }) => held.has(row.patient)).map(({ row }) => [row.patient]),
    },
    {
      sql: 'INSERT OR REPLACE INTO name_changed (patient, uhid, phone, json, stamp, hub, told) VALUES (?, ?, ?, ?, ?, ?, ?)',
      many: fresh.map(({ row, stamp, told }) => [
        row.patient,
        row.uhid,
        row.phone === undefined ? null : (phoneKey(row.phone) ?? null),
        JSON.stringify(row),
        stamp,
        told?.hub ?? '',
        told?.n ?? 0,
      ]),
    },
    { sql: 'INSERT OR IGNORE INTO name_changed_word (word, sound, patient) VALUES (?, ?, ?)', many: words },
  ]);
}

function searchWords(row: NameRow): readonly string[] {
  // Part by part, as the pack's dictionary has them, so that both are found alike.
  return [...new Set([...partsOf(row.name), ...partsOf(row.nameHi ?? '')].flatMap((part) => nameWords(part)))];
}

export interface NameIndexState {
  /** 0 when there is none yet. */
  readonly pack: 0 | 1 | 2;
  readonly version: string;
  readonly rows: number;
  readonly loading: { readonly version: string; readonly records: number } | undefined;
}

async function value(sql: Sql, key: string): Promise<string | undefined> {
  const row = (await sql.read('SELECT value FROM name_state WHERE key = ?', [key]))[0];
  return row === undefined ? undefined : String(row['value']);
}

const setValue = (key: string, text: string): SqlStatement => ({
  sql: 'INSERT OR REPLACE INTO name_state (key, value) VALUES (?, ?)',
  params: [key, text],
});

export async function nameIndexState(sql: Sql): Promise<NameIndexState> {
  const active = Number((await value(sql, 'pack')) ?? 0);
  const pack = active === 1 || active === 2 ? active : 0;
  const head = pack === 0 ? undefined : await readHead(sql, pack);
  const version = await value(sql, 'loading');
  const records =
    version === undefined
      ? 0
      : Number((await sql.read('SELECT count(*) AS n FROM name_pack WHERE pack = ?', [otherPack(pack)]))[0]?.['n'] ?? 0);
  return { pack, version: head?.version ?? '', rows: head?.rows ?? 0, loading: version === undefined ? undefined : { version, records } };
}

function otherPack(pack: number): 1 | 2 {
  return pack === 1 ? 2 : 1;
}

export async function readHead(sql: Sql, pack: number): Promise<PackHead | undefined> {
  const row = (await sql.read('SELECT bytes FROM name_pack WHERE pack = ? AND id = ?', [pack, RECORDS.head]))[0];
  return row === undefined ? undefined : parseHead(bytesOf(row));
}

export function bytesOf(row: SqlRow): Uint8Array {
  const bytes = row['bytes'];
  if (!(bytes instanceof Uint8Array)) throw new TypeError('invariant: bytes is a blob');
  return bytes;
}

function parseHead(bytes: Uint8Array): PackHead {
  return JSON.parse(new TextDecoder().decode(bytes)) as PackHead; // written by buildNamePack
}

export type PackProgress = 'loading' | 'done' | 'newer-format' | 'incomplete';

/**
 * Stores one chunk of a pack. May be repeated and broken off: the pack in use stays in use until the new one is whole.
 * @returns `done` when the head came and all records are there: from then on the new pack is searched
 */
export async function applyPackChunk(sql: Sql, version: string, records: readonly PackRecord[]): Promise<PackProgress> {
  const { pack, loading } = await nameIndexState(sql);
  const target = otherPack(pack);
  const start: SqlStatement[] =
    loading?.version === version ? [] : [{ sql: 'DELETE FROM name_pack WHERE pack = ?', params: [target] }, setValue('loading', version)];
  await sql.write([
    ...start,
    {
      sql: 'INSERT OR REPLACE INTO name_pack (pack, id, bytes) VALUES (?, ?, ?)',
      many: records.map(({ id, bytes }) => [target, id, bytes]),
    },
  ]);
  const headRecord = records.find((record) => record.id === RECORDS.head);
  if (headRecord === undefined) return 'loading';
  const head = parseHead(headRecord.bytes);
  if (head.format !== PACK_FORMAT) return 'newer-format';
  const count = Number((await sql.read('SELECT count(*) AS n FROM name_pack WHERE pack = ?', [target]))[0]?.['n'] ?? 0);
  if (head.version !== version || count !== head.records + 1) return 'incomplete';
  await sql.write([
    setValue('pack', String(target)),
    { sql: "DELETE FROM name_state WHERE key = 'loading'" },
    { sql: 'DELETE FROM name_pack WHERE pack = ?', params: [pack] },
  ]);
  return 'done';
}

/** What a pack says of itself: who made it, up to which receipt number of that hub, and when (milliseconds). */
export interface PackOrigin {
  readonly hub: string;
  readonly n: number;
  readonly at: number;
}

/** Rows told by others than the pack's hub stay at least so long after: that hub may not have had them yet. */
const OTHERS_STAY_MS = 2 * 86_400_000;

/** Forgets the changed rows that the pack contains. Call it after `done`. */
export async function forgetChanges(sql: Sql, pack: PackOrigin): Promise<void> {
  const contained = '(hub = ? AND told <= ?) OR (hub <> ? AND stamp <= ?)';
  const params = [pack.hub, pack.n, pack.hub, pack.at - OTHERS_STAY_MS];
  await sql.write([
    { sql: `DELETE FROM name_changed_word WHERE patient IN (SELECT patient FROM name_changed WHERE ${contained})`, params },
    { sql: `DELETE FROM name_changed WHERE ${contained}`, params },
  ]);
}

/** A small fact that is kept with the index and lost with it: how far each hub's changes have been followed, which pack is in use. */
export async function readNote(sql: Sql, key: string): Promise<string | undefined> {
  return value(sql, `note ${key}`);
}

export async function writeNote(sql: Sql, key: string, text: string): Promise<void> {
  await sql.write([setValue(`note ${key}`, text)]);
}

/** The changed row of this patient, when there is one. */
export async function changedRow(sql: Sql, patient: StreamId): Promise<NameRow | undefined> {
  const row = (await sql.read('SELECT json FROM name_changed WHERE patient = ?', [patient]))[0];
  return row === undefined ? undefined : (JSON.parse(String(row['json'])) as NameRow); // written by applyNames
}

export async function changedCount(sql: Sql): Promise<number> {
  return Number((await sql.read('SELECT count(*) AS n FROM name_changed'))[0]?.['n'] ?? 0);
}
