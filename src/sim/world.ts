// A hospital of one seed: machines with their disks, a network between them, and everything that they stand on. It must not know what is tested.
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { joinHospital } from '#roles/desk-role.ts';
import { foundHospital } from '#roles/founding.ts';
import type { Scope } from '#roles/sync/protocol.ts';
import { derivedStreamId } from '#journal/streams.ts';
import type { DeskKind } from '#kernel/shared/actor.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { seededRandom, type Random } from '#importers/synthetic/random.ts';
import { Auditor } from './auditor.ts';
import { damage } from './damage.ts';
import type { SimSql } from './disk.ts';
import { DEPARTMENT, hospitalDomain, hospitalSeed, people, type Person } from './hospital.ts';
import { Machine, type MachineSpec, type Stays, type WorldParts } from './machine.ts';
import type { Mutations } from './mutations.ts';
import { Network } from './network.ts';
import { Scheduler, type Runner } from './scheduler.ts';
import { Keyring, SimKeys, type Sha256 } from './sim-crypto.ts';

/** What only a real machine has, handed in by whoever runs the simulation. */
export interface SimPorts extends Runner {
  readonly sha256: Sha256;
  readonly newSql: () => Promise<SimSql>;
}

/** A disk as it was at some time, kept to be restored or cloned. */
export interface Image {
  readonly of: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly sql: SimSql;
  readonly keys: SimKeys;
}

export const START_MS = Date.UTC(2026, 10, 23, 1, 30);

export class World {
  readonly random: Random;
  readonly ports: SimPorts;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly keyring: Keyring;
  readonly parts: WorldParts;
  readonly auditor: Auditor;
  readonly people: readonly Person[];
  readonly machines = new Map<string, Machine>();
  readonly log: string[] = [];
  readonly #databases: SimSql[] = [];
  readonly #devices = new Map<string, StreamId>();

  constructor(seed: string | number, ports: SimPorts, mutations: Mutations) {
    this.random = seededRandom(seed);
    this.ports = ports;
    this.scheduler = new Scheduler(ports, START_MS);
    this.network = new Network(this.scheduler, this.random.fork('network'), damage);
    this.keyring = new Keyring(ports.sha256);
    this.keyring.acceptAll = mutations.acceptAll;
    this.people = people(ports.sha256);
    this.auditor = new Auditor(this);
    this.parts = {
      scheduler: this.scheduler,
      network: this.network,
      keyring: this.keyring,
      sha256: ports.sha256,
      domain: mutations.domain(hospitalDomain),
      newSql: () => this.newSql(),
      mutations,
      violation: (what) => this.auditor.violation('run', what),
    };
  }

  get hubs(): readonly Machine[] {
    return [...this.machines.values()].filter((machine) => machine.spec.kind === 'hub');
  }

  get desks(): readonly Machine[] {
    return [...this.machines.values()].filter((machine) => machine.spec.kind === 'desk');
  }

  /** Those that hold everything. */
  get fullReplicas(): readonly Machine[] {
    return [...this.machines.values()].filter((machine) => !machine.destroyed && machine.spec.scope.kind === 'all');
  }

  /** The device stream that a machine's disk belongs to. */
  devicesOf(name: string): readonly StreamId[] {
    const device = this.#devices.get(name);
    return device === undefined ? [] : [device];
  }

  note(what: string): void {
    this.log.push(`${((this.scheduler.now - START_MS) / 1000).toFixed(3)} ${what}`);
  }

  async newSql(): Promise<SimSql> {
    const sql = await this.ports.newSql();
    this.#databases.push(sql);
    return sql;
  }

  async copySql(from: SimSql): Promise<SimSql> {
    const copy = await from.copy();
    this.#databases.push(copy);
    return copy;
  }

