// The storage port: append-only files that are the truth, and SQL that can be rebuilt from them.
// Implementations: memory (with faults, for the simulator), Node (files and SQLite), browser (OPFS and SQLite).

/** The class decides what to do: retry a transient one, ask the state after an ambiguous one, stop at a permanent one. */
export type FailureClass = 'transient' | 'ambiguous' | 'permanent';
export type StorageFailureCode = 'disk-full' | 'read-only' | 'io' | 'damaged' | 'newer-format' | 'locked' | 'gone';

export class StorageFailure extends Error {
  readonly failureClass: FailureClass;
  readonly code: StorageFailureCode;
  constructor(code: StorageFailureCode, failureClass: FailureClass, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageFailure';
    this.code = code;
    this.failureClass = failureClass;
  }
}

export interface FileInfo {
  readonly name: string;
  readonly lengthBytes: number;
}

/**
 * One flat folder of files, written at the end only. Names match `[a-z0-9][a-z0-9.-]{0,63}`.
 * Every verb rejects with a `StorageFailure`. A crash may lose or tear whatever was not synced, in whole or part.
 */
export interface Files {
  list(): Promise<readonly FileInfo[]>;
  /** Fewer bytes than asked for when the file ends; empty when it does not exist. */
  read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
  /** Adds at the end; makes the file when it does not exist. Not durable until `sync`. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Durable when it resolves: data, length and, for a new file, its name. */
  sync(name: string): Promise<void>;
  /** Cuts a torn tail at open, the only time that anything shrinks. */
  truncate(name: string, lengthBytes: number): Promise<void>;
  /** Replaces a small file in whole: after a crash either the old or the new bytes are there. Durable when it resolves. */
  replace(name: string, bytes: Uint8Array): Promise<void>;
  /** What is used and what the place will hold, where it can say. */
  space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number | undefined }>;
  /** Counters that prove durability: how often `sync` and `replace` reached the disk. */
  readonly counters: { readonly syncs: number; readonly appends: number };
  close(): Promise<void>;
}

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One statement, run once with `params`, or once for each element of `many`. Rows come back only for `params`. */
export interface SqlStatement {
  readonly sql: string;
  readonly params?: readonly SqlValue[];
  readonly many?: readonly (readonly SqlValue[])[];
}

/** SQLite dialect (3.45 or later, FTS5). One connection, one writer; statements are prepared once per text. */
export interface Sql {
  /** All statements in one transaction, or none. The rows of each, in order. Not synced to disk: it can be rebuilt. */
  write(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]>;
  /** Reads the last written state. */
  read(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Throws everything away and starts empty (a rebuild). */
  clear(): Promise<void>;
  /** Bytes of the database with its write-ahead log. */
  sizeBytes(): Promise<number>;
  close(): Promise<void>;
}

/** What a replica stands on. */
/** Sealing at rest: bytes as they lie in the files. Encryption is one of these; absent, they lie in clear. */
export interface Sealer {
  seal(payload: Uint8Array): Uint8Array;
  open(sealed: Uint8Array): Uint8Array;
}

export interface Storage {
  /** For every record that holds commits; the SQL has its own key. */
  readonly sealer?: Sealer;
  readonly files: Files;
  readonly sql: Sql;
  /** What was mended or found at open, for the status screen (`torn tail cut`, `database rebuilt`). */
  readonly notes: readonly string[];
}
