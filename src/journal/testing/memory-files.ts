// Files in memory with the faults of real disks, for tests and the simulator. It must not know what is written.
import { StorageFailure, type FileInfo, type Files } from '../ports/storage.ts';

interface MemoryFile {
  bytes: Uint8Array;
  length: number;
  /** What a crash would leave for certain. */
  syncedLength: number;
}

export interface MemoryFaults {
  /** Total bytes that the disk holds; undefined for no end. */
  capacityBytes?: number;
  readOnly?: boolean;
  /** `sync` says yes and does nothing: a lying disk. */
  lyingSync?: boolean;
  /** The next so many reads fail once each. */
  failReads?: number;
  /** The next so many syncs fail. */
  failSyncs?: number;
}

/** A picture of a disk: what an administrator copies, restores and clones. */
export type DiskImage = ReadonlyMap<string, Uint8Array>;

export class MemoryFiles implements Files {
  readonly faults: MemoryFaults;
  readonly counters = { syncs: 0, appends: 0 };
  #files = new Map<string, MemoryFile>();

  constructor(faults: MemoryFaults = {}, image?: DiskImage) {
    this.faults = faults;
    if (image !== undefined) this.restore(image);
  }

  list(): Promise<readonly FileInfo[]> {
    return Promise.resolve([...this.#files].map(([name, file]) => ({ name, lengthBytes: file.length })));
  }

  read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    if ((this.faults.failReads ?? 0) > 0) {
      this.faults.failReads = (this.faults.failReads ?? 1) - 1;
      return Promise.reject(new StorageFailure('io', 'transient', `reading ${name} failed`));
    }
    const file = this.#files.get(name);
    if (file === undefined) return Promise.resolve(new Uint8Array(0));
    return Promise.resolve(file.bytes.slice(offsetBytes, Math.min(file.length, offsetBytes + lengthBytes)));
  }

  append(name: string, bytes: Uint8Array): Promise<void> {
    const refused = this.#refusal(bytes.length);
    if (refused !== undefined) return Promise.reject(refused);
    const file = this.#files.get(name) ?? { bytes: new Uint8Array(4096), length: 0, syncedLength: 0 };
    this.#files.set(name, file);
    if (file.length + bytes.length > file.bytes.length) {
      const larger = new Uint8Array(Math.max(file.bytes.length * 2, file.length + bytes.length));
      larger.set(file.bytes.subarray(0, file.length));
      file.bytes = larger;
    }
    file.bytes.set(bytes, file.length);
    file.length += bytes.length;
    this.counters.appends += 1;
    return Promise.resolve();
  }

  sync(name: string): Promise<void> {
    if ((this.faults.failSyncs ?? 0) > 0) {
      this.faults.failSyncs = (this.faults.failSyncs ?? 1) - 1;
      return Promise.reject(new StorageFailure('io', 'ambiguous', `syncing ${name} failed`));
    }
    this.counters.syncs += 1;
    const file = this.#files.get(name);
    if (file !== undefined && this.faults.lyingSync !== true) file.syncedLength = file.length;
    return Promise.resolve();
  }

  truncate(name: string, lengthBytes: number): Promise<void> {
    if (this.faults.readOnly === true) return Promise.reject(new StorageFailure('read-only', 'permanent', 'the disk is read-only'));
    const file = this.#files.get(name);
    if (file !== undefined) {
      file.length = Math.min(file.length, lengthBytes);
      file.syncedLength = Math.min(file.syncedLength, file.length);
    }
    return Promise.resolve();
  }

  replace(name: string, bytes: Uint8Array): Promise<void> {
    const refused = this.#refusal(bytes.length);
    if (refused !== undefined) return Promise.reject(refused);
    this.counters.syncs += 1;
    this.#files.set(name, { bytes: bytes.slice(), length: bytes.length, syncedLength: bytes.length });
    return Promise.resolve();
  }

  space(): Promise<{ usedBytes: number; freeBytes: number | undefined }> {
    const usedBytes = this.#used();
    return Promise.resolve({
      usedBytes,
      freeBytes: this.faults.capacityBytes === undefined ? undefined : Math.max(0, this.faults.capacityBytes - usedBytes),
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Power is cut: unsynced bytes are lost, in whole or in part. @param keep how much of each unsynced tail survives, 0 to 1 */
  crash(keep: (name: string) => number): void {
    for (const [name, file] of this.#files) {
      const unsynced = file.length - file.syncedLength;
      file.length = file.syncedLength + Math.floor(unsynced * Math.min(1, Math.max(0, keep(name))));
      file.syncedLength = file.length;
    }
  }

  /** Flips one bit, as a failing disk or an attacker with an editor would. */
  flipBit(name: string, offsetBytes: number, bit: number): void {
    const file = this.#files.get(name);
    if (file !== undefined && offsetBytes < file.length) file.bytes[offsetBytes]! ^= 1 << (bit & 7); // inside, checked
  }

  image(): DiskImage {
    return new Map([...this.#files].map(([name, file]) => [name, file.bytes.slice(0, file.length)]));
  }

  restore(image: DiskImage): void {
    this.#files = new Map(
      [...image].map(([name, bytes]) => [name, { bytes: bytes.slice(), length: bytes.length, syncedLength: bytes.length }]),
    );
  }

  #used(): number {
    let used = 0;
    for (const file of this.#files.values()) used += file.length;
    return used;
  }

  #refusal(bytes: number): StorageFailure | undefined {
    if (this.faults.readOnly === true) return new StorageFailure('read-only', 'permanent', 'the disk is read-only');
    const { capacityBytes } = this.faults;
    if (capacityBytes !== undefined && this.#used() + bytes > capacityBytes)
      return new StorageFailure('disk-full', 'transient', 'the disk is full');
    return undefined;
  }
}
