// Files on a real disk: append, sync and replace with the guarantees that the port promises. It must not know what a
// record is. Small writes and reads are synchronous on purpose: they meet the page cache, and a hop to another thread
// costs more than they do (measured: 84 to 121 µs with the sync). Only the sync itself waits for the disk, off the loop.
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StorageFailure, type FileInfo, type Files } from '#journal/ports/storage.ts';
import { fileFailure } from './failures.ts';

const NAME = /^[a-z0-9][a-z0-9.-]{0,63}$/;
/** Half-written replacements; never listed, swept at open. */
const TEMPORARY = '.tmp-';
/** A read larger than this leaves the loop: a scan of megabytes must not hold up a desk's question. */
const SYNCHRONOUS_BYTES = 256 * 1024;

const fdatasync = promisify(fs.fdatasync);
const fsync = promisify(fs.fsync);
const readAsync = promisify(fs.read);

interface OpenFile {
  readonly fd: number;
  readonly writable: boolean;
  /** False until the folder was synced after this process opened the file: only then is its name durable. */
  nameSynced: boolean;
}

export class NodeFiles implements Files {
  readonly counters = { syncs: 0, appends: 0 };
  readonly #folder: string;
  readonly #open = new Map<string, OpenFile>();
  #closed = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder (0700) when it is not there. A folder that cannot be written opens all the same, for reading. */
  static async open(folder: string): Promise<NodeFiles> {
    const files = new NodeFiles(path.resolve(folder));
    const name = path.basename(files.#folder);
    try {
      const made = fs.mkdirSync(files.#folder, { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(path.dirname(made));
    } catch (error) {
      throw fileFailure(error, 'write', name);
    }
    try {
      for (const left of fs.readdirSync(files.#folder))
        if (left.startsWith(TEMPORARY)) fs.rmSync(path.join(files.#folder, left), { force: true });
    } catch (error) {
      const failure = fileFailure(error, 'write', name);
      if (failure.code !== 'read-only') throw failure;
    }
    return files;
  }

  // Each verb is an async function so that whatever goes wrong rejects, and never throws at the caller's line.

  async list(): Promise<readonly FileInfo[]> {
    return await this.#attempt('read', 'folder', () =>
      fs
        .readdirSync(this.#folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && NAME.test(entry.name))
        .map((entry) => ({ name: entry.name, lengthBytes: fs.statSync(path.join(this.#folder, entry.name)).size })),
    );
  }

  async read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    return await this.#attempt('read', name, async () => {
      const file = this.#fileFor(name, 'read');
      if (file === undefined) return new Uint8Array(0);
      const bytes = new Uint8Array(lengthBytes);
      let got = 0;
      while (got < lengthBytes) {
        const left = lengthBytes - got;
        const count =
          left <= SYNCHRONOUS_BYTES
            ? fs.readSync(file.fd, bytes, got, left, offsetBytes + got)
            : (await readAsync(file.fd, bytes, got, left, offsetBytes + got)).bytesRead;
        if (count === 0) break;
        got += count;
      }
      return got === lengthBytes ? bytes : bytes.slice(0, got);
    });
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await this.#attempt('write', name, () => {
      const file = this.#fileFor(name, 'write');
      if (file === undefined) throw new Error('invariant: a file opened for writing is made when it is not there');
      // The kernel may take less than it was given, most often just before the disk is full.
      for (let done = 0; done < bytes.length;) done += fs.writeSync(file.fd, bytes, done, bytes.length - done);
    });
    this.counters.appends += 1;
  }

  async sync(name: string): Promise<void> {
    await this.#attempt('sync', name, async () => {
      const file = this.#fileFor(name, 'read');
      if (file === undefined) throw new StorageFailure('gone', 'permanent', `${name}: there is nothing to sync`);
      await fdatasync(file.fd);
      if (!file.nameSynced) {
        await syncFolder(this.#folder);
        file.nameSynced = true;
      }
    });
    this.counters.syncs += 1;
  }

  async truncate(name: string, lengthBytes: number): Promise<void> {
    await this.#attempt('write', name, async () => {
      if (!fs.existsSync(this.#path(name))) return;
      const file = this.#fileFor(name, 'write');
      if (file === undefined || fs.fstatSync(file.fd).size <= lengthBytes) return;
      fs.ftruncateSync(file.fd, lengthBytes);
      await fsync(file.fd);
    });
  }

  async replace(name: string, bytes: Uint8Array): Promise<void> {
    await this.#attempt('write', name, async () => {
      const target = this.#path(name);
      const temporary = path.join(this.#folder, TEMPORARY + name);
      const fd = fs.openSync(temporary, 'w', 0o600);
      try {
        for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done, bytes.length - done);
        await fsync(fd);
      } catch (error) {
        fs.rmSync(temporary, { force: true });
        throw error;
      } finally {
        fs.closeSync(fd);
      }
      this.#forget(name);
      fs.renameSync(temporary, target);
      await syncFolder(this.#folder);
    });
    this.counters.syncs += 1;
  }

  async space(): Promise<{ readonly usedBytes: number; readonly freeBytes: number | undefined }> {
    const files = await this.list();
    const usedBytes = files.reduce((sum, file) => sum + file.lengthBytes, 0);
    return await this.#attempt('read', 'folder', () => {
      const disk = fs.statfsSync(this.#folder);
      return { usedBytes, freeBytes: disk.bavail * disk.bsize };
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    for (const name of this.#open.keys()) this.#forget(name);
    return Promise.resolve();
  }

  #path(name: string): string {
    if (!NAME.test(name)) throw new RangeError(`invariant: '${name}' is not a name of the port`);
    return path.join(this.#folder, name);
  }

  /** The open file; undefined when it is to be read and does not exist. Every file is opened to append: nothing is overwritten. */
  #fileFor(name: string, purpose: 'read' | 'write'): OpenFile | undefined {
    if (this.#closed) throw new StorageFailure('gone', 'permanent', 'the folder was closed');
    const known = this.#open.get(name);
    if (known !== undefined && (known.writable || purpose === 'read')) return known;
    const opened = purpose === 'write' ? fs.openSync(this.#path(name), 'a+', 0o600) : openToRead(this.#path(name));
    if (opened === undefined) return undefined;
    if (known !== undefined) fs.closeSync(known.fd);
    const file: OpenFile = { fd: opened, writable: purpose === 'write', nameSynced: false };
    this.#open.set(name, file);
    return file;
  }

  #forget(name: string): void {
    const file = this.#open.get(name);
    if (file === undefined) return;
    this.#open.delete(name);
    fs.closeSync(file.fd);
  }

  async #attempt<T>(action: 'read' | 'write' | 'sync', what: string, run: () => T | Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw fileFailure(error, action, what);
    }
  }
}

function openToRead(file: string): number | undefined {
  try {
    return fs.openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes names in the folder durable. Windows has no such call and orders its metadata itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, 'r');
  try {
    await fsync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
