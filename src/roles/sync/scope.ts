// Which commits a scoped desk gets: all trust streams, and whole patients that its departments saw lately.
import type { DepartmentState } from '#kernel/department/department.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { DAY_MS } from '#kernel/shared/time.ts';
import { decodeCommit } from '#journal/commit.ts';
import type { Replica } from '../replica/replica.ts';
import type { SqlRow } from '#journal/ports/storage.ts';
import { MAX_UNITS, type Scope } from './protocol.ts';

/** Units of the streams that these commits touch; trust streams belong to none. */
const UNITS_OF =
  'SELECT s.n AS n, d.unit AS unit FROM json_each(?) wanted JOIN stream_commits s ON s.n = wanted.value JOIN documents d ON d.id = s.doc';
const UNIT_IN_DEPARTMENT =
  "SELECT 1 AS yes FROM documents d WHERE d.unit = ? AND d.type = 'visit' AND json_extract(d.json, '$.state.department') = ? LIMIT 1";
const FIRST_OF_UNIT = 'SELECT min(s.n) AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.unit = ?';
const COMMITS_OF_UNIT = 'SELECT DISTINCT s.n AS n FROM documents d JOIN stream_commits s ON s.doc = d.id WHERE d.unit = ? ORDER BY s.n';
/** Units by their newest commit, newest first: a desk that is new gets today's patients before those of last month. */
const UNITS_BEFORE =
  "SELECT d.id AS id, d.unit AS unit, d.updated AS updated FROM documents d WHERE d.updated <= ? AND (d.updated < ? OR d.id < ?) AND d.unit IS NOT NULL AND d.unit NOT LIKE 'access/%' AND NOT EXISTS (SELECT 1 FROM documents e WHERE e.unit = d.unit AND (e.updated > d.updated OR (e.updated = d.updated AND e.id > d.id))) ORDER BY d.updated DESC, d.id DESC LIMIT ?";
const TRUST_COMMITS =
  'SELECT DISTINCT s.n AS n FROM documents d CROSS JOIN stream_commits s ON s.doc = d.id WHERE d.unit IS NULL ORDER BY s.n';

/** Who looked at what is a unit of its own, and for hubs only. */
export const isAccessLog = (unit: string): boolean => unit.startsWith('access/');

/** Of these receipt numbers, those in scope: what touches a trust stream, and what touches a unit of the desk's departments. */
export async function scopedNumbers(
  replica: Replica,
  numbers: readonly number[],
  scope: Extract<Scope, { kind: 'desk' }>,
): Promise<readonly number[]> {
  if (numbers.length === 0) return numbers;
  const inScope = new Set<number>();
  const verdicts = new Map<string, boolean>();
  for (const row of await unitRows(replica, numbers)) {
    const unit = row.unit;
    if (unit === null) {
      inScope.add(row.n);
      continue;
    }
    let verdict = verdicts.get(unit);
    if (verdict === undefined) {
      verdict = !isAccessLog(unit) && (await unitServed(replica, unit, scope.departments));
      verdicts.set(unit, verdict);
    }
    if (verdict) inScope.add(row.n);
  }
  return numbers.filter((n) => inScope.has(n));
}

export async function unitsOfNumbers(replica: Replica, numbers: readonly number[]): Promise<readonly string[]> {
  const units = new Set<string>();
  for (const row of await unitRows(replica, numbers)) if (row.unit !== null && !isAccessLog(row.unit)) units.add(row.unit);
  return [...units];
}

/**
 * Of these units, those that began after `n`: a peer that has followed the log up to there will have all of them.
 * @param only when given, nothing but these numbers may belong to such a unit
 */
export async function wholeUnits(
  replica: Replica,
  units: readonly string[],
  n: number,
  only?: ReadonlySet<number>,
): Promise<readonly string[]> {
  const out: string[] = [];
  for (const unit of units) {
    // A unit that began long ago may have many commits, and the first is enough to know.
    const first = await replica.ports.storage.sql.read(FIRST_OF_UNIT, [unit]);
    if (Number(first[0]?.['n'] ?? 0) <= n) continue;
    if (only === undefined || (await numbersOfUnit(replica, unit)).every((one) => only.has(one))) out.push(unit);
  }
  return out;
}

