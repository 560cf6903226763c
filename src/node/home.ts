// The folder of a node or headless desk: opens everything that a replica stands on, for one process at a time.
// It must not know what is built on it.
import fs from 'node:fs';
import path from 'node:path';
import { StorageFailure } from '#journal/ports/storage.ts';
import type { ReplicaPorts } from '#roles/replica/ports.ts';
import { systemClock } from './clock.ts';
import { NodeCrypto } from './crypto.ts';
import { FileKeyStore } from './key-store.ts';
import { type FolderLock, lockFolder } from './storage/folder-lock.ts';
import { NodeFiles } from './storage/node-files.ts';
import { NodeSql, type NodeSqlOptions } from './storage/node-sql.ts';

/** Names inside the folder. Never renamed: an administrator copies and restores them by hand. */
const JOURNAL = 'journal';
const INDEX = 'index';
const KEYS = 'keys';
const INDEX_FILE = 'index.db';

export interface Home {
  readonly folder: string;
  readonly ports: ReplicaPorts;
  /** A place for what else this node keeps (certificates, logs), made when asked for, for its owner only. */
  place(name: string): string;
  close(): Promise<void>;
}

export interface HomeOptions {
  readonly sql?: NodeSqlOptions;
}

/** `new` refuses a folder that holds anything; `existing` one that holds no node. Rejects with `locked` while another process has it. */
export async function openHome(folder: string, expect: 'new' | 'existing', options: HomeOptions = {}): Promise<Home> {
  if (expect === 'existing' && !holdsNode(folder)) {
    throw new StorageFailure(
      'gone',
      'permanent',
      `There is no node in ${folder}. Make one with 'nirantar init', 'nirantar join' or 'nirantar restore'.`,
    );
  }
  if (expect === 'new' && !isEmpty(folder)) {
    throw new StorageFailure('locked', 'permanent', `The folder ${folder} is not empty. Take a new one; nothing was touched.`);
  }
  const lock = lockFolder(folder);
  try {
    return await openLocked(folder, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

export function holdsNode(folder: string): boolean {
  return fs.existsSync(path.join(folder, JOURNAL));
}

async function openLocked(folder: string, lock: FolderLock, options: HomeOptions): Promise<Home> {
  const files = await NodeFiles.open(path.join(folder, JOURNAL));
  fs.mkdirSync(path.join(folder, INDEX), { recursive: true, mode: 0o700 });
  const { sql, rebuilt } = await NodeSql.open(path.join(folder, INDEX, INDEX_FILE), options.sql);
  return {
    folder,
    ports: {
      storage: { files, sql, notes: rebuilt === undefined ? [] : [rebuilt] },
      crypto: new NodeCrypto(),
      keys: new FileKeyStore(path.join(folder, KEYS)),
      clock: systemClock,
    },
    place: (name) => {
      const place = path.join(folder, name);
      fs.mkdirSync(place, { recursive: true, mode: 0o700 });
      return place;
    },
    close: async () => {
      await sql.close();
      await files.close();
      lock.release();
    },
  };
}

/** The files of a lock that somebody tried and left are nothing. */
function isEmpty(folder: string): boolean {
  try {
    return fs.readdirSync(folder).every((name) => name === 'lock' || name === 'lock.pid');
  } catch {
    return true; // it does not exist yet
  }
}
