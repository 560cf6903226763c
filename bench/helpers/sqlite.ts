// Bare SQLite: the engine of the product, one table keyed by (device, epoch, seq), header, signature and body as they are,
// one transaction for a group, synchronous=FULL. No check, no hash, no document: the floor that everything is held against.
import { Database } from '@signalapp/sqlcipher';
import { decodeCommit } from '#journal/commit.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { measured, serveHelper } from '../support/process.ts';

const database = new Database(process.argv[2] ?? ':memory:');
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(
  'CREATE TABLE commits(device BLOB, epoch BLOB, seq INTEGER, header BLOB, signature BLOB, body BLOB, PRIMARY KEY(device, epoch, seq)) WITHOUT ROWID',
);
const insert = database.prepare('INSERT INTO commits VALUES(?, ?, ?, ?, ?, ?)');
const node = new NodeCrypto();

type Bound = Uint8Array<ArrayBuffer>;

/** Inserts the payloads in transactions of `group`. The rows are taken apart before the clock starts. */
async function insertAll({ payloads, group }: { payloads: readonly Uint8Array[]; group: number }): Promise<unknown> {
  const rows = payloads.map((payload) => {
    const decoded = decodeCommit(payload, (bytes) => node.sha256(bytes));
    if (!decoded.ok) throw new Error(decoded.problem);
    const { header, headerBytes, signature, body } = decoded.commit;
    return [
      header.device as Bound,
      header.epoch as Bound,
      header.seq,
      headerBytes as Bound,
      signature as Bound,
      (body ?? new Uint8Array()) as Bound,
    ] as const; // never shared memory
  });
  return measured(() => {
    for (let at = 0; at < rows.length; at += group) {
      database.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(at, at + group)) insert.run([...row]);
      database.exec('COMMIT');
    }
  });
}

serveHelper({ insertAll, stop: () => database.close() });
