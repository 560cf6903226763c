// Planted bugs: each breaks one promise through a port or from outside, never inside production code, so that a test can prove that the
// simulator finds it. NO_MUTATIONS is what every other run uses.
import { decodeCommit, type Commit } from '#journal/commit.ts';
import { holds } from '#journal/intervals.ts';
import { epochId } from '#journal/refs.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import type { HospitalNumber, NumberKind } from '#kernel/shared/numbers.ts';
import { IndexStore } from '#roles/replica/index-store.ts';
import { Mint } from '#roles/replica/mint.ts';
import type { Domain } from '#roles/replica/ports.ts';
import { Replica } from '#roles/replica/replica.ts';

export interface Mutations {
  /** `sync` never reaches the disk. */
  readonly skipSync: boolean;
  /** Every signature is right. */
  readonly acceptAll: boolean;
  /** The time that a machine believes in. */
  clock(machine: string, now: number): number;
  onBoot(machine: string, replica: Replica): void;
  domain(domain: Domain): Domain;
  /** Changes what all machines share. @returns what undoes it */
  install(): () => void;
}

export const NO_MUTATIONS: Mutations = {
  skipSync: false,
  acceptAll: false,
  clock: (_machine, now) => now,
  onBoot: () => undefined,
  domain: (domain) => domain,
  install: () => () => undefined,
};

export const MUTATION_NAMES = [
  'sync-skipped',
  'keyed-by-seq-only',
  'clock-ratcheted',
  'last-writer-wins',
  'serial-reused',
  'epoch-not-renewed',
  'fork-dropped',
  'signature-ignored',
  'command-repeated',
  'arrival-lost',
] as const;
export type MutationName = (typeof MUTATION_NAMES)[number];

/** A fresh set of hooks for one world: some bugs remember things. */
export function mutation(name: MutationName): Mutations {
  switch (name) {
    case 'sync-skipped':
      return { ...NO_MUTATIONS, skipSync: true };
    case 'signature-ignored':
      return { ...NO_MUTATIONS, acceptAll: true };
    case 'keyed-by-seq-only':
      return { ...NO_MUTATIONS, install: keyedBySeqOnly };
    case 'clock-ratcheted':
      return clockRatcheted();
    case 'last-writer-wins':
      return { ...NO_MUTATIONS, domain: withoutIssues };
    case 'serial-reused':
      return { ...NO_MUTATIONS, install: serialReused };
    case 'epoch-not-renewed':
      return { ...NO_MUTATIONS, install: epochNotRenewed };
    case 'fork-dropped':
      return { ...NO_MUTATIONS, onBoot: forkDropped };
    case 'command-repeated':
      return { ...NO_MUTATIONS, onBoot: commandRepeated };
    case 'arrival-lost':
      return { ...NO_MUTATIONS, onBoot: arrivalLost };
    default:
      return name satisfies never;
  }
}

function methodOf(prototype: object, name: string): PropertyDescriptor {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (descriptor === undefined) throw new Error(`invariant: the class has the method ${name}`);
  return descriptor;
}

function keyedBySeqOnly(): () => void {
  const has = methodOf(IndexStore.prototype, 'has');
  IndexStore.prototype.has = function seqOnly(commit): Promise<boolean> {
    const state = this.chain(epochId(commit.header.epoch));
    return Promise.resolve(state !== undefined && holds(state.have, commit.header.seq));
  };
  return () => {
    Object.defineProperty(IndexStore.prototype, 'has', has);
  };
}

/** Follows whatever time a remote commit bears. */
function clockRatcheted(): Mutations {
  const highest = new Map<string, number>();
  return {
    ...NO_MUTATIONS,
    clock: (machine, now) => Math.max(now, highest.get(machine) ?? 0),
    onBoot: (machine, replica) => {
      const ingest = replica.ingest.bind(replica);
      replica.ingest = async (payloads, options) => {
        const report = await ingest(payloads, options);
        for (const commit of report.accepted) highest.set(machine, Math.max(highest.get(machine) ?? 0, commit.header.hlc.ms));
        return report;
      };
    },
  };
}

function withoutIssues(domain: Domain): Domain {
  const silent = (definition: StreamDefinition<unknown>): StreamDefinition<unknown> => ({
    ...definition,
    fold: (state, event, context) => definition.fold(state, event, { ...context, issue: () => undefined }),
  });
  return { ...domain, streams: new Map([...domain.streams].map(([type, definition]) => [type, silent(definition)])) };
}

/** After each sixth number the one before it comes again. */
function serialReused(): () => void {
  const mint = Object.getOwnPropertyDescriptor(Mint.prototype, 'mint')?.value as (
    this: Mint,
    kind: NumberKind,
  ) => HospitalNumber | undefined; // the method of the class
  const last = new WeakMap<Mint, Map<NumberKind, { number: HospitalNumber | undefined; count: number }>>();
  Mint.prototype.mint = function reused(kind): HospitalNumber | undefined {
    const kinds = last.get(this) ?? new Map<NumberKind, { number: HospitalNumber | undefined; count: number }>();
    last.set(this, kinds);
    const before = kinds.get(kind) ?? { number: undefined, count: 0 };
    const number = before.count % 6 === 5 ? before.number : mint.call(this, kind);
    kinds.set(kind, { number, count: before.count + 1 });
    return number;
  };
  return () => {
    Mint.prototype.mint = mint;
  };
}

function epochNotRenewed(): () => void {
  const beginEpoch = methodOf(Replica.prototype, 'beginEpoch');
  Replica.prototype.beginEpoch = function stay(this: Replica) {
    const own = this.own;
    return own === undefined ? Promise.reject(new Error('not enrolled')) : Promise.resolve(own.identity);
  };
  return () => {
    Object.defineProperty(Replica.prototype, 'beginEpoch', beginEpoch);
  };
}

/** What differs from a commit that is held at the same place of a chain is thrown away. */
function forkDropped(_machine: string, replica: Replica): void {
  const ingest = replica.ingest.bind(replica);
  replica.ingest = async (payloads, options) => {
    const kept: Uint8Array[] = [];
    for (const payload of payloads) {
      const decoded = decodeCommit(payload, replica.ports.crypto.sha256);
      if (!decoded.ok || !(await isRival(replica, decoded.commit))) kept.push(payload);
    }
    return ingest(kept, options);
  };
}

async function isRival(replica: Replica, commit: Commit): Promise<boolean> {
  const state = replica.index.chain(epochId(commit.header.epoch));
  return state !== undefined && holds(state.have, commit.header.seq) && !(await replica.index.has(commit));
}

function commandRepeated(_machine: string, replica: Replica): void {
  const execute = replica.execute.bind(replica);
  let count = 0;
  const seen = new Set<string>();
  replica.execute = (command) => {
    count += 1;
    if (!seen.has(command.id)) {
      seen.add(command.id);
      return execute(command);
    }
    const id = parseCommandId(`${command.id.slice(0, 50)}-${count}`);
    return execute(id === undefined ? command : { ...command, id });
  };
}

/** One batch in twelve is acknowledged and not stored. */
function arrivalLost(_machine: string, replica: Replica): void {
  const ingest = replica.ingest.bind(replica);
  let count = 0;
  replica.ingest = (payloads, options) => {
    count += 1;
    return ingest(count % 12 === 0 ? [] : payloads, options);
  };
}
