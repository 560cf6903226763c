// One seed from beginning to end: build a hospital, work, let things go wrong, heal, and ask the auditor. The same seed does the same.
import { parseCommandId, type CommandId } from '#kernel/shared/ids.ts';
import type { Random } from '#importers/synthetic/random.ts';
import type { Violation } from './auditor.ts';
import { FAULTS, Faults, type Fault } from './faults.ts';
import { finalChecks } from './final-checks.ts';
import { actorOf } from './hospital.ts';
import { isStorageFailure, words, type Machine } from './machine.ts';
import { NO_MUTATIONS, type Mutations } from './mutations.ts';
import { checkTogether } from './together.ts';
import { Workload, type Wish } from './workload.ts';
import { START_MS, World, type SimPorts } from './world.ts';

export interface SimOptions {
  /** Steps of work and mishap; the default is drawn from the seed. */
  readonly steps?: number;
  /** Only these faults, to look closely at something. */
  readonly faults?: readonly Fault[];
  readonly mutations?: Mutations;
  readonly verbose?: (line: string) => void;
}

export interface SimReport {
  readonly seed: string;
  readonly violations: readonly Violation[];
  readonly steps: number;
  readonly events: number;
  readonly commits: number;
  readonly acknowledged: number;
  readonly rejected: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  readonly messages: number;
  readonly virtualMs: number;
  readonly convergedMs: number | undefined;
  /** What happened, in order: two runs of a seed give the same text. */
  readonly log: readonly string[];
}

/** A command on a machine that is up must be answered by then, whatever the network does. */
const ANSWER_LIMIT_MS = 30_000;

interface Given {
  readonly machine: Machine;
  readonly id: CommandId;
  readonly wish: Wish;
  readonly atMs: number;
  readonly life: object;
  done: boolean;
}

export class Simulation {
  readonly world: World;
  readonly #random: Random;
  readonly #workload: Workload;
  readonly #faults: Faults;
  readonly #weights: ReadonlyMap<Fault, number>;
  readonly #given: Given[] = [];
  readonly #rejected = new Map<string, number>();
  #commands = 0;

