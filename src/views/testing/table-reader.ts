// Tables of a replica for tests of views and queries: documents are put in, queries read. It must not know which database it runs on.
import type { Actor } from '#kernel/shared/actor.ts';
import type { Document } from '#kernel/shared/document.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { Sql, SqlRow, SqlStatement, SqlValue } from '#journal/ports/storage.ts';
import type { View, ViewReader } from '../view.ts';

export interface Tables {
  /** Saves documents in this order, as a replica does: an older row of the same stream goes first. */
  put(...documents: readonly Document[]): Promise<void>;
  reader(now: Instant, actor: Actor): ViewReader;
  /** All rows of a view with the stream instead of the document's id, sorted: equal on replicas that hold the same. */
  dump(view: View): Promise<readonly string[]>;
}

export async function openTables(
  sql: Sql,
  ddl: readonly string[],
  streams: ReadonlyMap<string, StreamDefinition<unknown>>,
  views: readonly View[],
): Promise<Tables> {
  await sql.write([...ddl, ...new Set(views.flatMap((view) => view.ddl))].map((text) => ({ sql: text })));
  const ids = new Map<StreamId, number>();
  const all = new Map<StreamId, Document>();

  function statements(document: Document): readonly SqlStatement[] {
    const type = streamType(document.stream);
    const definition = streams.get(type);
    const id = ids.get(document.stream) ?? ids.size + 1;
    ids.set(document.stream, id);
    all.set(document.stream, document);
    const { stream, ...stored } = document;
    const open = document.issues.filter((issue) => issue.settled === undefined).length;
    const unit = definition?.unit(document.state, stream) ?? null;
    const mine = views.filter((view) => view.stream === type);
    return [
      {
        sql: 'INSERT OR REPLACE INTO documents(id, stream, type, unit, json, issues, updated) VALUES(?, ?, ?, ?, ?, ?, ?)',
        params: [id, stream, type, unit, JSON.stringify(stored), open, id],
      },
      { sql: 'DELETE FROM numbers WHERE doc = ?', params: [id] },
      {
        sql: 'INSERT OR IGNORE INTO numbers(number, doc) VALUES(?, ?)',
        many: (definition?.numbers(document.state) ?? []).map((number) => [number, id]),
      },
      { sql: 'DELETE FROM links WHERE doc = ?', params: [id] },
      {
        sql: 'INSERT OR IGNORE INTO links(target, type, rel, doc) VALUES(?, ?, ?, ?)',
        many: (definition?.links(document.state) ?? []).map((link) => [link.to, type, link.rel, id]),
      },
      ...mine.flatMap((view) => [
        { sql: `DELETE FROM ${view.name} WHERE doc = ?`, params: [id] },
        {
          sql: `INSERT INTO ${view.name}(doc, ${view.columns.join(', ')}) VALUES(${['?', ...view.columns.map(() => '?')].join(', ')})`,
          many: view.rows(document).map((row) => [id, ...row]),
        },
      ]),
    ];
  }

  return {
    async put(...documents) {
      await sql.write(documents.flatMap(statements));
    },
    reader: (now, actor) => readerOf(sql, all, now, actor),
    async dump(view) {
      const rows = await sql.read(`SELECT d.stream AS stream_of_doc, x.* FROM ${view.name} x JOIN documents d ON d.id = x.doc`);
      return rows.map((row) => JSON.stringify(Object.entries(row).filter(([column]) => column !== 'doc'))).sort();
    },
  };
}

function readerOf(sql: Sql, all: ReadonlyMap<StreamId, Document>, now: Instant, actor: Actor): ViewReader {
  // A document is what its own definition folded; who asks for it names that state.
  const get = <S>(stream: StreamId): Document<S> | undefined => all.get(stream) as Document<S> | undefined;
  return {
    rows: async (text: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]> => await sql.read(text, params),
    document: <S>(stream: StreamId) => Promise.resolve(get<S>(stream)),
    documents: <S>(list: readonly StreamId[]) =>
      Promise.resolve(list.map((stream) => get<S>(stream)).filter((document) => document !== undefined)),
    byNumber: async (number, type) => {
      const rows = await sql.read(
        'SELECT d.stream AS stream FROM numbers x JOIN documents d ON d.id = x.doc WHERE x.number = ? ORDER BY d.id LIMIT 50',
        [number],
      );
      const found = rows.map((row) => row['stream'] as StreamId); // the column holds stream ids only
      return type === undefined ? found : found.filter((stream) => streamType(stream) === type);
    },
    all: <S>(type: string) =>
      Promise.resolve(
        [...all.keys()]
          .filter((stream) => streamType(stream) === type)
          .map((stream) => get<S>(stream))
          .filter((document) => document !== undefined),
      ),
    now,
    actor,
  };
}
