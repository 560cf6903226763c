// A folder in memory for tests of the slot store: unflushed sectors can be lost or torn, opens can fail, space can end.
import type { SlotFolder, SyncHandle } from './slot-folder.ts';

const SECTOR_BYTES = 512;

interface MemoryFile {
  current: Uint8Array;
  durable: Uint8Array;
  open: boolean;
}

export class FaultyFolder implements SlotFolder {
  readonly files = new Map<string, MemoryFile>();
  /** Names whose next opens fail, and how often. */
  readonly failOpens = new Map<string, number>();
  quotaBytes = Number.POSITIVE_INFINITY;
  /** A write past the quota takes what fits, as a disk may, instead of nothing. */
  partialWrites = false;
  flushFails = false;
  flushes = 0;
  opens = 0;
  /** Called at each flush, before anything of it is durable. */
  beforeFlush: (() => void) | undefined;

  async names(): Promise<readonly string[]> {
    return [...this.files.keys()];
  }

  async open(name: string): Promise<SyncHandle> {
    this.opens += 1;
    const left = this.failOpens.get(name) ?? 0;
    if (left > 0) {
      this.failOpens.set(name, left - 1);
      throw new DOMException('held by somebody', 'UnknownError');
    }
    const file = this.files.get(name) ?? { current: new Uint8Array(0), durable: new Uint8Array(0), open: false };
    if (file.open) throw new DOMException('open already', 'NoModificationAllowedError');
    file.open = true;
    this.files.set(name, file);
    return this.#handle(file);
  }

  async space(): Promise<{ usedBytes: number; freeBytes: number | undefined }> {
    return { usedBytes: this.used(), freeBytes: this.quotaBytes - this.used() };
  }

  used(): number {
    return [...this.files.values()].reduce((sum, file) => sum + file.current.length, 0);
  }

  /** The same bytes on another disk, durable or not as they are now, and nothing open. */
  image(): FaultyFolder {
    const copy = new FaultyFolder();
    for (const [name, file] of this.files)
      copy.files.set(name, { current: file.current.slice(), durable: file.durable.slice(), open: false });
    return copy;
  }

  /** The power goes. @param pick a number of 0 to 2 for each sector: lost, written, or the file's length lost with it. */
  crash(pick: () => number): void {
    for (const file of this.files.values()) {
      const length = pick() === 0 ? file.durable.length : file.current.length;
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += SECTOR_BYTES) {
        const from = pick() === 0 ? file.durable : file.current;
        bytes.set(from.subarray(at, Math.min(at + SECTOR_BYTES, length)), at);
      }
      file.current = bytes;
      file.durable = bytes.slice();
      file.open = false;
    }
  }

  #handle(file: MemoryFile): SyncHandle {
    return {
      read: (into, { at }) => {
        const part = file.current.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write: (from, { at }) => {
        const growth = Math.max(0, at + from.length - file.current.length);
        const free = this.quotaBytes - this.used();
        if (growth > free && !this.partialWrites) throw new DOMException('no space', 'QuotaExceededError');
        const taken = growth > free ? Math.max(0, from.length - (growth - free)) : from.length;
        const bytes = new Uint8Array(Math.max(file.current.length, at + taken));
        bytes.set(file.current);
        bytes.set(from.subarray(0, taken), at);
        file.current = bytes;
        return taken;
      },
      truncate: (length) => {
        const bytes = new Uint8Array(length);
        bytes.set(file.current.subarray(0, length));
        file.current = bytes;
      },
      getSize: () => file.current.length,
      flush: () => {
        this.beforeFlush?.();
        if (this.flushFails) throw new DOMException('no', 'UnknownError');
        this.flushes += 1;
        file.durable = file.current.slice();
      },
      close: () => {
        file.open = false;
      },
    };
  }
}
