// How documents are read: by commands that decide on them, by queries, and by number. What is staged is seen as well.
import type { Actor } from '#kernel/shared/actor.ts';
import type { Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { instant } from '#kernel/shared/time.ts';
import type { Clock } from '#journal/ports/crypto.ts';
import type { Sql } from '#journal/ports/storage.ts';
import type { ViewReader } from '#views/view.ts';
import type { Applier } from './apply.ts';
import type { DocumentStore } from './document-store.ts';
import { SQL } from './schema.ts';

export class Reading {
  readonly #documents: DocumentStore;
  readonly #applier: Applier;
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(documents: DocumentStore, applier: Applier, sql: Sql, clock: Clock) {
    this.#documents = documents;
    this.#applier = applier;
    this.#sql = sql;
    this.#clock = clock;
  }

  async document<S>(stream: StreamId): Promise<Document<S> | undefined> {
    return (await this.#documents.get(stream))?.document as Document<S> | undefined; // the stream's own definition made the state
  }

  async byNumber(number: string, type?: string): Promise<readonly StreamId[]> {
    const rows = await this.#sql.read(SQL.byNumber, [number]);
    const found = unique([...rows.map((row) => row['stream'] as StreamId), ...this.#documents.stagedByNumber(number)]); // the column holds stream ids
    return type === undefined ? found : found.filter((stream) => stream.startsWith(`${type}/`));
  }

  /** For `load` of a command. */
  reader(): Reader {
    return {
      document: <S>(stream: StreamId) => this.document<S>(stream),
      byNumber: (number, type) => this.byNumber(number, type),
      linked: async (to, type, rel) => {
        const rows = await this.#sql.read(SQL.linked, [to, type, rel]);
        return unique([...rows.map((row) => row['stream'] as StreamId), ...this.#documents.stagedLinked(to, type, rel)]); // the column holds stream ids
      },
      all: <S>(type: string) => Promise.resolve(this.#documents.allDocuments(type) as readonly Document<S>[]), // as in document
    };
  }

  /** For a query. */
  viewReader(actor: Actor): ViewReader {
    const reader = this.reader();
    return {
      rows: (sql, params) => this.#sql.read(sql, params),
      document: <S>(stream: StreamId) => reader.document<S>(stream),
      documents: async <S>(streams: readonly StreamId[]) => {
        const found: Document<S>[] = [];
        for (const stream of streams) {
          const document = await this.document<S>(stream);
          if (document !== undefined) found.push(document);
        }
        return found;
      },
      history: async (stream) => {
        const entry = await this.#documents.get(stream);
        return entry === undefined ? [] : this.#applier.history(entry);
      },
      byNumber: (number, type) => reader.byNumber(number, type),
      all: <S>(type: string) => reader.all<S>(type),
      now: instant(this.#clock.now()),
      actor,
    };
  }
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
