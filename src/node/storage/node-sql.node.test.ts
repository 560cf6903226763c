// The promises of the Sql port on real SQLite: all or nothing, and damage is set aside instead of erased or believed.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { runChild } from '#node/testing/child.ts';
import { canMount, smallDisk } from '#node/testing/disks.ts';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { NodeSql, type NodeSqlOptions } from './node-sql.ts';

const CREATE = { sql: 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB, d REAL)' };
const INSERT = 'INSERT INTO t VALUES (?, ?, ?, ?)';

async function opened(file: string, options: NodeSqlOptions = {}): Promise<NodeSql> {
  const { sql, rebuilt } = await NodeSql.open(file, options);
  expect(rebuilt).toBeUndefined();
  return sql;
}

describe('write and read', () => {
  test('statements run in order in one transaction and give their rows', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    const rows = await sql.write([
      CREATE,
      {
        sql: INSERT,
        many: [
          [1, 'एक', new Uint8Array([1, 2]), 1.5],
          [2, null, null, null],
        ],
      },
      { sql: 'SELECT a, b FROM t WHERE a >= ? ORDER BY a', params: [1] },
      { sql: 'UPDATE t SET b = ? WHERE a = 2 RETURNING a, b', params: ['दो'] },
    ]);
    expect(rows).toEqual([
      [],
      [],
      [
        { a: 1, b: 'एक' },
        { a: 2, b: null },
      ],
      [{ a: 2, b: 'दो' }],
    ]);
    const [first] = await sql.read('SELECT * FROM t WHERE a = ?', [1]);
    expect(first).toMatchObject({ a: 1, b: 'एक', d: 1.5 });
    expect(new Uint8Array(first?.['c'] as Uint8Array)).toEqual(new Uint8Array([1, 2])); // the column is a blob
    await sql.close();
  });

  test('a failing statement takes the whole transaction with it, and the next one works', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    await sql.write([CREATE]);
    await expect(
      sql.write([
        {
          sql: INSERT,
          many: [
            [1, null, null, null],
            [1, null, null, null],
          ],
        },
      ]),
    ).rejects.toThrow('UNIQUE');
    expect(await sql.read('SELECT * FROM t')).toEqual([]);
    await sql.write([{ sql: INSERT, params: [1, null, null, null] }]);
    expect(await sql.read('SELECT a FROM t')).toEqual([{ a: 1 }]);
    await sql.close();
  });

  test('it has full-text search, and more statement texts than stay prepared', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    await sql.write([{ sql: 'CREATE VIRTUAL TABLE f USING fts5 (x)' }, { sql: 'INSERT INTO f VALUES (?)', params: ['सुनीता devi'] }]);
    expect(await sql.read('SELECT x FROM f WHERE f MATCH ?', ['devi'])).toHaveLength(1);
    for (let i = 0; i < 700; i += 1) expect(await sql.read(`SELECT ${i} AS i`)).toEqual([{ i }]);
    expect(await sql.read('SELECT 0 AS i')).toEqual([{ i: 0 }]);
    await sql.close();
  });

  test('clear starts empty and size counts the log', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    await sql.write([CREATE, { sql: INSERT, params: [1, 'x'.repeat(100_000), null, null] }]);
    expect(await sql.sizeBytes()).toBeGreaterThan(100_000);
    await sql.clear();
    await expect(sql.read('SELECT * FROM t')).rejects.toThrow('no such table');
    await sql.write([CREATE]);
    await sql.close();
    await expect(sql.read('SELECT 1')).rejects.toThrow(StorageFailure);
  });
});

describe('encryption at rest', () => {
  const key = new Uint8Array(32).fill(7);

  test('with a key nothing lies in clear text, and the same key opens it', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'), { key });
    await sql.write([CREATE, { sql: INSERT, params: [1, 'platelets 12', null, null] }]);
    for (const name of fs.readdirSync(folder.path)) expect(fs.readFileSync(folder.file(name)).includes('platelets')).toBe(false);
    await sql.close();
    const again = await opened(folder.file('v.db'), { key });
    expect(await again.read('SELECT b FROM t')).toEqual([{ b: 'platelets 12' }]);
    await again.close();
  });

  test('under a wrong key it is set aside, not erased', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'), { key });
    await sql.write([CREATE]);
    await sql.close();
    const other = await NodeSql.open(folder.file('v.db'), { key: new Uint8Array(32).fill(8) });
    expect(other.rebuilt).toContain('damaged');
    await other.sql.close();
    fs.renameSync(folder.file('v.db.damaged'), folder.file('old.db'));
    const back = await opened(folder.file('old.db'), { key });
    expect(await back.read('SELECT * FROM t')).toEqual([]);
    await back.close();
  });
});

