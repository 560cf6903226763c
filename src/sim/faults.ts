// What goes wrong in a hospital: crashes, cut cables, lying and full disks, old images, clones, wrong clocks, forgers, paper in a pocket.
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Random } from '#importers/synthetic/random.ts';
import { ATTACKS, Forger } from './forger.ts';
import { isStorageFailure, words, type Machine } from './machine.ts';
import { SimKeys } from './sim-crypto.ts';
import type { Image, World } from './world.ts';

export const FAULTS = [
  'process-crash',
  'power-cut',
  'crash-in-operation',
  'partition',
  'isolate',
  'all-hubs-dead',
  'bad-network',
  'heal-network',
  'disk-full',
  'failing-sync',
  'slow-disk',
  'lying-sync',
  'index-lost',
  'image',
  'rollback',
  'clone',
  'clock-jump',
  'clock-drift',
  'leap',
  'destroy',
  'forge',
  'paper',
] as const;
export type Fault = (typeof FAULTS)[number];

const DAY_MS = 86_400_000;

export class Faults {
  readonly counts = new Map<string, number>();
  /** Machines whose disk was made to fail at some time: a refused command there may be right. */
  readonly diskTroubled = new Set<string>();
  readonly #world: World;
  readonly #random: Random;
  readonly #forger: Forger;
  readonly #images: Image[] = [];
  readonly #slips: { readonly texts: readonly string[]; readonly from: string; readonly atMs: number }[] = [];
  #clones = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('faults');
    this.#forger = new Forger(world);
  }

  /** Lets one thing go wrong (or come right). */
  async strike(fault: Fault): Promise<void> {
    const machine = this.#machine();
    const done = machine !== undefined && (await this.#strike(fault, machine));
    if (!done) return;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }

  async #strike(fault: Fault, machine: Machine): Promise<boolean> {
    switch (fault) {
      case 'process-crash':
        return this.#note(`${machine.name} process dies`, () => machine.kill());
      case 'power-cut':
        return this.#powerCut(machine);
      case 'crash-in-operation':
        return this.#note(`${machine.name} will die in an operation`, () => (machine.disk.crashIn = this.#random.between(1, 14)));
      case 'partition':
        return this.#partition(machine);
      case 'isolate':
        return this.#isolate(machine);
      case 'all-hubs-dead':
        return this.#note('all hubs die', () => this.#world.hubs.forEach((hub) => hub.kill()));
      case 'bad-network':
        return this.#badNetwork();
      case 'heal-network':
        return this.#note('network is well', () => this.#world.network.heal());
      case 'disk-full':
        return this.#diskFull(machine);
      case 'failing-sync':
        this.diskTroubled.add(machine.name);
        return this.#note(`${machine.name} sync fails`, () => (machine.stays.files.faults.failSyncs = this.#random.between(1, 3)));
      case 'slow-disk':
        return this.#note(`${machine.name} disk is slow`, () => (machine.disk.slowMs = this.#random.pick([0, 1, 5, 30, 90])));
      case 'lying-sync':
        return this.#note(`${machine.name} disk lies about sync`, () => (machine.stays.files.faults.lyingSync = true));
      case 'index-lost':
        return this.#indexLost(machine);
      case 'image':
        return this.#image(machine);
      case 'rollback':
        return this.#rollback();
      case 'clone':
        return this.#clone();
      case 'clock-jump':
        return this.#note(
          `${machine.name} clock jumps`,
          () => (machine.skewMs += this.#random.pick([-2 * DAY_MS, -3_600_000, -60_000, 60_000, 3_600_000, 2 * DAY_MS, 400 * DAY_MS])),
        );
      case 'clock-drift':
        return this.#note(`${machine.name} clock drifts`, () => (machine.drift = (this.#random.fraction() - 0.5) / 500));
      case 'leap':
        return this.#note('everything sleeps', () =>
          this.#world.scheduler.leap(this.#random.pick([3_600_000, 12 * 3_600_000, 3 * DAY_MS, 8 * DAY_MS, 25 * DAY_MS])),
        );
      case 'destroy':
        return this.#destroy();
      case 'forge':
        return this.#forge();
      case 'paper':
        return this.#paper();
      default:
        return fault satisfies never;
    }
  }

  /** Powers on what is off, after looking what its disk holds. */
  async reboot(machine: Machine): Promise<void> {
    if (machine.isUp || machine.destroyed) return;
    await this.#world.auditor.checkDisk(machine);
    this.#world.note(`${machine.name} boots`);
    await machine.boot();
  }

  #note(what: string, act: () => unknown): boolean {
    this.#world.note(what);
    act();
    return true;
  }

  #machine(): Machine | undefined {
    const alive = [...this.#world.machines.values()].filter((machine) => !machine.destroyed);
    return alive.length === 0 ? undefined : this.#random.pick(alive);
  }

  async #powerCut(machine: Machine): Promise<boolean> {
    this.#world.note(`${machine.name} loses power`);
    await this.loosePower(machine);
    return true;
  }

  /** Unsynced bytes are lost, in whole or part; the index may be gone too. */
  async loosePower(machine: Machine): Promise<void> {
    machine.kill();
    const lied = machine.stays.files.faults.lyingSync === true;
    machine.stays.files.crash(() => this.#random.pick([0, 0, 0.3, 0.7, 1]));
    delete machine.stays.files.faults.lyingSync;
    if (this.#random.chance(0.25)) await machine.stays.sql.clear();
    if (!lied) return;
    // A disk that lied has lost what it acknowledged: no program can see that at once, so the device counts as restored.
    this.#world.auditor.taint(machine);
    await this.#world.auditor.diskChanged(machine);
  }

  #partition(machine: Machine): boolean {
    const other = this.#machine();
    if (other === undefined || other === machine) return false;
    const both = this.#random.chance(0.6);
    this.#world.note(`${machine.name} ${both ? 'and' : 'to'} ${other.name} cut`);
    this.#world.network.wire(machine.name, other.name).cut = true;
    if (both) this.#world.network.wire(other.name, machine.name).cut = true;
    return true;
  }

  #isolate(machine: Machine): boolean {
    this.#world.note(`${machine.name} is cut off`);
    for (const other of this.#world.machines.values()) {
      this.#world.network.wire(machine.name, other.name).cut = true;
      this.#world.network.wire(other.name, machine.name).cut = true;
    }
    return true;
  }

  #badNetwork(): boolean {
    this.#world.note('network is bad');
    const { network } = this.#world;
    for (const from of this.#world.machines.keys()) {
      for (const to of this.#world.machines.keys()) {
        if (from === to || this.#random.chance(0.4)) continue;
        const wire = network.wire(from, to);
        wire.loss = this.#random.pick([0, 0.02, 0.2]);
        wire.double = this.#random.pick([0, 0.05, 0.3]);
        wire.damage = this.#random.pick([0, 0, 0.05, 0.2]);
        wire.jitterMs = this.#random.pick([3, 100, 1500, 4000]);
        wire.bytesPerSecond = this.#random.pick([Infinity, 100_000, 4000]);
      }
    }
    return true;
  }

  #diskFull(machine: Machine): boolean {
    this.diskTroubled.add(machine.name);
    const { files } = machine.stays;
    if (files.faults.capacityBytes !== undefined) {
      delete files.faults.capacityBytes;
      this.#world.note(`${machine.name} disk has room again`);
      return true;
    }
    let used = 0;
    for (const bytes of files.image().values()) used += bytes.length;
    files.faults.capacityBytes = used + this.#random.below(3000);
    this.#world.note(`${machine.name} disk is full`);
    return true;
  }

  async #indexLost(machine: Machine): Promise<boolean> {
    this.#world.note(`${machine.name} loses its index`);
    machine.kill();
    await machine.stays.sql.clear();
    return true;
  }

  async #image(machine: Machine): Promise<boolean> {
    // An image of a running machine: the journal is read first, the database a moment later.
    this.#images.push(await this.#world.takeImage(machine));
    this.#world.note(`image of ${machine.name}`);
    return true;
  }

  async #rollback(): Promise<boolean> {
    if (this.#images.length === 0) return false;
    const image = this.#random.pick(this.#images);
    const machine = this.#world.machines.get(image.of);
    if (machine === undefined || machine.destroyed) return false;
    this.#world.note(`${machine.name} is restored from an image`);
    this.#world.auditor.taint(machine);
    machine.kill();
    machine.stays.files = new MemoryFiles({}, image.files);
    machine.stays.sql = await this.#world.copySql(image.sql);
    if (this.#random.chance(0.3)) await machine.stays.sql.clear();
    machine.stays.keys = new SimKeys(image.keys.keys);
    await this.#world.auditor.diskChanged(machine);
    await this.reboot(machine);
    return true;
  }

  /** A disk is copied into a second machine, and both are used. */
  async #clone(): Promise<boolean> {
    const images = this.#images.filter((image) => image.of.startsWith('desk'));
    const original = images.length === 0 ? undefined : this.#world.machines.get(this.#random.pick(images).of);
    const image = images.find((candidate) => candidate.of === original?.name);
    if (image === undefined || original === undefined || this.#clones >= 2) return false;
    this.#clones += 1;
    const name = `${original.name}-clone${this.#clones}`;
    this.#world.note(`${name} begins`);
    this.#world.auditor.taint(original);
    const stays = {
      files: new MemoryFiles({}, image.files),
      sql: await this.#world.copySql(image.sql),
      keys: new SimKeys(image.keys.keys),
    };
    const machine = await this.#world.add({ ...original.spec, name }, stays);
    machine.onCrash = original.onCrash;
    await machine.boot();
    return true;
  }

  #destroy(): boolean {
    const desks = this.#world.desks.filter((desk) => !desk.destroyed);
    if (desks.length < 3) return false;
    const desk = this.#random.pick(desks);
    this.#world.note(`${desk.name} is destroyed`);
    desk.kill();
    desk.destroyed = true;
    return true;
  }

  async #forge(): Promise<boolean> {
    const attack = this.#random.pick(ATTACKS);
    const done = await this.#forger.attack(attack);
    if (done) {
      this.counts.set(`forge ${attack}`, (this.counts.get(`forge ${attack}`) ?? 0) + 1);
      this.#world.note(`forger: ${attack}`);
    }
    return done;
  }

  /** One desk prints a slip; another, some time later, scans one. */
  async #paper(): Promise<boolean> {
    const desks = this.#world.desks.filter((desk) => desk.isUp);
    if (desks.length < 2) return false;
    const desk = this.#random.pick(desks);
    const running = desk.running;
    if (running?.desk === undefined) return false;
    const slip = this.#slips.length > 0 && this.#random.chance(0.6) ? this.#random.pick(this.#slips) : undefined;
    if (slip !== undefined) {
      this.#world.note(`${desk.name} scans a slip of ${slip.from}`);
      void this.#quietly(desk, async () => {
        const answers = [];
        for (const text of slip.texts) answers.push(await running.desk?.paper.scan(text));
        const last = answers.at(-1);
        if (last?.ok === false) this.#count(`slip ${last.rejection.code}`);
        else this.#count('slip taken');
      });
      return true;
    }
    const rows = await running.ports.storage.sql.read(
      "SELECT stream FROM documents WHERE type IN ('patient', 'order', 'specimen') ORDER BY id DESC LIMIT 6",
    );
    const streams = rows.map((row) => String(row['stream']) as StreamId); // the column holds stream ids
    void this.#quietly(desk, async () => {
      const sheet = await running.desk?.paper.sheet('slip', streams);
      if (sheet?.ok === true) this.#slips.push({ texts: sheet.texts, from: desk.name, atMs: this.#world.scheduler.now });
    });
    return true;
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  async #quietly(machine: Machine, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isStorageFailure(error)) this.#world.auditor.violation('run', `${machine.name} threw at paper: ${words(error)}`);
    }
  }
}
