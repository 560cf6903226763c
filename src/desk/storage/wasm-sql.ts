// The `Sql` port on SQLite compiled to WebAssembly, for one dedicated worker. It holds only what can be rebuilt from the files.
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import type { OpfsSAHPoolDatabase, PreparedStatement, SAHPoolUtil, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { StorageFailure, type Sql, type SqlRow, type SqlStatement, type SqlValue } from '#journal/ports/storage.ts';
import { storageFailure } from './dom-failure.ts';

/** Absolute, because the pool knows no folders. */
const DATABASE = '/desk.db';
/** Database, write-ahead log, journal, and temporary files of large sorts. */
const POOL_FILES = 8;
/** A desk has some 150 different statements; the oldest unused one goes first. */
const MAX_PREPARED = 300;
const CACHE_KIB = 32 * 1024;
/** A rebuild may grow the write-ahead log far beyond this; afterwards it shrinks to it. */
const MAX_IDLE_LOG_BYTES = 16 * 1024 * 1024;
/** SQLite's own head of each page in the log. */
const LOG_FRAME_HEAD_BYTES = 24;
const RESULT_FULL = 13;
const RESULT_IOERR = 10;
const RESULT_CORRUPT = 11;
const RESULT_NOT_A_DATABASE = 26;

export interface OpenedSql {
  readonly sql: Sql;
  readonly notes: readonly string[];
}

let loaded: Promise<Sqlite3Static> | undefined;
/** What a file of the pool last threw: SQLite itself tells only that something did. */
let lastFileError: unknown;

/** The pool logs what a file throws and then forgets it; this is the way that it offers to hear it (`sqlite3ApiConfig`). */
function listenToFiles(): void {
  const hear = (...parts: readonly unknown[]): void => {
    lastFileError = parts.find((part) => part instanceof Error || part instanceof DOMException) ?? lastFileError;
  };
  Object.assign(globalThis, { sqlite3ApiConfig: { error: hear, warn: hear, log: () => undefined, debug: () => undefined } });
}

/** @param directory folder of the origin's private file system that belongs to SQLite alone. */
export async function openWasmSql(directory: string): Promise<OpenedSql> {
  if (loaded === undefined) {
    listenToFiles();
    loaded = sqlite3InitModule();
  }
  const sqlite3 = await loaded.catch((error: unknown) => {
    loaded = undefined;
    throw storageFailure(error, 'SQLite did not load');
  });
  const pool = await installPool(sqlite3, directory);
  try {
    return { sql: new WasmSql(sqlite3, pool, open(pool)), notes: [] };
  } catch (error) {
    if (!isDamage(error)) {
      pool.pauseVfs();
      throw sqlFailure(sqlite3, error, 'the database did not open');
    }
    // Only what can be rebuilt is in there, and only damage of the content brings us here, never a file that does not open.
    forget(pool);
    return { sql: new WasmSql(sqlite3, pool, open(pool)), notes: ['the database was damaged and is rebuilt from the journal'] };
  }
}

async function installPool(sqlite3: Sqlite3Static, directory: string): Promise<SAHPoolUtil> {
  // Without `preserveOnInitFailure` one file that fails to open once makes the pool erase every file in it.
  // One pool per folder and worker; a pool that was closed in this worker is opened again.
  const options = {
    name: `opfs-sahpool-${directory.replaceAll('/', '-')}`,
    directory,
    initialCapacity: POOL_FILES,
    preserveOnInitFailure: true,
    verbosity: 1,
  };
  try {
    return await awake(await sqlite3.installOpfsSAHPoolVfs(options));
  } catch {
    try {
      const again = { ...options, forceReinitIfPreviouslyFailed: true };
      return await awake(await sqlite3.installOpfsSAHPoolVfs(again));
    } catch (error) {
      throw storageFailure(error, 'the database files do not open; nothing was deleted');
    }
  }
}

async function awake(pool: SAHPoolUtil): Promise<SAHPoolUtil> {
  if (pool.isPaused()) await pool.unpauseVfs();
  return pool;
}

function open(pool: SAHPoolUtil): OpfsSAHPoolDatabase {
  const db = new pool.OpfsSAHPoolDb(DATABASE);
  try {
    // One connection of one worker: exclusive locking keeps the WAL index in memory. NORMAL does not sync a commit:
    // the journal files are the truth, and what a power cut takes from here is replayed from them.
    db.exec(`PRAGMA locking_mode=exclusive; PRAGMA journal_mode=wal; PRAGMA synchronous=normal; PRAGMA temp_store=memory;
      PRAGMA cache_size=-${CACHE_KIB}; PRAGMA foreign_keys=off;
      PRAGMA journal_size_limit=${MAX_IDLE_LOG_BYTES}; SELECT count(*) FROM sqlite_schema;`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function forget(pool: SAHPoolUtil): void {
  for (const name of pool.getFileNames()) if (name.startsWith(DATABASE)) pool.unlink(name);
}

class WasmSql implements Sql {
  readonly #sqlite3: Sqlite3Static;
  readonly #pool: SAHPoolUtil;
  #db: OpfsSAHPoolDatabase;
  readonly #prepared = new Map<string, PreparedStatement>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(sqlite3: Sqlite3Static, pool: SAHPoolUtil, db: OpfsSAHPoolDatabase) {
    this.#sqlite3 = sqlite3;
    this.#pool = pool;
    this.#db = db;
  }

  write(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    return this.#inOrder('a database write', () => {
      this.#run('BEGIN IMMEDIATE', []);
      try {
        const results = statements.map((statement) => this.#runStatement(statement));
        this.#run('COMMIT', []);
        return results;
      } catch (error) {
        this.#rollback();
        throw error;
      }
    });
  }

  read(sql: string, params: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return this.#inOrder('a database read', () => this.#run(sql, params));
  }

  clear(): Promise<void> {
    return this.#inOrder('the emptying of the database', () => {
      this.#closeDatabase();
      forget(this.#pool);
      this.#db = open(this.#pool);
    });
  }

  sizeBytes(): Promise<number> {
    return this.#inOrder('the size of the database', () => {
      const page = Number(this.#run('PRAGMA page_size', [])[0]?.['page_size']);
      const pages = Number(this.#run('PRAGMA page_count', [])[0]?.['page_count']);
      // The pool tells no file sizes; a checkpoint that waits for nobody tells how many pages the log has.
      const logPages = Number(this.#run('PRAGMA wal_checkpoint(PASSIVE)', [])[0]?.['log']);
      return page * pages + Math.max(0, logPages) * (page + LOG_FRAME_HEAD_BYTES);
    });
  }

  close(): Promise<void> {
    return this.#inOrder('closing', () => {
      this.#closeDatabase();
      this.#pool.pauseVfs();
    });
  }

  #runStatement(statement: SqlStatement): readonly SqlRow[] {
    if (statement.many === undefined) return this.#run(statement.sql, statement.params ?? []);
    const prepared = this.#prepare(statement.sql);
    try {
      for (const params of statement.many) {
        if (params.length > 0) prepared.bind([...params]);
        while (prepared.step()) {
          // Rows of repeated statements are nobody's.
        }
        prepared.reset(params.length > 0);
      }
    } catch (error) {
      this.#drop(statement.sql);
      throw error;
    }
    return [];
  }

  #run(sql: string, params: readonly SqlValue[]): readonly SqlRow[] {
    const prepared = this.#prepare(sql);
    try {
      if (params.length > 0) prepared.bind([...params]);
      const rows: SqlRow[] = [];
      let names: readonly string[] | undefined;
      while (prepared.step()) {
        names ??= prepared.getColumnNames();
        const row: Record<string, SqlValue> = {};
        for (let i = 0; i < names.length; i += 1) {
          const value = prepared.get(i);
          row[names[i]!] = typeof value === 'bigint' ? Number(value) : (value as SqlValue); // i is inside; SQLite has no other types
        }
        rows.push(row);
      }
      prepared.reset(params.length > 0);
      return rows;
    } catch (error) {
      this.#drop(sql);
      throw error;
    }
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    const prepared = this.#db.prepare(sql);
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > MAX_PREPARED) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#drop(oldest);
    }
    return prepared;
  }

  #drop(sql: string): void {
    const prepared = this.#prepared.get(sql);
    this.#prepared.delete(sql);
    try {
      prepared?.finalize();
    } catch {
      // A statement that failed tells its failure once more here; it has been told.
    }
  }

  #rollback(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // SQLite rolls back by itself after a full disk; then there is nothing left to roll back.
    }
  }

  #closeDatabase(): void {
    for (const sql of this.#prepared.keys()) this.#drop(sql);
    this.#db.close();
  }

  #inOrder<T>(what: string, work: () => T): Promise<T> {
    const done = this.#queue.then(async () => {
      try {
        return work();
      } catch (error) {
        throw sqlFailure(this.#sqlite3, error, what);
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function resultCode(error: unknown): number {
  return typeof error === 'object' && error !== null && 'resultCode' in error && typeof error.resultCode === 'number'
    ? error.resultCode & 0xff
    : 0;
}

function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === RESULT_CORRUPT || code === RESULT_NOT_A_DATABASE;
}

function sqlFailure(sqlite3: Sqlite3Static, error: unknown, what: string): Error {
  if (error instanceof DOMException) return storageFailure(error, what);
  if (!(error instanceof sqlite3.SQLite3Error)) return error instanceof Error ? error : new Error(String(error));
  const code = resultCode(error);
  const message = `${what}: ${error.message}`;
  const fileError = lastFileError;
  lastFileError = undefined;
  // A spent quota is an I/O error to SQLite: the file threw, or took only a part ("Unknown write() failure").
  const spent =
    fileError instanceof Error || fileError instanceof DOMException
      ? fileError.name === 'QuotaExceededError' || /write\(\) failure/.test(fileError.message)
      : false;
  if (code === RESULT_FULL || (code === RESULT_IOERR && spent))
    return new StorageFailure('disk-full', 'permanent', message, { cause: error });
  if (code === RESULT_IOERR) return new StorageFailure('io', 'transient', message, { cause: error });
  if (isDamage(error)) return new StorageFailure('damaged', 'permanent', message, { cause: error });
  // Anything else is a wrong statement: a bug of the caller, told as it is.
  return error;
}