/** A unit, and where the next page goes on after it. */
export interface UnitAt {
  readonly unit: string;
  readonly at: string;
}

const placeOf = (row: SqlRow): string => `${Number(row['updated'])}.${Number(row['id'])}`;

/** One page of the units in scope, newest first; `next` goes on. What changes meanwhile comes with the log. */
export async function unitsInScope(
  replica: Replica,
  scope: Scope,
  after: string | undefined,
  nowMs: number,
): Promise<{ readonly units: readonly UnitAt[]; readonly next: string | null }> {
  const oldest = scope.kind === 'desk' ? nowMs - scope.days * DAY_MS : 0;
  const [updated, id] = after === undefined ? [Number.MAX_SAFE_INTEGER, 0] : after.split('.').map(Number);
  const rows = await replica.ports.storage.sql.read(UNITS_BEFORE, [updated ?? 0, updated ?? 0, id ?? 0, MAX_UNITS]);
  const units: UnitAt[] = [];
  for (const row of rows) {
    const unit = String(row['unit']);
    if (scope.kind === 'desk') {
      if ((await writtenAt(replica, Number(row['updated']))) < oldest) continue;
      if (scope.departments.length > 0 && !(await unitServed(replica, unit, scope.departments))) continue;
    }
    units.push({ unit, at: placeOf(row) });
  }
  const last = rows.at(-1);
  return { units, next: rows.length === MAX_UNITS && last !== undefined ? placeOf(last) : null };
}

const MOVED =
  'SELECT DISTINCT s.n AS n FROM unit_changes c JOIN stream_commits s ON s.doc = c.doc WHERE c.n > ? AND c.n <= ? AND s.n <= ? ORDER BY s.n';

/**
 * Numbers up to `from` of documents that came to belong to another unit after it, up to `to`: an order that arrives after its tube,
 * a tube that is linked to its patient later. Whoever followed the log past them has not got them, because nobody knew whose they were.
 */
export async function movedNumbers(replica: Replica, from: number, to: number): Promise<readonly number[]> {
  return (await replica.ports.storage.sql.read(MOVED, [from, to, from])).map((row) => Number(row['n']));
}

/** When a commit was written by its own clock; one that the disk no longer gives counts as new, so that nothing is held back for it. */
async function writtenAt(replica: Replica, n: number): Promise<number> {
  const payload = (await replica.readable([n]))[0];
  const decoded = payload === undefined ? undefined : decodeCommit(payload, replica.ports.crypto.sha256);
  return decoded?.ok === true ? decoded.commit.header.hlc.ms : Number.POSITIVE_INFINITY;
}

export async function numbersOfUnit(replica: Replica, unit: string): Promise<readonly number[]> {
  return (await replica.ports.storage.sql.read(COMMITS_OF_UNIT, [unit])).map((row) => Number(row['n']));
}

/** Everything that belongs to no unit: certificates, users, roles, catalogue. Every desk holds it all. */
export async function trustNumbers(replica: Replica): Promise<readonly number[]> {
  return (await replica.ports.storage.sql.read(TRUST_COMMITS)).map((row) => Number(row['n']));
}

async function unitServed(replica: Replica, unit: string, departments: readonly string[]): Promise<boolean> {
  if (departments.length === 0) return true;
  for (const stream of departments) {
    const code = (await replica.document<DepartmentState>(stream as StreamId))?.state.department?.code; // one that is no stream is not found
    if (code !== undefined && (await replica.ports.storage.sql.read(UNIT_IN_DEPARTMENT, [unit, code])).length > 0) return true;
  }
  return false;
}

async function unitRows(
  replica: Replica,
  numbers: readonly number[],
): Promise<readonly { readonly n: number; readonly unit: string | null }[]> {
  if (numbers.length === 0) return [];
  const rows = await replica.ports.storage.sql.read(UNITS_OF, [JSON.stringify(numbers)]);
  return rows.map((row) => ({ n: Number(row['n']), unit: row['unit'] === null ? null : String(row['unit']) }));
}
