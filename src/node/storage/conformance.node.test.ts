import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'vitest';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { STORAGE_CONFORMANCE, type StoragePlace } from '#journal/testing/storage-conformance.ts';
import type { Storage } from '#journal/ports/storage.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { NodeFiles } from './node-files.ts';
import { NodeSql } from './node-sql.ts';

/** Files in memory, SQL in memory: a kill loses the SQL and what was not synced. */
function memoryPlace(): StoragePlace {
  const files = new MemoryFiles();
  return {
    open: async (): Promise<Storage> => ({ files, sql: (await NodeSql.open(':memory:')).sql, notes: [] }),
    kill: async (storage) => {
      files.crash(() => 0);
      await storage.sql.close();
    },
  };
}

/** Real files and SQLite. What a kill of the whole process leaves is tested with child processes; here the handles are dropped. */
function nodePlace(folder: string): StoragePlace {
  fs.mkdirSync(path.join(folder, 'journal'), { recursive: true });
  return {
    open: async (): Promise<Storage> => ({
      files: await NodeFiles.open(path.join(folder, 'journal')),
      sql: (await NodeSql.open(path.join(folder, 'index.db'))).sql,
      notes: [],
    }),
    kill: async (storage) => {
      await storage.sql.close();
      await storage.files.close();
    },
  };
}

describe('storage in memory', () => {
  for (const each of STORAGE_CONFORMANCE) test(each.name, () => each.run(() => Promise.resolve(memoryPlace())));
});

describe('storage on a node', () => {
  for (const each of STORAGE_CONFORMANCE)
    test(each.name, async () => {
      using folder = temporaryFolder();
      let places = 0;
      await each.run(() => {
        places += 1;
        return Promise.resolve(nodePlace(folder.file(`place-${places}`)));
      });
    });
});
