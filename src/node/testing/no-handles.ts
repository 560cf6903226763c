// A process that runs out of file handles, asks for a file and a database, gets handles back and asks again.
// Usage: no-handles FOLDER, under `ulimit -n`. Prints one JSON line.
import fs from 'node:fs';
import path from 'node:path';
import { StorageFailure } from '#journal/ports/storage.ts';
import { NodeFiles } from '#node/storage/node-files.ts';
import { NodeSql } from '#node/storage/node-sql.ts';

const folder = process.argv[2] ?? '';
const database = path.join(folder, 'views.db');
const before = await NodeSql.open(database);
await before.sql.write([{ sql: 'CREATE TABLE t (a)' }, { sql: 'INSERT INTO t VALUES (1)' }]);
await before.sql.close();
const files = await NodeFiles.open(folder);
fs.writeFileSync(path.join(folder, 'a.seg'), 'kept');

const taken: number[] = [];
try {
  for (;;) taken.push(fs.openSync('/dev/null', 'r'));
} catch {
  // No handle is left: what we wanted.
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    if (error instanceof StorageFailure) return { code: error.code, failureClass: error.failureClass };
    throw error;
  }
}

const refused = { files: await failure(files.read('a.seg', 0, 10)), sql: await failure(NodeSql.open(database)) };
for (const fd of taken) fs.closeSync(fd);

const text = new TextDecoder().decode(await files.read('a.seg', 0, 10));
const after = await NodeSql.open(database);
const rows = (await after.sql.read('SELECT a FROM t')).length;
console.log(JSON.stringify({ ...refused, afterwards: { text, rows, rebuilt: after.rebuilt ?? null } }));
