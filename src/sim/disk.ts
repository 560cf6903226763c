// The disk of one running machine: slow, and able to die in the middle of any operation. It must not know what is written.
import type { FileInfo, Files, Sql, SqlRow, SqlStatement, SqlValue } from '#journal/ports/storage.ts';
import type { MemoryFiles } from '#journal/testing/memory-files.ts';
import type { Random } from '#importers/synthetic/random.ts';
import type { Scheduler } from './scheduler.ts';

/** What stays of a machine between its runs: nothing here is lost by a process that dies. */
export interface SimSql extends Sql {
  /** The same content, for images and clones. */
  copy(): Promise<SimSql>;
}

/** One run of a machine, from boot to death. Everything that it waits for stops being answered when it dies. */
export class Incarnation {
  #alive = true;
  #tellEnd: () => void = () => undefined;
  readonly #die: () => void;
  /** Resolves when it is over: whoever stands outside and asks this machine something must not wait for ever. */
  readonly ended: Promise<void> = new Promise((resolve) => {
    this.#tellEnd = resolve;
  });

  /** @param die what a crash does to the machine */
  constructor(die: () => void) {
    this.#die = die;
  }

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    this.#alive = false;
    this.#tellEnd();
  }

  /** Dies in the middle of what it does. */
  crash(): void {
    if (this.#alive) this.#die();
  }
}

export interface DiskBehaviour {
  /** Longest time of one operation in milliseconds; 0 for none. */
  slowMs: number;
  /** The machine dies at this many operations from now; undefined for not. */
  crashIn: number | undefined;
}

export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

export class SimDisk {
  readonly #life: Incarnation;
  readonly #behaviour: DiskBehaviour;
  readonly #random: Random;
  readonly #scheduler: Scheduler;

  constructor(life: Incarnation, behaviour: DiskBehaviour, random: Random, scheduler: Scheduler) {
    this.#life = life;
    this.#behaviour = behaviour;
    this.#random = random;
    this.#scheduler = scheduler;
  }

  /** Runs one operation; the crash that is due comes before it, after it, or within it (`torn`). */
  async operation<T>(run: () => Promise<T>, torn?: () => Promise<unknown>): Promise<T> {
    if (!this.#life.alive) return never();
    if (this.#isDue()) {
      const where = this.#random.below(3);
      if (where === 1 && torn !== undefined) await torn();
      if (where === 2) await run();
      this.#life.crash();
      return never();
    }
    const { slowMs } = this.#behaviour;
    if (slowMs > 0) {
      await new Promise<void>((resolve) => void this.#scheduler.after(this.#random.fraction() * slowMs, resolve));
      if (!this.#life.alive) return never();
    }
    const result = await run();
    return this.#life.alive ? result : never();
  }

  #isDue(): boolean {
    const { crashIn } = this.#behaviour;
    if (crashIn === undefined) return false;
    this.#behaviour.crashIn = crashIn <= 1 ? undefined : crashIn - 1;
    return crashIn <= 1;
  }
}

export class DiskFiles implements Files {
  readonly #raw: MemoryFiles;
  readonly #disk: SimDisk;
  readonly #random: Random;
  /** `sync` is not passed on: a planted bug. */
  readonly #skipSync: boolean;

  constructor(raw: MemoryFiles, disk: SimDisk, random: Random, skipSync: boolean) {
    this.#raw = raw;
    this.#disk = disk;
    this.#random = random;
    this.#skipSync = skipSync;
  }

  get counters(): Files['counters'] {
    return this.#raw.counters;
  }

  list(): Promise<readonly FileInfo[]> {
    return this.#raw.list();
  }

  read(name: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array> {
    return this.#raw.read(name, offsetBytes, lengthBytes);
  }

  append(name: string, bytes: Uint8Array): Promise<void> {
    const part = (): Promise<void> => this.#raw.append(name, bytes.subarray(0, this.#random.below(bytes.length + 1)));
    return this.#disk.operation(() => this.#raw.append(name, bytes), part);
  }

  sync(name: string): Promise<void> {
    return this.#disk.operation(() => (this.#skipSync ? Promise.resolve() : this.#raw.sync(name)));
  }

  truncate(name: string, lengthBytes: number): Promise<void> {
    return this.#disk.operation(() => this.#raw.truncate(name, lengthBytes));
  }

  replace(name: string, bytes: Uint8Array): Promise<void> {
    return this.#disk.operation(() => this.#raw.replace(name, bytes));
  }

  space(): ReturnType<Files['space']> {
    return this.#raw.space();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export class DiskSql implements Sql {
  readonly #raw: Sql;
  readonly #disk: SimDisk;
  readonly #life: Incarnation;

  constructor(raw: Sql, disk: SimDisk, life: Incarnation) {
    this.#raw = raw;
    this.#disk = disk;
    this.#life = life;
  }

  write(statements: readonly SqlStatement[]): Promise<readonly (readonly SqlRow[])[]> {
    return this.#disk.operation(() => this.#raw.write(statements));
  }

  read(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return this.#life.alive ? this.#raw.read(sql, params) : never();
  }

  clear(): Promise<void> {
    return this.#disk.operation(() => this.#raw.clear());
  }

  sizeBytes(): Promise<number> {
    return this.#raw.sizeBytes();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
