// What a view and a query are. A view's rows are a pure function of one document; counts and sums are queries over rows.
import type { z } from 'zod';
import type { Actor } from '#kernel/shared/actor.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { SqlRow, SqlValue } from '#journal/ports/storage.ts';
import type { NameRow } from './name-index/name-row.ts';
import type { FoundNames } from './name-index/search.ts';

/** One table. Its first column is always `doc INTEGER NOT NULL`, the id of the row in `documents`. */
export interface View<S = unknown> {
  /** The table's name, snake_case with the prefix `v_`. */
  readonly name: string;
  /** Raised when `rows`, `columns` or `ddl` change: the replica then rebuilds the views. */
  readonly version: number;
  /** Type of the streams that it shows. */
  readonly stream: string;
  /** Columns after `doc`, in the order of the values. */
  readonly columns: readonly string[];
  /** CREATE TABLE and CREATE INDEX statements (with `IF NOT EXISTS`); an index on `doc` among them. */
  readonly ddl: readonly string[];
  /** Zero or more rows; values without `doc`. Pure. */
  rows(document: Document<S>): readonly (readonly SqlValue[])[];
}

/** What a node knows of all patients of the hospital, those whose record it does not hold included. */
export interface NamesPort {
  /** By number, phone or name; best first. */
  search(text: string, limit: number): Promise<FoundNames>;
  /** Somebody that was found lately. */
  row(patient: StreamId): Promise<NameRow | undefined>;
}

/** What queries read. Tables of the replica itself that queries may join (fixed here):
 * `documents(id INTEGER PRIMARY KEY, stream TEXT UNIQUE, type TEXT, unit TEXT, json TEXT, issues INTEGER, updated INTEGER)`:
 *    json is `{"state":…,"heads":[…],"issues":[…],"events":n}`; `issues` counts open ones; `updated` is the largest receipt number of the stream.
 * `numbers(number TEXT, doc INTEGER)` and `links(target TEXT, rel TEXT, type TEXT, doc INTEGER)`: from the stream definitions.
 */
export interface ViewReader {
  rows(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  document<S>(stream: StreamId): Promise<Document<S> | undefined>;
  /** Documents of several rows at once, in the order given; missing ones left out. */
  documents<S>(streams: readonly StreamId[]): Promise<readonly Document<S>[]>;
  byNumber(number: string, type?: string): Promise<readonly StreamId[]>;
  /** All documents of a small trust type, from memory. */
  all<S>(type: string): Promise<readonly Document<S>[]>;
  /** All events of one stream in causal order, read from the journal: what the reconcile queue lays side by side. Where it
   * is not given, facts are shown as far as the document keeps them. */
  history?(stream: StreamId): Promise<readonly FoldEvent[]>;
  /** Where a name index is kept. */
  readonly names?: NamesPort;
  readonly now: Instant;
  readonly actor: Actor;
}

export type QueryAnswer<R> = { readonly ok: true; readonly result: R } | { readonly ok: false; readonly rejection: Rejection };

export interface QueryDefinition<I = unknown, R = unknown> {
  /** Lower camel case noun: `patients`, `labWorklist`. The permission is `query:NAME`. */
  readonly name: string;
  readonly title: { readonly en: string; readonly hi: string };
  readonly input: z.ZodType<I>;
  readonly result: z.ZodType<R>;
  /** Patients whose record the answer shows: these reads are audited. Empty for lists that show no record. */
  audited(result: R): readonly StreamId[];
  run(input: I, read: ViewReader): Promise<QueryAnswer<R>>;
}

export function defineQuery<I, R>(definition: QueryDefinition<I, R>): QueryDefinition<I, R> {
  return definition;
}
