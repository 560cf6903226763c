// The auditor: knows every command that was acknowledged and checks the promises against what lies on the disks. It believes no index.
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Commit } from '#journal/commit.ts';
import { MAX_AHEAD_MS } from '#journal/hlc.ts';
import type { EpochId } from '#journal/refs.ts';
import type { Executed } from '#roles/replica/execute.ts';
import { digestOf } from './digest.ts';
import { scanDisk, type Scan } from './journal-scan.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

export interface Violation {
  readonly promise: string;
  readonly what: string;
  readonly atMs: number;
}

export interface Acknowledged {
  readonly machine: string;
  readonly command: string;
  readonly name: string;
  /** Full hash, base64url. */
  readonly commit: string;
  /** Numbers that the answer named. */
  readonly numbers: readonly string[];
  /** The latest time that this machine's own clock had shown. */
  readonly latestClockMs: number;
}

/** A report stops after so many violations: the first ones tell it. */
const MAX_VIOLATIONS = 20;
const NUMBER = /"(\d{12})"/g;
/** Commits of one group are stamped one after the other; more than a minute ahead of the own clock is not that. */
/** An answer may be so long on its way before nobody waits for it. */
const IN_FLIGHT_MS = 2000;
const CLOCK_SLACK_MS = 60_000;

export class Auditor {
  readonly violations: Violation[] = [];
  readonly acknowledged: Acknowledged[] = [];
  /** Commits that each disk must hold: acknowledged there and not lost by a fault that no program can see. */
  readonly #mustHold = new Map<string, Set<string>>();
  /** Highest seq of each epoch that a hub said it holds. */
  readonly #claims = new Map<string, Map<EpochId, number>>();
  /** When a hub's disk last became another. */
  readonly #changedAt = new Map<string, number>();
  /** Devices whose disk or key was copied, restored or stolen: their numbers and chains may repeat, visibly. */
  readonly tainted = new Set<string>();
  /** Hashes that must never be in a journal, with what they are. */
  readonly forged = new Map<string, string>();
  /** Hashes written with a stolen key: they are kept, and must be seen for what they are. */
  readonly stolen = new Map<string, { readonly epoch: string; readonly device: StreamId; readonly why: string }>();
  /** Highest time that each machine's clock ever showed. */
  readonly #clocks = new Map<string, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  violation(promise: string, what: string): void {
    if (this.violations.length < MAX_VIOLATIONS) this.violations.push({ promise, what, atMs: this.#world.scheduler.now });
    this.#world.note(`VIOLATION ${promise}: ${what}`);
  }

  acknowledge(machine: Machine, command: string, name: string, executed: Extract<Executed, { ok: true }>): void {
    if (executed.commit === '') return;
    const numbers = [...JSON.stringify(executed.result ?? {}).matchAll(NUMBER)].map((match) => match[1] ?? '');
    this.noteClocks();
    const latestClockMs = this.#clocks.get(deviceName(machine)) ?? 0;
    this.acknowledged.push({ machine: machine.name, command, name, commit: executed.commit, numbers, latestClockMs });
    this.mustHold(machine.name).add(executed.commit);
  }

  mustHold(machine: string): Set<string> {
    const held = this.#mustHold.get(machine) ?? new Set<string>();
    this.#mustHold.set(machine, held);
    return held;
  }

  /** Looks at the clocks before time passes. */
  noteClocks(): void {
    for (const machine of this.#world.machines.values()) {
      const name = deviceName(machine);
      this.#clocks.set(name, Math.max(this.#clocks.get(name) ?? 0, machine.now()));
    }
  }

  /** From now on this machine's device may repeat itself without a bug: it has been copied, restored or robbed. */
  taint(machine: Machine): void {
    for (const device of this.#world.devicesOf(machine.name)) this.tainted.add(device);
  }

  scan(machine: Machine): Promise<Scan> {
    return scanDisk(machine.stays.files, this.#world.ports.sha256);
  }

  /** After a fault that a program cannot see (a lying disk, an old image): only what is left can be asked for. */
  async diskChanged(machine: Machine): Promise<void> {
    const { commits } = await this.scan(machine);
    this.#mustHold.set(machine.name, new Set([...this.mustHold(machine.name)].filter((commit) => commits.has(commit))));
    this.#claims.delete(machine.name);
    this.#changedAt.set(machine.name, this.#world.scheduler.now);
  }

  /** Everything acknowledged is on the disk: looked at after every crash. */
  async checkDisk(machine: Machine): Promise<void> {
    const { commits, doubles } = await this.scan(machine);
    for (const commit of this.mustHold(machine.name)) {
      if (!commits.has(commit)) this.violation('P1', `${machine.name} lost the acknowledged commit ${commit}`);
    }
    if (doubles > 0) this.violation('P6', `${machine.name} holds ${doubles} commits twice`);
    this.#checkForged(machine, commits);
  }

  #checkForged(machine: Machine, commits: ReadonlyMap<string, Commit>): void {
    for (const [hash, why] of this.forged) if (commits.has(hash)) this.violation('P5', `${machine.name} stored a forged commit (${why})`);
  }

  /** What hubs told desks that they hold must be held. */
  checkClaims(): void {
    const byDevice = new Map(
      this.#world.hubs.map((hub) => [hub.running?.replica.own?.identity.device.slice('device/'.length) ?? hub.name, hub]),
    );
    for (const desk of this.#world.desks) {
      const epoch = desk.running?.replica.own?.epoch;
      for (const link of desk.running?.desk?.links.status() ?? []) {
        const hub = byDevice.get(link.hub ?? '');
        if (hub === undefined || epoch === undefined || link.state !== 'live' || link.heldSeq === 0) continue;
        // What it said before its disk changed, it says no more: the desk has not asked again yet, or the answer was still on its way.
        const silentMs = desk.now() - (link.lastSeen ?? 0);
        if (silentMs < 0 || this.#world.scheduler.now - silentMs <= (this.#changedAt.get(hub.name) ?? 0) + IN_FLIGHT_MS) continue;
        const claims = this.#claims.get(hub.name) ?? new Map<EpochId, number>();
        this.#claims.set(hub.name, claims.set(epoch, Math.max(claims.get(epoch) ?? 0, link.heldSeq)));
      }
    }
    for (const hub of this.#world.hubs) {
      for (const [epoch, seq] of this.#claims.get(hub.name) ?? []) {
        const head = hub.running?.replica.index.chain(epoch)?.headSeq ?? seq;
        if (head < seq) this.violation('P3', `${hub.name} said it held ${epoch} up to ${seq} and holds it up to ${head}`);
      }
    }
  }

  /** Replicas that hold the same commits show the same picture, also in the middle of everything. */
  async checkSamePicture(): Promise<number> {
    const seen = new Map<string, { name: string; digest: string }>();
    let compared = 0;
    for (const machine of this.#world.fullReplicas) {
      const replica = machine.running?.replica;
      if (replica === undefined || replica.position.n !== replica.position.applied) continue;
      const { commits } = await this.scan(machine);
      if (commits.size !== replica.position.n) continue;
      const held = JSON.stringify([...commits.keys()].sort());
      const digest = await digestOf(machine.stays.sql, this.#world.parts.domain);
      const other = seen.get(held);
      if (other !== undefined) compared += 1;
      if (other !== undefined && other.digest !== digest)
        this.violation(
          'P4',
          `${machine.name} and ${other.name} hold the same commits and show different pictures: ${difference(other.digest, digest)}`,
        );
      seen.set(held, { name: machine.name, digest });
    }
    return compared;
  }

  /** No honest machine dates a commit by somebody else's clock. */
  checkTimes(union: ReadonlyMap<string, Commit>): void {
    // A thief writes any time into the chain of the desk whose key it has; what the desk writes after that does not go back behind it.
    const robbed = new Set([...this.stolen.values()].map(({ device }) => device));
    for (const { machine, commit, latestClockMs } of this.acknowledged) {
      if (this.#world.devicesOf(machine).some((device) => robbed.has(device))) continue;
      const ms = union.get(commit)?.header.hlc.ms ?? 0;
      if (ms > latestClockMs + MAX_AHEAD_MS + CLOCK_SLACK_MS)
        this.violation('P4', `${machine} dated a commit ${Math.round((ms - latestClockMs) / 1000)} s ahead of its own clock`);
    }
  }
}

export function difference(a: string, b: string): string {
  let i = 0;
  while (i < Math.min(a.length, b.length) && a[i] === b[i]) i += 1;
  return `…${a.slice(Math.max(0, i - 120), i + 160)}… against …${b.slice(Math.max(0, i - 40), i + 160)}…`;
}

/** A clone goes on where its original was: its time, too, never goes back behind what stands in its chain. */
function deviceName(machine: Machine): string {
  return machine.name.split('-')[0] ?? machine.name;
}
