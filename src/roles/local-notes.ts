// What this device alone knows and wants to keep: certificates that came on paper, and which commits came that way.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { Files } from '#journal/ports/storage.ts';
import { SegmentLog } from '#journal/segment-log.ts';

export interface PaperArrival {
  /** Short hashes of the commits that the sheet brought. */
  readonly refs: readonly string[];
  readonly sheet: 'slip' | 'rack' | 'report';
  readonly at: number;
}

type Note = { readonly kind: 'certificate'; readonly bytes: string } | ({ readonly kind: 'paper' } & PaperArrival);

export class LocalNotes {
  readonly #log: SegmentLog;
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #arrivals = new Map<string, PaperArrival>();

  private constructor(log: SegmentLog) {
    this.#log = log;
  }

  static async open(files: Files): Promise<LocalNotes> {
    const read: Note[] = [];
    const { log } = await SegmentLog.open(files, { prefix: 'local' }, { segment: 1, offset: 0 }, (payload) => {
      read.push(JSON.parse(new TextDecoder().decode(payload)) as Note); // written by #append
    });
    const notes = new LocalNotes(log);
    for (const note of read) notes.#take(note);
    return notes;
  }

  get certificates(): readonly Uint8Array[] {
    return [...this.#certificates.values()];
  }

  /** How a commit came here by paper, when it did. */
  arrival(ref: string): PaperArrival | undefined {
    return this.#arrivals.get(ref);
  }

  async addCertificate(bytes: Uint8Array): Promise<void> {
    if (!this.#certificates.has(toBase64Url(bytes))) await this.#append({ kind: 'certificate', bytes: toBase64Url(bytes) });
  }

  async addArrival(arrival: PaperArrival): Promise<void> {
    if (arrival.refs.length > 0) await this.#append({ kind: 'paper', ...arrival });
  }

  async #append(note: Note): Promise<void> {
    await this.#log.append([new TextEncoder().encode(JSON.stringify(note))]);
    this.#take(note);
  }

  #take(note: Note): void {
    if (note.kind === 'certificate') {
      const bytes = fromBase64Url(note.bytes);
      if (bytes !== undefined) this.#certificates.set(note.bytes, bytes);
    } else for (const ref of note.refs) this.#arrivals.set(ref, note);
  }
}
