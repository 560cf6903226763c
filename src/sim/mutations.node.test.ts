// The simulator is proved on planted bugs: each must be found within so many seeds, or the simulator is blind to it.
import { describe, expect, test } from 'vitest';
import { simPorts } from '#node/testing/sim-ports.ts';
import type { Fault } from './faults.ts';
import { mutation, MUTATION_NAMES, type MutationName } from './mutations.ts';
import { simulate } from './simulate.ts';

interface Proof {
  /** Seeds within which it must be found. */
  readonly within: number;
  /** The faults that bring it out; absent for whatever each seed draws. */
  readonly faults?: readonly Fault[];
}

const COPIES: readonly Fault[] = ['image', 'rollback', 'clone', 'forge', 'isolate', 'heal-network'];

const PROOFS: Readonly<Record<MutationName, Proof>> = {
  'sync-skipped': { within: 20 },
  'keyed-by-seq-only': { within: 20, faults: COPIES },
  'clock-ratcheted': { within: 20, faults: ['clock-jump', 'heal-network'] },
  'last-writer-wins': { within: 30, faults: ['isolate', 'heal-network', 'partition'] },
  'serial-reused': { within: 10 },
  'epoch-not-renewed': { within: 20, faults: COPIES },
  'fork-dropped': { within: 20, faults: COPIES },
  'signature-ignored': { within: 20, faults: ['forge'] },
  'command-repeated': { within: 20 },
  'arrival-lost': { within: 20 },
};

describe('planted bugs', () => {
  test.each(MUTATION_NAMES)(
    '%s is found',
    async (name) => {
      const { within, faults } = PROOFS[name];
      let found: string | undefined;
      for (let seed = 1; seed <= within && found === undefined; seed += 1) {
        const { violations } = await simulate(seed, simPorts, {
          mutations: mutation(name),
          steps: 40,
          ...(faults === undefined ? {} : { faults }),
        });
        if (violations.length > 0) found = `seed ${seed}: ${violations[0]?.promise ?? ''} ${violations[0]?.what.slice(0, 120) ?? ''}`;
      }
      expect(found).toBeDefined();
    },
    120_000,
  );
});
