// Documents of a replica: cached, staged while a group is decided, and turned into statements for one transaction.
import type { Document } from '#kernel/shared/document.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import type { Sql, SqlRow, SqlStatement, SqlValue } from '#journal/ports/storage.ts';
import type { View } from '#views/view.ts';
import { decodeDocument, encodeDocument } from './stored-document.ts';
import type { Domain } from './ports.ts';
import { SQL } from './schema.ts';

/** Documents kept in memory; about 2 KB each. Trust documents are kept besides, all of them. */
const CACHE_LIMIT = 20_000;
const ABSENT_LIMIT = 10_000;

export interface Entry {
  readonly id: number;
  readonly stream: StreamId;
  readonly document: Document;
  /** Largest receipt number of the stream. */
  readonly updated: number;
}

interface Staged {
  entry: Entry;
  /** What the database holds now; undefined for a new stream. */
  readonly before: Entry | undefined;
}

export class DocumentStore {
  readonly #sql: Sql;
  readonly #domain: Domain;
  readonly #viewsOf: ReadonlyMap<string, readonly View[]>;
  readonly #cache = new Map<StreamId, Entry>();
  readonly #trust = new Map<string, Map<StreamId, Entry>>();
  readonly #staged = new Map<StreamId, Staged>();
  /** Streams that the database was asked for in vain since the last transaction: a new stream is asked for several times. */
  readonly #absent = new Set<StreamId>();
  /** Documents of a trust type as a list, the same one until something changes. */
  readonly #lists = new Map<string, readonly Document[]>();
  #nextId: number;

  private constructor(sql: Sql, domain: Domain, nextId: number) {
    this.#sql = sql;
    this.#domain = domain;
    this.#nextId = nextId;
    const viewsOf = new Map<string, View[]>();
    for (const view of domain.views) viewsOf.set(view.stream, [...(viewsOf.get(view.stream) ?? []), view]);
    this.#viewsOf = viewsOf;
  }

  static async open(sql: Sql, domain: Domain): Promise<DocumentStore> {
    const last = (await sql.read(SQL.documentsLast))[0]?.['id'];
    const store = new DocumentStore(sql, domain, Number(last ?? 0) + 1);
    for (const definition of domain.streams.values()) {
      if (!definition.trust) continue;
      const entries = new Map<StreamId, Entry>();
      for (const row of await sql.read(SQL.documentsOfType, [definition.type])) {
        const entry = entryOf(row, definition);
        entries.set(entry.stream, entry);
      }
      store.#trust.set(definition.type, entries);
    }
    return store;
  }

  definition(stream: StreamId): StreamDefinition<unknown> | undefined {
    return this.#domain.streams.get(streamType(stream));
  }

