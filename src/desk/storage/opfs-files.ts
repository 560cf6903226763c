// The `Files` port on OPFS sync access handles, for one dedicated worker. It must not know what the files mean.
//
// Each file of ours lives in a *slot*: a file of the browser with a number for a name, whose first page names what it holds.
// Chromium keeps the names of OPFS files in a database that it does not sync, so that a fresh name can vanish with the power
// although the data was flushed. A slot's name is flushed together with its data, and spare slots are made ahead of need.
// The same slots give an atomic `replace` where the browser has no atomic rename.
import { crc32 } from '#journal/crc32.ts';
import { StorageFailure, type FileInfo, type Files } from '#journal/ports/storage.ts';
import { storageFailure } from './dom-failure.ts';
import { HEADER_BYTES, HEADER_USED_BYTES, readHeader, writeHeader, type SlotHeader } from './slot-header.ts';
import { openWithRetry, type SlotFolder, type SyncHandle } from './slot-folder.ts';

/** Made ahead, so that the browser's own record of them is old when they are used. */
const SPARE_SLOTS = 4;
/** Every slot is an open file of the browser. A desk with more than 1,000 segments of 64 MB is a mistake. */
const MAX_SLOTS = 1_000;
const FILE_NAME = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const SLOT_NAME = /^slot-(\d{4})$/;

interface Slot {
  readonly handle: SyncHandle;
  header: SlotHeader | undefined;
  /** Length of the data, without the header page. */
  lengthBytes: number;
  /** Emptied, and the disk may not know of it yet: what stood there could come back behind a new header. */
  emptied?: boolean;
}

export interface OpenedFiles {
  readonly files: Files;
  /** What was found and mended at open, in plain words. */
  readonly notes: readonly string[];
}

/** Opens all slots, or rejects with nothing changed and every handle closed again. */
export async function openOpfsFiles(folder: SlotFolder): Promise<OpenedFiles> {
  const names = (await folder.names()).filter((name) => SLOT_NAME.test(name)).toSorted();
  const opened = await Promise.allSettled(names.map((name) => openWithRetry(folder, name)));
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    for (const result of opened) if (result.status === 'fulfilled') result.value.close();
    throw storageFailure(failed.reason, 'the storage did not open');
  }
  const handles = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const notes: string[] = [];
  try {
    const next = names.reduce((most, name) => Math.max(most, Number(SLOT_NAME.exec(name)?.[1] ?? 0)), 0) + 1;
    const files = new OpfsFiles(folder, sortSlots(handles, notes), next);
    await files.fillSpares();
    return { files, notes };
  } catch (error) {
    for (const handle of handles) handle.close();
    throw storageFailure(error, 'the storage did not open');
  }
}

interface Sorted {
  readonly named: Map<string, Slot>;
  readonly spare: Slot[];
  readonly damaged: Slot[];
}

function sortSlots(handles: readonly SyncHandle[], notes: string[]): Sorted {
  const named = new Map<string, Slot>();
  const spare: Slot[] = [];
  const damaged: Slot[] = [];
  for (const handle of handles) {
    const slot = readSlot(handle);
    if (slot === 'damaged') {
      damaged.push({ handle, header: undefined, lengthBytes: handle.getSize() });
      notes.push('a file whose head is damaged was set aside and kept');
      continue;
    }
    if (slot.header === undefined) {
      spare.push(slot);
      continue;
    }
    const other = named.get(slot.header.name);
    if (other === undefined) named.set(slot.header.name, slot);
    else {
      const { kept, left, bothTorn } = newest(slot, other);
      named.set(slot.header.name, kept);
      (bothTorn ? damaged : spare).push(left);
    }
  }
  for (const slot of named.values())
    if (!contentWhole(slot)) notes.push(`the content of ${slot.header?.name ?? 'a file'} does not match its checksum`);
  for (const slot of spare) erase(slot);
  return { named, spare, damaged };
}

function readSlot(handle: SyncHandle): Slot | 'damaged' {
  const size = handle.getSize();
  if (size === 0) return { handle, header: undefined, lengthBytes: 0 };
  const bytes = new Uint8Array(HEADER_USED_BYTES);
  const got = handle.read(bytes, { at: 0 });
  const read = readHeader(bytes.subarray(0, got));
  if (read.kind === 'named') return { handle, header: read.header, lengthBytes: Math.max(0, size - HEADER_BYTES) };
  if (read.kind === 'empty' || size <= HEADER_BYTES) return { handle, header: undefined, lengthBytes: 0 };
  return 'damaged';
}

