// A process that writes one numbered row per transaction and then says its number: what a test kills.
// Usage: sql-loop FILE DURABILITY
import { NodeSql } from '#node/storage/node-sql.ts';

const [, , file = '', durability] = process.argv;
const { sql } = await NodeSql.open(file, { durability: durability === 'process-safe' ? 'process-safe' : 'power-safe' });
await sql.write([{ sql: 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)' }]);
for (let number = 0; ; number += 1) {
  await sql.write([{ sql: 'INSERT INTO t VALUES (?, ?)', params: [number, 'x'.repeat(2_000)] }]);
  process.stdout.write(`${number}\n`);
}