  async get(stream: StreamId): Promise<Entry | undefined> {
    const staged = this.#staged.get(stream);
    if (staged !== undefined) return staged.entry;
    const trust = this.#trust.get(streamType(stream));
    if (trust !== undefined) return trust.get(stream);
    const cached = this.#cache.get(stream);
    if (cached !== undefined) return cached;
    if (this.#absent.has(stream)) return undefined;
    const row = (await this.#sql.read(SQL.documentByStream, [stream]))[0];
    if (row === undefined) {
      if (this.#absent.size >= ABSENT_LIMIT) this.#absent.clear();
      this.#absent.add(stream);
      return undefined;
    }
    const entry = entryOf({ ...row, stream }, this.definition(stream));
    this.#remember(entry);
    return entry;
  }

  async byId(id: number): Promise<Entry | undefined> {
    const row = (await this.#sql.read(SQL.documentById, [id]))[0];
    return row === undefined ? undefined : this.get(row['stream'] as StreamId); // the column holds stream ids only
  }

  /** All documents of a trust type, staged ones included. */
  all(type: string): readonly Entry[] {
    if (this.#staged.size === 0) return [...(this.#trust.get(type)?.values() ?? [])];
    const entries = new Map(this.#trust.get(type));
    for (const [stream, { entry }] of this.#staged) if (streamType(stream) === type) entries.set(stream, entry);
    return [...entries.values()];
  }

  /** All documents of a trust type, staged ones included; the same list until something changes, so that what is worked out from it can be kept. */
  allDocuments(type: string): readonly Document[] {
    const make = (): readonly Document[] => this.all(type).map((entry) => entry.document);
    if (this.#staged.size > 0) return make();
    let list = this.#lists.get(type);
    if (list === undefined) this.#lists.set(type, (list = make()));
    return list;
  }

  /** A document of a trust stream, from memory. */
  trusted(stream: StreamId): Entry | undefined {
    return this.#staged.get(stream)?.entry ?? this.#trust.get(streamType(stream))?.get(stream);
  }

  /** Stages a new state; nothing is written before `statements`. */
  async put(stream: StreamId, document: Document, updated: number): Promise<Entry> {
    const before = this.#staged.get(stream)?.before ?? (this.#staged.has(stream) ? undefined : await this.get(stream));
    const id = this.#staged.get(stream)?.entry.id ?? before?.id ?? this.#nextId++;
    const entry: Entry = { id, stream, document, updated };
    this.#staged.set(stream, { entry, before });
    return entry;
  }

  /** Staged streams that bear this number: SQL cannot see them yet. */
  stagedByNumber(number: string): readonly StreamId[] {
    if (this.#staged.size === 0) return [];
    return [...this.#staged.values()]
      .filter(({ entry }) => this.definition(entry.stream)?.numbers(entry.document.state).includes(number) === true)
      .map(({ entry }) => entry.stream);
  }

  stagedLinked(target: StreamId, type: string, rel: string): readonly StreamId[] {
    if (this.#staged.size === 0) return [];
    return [...this.#staged.values()]
      .filter(
        ({ entry }) =>
          streamType(entry.stream) === type &&
          this.definition(entry.stream)
            ?.links(entry.document.state)
            .some((link) => link.to === target && link.rel === rel) === true,
      )
      .map(({ entry }) => entry.stream);
  }

  /** The statements that write all staged documents with their numbers, links and view rows. */
  statements(): readonly SqlStatement[] {
    const many = new Map<string, SqlValue[][]>();
    const push = (sql: string, row: SqlValue[]): void => {
      const rows = many.get(sql);
      if (rows === undefined) many.set(sql, [row]);
      else rows.push(row);
    };
    for (const { entry, before } of this.#staged.values()) this.#writeEntry(entry, before, push);
    // Deletions stand before insertions because a map keeps the order in which its keys came; see #writeEntry.
    const deletions = [...many].filter(([sql]) => sql.startsWith('DELETE'));
    const others = [...many].filter(([sql]) => !sql.startsWith('DELETE'));
    return [...deletions, ...others].map(([sql, rows]) => ({ sql, many: rows }));
  }

  /** After the transaction: what was staged is what is stored. */
  commitStaged(): void {
    for (const { entry } of this.#staged.values()) {
      const trust = this.#trust.get(streamType(entry.stream));
      if (trust === undefined) this.#remember(entry);
      else {
        trust.set(entry.stream, entry);
        this.#lists.delete(streamType(entry.stream));
      }
    }
    this.#staged.clear();
    this.#absent.clear();
  }

  /** After a failed append: nothing happened. */
  rollback(): void {
    this.#staged.clear();
  }

  get stagedCount(): number {
    return this.#staged.size;
  }

  #writeEntry(entry: Entry, before: Entry | undefined, push: (sql: string, row: SqlValue[]) => void): void {
    const definition = this.definition(entry.stream);
    const { state, issues } = entry.document;
    const unit = definition?.unit(state, entry.stream) ?? null;
    const open = issues.filter((issue) => issue.settled === undefined).length;
    push(SQL.documentPut, [
      entry.id,
      entry.stream,
      streamType(entry.stream),
      unit,
      encodeDocument(entry.document, definition),
      open,
      entry.updated,
    ]);
    if (definition === undefined) return;
    if (before !== undefined && (definition.unit(before.document.state, entry.stream) ?? null) !== unit)
      push(SQL.unitChanged, [entry.updated, entry.id]);
    this.#replace(
      before?.document,
      (document) => definition.numbers(document.state).map((number) => [number]),
      SQL.numbersDelete,
      SQL.numberInsert,
      entry,
      push,
      false,
    );
    this.#replace(
      before?.document,
      (document) => definition.links(document.state).map((link) => [link.to, definition.type, link.rel]),
      SQL.linksDelete,
      SQL.linkInsert,
      entry,
      push,
      false,
    );
    for (const view of this.#viewsOf.get(definition.type) ?? []) {
      this.#replace(
        before?.document,
        (document) => view.rows(document),
        `DELETE FROM ${view.name} WHERE doc = ?`,
        insertInto(view),
        entry,
        push,
        true,
      );
    }
  }

  #replace(
    before: Document | undefined,
    rowsOf: (document: Document) => readonly (readonly SqlValue[])[],
    deletion: string,
    insertion: string,
    entry: Entry,
    push: (sql: string, row: SqlValue[]) => void,
    docFirst: boolean,
  ): void {
    const rows = rowsOf(entry.document);
    if (before !== undefined) {
      if (JSON.stringify(rowsOf(before)) === JSON.stringify(rows)) return;
      push(deletion, [entry.id]);
    }
    for (const row of rows) push(insertion, docFirst ? [entry.id, ...row] : [...row, entry.id]);
  }

  #remember(entry: Entry): void {
    this.#cache.delete(entry.stream);
    this.#cache.set(entry.stream, entry);
    if (this.#cache.size > CACHE_LIMIT) {
      const oldest = this.#cache.keys().next().value;
      if (oldest !== undefined) this.#cache.delete(oldest);
    }
  }
}

const insertions = new WeakMap<View, string>();

function insertInto(view: View): string {
  const known = insertions.get(view);
  if (known !== undefined) return known;
  const sql = `INSERT INTO ${view.name}(doc, ${view.columns.join(', ')}) VALUES(${['?', ...view.columns.map(() => '?')].join(', ')})`;
  insertions.set(view, sql);
  return sql;
}

function entryOf(row: SqlRow, definition: StreamDefinition<unknown> | undefined): Entry {
  const stream = row['stream'] as StreamId; // the column holds stream ids only
  return {
    id: Number(row['id']),
    stream,
    document: decodeDocument(stream, String(row['json']), definition),
    updated: Number(row['updated']),
  };
}
