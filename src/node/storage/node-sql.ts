// SQLite on a node, for what can be rebuilt: index, documents, views. It must not know their tables.
import fs from 'node:fs';
import path from 'node:path';
import { Database, type Statement } from '@signalapp/sqlcipher';
import { StorageFailure, type Sql, type SqlRow, type SqlStatement, type SqlValue } from '#journal/ports/storage.ts';
import { sqlFailure } from './failures.ts';

/** Statements that stay prepared. The product has a few hundred texts; more would be SQL made from data. */
const MAX_STATEMENTS = 512;
/** Pages written before the log is folded into the database: at 1,000, the default, bulk writing waits a third longer. */
const CHECKPOINT_PAGES = 8_000;
const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;

export interface NodeSqlOptions {
  /** 32 bytes: the database is encrypted with them (SQLCipher). Absent: it lies in clear text, and the node says so. */
  readonly key?: Uint8Array;
  readonly cacheBytes?: number;
  /**
   * `power-safe` survives a power cut. `process-safe` survives the death of the process only and writes twice as fast:
   * after a restart of the machine it starts empty and is rebuilt, because nobody can say what reached the disk.
   */
  readonly durability?: 'power-safe' | 'process-safe';
  /** Identifies the running of this machine; another one at open means that it was restarted. For tests. */
  readonly bootId?: string;
}

export interface OpenedSql {
  readonly sql: NodeSql;
  /** Why it is empty although it was not, in words for the status screen; undefined when nothing happened. */
  readonly rebuilt: string | undefined;
}

export class NodeSql implements Sql {
  readonly #file: string;
  readonly #options: NodeSqlOptions;
  readonly #statements = new Map<string, Statement>();
  #database: Database;
  #closed = false;

  private constructor(file: string, options: NodeSqlOptions, database: Database) {
    this.#file = file;
    this.#options = options;
    this.#database = database;
  }

  /**
   * Opens the database at `file`, making it when it is not there. One that is damaged is set aside as `….damaged` and
   * replaced by an empty one. One that only fails to open (busy, no rights, no handles) is left as it is, and this rejects.
   */
  static async open(file: string, options: NodeSqlOptions = {}): Promise<OpenedSql> {
    await Promise.resolve(); // what goes wrong rejects
    let rebuilt = afterRestart(file, options);
    if (rebuilt !== undefined) setAside(file);
    let database: Database;
    try {
      database = openDatabase(file, options);
    } catch (error) {
      const failure = sqlFailure(error);
      if (failure?.code !== 'damaged') throw failure ?? error;
      setAside(file);
      rebuilt = 'The index was damaged. It was set aside and is rebuilt from the journal.';
      database = openDatabase(file, options);
    }
    return { sql: new NodeSql(file, options, database), rebuilt };
  }

  async write(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    return await this.#attempt(() => {
      const rows: (readonly SqlRow[])[] = [];
      this.#statement('BEGIN IMMEDIATE').run();
      try {
        for (const statement of statements) rows.push(this.#run(statement));
        this.#statement('COMMIT').run();
      } catch (error) {
        // A full disk has already rolled back by itself; a second ROLLBACK then only says that there is nothing to do.
        try {
          this.#database.exec('ROLLBACK');
        } catch {}
        throw error;
      }
      return rows;
    });
  }

  async read(sql: string, params: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    return await this.#attempt(() => this.#statement(sql).all(native(params)));
  }

  async clear(): Promise<void> {
    await this.#attempt(() => {
      this.#release();
      for (const suffix of SUFFIXES) fs.rmSync(this.#file + suffix, { force: true });
      this.#database = openDatabase(this.#file, this.#options);
    });
  }

  sizeBytes(): Promise<number> {
    return Promise.resolve(
      SUFFIXES.reduce((sum, suffix) => sum + (fs.statSync(this.#file + suffix, { throwIfNoEntry: false })?.size ?? 0), 0),
    );
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    this.#release();
    fs.rmSync(this.#file + MARKER, { force: true });
    return Promise.resolve();
  }

  #run({ sql, params, many }: SqlStatement): readonly SqlRow[] {
    const statement = this.#statement(sql);
    if (many === undefined) return statement.all(native(params ?? []));
    for (const each of many) statement.run(native(each));
    return [];
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MAX_STATEMENTS) this.#forgetOldest();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #forgetOldest(): void {
    for (const [sql, statement] of this.#statements) {
      statement.close();
      this.#statements.delete(sql);
      return;
    }
  }

  #release(): void {
    for (const statement of this.#statements.values()) statement.close();
    this.#statements.clear();
    this.#database.close();
  }

  async #attempt<T>(run: () => T): Promise<T> {
    await Promise.resolve(); // what goes wrong rejects, and readers of one tick see the writes before them
    if (this.#closed) throw new StorageFailure('gone', 'permanent', 'the index was closed');
    try {
      return run();
    } catch (error) {
      throw sqlFailure(error) ?? error;
    }
  }
}

const SUFFIXES = ['', '-wal', '-shm'];
/** Beside a `process-safe` database while it is open: names the running of the machine that writes it. */
const MARKER = '.running';

function openDatabase(file: string, options: NodeSqlOptions): Database {
  const database = new Database(file);
  try {
    if (options.key !== undefined) database.pragma(`key = "x'${Buffer.from(options.key).toString('hex')}'"`);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${options.durability === 'process-safe' ? 'OFF' : 'NORMAL'}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`cache_size = -${Math.round((options.cacheBytes ?? DEFAULT_CACHE_BYTES) / 1024)}`);
    database.pragma('temp_store = MEMORY');
    // Reads the schema: a file that is no database, or was written under another key, is found here and not at noon.
    database.exec('SELECT count(*) FROM sqlite_schema');
    if (options.durability === 'process-safe') fs.writeFileSync(file + MARKER, options.bootId ?? bootId());
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A database that was being written without syncs when the machine went down cannot be trusted. */
function afterRestart(file: string, options: NodeSqlOptions): string | undefined {
  if (!fs.existsSync(file + MARKER)) return undefined;
  const writtenIn = fs.readFileSync(file + MARKER, 'utf8');
  fs.rmSync(file + MARKER);
  if (writtenIn !== '' && writtenIn === (options.bootId ?? bootId())) return undefined;
  return 'The machine was restarted while the index was open. It was set aside and is rebuilt from the journal.';
}

function bootId(): string {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return ''; // cannot be told: treated as restarted
  }
}

/** Evidence is kept, one of it: the last damaged database. */
function setAside(file: string): void {
  if (fs.existsSync(file)) fs.renameSync(file, path.join(path.dirname(file), `${path.basename(file)}.damaged`));
  for (const suffix of ['-wal', '-shm']) fs.rmSync(file + suffix, { force: true });
}

/** The add-on reads parameters and keeps none; its types ask for arrays that may be written. */
function native(params: readonly SqlValue[]): (string | number | null | Uint8Array<ArrayBuffer>)[] {
  return params as (string | number | null | Uint8Array<ArrayBuffer>)[]; // never written to, see above
}
