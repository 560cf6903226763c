// The picture that a replica shows, as text: every document and every row of every view, in an order that does not depend on arrival.
import type { Sql } from '#journal/ports/storage.ts';
import type { Domain } from '#roles/replica/ports.ts';

const DOCUMENTS = 'SELECT stream, unit, json, issues FROM documents ORDER BY stream';
const NUMBERS = 'SELECT x.number AS number, d.stream AS stream FROM numbers x JOIN documents d ON d.id = x.doc ORDER BY 1, 2';
const LINKS = 'SELECT x.target AS target, x.rel AS rel, d.stream AS stream FROM links x JOIN documents d ON d.id = x.doc ORDER BY 1, 2, 3';

export async function digestOf(sql: Sql, domain: Domain): Promise<string> {
  const out: string[] = [];
  out.push([...(await documentsOf(sql))].map(([stream, text]) => `${stream} ${text}`).join('\n'));
  for (const query of [NUMBERS, LINKS]) out.push(JSON.stringify(await sql.read(query)));
  for (const view of domain.views) {
    const columns = view.columns.map((column) => `v.${column}`).join(', ');
    const rows = await sql.read(`SELECT d.stream AS stream, ${columns} FROM ${view.name} v JOIN documents d ON d.id = v.doc`);
    out.push(JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()));
  }
  return out.join('\n');
}

/** Documents alone, by stream: to compare what two replicas hold of the same patient. */
export async function documentsOf(sql: Sql): Promise<ReadonlyMap<string, string>> {
  return new Map((await sql.read(DOCUMENTS)).map((row) => [String(row['stream']), `${String(row['unit'])} ${String(row['json'])}`]));
}