/** Two slots of one name are a `replace` that a crash cut short: the newer when it is whole, else the older. */
function newest(a: Slot, b: Slot): { readonly kept: Slot; readonly left: Slot; readonly bothTorn: boolean } {
  const [newer, older] = (a.header?.generation ?? 0) > (b.header?.generation ?? 0) ? [a, b] : [b, a];
  if (contentWhole(newer)) return { kept: newer, left: older, bothTorn: false };
  return contentWhole(older) ? { kept: older, left: newer, bothTorn: false } : { kept: newer, left: older, bothTorn: true };
}

function contentWhole(slot: Slot): boolean {
  const { contentBytes = 0, contentCrc = 0 } = slot.header ?? {};
  if (contentBytes === 0) return true;
  if (slot.lengthBytes < contentBytes) return false;
  const bytes = new Uint8Array(contentBytes);
  return slot.handle.read(bytes, { at: HEADER_BYTES }) === contentBytes && crc32(bytes) === contentCrc;
}

function erase(slot: Slot): void {
  slot.handle.truncate(0);
  slot.header = undefined;
  slot.lengthBytes = 0;
  slot.emptied = true;
}

class OpfsFiles implements Files {
  readonly counters = { syncs: 0, appends: 0 };
  readonly #folder: SlotFolder;
  readonly #named: Map<string, Slot>;
  readonly #spare: Slot[];
  readonly #damaged: readonly Slot[];
  #nextSlot: number;
  #queue: Promise<unknown> = Promise.resolve();
  #refill: Promise<void> | undefined;
  #closed = false;

  constructor(folder: SlotFolder, sorted: Sorted, nextSlot: number) {
    this.#folder = folder;
    this.#named = sorted.named;
    this.#spare = sorted.spare;
    this.#damaged = sorted.damaged;
    this.#nextSlot = nextSlot;
  }

