// One PC or server of the simulated hospital: a disk, keys and a clock that stay, and a hub or desk that lives from boot to crash.
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import type { StorageFailure } from '#journal/ports/storage.ts';
import type { MemoryFiles } from '#journal/testing/memory-files.ts';
import { DeskRole } from '#roles/desk-role.ts';
import { readDeviceFile } from '#roles/founding.ts';
import { HubRole } from '#roles/hub-role.ts';
import type { Domain, ReplicaPorts } from '#roles/replica/ports.ts';
import { identityOf } from '#roles/replica/device-file.ts';
import { Replica } from '#roles/replica/replica.ts';
import type { PasswordTools, Station } from '#roles/station.ts';
import type { Scope } from '#roles/sync/protocol.ts';
import type { Timers } from '#roles/sync/transport.ts';
import type { Random } from '#importers/synthetic/random.ts';
import { DiskFiles, DiskSql, Incarnation, SimDisk, type DiskBehaviour, type SimSql } from './disk.ts';
import type { Mutations } from './mutations.ts';
import type { Network, Served } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import { SimCrypto, type Keyring, type Sha256, type SimKeys } from './sim-crypto.ts';

export interface WorldParts {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly keyring: Keyring;
  readonly sha256: Sha256;
  readonly domain: Domain;
  readonly newSql: () => Promise<SimSql>;
  readonly mutations: Mutations;
  /** Something that the product must never do. */
  readonly violation: (what: string) => void;
}

export interface Running {
  readonly life: Incarnation;
  readonly ports: ReplicaPorts;
  readonly replica: Replica;
  readonly station: Station;
  readonly hub: HubRole | undefined;
  readonly desk: DeskRole | undefined;
}

export interface MachineSpec {
  readonly name: string;
  readonly kind: 'hub' | 'desk';
  readonly scope: Scope;
  /** Names of hubs: for a desk in order of preference, for a hub its peers. */
  readonly hubs: readonly string[];
}

/** What a machine is made of, besides its clock. */
export interface Stays {
  files: MemoryFiles;
  sql: SimSql;
  keys: SimKeys;
}

/** Longer than any boot of a small disk may take. */
const BOOT_LIMIT_MS = 120_000;
const BOOT_ATTEMPTS = 10;

export class Machine {
  readonly spec: MachineSpec;
  readonly parts: WorldParts;
  readonly random: Random;
  readonly disk: DiskBehaviour = { slowMs: 0, crashIn: undefined };
  readonly stays: Stays;
  running: Running | undefined;
  /** A machine that is gone for good: burnt, stolen, thrown away. */
  destroyed = false;
  /** This machine's clock less true time, and how much faster it runs. */
  skewMs = 0;
  drift = 0;
  /** Called when the machine has died in the middle of something. */
  onCrash: (machine: Machine) => void = () => undefined;
  readonly #startMs: number;
  #booting: Incarnation | undefined;

  constructor(spec: MachineSpec, parts: WorldParts, random: Random, stays: Stays) {
    this.spec = spec;
    this.parts = parts;
    this.random = random;
    this.stays = stays;
    this.#startMs = parts.scheduler.now;
  }

  get name(): string {
    return this.spec.name;
  }

  get isUp(): boolean {
    return this.running !== undefined;
  }

