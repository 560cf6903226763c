// What the simulator needs of a real machine: SHA-256, SQLite in memory, and a turn of the event loop.
import { hash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Sql, SqlRow, SqlStatement, SqlValue } from '#journal/ports/storage.ts';
import type { SimSql } from '#sim/disk.ts';
import type { SimPorts } from '#sim/world.ts';
import { NodeSql } from '../storage/node-sql.ts';

export const simPorts: SimPorts = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  newSql: async () => new CopyableSql((await NodeSql.open(':memory:')).sql, undefined),
  // Nothing in the simulation waits for anything real, so that one turn settles all promises.
  settle: () => setImmediate(),
};

class CopyableSql implements SimSql {
  readonly #sql: Sql;
  readonly #file: string | undefined;

  constructor(sql: Sql, file: string | undefined) {
    this.#sql = sql;
    this.#file = file;
  }

  async copy(): Promise<SimSql> {
    const file = path.join(tmpdir(), `nirantar-sim-${randomUUID()}.db`);
    await this.#sql.read(`VACUUM INTO '${file}'`);
    return new CopyableSql((await NodeSql.open(file, { durability: 'process-safe' })).sql, file);
  }

  write(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    return this.#sql.write(statements);
  }

  read(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return this.#sql.read(sql, params);
  }

  clear(): Promise<void> {
    return this.#sql.clear();
  }

  sizeBytes(): Promise<number> {
    return this.#sql.sizeBytes();
  }

  async close(): Promise<void> {
    await this.#sql.close();
    if (this.#file === undefined) return;
    for (const suffix of ['', '-wal', '-shm', '.running']) rmSync(this.#file + suffix, { force: true });
  }
}
