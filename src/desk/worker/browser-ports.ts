// Opens everything that a replica stands on in a browser's worker. It must not know what is built on it.
import { browserCrypto } from '../crypto.ts';
import { browserKeyStore } from '../key-store.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import { openOpfsFiles } from '../storage/opfs-files.ts';
import { reached, timed } from '../stages.ts';
import { opfsFolder } from '../storage/slot-folder.ts';
import { openWasmSql } from '../storage/wasm-sql.ts';
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
  const crypto = await browserCrypto();
  reached('crypto');
  const { files, notes } = await openOpfsFiles(await opfsFolder(JOURNAL_FOLDER));
  reached('journal-files');
  try {
    const { sql, notes: sqlNotes } = await openWasmSql(SQL_FOLDER);
    reached('database');
    const ports: WorkerPorts = {
      storage: { files, sql, notes: [...notes, ...sqlNotes] },
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
  } catch (error) {
    await files.close();
    throw error;
  }
}
