// What is remembered of each hub between starts. Losing it costs traffic, never a commit.
import type { Sql } from '#journal/ports/storage.ts';
import { cursorSchema, type Cursor } from './protocol.ts';

export interface PeerRow {
  readonly device: string;
  /** Where to go on in the hub's receipt log. */
  readonly cursor: Cursor;
  /** Our own log up to this receipt number has been offered to it, or came from it. */
  readonly offered: number;
  /** Where the hub's log stood when it had taken in what we last pushed; absent before the first push. */
  readonly pushed?: Cursor;
  /** Highest seq of our current epoch that it said it holds. */
  readonly acknowledged: number;
  /** The scope (as text) whose units were all fetched from it; empty when not. */
  readonly scope: string;
}

/** Both places in the hub's log, as they lie in the table. */
const placesSchema = cursorSchema.extend({ pushed: cursorSchema.exactOptional() });
export const NEW_CURSOR: Cursor = { n: 0, receipt: '' };

export async function readPeer(sql: Sql, device: string): Promise<PeerRow> {
  const row = (await sql.read('SELECT cursor, offered, acknowledged, scope FROM peers WHERE device = ?', [device]))[0];
  if (row === undefined) return { device, cursor: NEW_CURSOR, offered: 0, acknowledged: 0, scope: '' };
  const places = placesSchema.safeParse(JSON.parse(String(row['cursor'])));
  return {
    device,
    cursor: places.success ? { n: places.data.n, receipt: places.data.receipt } : NEW_CURSOR,
    ...(places.success && places.data.pushed !== undefined ? { pushed: places.data.pushed } : {}),
    offered: Number(row['offered']),
    acknowledged: Number(row['acknowledged']),
    scope: String(row['scope']),
  };
}

export async function writePeer(sql: Sql, peer: PeerRow): Promise<void> {
  await sql.write([
    {
      sql: 'INSERT INTO peers(device, cursor, offered, acknowledged, scope) VALUES(?, ?, ?, ?, ?) ON CONFLICT(device) DO UPDATE SET cursor = excluded.cursor, offered = excluded.offered, acknowledged = excluded.acknowledged, scope = excluded.scope',
      params: [peer.device, JSON.stringify({ ...peer.cursor, pushed: peer.pushed }), peer.offered, peer.acknowledged, peer.scope],
    },
  ]);
}

/** Which of these units are not held whole yet. */
export async function uncovered(sql: Sql, units: readonly string[]): Promise<readonly string[]> {
  const out: string[] = [];
  for (const unit of units) if ((await sql.read('SELECT 1 AS yes FROM covered WHERE unit = ?', [unit])).length === 0) out.push(unit);
  return out;
}

export async function cover(sql: Sql, units: readonly string[]): Promise<void> {
  if (units.length > 0) await sql.write([{ sql: 'INSERT OR IGNORE INTO covered(unit) VALUES(?)', many: units.map((unit) => [unit]) }]);
}
