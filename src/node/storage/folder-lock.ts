// Keeps two processes from opening one folder. The lock is the operating system's own and goes with the process that
// holds it, however it ends; the process number in the file beside it only serves the message.
import fs from 'node:fs';
import path from 'node:path';
import { Database } from '@signalapp/sqlcipher';
import { StorageFailure } from '#journal/ports/storage.ts';
import { fileFailure, sqlFailure } from './failures.ts';

const LOCK_FILE = 'lock';
const HOLDER_FILE = 'lock.pid';

export interface FolderLock {
  release(): void;
}

/** Rejects with `locked` when another process (or another part of this one) has the folder, with `read-only` when it cannot be written. */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, LOCK_FILE);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw fileFailure(error, 'write', path.basename(folder));
  }
  const database = openLock(file);
  try {
    // SQLite takes a byte-range lock on the file, on every system that we run on. Nothing is ever written into it.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw refused(error, folder);
  }
  try {
    fs.writeFileSync(path.join(folder, HOLDER_FILE), `${process.pid}\n`);
  } catch (error) {
    database.close();
    throw fileFailure(error, 'write', HOLDER_FILE);
  }
  return {
    release: () => {
      fs.rmSync(path.join(folder, HOLDER_FILE), { force: true });
      database.close();
    },
  };
}

function openLock(file: string): Database {
  try {
    return new Database(file);
  } catch (error) {
    throw sqlFailure(error) ?? error;
  }
}

function refused(error: unknown, folder: string): unknown {
  const failure = sqlFailure(error);
  if (failure?.code !== 'locked') return failure ?? error;
  let holder = 'another process';
  try {
    holder = `process ${Number.parseInt(fs.readFileSync(path.join(folder, HOLDER_FILE), 'utf8'), 10)}`;
  } catch {
    // It is just starting or just ending.
  }
  return new StorageFailure('locked', 'transient', `The folder is in use by ${holder}. Stop it, or use another folder.`, { cause: error });
}
