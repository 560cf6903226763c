// Opens everything that a replica stands on in a browser's worker. It must not know what is built on it.
import type { Storage } from '#journal/ports/storage.ts';
import { browserCrypto } from '../crypto.ts';
import { browserKeyStore } from '../key-store.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import { openOpfsFiles, type OpenedFiles } from '../storage/opfs-files.ts';
import { reached, timed } from '../stages.ts';
import { opfsFolder } from '../storage/slot-folder.ts';
import { openWasmSql, type OpenedSql } from '../storage/wasm-sql.ts';
import type { WorkerPorts } from './service.ts';

/** Folders of the origin's private file system, and the database of keys. Never renamed: a desk would come up empty. */
const JOURNAL_FOLDER = ['nirantar', 'journal'];
const SQL_FOLDER = 'nirantar/sql';
const KEY_DATABASE = 'nirantar-keys';

export interface OpenedPorts {
  readonly ports: WorkerPorts;
  close(): Promise<void>;
}

export async function openBrowserPorts(version: string): Promise<OpenedPorts> {
  const [crypto, opened] = await Promise.all([browserCrypto(), openStorage()]);
  const { files, sql, notes } = opened;
  const ports: WorkerPorts = {
    storage: { files, sql, notes },
    crypto,
    keys: browserKeyStore(KEY_DATABASE),
    clock: { now: () => Date.now() },
    passwords: { hash: hashPassword, verify: (secret, verifier) => timed('password', () => verifyPassword(secret, verifier)) },
    fetch: (input, init) => fetch(input, init),
    origin: location.origin,
    version,
  };
  return {
    ports,
    async close() {
      await sql.close();
      await files.close();
    },
  };
}

/** Journal and database side by side: most of both is waiting for the browser. Neither stays open when the other does not open. */
async function openStorage(): Promise<Storage> {
  const [journal, database] = await Promise.allSettled([openJournal(), openDatabase()]);
  if (journal.status === 'fulfilled' && database.status === 'fulfilled')
    return { files: journal.value.files, sql: database.value.sql, notes: [...journal.value.notes, ...database.value.notes] };
  if (journal.status === 'fulfilled') await journal.value.files.close();
  if (database.status === 'fulfilled') await database.value.sql.close();
  throw journal.status === 'rejected' ? journal.reason : (database as PromiseRejectedResult).reason; // one of the two was
}

async function openJournal(): Promise<OpenedFiles> {
  const opened = await openOpfsFiles(await opfsFolder(JOURNAL_FOLDER));
  reached('journal-files');
  return opened;
}

async function openDatabase(): Promise<OpenedSql> {
  const opened = await openWasmSql(SQL_FOLDER);
  reached('database');
  return opened;
}
