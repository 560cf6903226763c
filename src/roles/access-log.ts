// Who looked at which record: written down at once, signed as one commit for each session every few seconds.
import type { StreamId } from '#kernel/shared/ids.ts';
import { derivedStreamId } from '#journal/streams.ts';
import type { Replica } from './replica/replica.ts';
import type { Timers } from './sync/transport.ts';

/** Entries become a commit this often (DESIGN: one access commit per session and 5 s). */
export const FLUSH_MS = 5000;
const FILE = 'access-pending.jsonl';
/** A commit holds at most this many entries. */
const MAX_ENTRIES = 400;

interface Entry {
  readonly session: string;
  readonly user: StreamId;
  readonly patient: StreamId;
  readonly at: number;
  readonly query: string;
}

const encoder = new TextEncoder();

export class AccessLog {
  readonly #replica: Replica;
  readonly #timers: Timers;
  #entries: Entry[] = [];
  #buffer: string[] = [];
  #writing: Promise<void> | undefined;
  #scheduled = false;
  #slices = 0;

  constructor(replica: Replica, timers: Timers) {
    this.#replica = replica;
    this.#timers = timers;
  }

  /** What was written down before a crash becomes a commit now. */
  async recover(): Promise<void> {
    const bytes = await this.#replica.ports.storage.files.read(FILE, 0, 16 * 1024 * 1024);
    for (const line of new TextDecoder().decode(bytes).split('\n')) {
      try {
        if (line !== '') this.#entries.push(JSON.parse(line) as Entry); // written below
      } catch {
        // A torn last line was never acknowledged to anybody.
      }
    }
    // A disk that is full or read-only must not keep the desk from opening: the entries stay and are signed later.
    await this.flush().catch(() => undefined);
  }

  /** @param patients streams of the patients whose record was shown */
  async note(session: string, user: StreamId, query: string, patients: readonly StreamId[]): Promise<void> {
    const at = this.#replica.ports.clock.now();
    for (const patient of patients) {
      const entry: Entry = { session, user, patient, at, query };
      this.#entries.push(entry);
      this.#buffer.push(JSON.stringify(entry));
    }
    this.#writing ??= this.#write();
    if (!this.#scheduled) {
      this.#scheduled = true;
      void this.#timers
        .sleep(FLUSH_MS)
        .then(() => this.flush())
        .catch(() => undefined); // entries stay and are tried again
    }
    await this.#writing;
  }

  /** Signs everything noted so far. */
  async flush(): Promise<void> {
    this.#scheduled = false;
    const entries = this.#entries;
    if (entries.length === 0) return;
    this.#entries = [];
    const bySession = new Map<string, Entry[]>();
    for (const entry of entries) bySession.set(entry.session, [...(bySession.get(entry.session) ?? []), entry]);
    try {
      for (const [session, of] of bySession) {
        for (let i = 0; i < of.length; i += MAX_ENTRIES) await this.#sign(session, of.slice(i, i + MAX_ENTRIES));
      }
    } catch (error) {
      this.#entries = [...entries, ...this.#entries];
      throw error;
    }
    if (this.#entries.length === 0) await this.#replica.ports.storage.files.replace(FILE, new Uint8Array(0));
  }

  async #write(): Promise<void> {
    await Promise.resolve(); // reads that come in the same turn share one append
    this.#writing = undefined;
    const lines = this.#buffer;
    this.#buffer = [];
    await this.#replica.ports.storage.files.append(FILE, encoder.encode(`${lines.join('\n')}\n`));
  }

  async #sign(session: string, entries: readonly Entry[]): Promise<void> {
    const first = entries[0];
    if (first === undefined) return;
    this.#slices += 1;
    const { sha256 } = this.#replica.ports.crypto;
    // A stream for each slice keeps streams short: a session of a day would otherwise be folded again and again.
    const stream = derivedStreamId(sha256, 'access', [session, String(first.at), String(this.#slices)]);
    const list = entries.map(({ patient, at, query }) => ({ patient, at, query }));
    await this.#replica.writeAsDevice('recordAccess', `access-${stream.slice(7)}`, [
      { stream, type: 'RecordsAccessed', data: { session, user: first.user, entries: list } },
    ]);
  }
}
