// A folder of the origin private file system as the few verbs that the slot store needs, so that tests can put faults there.
import { StorageFailure } from '#journal/ports/storage.ts';
import { storageFailure } from './dom-failure.ts';

export interface SyncHandle {
  read(into: Uint8Array, at: { readonly at: number }): number;
  write(from: Uint8Array, at: { readonly at: number }): number;
  truncate(lengthBytes: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

export interface SlotFolder {
  names(): Promise<readonly string[]>;
  /** Exclusive; makes the file when it does not exist. */
  open(name: string): Promise<SyncHandle>;
  space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number | undefined }>;
}

/** Antivirus, a waking disk or a tab that is just closing hold a file for a moment. Longer trouble is the host's to retry. */
const RETRY_AFTER_MS = 60;

/** @param path folder names from the root of the origin's private file system, made when missing. */
export async function opfsFolder(path: readonly string[]): Promise<SlotFolder> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await navigator.storage.getDirectory();
    for (const part of path) folder = await folder.getDirectoryHandle(part, { create: true });
  } catch (error) {
    throw storageFailure(error, 'the private folder of this site could not be opened');
  }
  return {
    async names() {
      const found: string[] = [];
      for await (const [name, handle] of folder) if (handle.kind === 'file') found.push(name);
      return found;
    },
    async open(name) {
      const file = await folder.getFileHandle(name, { create: true });
      return file.createSyncAccessHandle();
    },
    async space() {
      const { usage, quota } = await navigator.storage.estimate();
      return { usedBytes: usage ?? 0, freeBytes: quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0)) };
    },
  };
}

/** Opens a file, once more after a moment when it fails. It never deletes anything: a file that will not open may open later. */
export async function openWithRetry(folder: SlotFolder, name: string): Promise<SyncHandle> {
  try {
    return await folder.open(name);
  } catch (first) {
    if (first instanceof StorageFailure) throw first;
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    try {
      return await folder.open(name);
    } catch (second) {
      throw storageFailure(second, `the file ${name} does not open; nothing was deleted`);
    }
  }
}
