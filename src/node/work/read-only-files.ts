// Files that can be read and never changed: what verify looks at, also while a hub writes there.
import { type FileInfo, type Files, StorageFailure } from '#journal/ports/storage.ts';

export class ReadOnlyFiles implements Files {
  readonly counters = { syncs: 0, appends: 0 };
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  list(): Promise<readonly FileInfo[]> {
    return this.#files.list();
  }
  read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    return this.#files.read(name, offsetBytes, lengthBytes);
  }
  space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number | undefined }> {
    return this.#files.space();
  }
  close(): Promise<void> {
    return this.#files.close();
  }
  /** A torn tail is reported by whoever opens the log; here it stays where it is. */
  truncate(): Promise<void> {
    return Promise.resolve();
  }
  append(): Promise<void> {
    return refused();
  }
  /** Nothing is written through this, so nothing waits for it. */
  sync(): Promise<void> {
    return Promise.resolve();
  }
  replace(): Promise<void> {
    return refused();
  }
}

function refused(): Promise<never> {
  return Promise.reject(new StorageFailure('read-only', 'permanent', 'this folder is only looked at'));
}