  list(): Promise<readonly FileInfo[]> {
    return this.#inOrder('list', () =>
      [...this.#named].map(([name, slot]) => ({ name, lengthBytes: slot.lengthBytes })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  }

  read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    return this.#inOrder(`read ${name}`, () => {
      const slot = this.#named.get(checkName(name));
      const length = Math.max(0, Math.min(lengthBytes, (slot?.lengthBytes ?? 0) - offsetBytes));
      if (slot === undefined || length === 0) return new Uint8Array(0);
      const bytes = new Uint8Array(length);
      const got = slot.handle.read(bytes, { at: HEADER_BYTES + offsetBytes });
      return bytes.subarray(0, got);
    });
  }

  append(name: string, bytes: Uint8Array): Promise<void> {
    return this.#inOrder(`append ${name}`, async () => {
      this.counters.appends += 1;
      const slot = this.#named.get(checkName(name));
      if (slot !== undefined) {
        writeOrUndo(slot, bytes);
        return;
      }
      const fresh = await this.#takeSpare();
      try {
        writeAll(fresh.handle, writeHeader({ name, generation: 1, contentBytes: 0, contentCrc: 0 }), 0);
        if (bytes.length === 0) fresh.handle.truncate(HEADER_BYTES);
        writeOrUndo(fresh, bytes);
      } catch (error) {
        this.#giveBack(fresh);
        throw error;
      }
      fresh.header = { name, generation: 1, contentBytes: 0, contentCrc: 0 };
      this.#named.set(name, fresh);
    });
  }

  sync(name: string): Promise<void> {
    return this.#inOrder(`sync ${name}`, () => {
      const slot = this.#named.get(checkName(name));
      if (slot === undefined) throw new StorageFailure('gone', 'permanent', `sync of ${name}, which does not exist`);
      this.#flush(slot);
    });
  }

  truncate(name: string, lengthBytes: number): Promise<void> {
    return this.#inOrder(`truncate ${name}`, async () => {
      const slot = this.#named.get(checkName(name));
      if (slot === undefined || lengthBytes >= slot.lengthBytes) return;
      // A file with a content checksum stays whole only as a new one.
      if (lengthBytes < (slot.header?.contentBytes ?? 0)) {
        const kept = new Uint8Array(lengthBytes);
        slot.handle.read(kept, { at: HEADER_BYTES });
        await this.#replaceNow(name, kept);
        return;
      }
      slot.handle.truncate(HEADER_BYTES + lengthBytes);
      slot.lengthBytes = lengthBytes;
      this.#flush(slot);
    });
  }

  replace(name: string, bytes: Uint8Array): Promise<void> {
    return this.#inOrder(`replace ${name}`, () => this.#replaceNow(checkName(name), bytes));
  }

  async space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number | undefined }> {
    try {
      return await this.#folder.space();
    } catch (error) {
      throw storageFailure(error, 'the space left could not be asked');
    }
  }

  async close(): Promise<void> {
    await this.#queue.catch(() => undefined);
    await this.#refill?.catch(() => undefined);
    if (this.#closed) return;
    this.#closed = true;
    for (const slot of [...this.#named.values(), ...this.#spare, ...this.#damaged]) slot.handle.close();
  }

  async fillSpares(): Promise<void> {
    while (this.#spare.length < SPARE_SLOTS && !this.#closed) {
      if (this.#nextSlot > MAX_SLOTS) throw new StorageFailure('disk-full', 'permanent', `more than ${MAX_SLOTS} files`);
      const name = `slot-${String(this.#nextSlot).padStart(4, '0')}`;
      this.#nextSlot += 1;
      const handle = await openWithRetry(this.#folder, name);
      this.#spare.push({ handle, header: undefined, lengthBytes: 0 });
    }
  }

  async #replaceNow(name: string, bytes: Uint8Array): Promise<void> {
    const old = this.#named.get(name);
    const header: SlotHeader = {
      name,
      generation: (old?.header?.generation ?? 0) + 1,
      contentBytes: bytes.length,
      contentCrc: crc32(bytes),
    };
    const fresh = await this.#takeSpare();
    try {
      writeAll(fresh.handle, bytes, HEADER_BYTES);
      // With no older content to fall back on, a name must never stand before bytes that did not reach the disk.
      if (old === undefined) confirm(fresh);
      writeAll(fresh.handle, writeHeader(header), 0);
      if (bytes.length === 0) fresh.handle.truncate(HEADER_BYTES);
      this.#flush(fresh);
    } catch (error) {
      this.#giveBack(fresh);
      throw error;
    }
    fresh.header = header;
    fresh.lengthBytes = bytes.length;
    this.#named.set(name, fresh);
    if (old !== undefined) this.#giveBack(old);
  }

  #flush(slot: Slot): void {
    confirm(slot);
    this.counters.syncs += 1;
  }

  async #takeSpare(): Promise<Slot> {
    await this.#refill?.catch(() => undefined);
    if (this.#spare.length === 0) await this.fillSpares();
    const slot = this.#spare.shift();
    if (slot === undefined) throw new StorageFailure('gone', 'transient', 'no free file');
    this.#refill = this.fillSpares().catch(() => undefined); // a spare that cannot be made now is made when it is needed
    if (slot.emptied === true) {
      try {
        confirm(slot);
      } catch (error) {
        this.#giveBack(slot);
        throw error;
      }
      slot.emptied = false;
    }
    return slot;
  }

  /** Emptied and kept for the next use. When even that fails, generations and checksums sort it out at the next open. */
  #giveBack(slot: Slot): void {
    try {
      erase(slot);
      this.#spare.push(slot);
    } catch {
      slot.handle.close();
    }
  }

  /** One verb at a time: a new name waits for its slot, and nobody may pass it. */
  #inOrder<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const done = this.#queue.then(async () => {
      if (this.#closed) throw new StorageFailure('gone', 'permanent', `${what}: the storage is closed`);
      try {
        return await work();
      } catch (error) {
        if (error instanceof RangeError) throw error;
        throw storageFailure(error, what);
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function checkName(name: string): string {
  if (!FILE_NAME.test(name)) throw new RangeError('invariant: a file name is lower case letters, digits, dots and hyphens');
  return name;
}

function confirm(slot: Slot): void {
  try {
    slot.handle.flush();
  } catch (error) {
    // What reached the disk before the failure nobody can say.
    throw new StorageFailure('io', 'ambiguous', 'the disk did not confirm', { cause: error });
  }
}

function writeAll(handle: SyncHandle, bytes: Uint8Array, at: number): void {
  const written = handle.write(bytes, { at });
  if (written < bytes.length) throw new StorageFailure('disk-full', 'permanent', `only ${written} of ${bytes.length} bytes were taken`);
}

/** All of the bytes at the end, or the file as it was. */
function writeOrUndo(slot: Slot, bytes: Uint8Array): void {
  try {
    writeAll(slot.handle, bytes, HEADER_BYTES + slot.lengthBytes);
  } catch (error) {
    try {
      slot.handle.truncate(HEADER_BYTES + slot.lengthBytes);
    } catch {
      // The next write goes over what was left, and a tail that stays is cut at the next open.
    }
    throw error;
  }
  slot.lengthBytes += bytes.length;
}