describe('what goes wrong', () => {
  test('a file that is no database is set aside, and the caller is told to rebuild', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('v.db'), Buffer.alloc(8192, 7));
    const { sql, rebuilt } = await NodeSql.open(folder.file('v.db'));
    expect(rebuilt).toContain('rebuilt');
    expect(fs.readFileSync(folder.file('v.db.damaged'))).toEqual(Buffer.alloc(8192, 7));
    await sql.write([CREATE]);
    await sql.close();
  });

  test('damage found later rejects as damaged, and clear mends it', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    const many = Array.from({ length: 400 }, (_, i) => [i, 'x'.repeat(300), null, null] as const);
    await sql.write([CREATE, { sql: INSERT, many }]);
    await sql.close();
    const bytes = fs.readFileSync(folder.file('v.db'));
    bytes.fill(0xff, 4096); // the schema on the first page still reads
    fs.writeFileSync(folder.file('v.db'), bytes);
    const again = await opened(folder.file('v.db'));
    await expect(again.read('SELECT count(b) FROM t')).rejects.toMatchObject({ code: 'damaged', failureClass: 'permanent' });
    await again.clear();
    await again.write([CREATE]);
    expect(await again.read('SELECT * FROM t')).toEqual([]);
    await again.close();
  });

  test('a mistake in our own SQL is a bug, not a failure of the disk', async () => {
    using folder = temporaryFolder();
    const sql = await opened(folder.file('v.db'));
    await expect(sql.read('SELEC 1')).rejects.not.toBeInstanceOf(StorageFailure);
    await sql.close();
  });

  test.skipIf(!canMount())('a full disk rejects the transaction in whole and leaves the database usable', async () => {
    using disk = smallDisk(512 * 1024);
    if (disk === undefined) throw new Error('it could mount a moment ago');
    const sql = await opened(path.join(disk.path, 'v.db'));
    await sql.write([CREATE, { sql: INSERT, params: [1, 'kept', null, null] }]);
    const big = Array.from({ length: 50 }, (_, i) => [i + 10, 'x'.repeat(50_000), null, null] as const);
    await expect(sql.write([{ sql: INSERT, many: big }])).rejects.toMatchObject({ code: 'disk-full', failureClass: 'transient' });
    expect(await sql.read('SELECT a, b FROM t')).toEqual([{ a: 1, b: 'kept' }]);
    await sql.close();
  });
});

describe('crashes', () => {
  const SQL_LOOP = path.join(import.meta.dirname, '../testing/sql-loop.ts');

  test.each(['power-safe', 'process-safe'] as const)(
    '%s: after SIGKILL in the middle of writing, every acknowledged row is there',
    async (durability) => {
      using folder = temporaryFolder();
      const outcome = await runChild(SQL_LOOP, [folder.file('v.db'), durability], { killWhen: (_line, count) => count >= 40 });
      expect(outcome.signal).toBe('SIGKILL');
      const sql = await opened(folder.file('v.db'), { durability });
      const [row] = await sql.read('SELECT max(a) AS last, count(*) AS count FROM t');
      expect(row?.['last']).toBeGreaterThanOrEqual(Number(outcome.lines.at(-1)));
      expect(row?.['count']).toBe(Number(row?.['last']) + 1);
      expect(await sql.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      await sql.close();
    },
  );

  test('process-safe: after a restart of the machine it starts empty and says so; after an orderly close it does not', async () => {
    using folder = temporaryFolder();
    const file = folder.file('v.db');
    const options = { durability: 'process-safe', bootId: 'monday' } as const;
    const sql = await opened(file, options);
    await sql.write([CREATE]);
    await sql.close();
    const orderly = await opened(file, { ...options, bootId: 'tuesday' });
    expect(await orderly.read('SELECT * FROM t')).toEqual([]);
    // No close: the machine goes down here, and comes up again.
    const { sql: after, rebuilt } = await NodeSql.open(file, { ...options, bootId: 'wednesday' });
    expect(rebuilt).toContain('restarted');
    await expect(after.read('SELECT * FROM t')).rejects.toThrow('no such table');
    await after.close();
    await orderly.close();
  });
});