  /** This machine's clock, right or wrong. */
  now(): number {
    const { now } = this.parts.scheduler;
    return Math.max(0, Math.floor(now + this.skewMs + (now - this.#startMs) * this.drift));
  }

  newLife(): Incarnation {
    const life = new Incarnation(() => this.#died(life));
    return life;
  }

  /** Ports of a run that begins now. */
  ports(life: Incarnation): ReplicaPorts {
    const { keyring, sha256, scheduler, mutations } = this.parts;
    const disk = new SimDisk(life, this.disk, this.random, scheduler);
    return {
      storage: {
        files: new DiskFiles(this.stays.files, disk, this.random, mutations.skipSync),
        sql: new DiskSql(this.stays.sql, disk, life),
        notes: [],
      },
      crypto: new SimCrypto(keyring, sha256, this.random.fork(`crypto ${this.random.uint32()}`)),
      keys: this.stays.keys,
      clock: { now: () => mutations.clock(this.name, this.now()) },
    };
  }

  /** Power on; it may die again in the middle. Returns when it is up, dead or known not to come up. */
  async boot(): Promise<void> {
    if (this.running !== undefined || this.#booting !== undefined || this.destroyed) return;
    const life = this.newLife();
    this.#booting = life;
    let settled = false;
    void this.#openAgain(life)
      .then((running) => {
        if (life.alive) this.take(running);
      })
      .catch((error: unknown) => {
        if (!life.alive) return;
        this.kill();
        this.parts.violation(`${this.name} cannot open its disk: ${words(error)}`);
      })
      .finally(() => {
        settled = true;
      });
    const took = await this.parts.scheduler.until(() => settled || !life.alive, BOOT_LIMIT_MS, 5);
    if (took === undefined) this.parts.violation(`${this.name} did not come up within two minutes`);
  }

  /** As a service manager does: what could not be opened for a moment is opened again. */
  async #openAgain(life: Incarnation): Promise<Running> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#open(life);
      } catch (error) {
        if (attempt >= BOOT_ATTEMPTS || !isStorageFailure(error) || (error as StorageFailure).failureClass === 'permanent') throw error; // checked by its name
        await this.sleep(life, 1000);
      }
    }
  }

  async #open(life: Incarnation): Promise<Running> {
    const ports = this.ports(life);
    const timers: Timers = { sleep: (ms) => this.sleep(life, ms) };
    const transport = (url: string) => this.parts.network.transport(this.name, life, url.slice('http://'.length));
    if (this.spec.kind === 'desk') {
      const desk = await DeskRole.open({ ...ports, passwords, timers, transport }, this.parts.domain, { scope: this.spec.scope });
      if (desk === undefined) throw new Error('the desk does not know who it is');
      return { life, ports, replica: desk.replica, station: desk.station, hub: undefined, desk };
    }
    const file = await readDeviceFile(ports);
    const signer = file === undefined ? undefined : await this.stays.keys.load(file.epoch);
    if (file === undefined || signer === undefined) throw new Error('the hub does not know who it is');
    const replica = await Replica.open(ports, this.parts.domain, fromBase64Url(file.root) ?? new Uint8Array(0), identityOf(file, signer));
    const hub = new HubRole({ replica, file, passwords, timers, transport, url: () => `http://${this.name}` });
    return { life, ports, replica, station: hub.station, hub, desk: undefined };
  }

  /** What was opened begins its work: serves, links, tends. */
  take(running: Running): void {
    this.#booting = undefined;
    this.running = running;
    const { life, hub, desk } = running;
    this.parts.mutations.onBoot(this.name, running.replica);
    const urls = this.spec.hubs.map((name) => `http://${name}`);
    desk?.links.use(urls);
    if (hub === undefined) return;
    this.parts.network.open(this.name, { life, serve: (verb, token, body, aborted) => this.#answer(hub, verb, token, body, aborted) });
    void hub.start(urls).catch((error: unknown) => {
      if (!isStorageFailure(error)) this.parts.violation(`${this.name} cannot start: ${words(error)}`);
    });
  }

  /** The process dies; the disk keeps what it keeps. */
  kill(): void {
    this.running?.life.end();
    this.#booting?.end();
    this.running = undefined;
    this.#booting = undefined;
    this.parts.network.close(this.name);
  }

  #died(life: Incarnation): void {
    if (life !== this.running?.life && life !== this.#booting) return;
    this.kill();
    this.onCrash(this);
  }

  sleep(life: Incarnation, ms: number): Promise<void> {
    return new Promise((resolve) => void this.parts.scheduler.after(ms, () => life.alive && resolve()));
  }

  async #answer(hub: HubRole, verb: string, token: string | undefined, body: Uint8Array, aborted: Promise<void>): Promise<Served> {
    try {
      const reply = await hub.sync({ verb, token, body, aborted });
      if (reply.status !== 200) {
        const { retryAfterSeconds } = reply;
        return {
          status: reply.status,
          body: json({ code: reply.code }),
          ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        };
      }
      return { status: 200, body: 'bytes' in reply ? reply.bytes : json(reply.json) };
    } catch (error) {
      if (!isStorageFailure(error)) this.parts.violation(`${this.name} threw at ${verb}: ${words(error)}`);
      return { status: 500, body: json({ code: 'failed' }) };
    }
  }
}

/** Passwords are not what is simulated: nobody signs in, actors are handed to the station. */
const passwords: PasswordTools = { verify: () => Promise.resolve(false), hash: () => Promise.resolve('$argon2id$nobody') };
const encoder = new TextEncoder();

function json(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'StorageFailure';
}

export function words(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message} ${
        error.stack
          ?.split('\n')
          .slice(1, 4)
          .map((line) => line.trim())
          .join(' | ') ?? ''
      }`
    : String(error);
}