  async close(): Promise<void> {
    for (const machine of this.machines.values()) machine.kill();
    for (const sql of this.#databases) await sql.close();
  }

  /** Founds the hospital at the first hub; the others join it one after the other, by real invites over the network. */
  async build(hubCount: number, deskCount: number): Promise<void> {
    const hubNames = Array.from({ length: hubCount }, (_, i) => `hub${i + 1}`);
    const all: Scope = { kind: 'all' };
    const founder = await this.add({ name: 'hub1', kind: 'hub', scope: all, hubs: hubNames.filter((name) => name !== 'hub1') });
    const life = founder.newLife();
    const root = this.keyring.make(this.random.fork('root'));
    await foundHospital({
      ports: founder.ports(life),
      domain: this.parts.domain,
      hospital: 'Simulated Hospital',
      hubName: 'hub1',
      root,
      seed: hospitalSeed(this.ports.sha256),
    });
    life.end();
    await founder.boot();
    const device = founder.running?.replica.own?.identity.device;
    if (device !== undefined) this.#devices.set('hub1', device);
    for (const name of hubNames.slice(1))
      await this.#join({ name, kind: 'hub', scope: all, hubs: hubNames.filter((other) => other !== name) }, 'hub1');
    for (let i = 1; i <= deskCount; i += 1) {
      const first = this.random.below(hubCount);
      const order = [...hubNames.slice(first), ...hubNames.slice(0, first)];
      const by = this.hubs[this.random.below(hubCount)]?.name ?? 'hub1';
      // The first and the last are for every work, so that two can always be asked to see each other's.
      const kinds: readonly DeskKind[] = i === 1 || i === deskCount ? ['all'] : i === 2 ? ['lab'] : ['registration', 'collection'];
      await this.#join({ name: `desk${i}`, kind: 'desk', scope: this.#scope(i), hubs: order }, by, kinds);
    }
  }

  #scope(desk: number): Scope {
    if (desk === 1) return { kind: 'desk', departments: [], days: 3660 };
    if (desk === 2) return { kind: 'desk', departments: [derivedStreamId(this.ports.sha256, 'department', [DEPARTMENT])], days: 30 };
    return { kind: 'desk', departments: [], days: this.random.chance(0.5) ? 3660 : 30 };
  }

  async add(spec: MachineSpec, stays?: Stays): Promise<Machine> {
    const made = stays ?? { files: new MemoryFiles(), sql: await this.newSql(), keys: new SimKeys() };
    const machine = new Machine(spec, this.parts, this.random.fork(`machine ${spec.name}`), made);
    this.machines.set(spec.name, machine);
    // A clone belongs to the device of its original.
    const device = this.#devices.get(spec.name.split('-')[0] ?? '');
    if (device !== undefined) this.#devices.set(spec.name, device);
    return machine;
  }

  async #join(spec: MachineSpec, by: string, kinds: readonly DeskKind[] = []): Promise<void> {
    const hub = this.machines.get(by)?.running?.hub;
    if (hub === undefined) throw new Error('invariant: the inviting hub is up');
    const invite = await hub.invite(spec.kind, kinds, spec.name);
    const machine = await this.add(spec);
    const life = machine.newLife();
    let joined: Awaited<ReturnType<typeof joinHospital>> | undefined;
    const timers = { sleep: (ms: number) => machine.sleep(life, ms) };
    const transport = (url: string) => this.network.transport(spec.name, life, url.slice('http://'.length));
    const passwords = { verify: () => Promise.resolve(false), hash: () => Promise.resolve('') };
    void joinHospital({ ...machine.ports(life), timers, transport, passwords }, this.parts.domain, `http://${by}`, invite).then(
      (answer) => {
        joined = answer;
      },
    );
    const took = await this.scheduler.until(() => joined !== undefined, 60_000, 10);
    if (took === undefined || joined?.ok !== true) throw new Error(`${spec.name} could not join: ${JSON.stringify(joined)}`);
    life.end();
    await machine.boot();
    this.#devices.set(spec.name, joined.file.device);
    // Another hub can only invite when it knows who it is.
    if (spec.kind === 'hub') await this.scheduler.run(1000);
  }

  /** Everything works again, everything that can run runs. */
  async heal(): Promise<void> {
    this.network.heal();
    for (const machine of this.machines.values()) {
      machine.disk.crashIn = undefined;
      machine.disk.slowMs = 0;
      const { faults } = machine.stays.files;
      delete faults.capacityBytes;
      delete faults.lyingSync;
      delete faults.failSyncs;
      await machine.boot();
    }
  }

  async takeImage(machine: Machine): Promise<Image> {
    return {
      of: machine.name,
      files: machine.stays.files.image(),
      sql: await this.copySql(machine.stays.sql),
      keys: new SimKeys(machine.stays.keys.keys),
    };
  }
}