  constructor(world: World, only: readonly Fault[] | undefined) {
    this.world = world;
    this.#random = world.random.fork('steps');
    this.#workload = new Workload(world.random.fork('workload'));
    this.#faults = new Faults(world);
    // Swarm testing: each seed knows only some of the faults, so that rare ones are not drowned by frequent ones.
    const share = this.#random.pick([0.2, 0.4, 0.8]);
    const chosen = only ?? FAULTS.filter(() => this.#random.chance(share));
    this.#weights = new Map(chosen.map((fault) => [fault, this.#random.between(1, 5)]));
  }

  get faults(): ReadonlyMap<string, number> {
    return this.#faults.counts;
  }

  get rejected(): ReadonlyMap<string, number> {
    return this.#rejected;
  }

  watchCrashes(): void {
    for (const machine of this.world.machines.values()) {
      machine.onCrash = () => {
        this.world.note(`${machine.name} dies in an operation`);
        if (this.#random.chance(0.5)) void this.#faults.loosePower(machine);
      };
    }
  }

  async step(): Promise<void> {
    const { world } = this;
    world.auditor.noteClocks();
    const choice = this.#random.below(10);
    if (choice < 5) await this.#work();
    else if (choice < 8) await this.#mishap();
    else await this.#repair();
    await world.scheduler.run(this.#random.pick([0, 1, 5, 20, 100, 400, 2000, 7000]));
    this.#checkAnswers();
    if (this.#random.chance(0.1)) world.auditor.checkClaims();
    if (this.#random.chance(0.06)) await world.auditor.checkSamePicture();
  }

  async #work(): Promise<void> {
    const up = [...this.world.machines.values()].filter((machine) => machine.isUp);
    if (up.length === 0) return;
    const machine = this.#random.pick(up);
    const count = this.#random.pick([1, 1, 2, 5]);
    for (let i = 0; i < count; i += 1) {
      const running = machine.running;
      if (running === undefined) return;
      this.#commands += 1;
      const id = parseCommandId(`${machine.name}-c${this.#commands}x`);
      // What was given before may kill the machine while the next wish is looked up on it.
      const wish = await Promise.race([this.#workload.next(running.replica), running.life.ended]);
      if (id !== undefined && wish !== undefined) this.give(machine, id, wish);
    }
  }

  /** Gives a command as somebody at this machine would; the answer is told to the auditor. */
  give(machine: Machine, id: CommandId, wish: Wish): void {
    const running = machine.running;
    const own = running?.replica.own;
    const person = this.world.people.find(
      (candidate) => candidate.role === wish.role && (this.#commands % 2 === 0 || candidate.login.endsWith('one')),
    );
    if (running === undefined || own === undefined || person === undefined) return;
    const given: Given = { machine, id, wish, atMs: this.world.scheduler.now, life: running.life, done: false };
    this.#given.push(given);
    running.replica.execute({ name: wish.name, input: wish.input, id, actor: actorOf(person, own.identity.device) }).then(
      (executed) => {
        given.done = true;
        if (!executed.ok) {
          this.#rejected.set(
            `${wish.name} ${executed.rejection.code}`,
            (this.#rejected.get(`${wish.name} ${executed.rejection.code}`) ?? 0) + 1,
          );
          return;
        }
        this.#checkRepeat(given, executed.commit);
        this.world.auditor.acknowledge(machine, id, wish.name, executed);
      },
      (error: unknown) => {
        given.done = true;
        this.#rejected.set('failure', (this.#rejected.get('failure') ?? 0) + 1);
        if (!isStorageFailure(error)) this.world.auditor.violation('P1', `${machine.name} threw at ${wish.name}: ${words(error)}`);
        else if (!this.#mayFail(machine))
          this.world.auditor.violation('P1', `${machine.name} refused ${wish.name} on a good disk: ${words(error)}`);
      },
    );
  }

  /** A disk that has a fault now, or had one a moment ago. */
  #mayFail(machine: Machine): boolean {
    return this.#faults.diskTroubled.has(machine.name);
  }

  #checkRepeat(given: Given, commit: string): void {
    const before = this.world.auditor.acknowledged.find((other) => other.command === given.id && other.machine === given.machine.name);
    if (before === undefined || before.commit === commit || commit === '') return;
    if (this.world.devicesOf(given.machine.name).some((device) => this.world.auditor.tainted.has(device))) return;
    this.world.auditor.violation('P1', `${given.machine.name} answered the same command ${given.id} with two commits`);
  }

  #checkAnswers(): void {
    const { now } = this.world.scheduler;
    for (const given of this.#given) {
      if (given.done || now - given.atMs < ANSWER_LIMIT_MS || now - given.atMs > 1_000_000) continue;
      given.done = true;
      if (given.machine.running?.life === given.life)
        this.world.auditor.violation('P1', `${given.machine.name} did not answer ${given.wish.name} within ${ANSWER_LIMIT_MS / 1000} s`);
    }
  }

  async #mishap(): Promise<void> {
    const faults = [...this.#weights].flatMap(([fault, weight]) => Array.from({ length: weight }, () => fault));
    if (faults.length > 0) await this.#faults.strike(this.#random.pick(faults));
    this.world.auditor.noteClocks();
    this.watchCrashes();
  }

  async #repair(): Promise<void> {
    for (const machine of this.world.machines.values()) {
      if (machine.isUp || machine.destroyed || this.#random.chance(0.5)) continue;
      await this.#faults.reboot(machine);
      if (this.#random.chance(0.7)) this.#repeat(machine);
    }
    if (this.#random.chance(0.2)) this.#repeatAcknowledged();
    if (this.#random.chance(0.15)) this.world.network.heal();
  }

  /** Nobody knows whether what was under way at the crash was done: it is given again, with the same id. */
  #repeat(machine: Machine): void {
    const open = this.#given.filter((given) => given.machine === machine && !given.done).slice(-3);
    for (const given of open) {
      given.done = true;
      this.give(machine, given.id, given.wish);
    }
  }

  #repeatAcknowledged(): void {
    const up = this.#given.filter((given) => given.done && given.machine.isUp).slice(-20);
    if (up.length === 0) return;
    const given = this.#random.pick(up);
    this.give(given.machine, given.id, given.wish);
  }
}

export async function simulate(seed: string | number, ports: SimPorts, options: SimOptions = {}): Promise<SimReport> {
  const mutations = options.mutations ?? NO_MUTATIONS;
  const undo = mutations.install();
  const world = new World(seed, ports, mutations);
  let simulation: Simulation | undefined;
  let steps = 0;
  let final: { convergedMs: number | undefined; commits: number } = { convergedMs: undefined, commits: 0 };
  try {
    await world.build(world.random.between(2, 3), world.random.between(2, 4));
    simulation = new Simulation(world, options.faults);
    simulation.watchCrashes();
    const total = options.steps ?? world.random.pick([10, 20, 20, 40, 80]);
    for (; steps < total && world.auditor.violations.length === 0; steps += 1) await simulation.step();
    if (world.auditor.violations.length === 0) {
      world.note('everything heals');
      await world.heal();
      final = await finalChecks(world);
    }
    if (world.auditor.violations.length === 0) await checkTogether(world);
  } catch (error) {
    world.auditor.violation('sim', words(error));
  } finally {
    await world.close();
    undo();
  }
  const report: SimReport = {
    seed: String(seed),
    violations: world.auditor.violations,
    steps,
    events: world.scheduler.steps,
    commits: final.commits,
    acknowledged: world.auditor.acknowledged.length,
    rejected: simulation?.rejected ?? new Map(),
    faults: simulation?.faults ?? new Map(),
    messages: world.network.counts.messages,
    virtualMs: world.scheduler.now - START_MS,
    convergedMs: final.convergedMs,
    log: world.log,
  };
  if (options.verbose !== undefined) for (const line of world.log) options.verbose(line);
  return report;
}
