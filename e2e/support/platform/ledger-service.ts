// A tiny real service for the platform tests: a ledger in `Files`, indexed in `Sql`, repeat-safe by key. No hospital in it.
import type { Files } from '#journal/ports/storage.ts';
import { BrowserSigner } from '#desk/crypto.ts';
import type { DeskChange, WorkerPorts, WorkerService } from '#desk/worker/service.ts';

const LEDGER = 'ledger.seg';

export class LedgerService implements WorkerService {
  #ports: WorkerPorts | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #keys = new Set<string>();
  readonly #listeners: ((change: DeskChange) => void)[] = [];
  #cutBytes = 0;
  #repeats = 0;

  async start(ports: WorkerPorts): Promise<void> {
    const { files, sql } = ports.storage;
    await sql.write([{ sql: 'CREATE TABLE IF NOT EXISTS entry(key TEXT PRIMARY KEY, value TEXT)' }]);
    await this.#readLedger(files);
    // The database may be behind the ledger, never ahead of it: what is missing is put in again.
    await sql.write([{ sql: 'INSERT OR IGNORE INTO entry(key, value) VALUES(?, ?)', many: [...this.#keys].map((key) => [key, 'again']) }]);
    this.#ports = ports;
  }

  async stop(): Promise<void> {
    await this.#queue.catch(() => undefined);
  }

  onChange(listener: (change: DeskChange) => void): void {
    this.#listeners.push(listener);
  }

  async call(name: string, args: unknown): Promise<unknown> {
    const { storage } = this.#required();
    switch (name) {
      case 'command':
        return this.#inOrder(() => this.#add(args as { input: { value: string }; key: string })); // the test page's own shape
      case 'keys':
        return [...this.#keys];
      case 'rows':
        return (await storage.sql.read('SELECT count(*) AS n FROM entry'))[0]?.['n'];
      case 'refilled':
        // Rows that the database had lost and the ledger gave back.
        return (await storage.sql.read("SELECT count(*) AS n FROM entry WHERE value = 'again'"))[0]?.['n'];
      case 'sign':
        return this.#sign();
      case 'password': {
        const { passwords, crypto } = this.#required();
        const verifier = await passwords.hash('1947', crypto.randomBytes(16));
        return { right: await passwords.verify('1947', verifier), wrong: await passwords.verify('1948', verifier) };
      }
      case 'check':
        return (await storage.sql.read('PRAGMA integrity_check'))[0]?.['integrity_check'];
      case 'facts':
        return {
          ...storage.files.counters,
          cutBytes: this.#cutBytes,
          repeats: this.#repeats,
          notes: storage.notes,
          space: await storage.files.space(),
          sqlBytes: await storage.sql.sizeBytes(),
        };
      case 'fill': {
        // Bytes that are nobody's, to come near the quota.
        await storage.files.append('filler.seg', new Uint8Array((args as { bytes: number }).bytes)); // the test page's own shape
        return null;
      }
      case 'sql-fill':
        await storage.sql.write([{ sql: 'CREATE TABLE IF NOT EXISTS filler(bytes BLOB)' }]);
        await storage.sql.write([{ sql: 'INSERT INTO filler VALUES(zeroblob(1000000))', many: Array.from({ length: 30 }, () => []) }]);
        return null;
      case 'empty':
        return storage.files.truncate('filler.seg', 0);
      case 'tear':
        // Half a line, as a kill in the middle of a write leaves it.
        await storage.files.append(LEDGER, new TextEncoder().encode('{"key":"torn'));
        return storage.files.sync(LEDGER);
      case 'block':
        for (const until = Date.now() + (args as { ms: number }).ms; Date.now() < until;); // a long piece of work that answers nobody
        return null;
      default:
        throw new Error(`no method ${name}`);
    }
  }

  async #add({ input, key }: { readonly input: { readonly value: string }; readonly key: string }): Promise<unknown> {
    const { storage } = this.#required();
    if (this.#keys.has(key)) {
      this.#repeats += 1;
      return { ok: true, repeated: true };
    }
    const line = new TextEncoder().encode(`${JSON.stringify({ key, value: input.value })}\n`);
    const before = (await storage.files.list()).find((file) => file.name === LEDGER)?.lengthBytes ?? 0;
    try {
      await storage.files.append(LEDGER, line);
      await storage.files.sync(LEDGER);
    } catch (error) {
      await storage.files.truncate(LEDGER, before);
      throw error;
    }
    this.#keys.add(key);
    await storage.sql.write([{ sql: 'INSERT INTO entry(key, value) VALUES(?, ?)', params: [key, input.value] }]).catch((error: unknown) => {
      // The ledger has it: the row is put in at the next start.
      console.warn('row waits', error);
    });
    for (const listener of this.#listeners) listener({ kind: 'documents', types: ['entry'] });
    return { ok: true };
  }

  /** Signs with the key of this profile, made at the first time; says whether the browser gives the key away. */
  async #sign(): Promise<unknown> {
    const { crypto, keys } = this.#required();
    const known = await keys.load('epoch-1');
    const signer = known ?? (await crypto.generateSigner());
    if (known === undefined) await keys.save('epoch-1', signer);
    const message = crypto.sha256(new TextEncoder().encode('a commit'));
    const signature = await signer.sign(message);
    return {
      made: known === undefined,
      publicKey: [...signer.publicKey],
      good: await crypto.verify(signer.publicKey, signature, message),
      bad: await crypto.verify(signer.publicKey, signature.with(5, (signature[5] ?? 0) ^ 1), message),
      exported:
        signer instanceof BrowserSigner &&
        (await globalThis.crypto.subtle.exportKey('pkcs8', signer.key).then(
          () => true,
          () => false,
        )),
    };
  }

  async #readLedger(files: Files): Promise<void> {
    const length = (await files.list()).find((file) => file.name === LEDGER)?.lengthBytes ?? 0;
    const bytes = await files.read(LEDGER, 0, length);
    const end = bytes.lastIndexOf(10) + 1;
    this.#cutBytes = length - end;
    if (this.#cutBytes > 0) await files.truncate(LEDGER, end);
    for (const line of new TextDecoder().decode(bytes.subarray(0, end)).split('\n')) {
      if (line !== '') this.#keys.add((JSON.parse(line) as { key: string }).key); // written above
    }
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #required(): WorkerPorts {
    if (this.#ports === undefined) throw new Error('invariant: started first');
    return this.#ports;
  }
}
