// The three kinds of tests: unit (no I/O), node (real disk and sockets), e2e (real browser). tools/test.ts runs them in this order.
import { defineConfig } from 'vitest/config';

const NODE_TESTS = '**/*.node.test.ts';

export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: ['dot'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
          exclude: [NODE_TESTS],
          // Threads start faster than processes; a unit test has no I/O that could need its own process.
          pool: 'threads',
          // Properties run many cases; a loaded machine must not fail them.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          include: [`src/${NODE_TESTS}`, `tools/${NODE_TESTS}`],
          pool: 'forks',
          // Real disks and child processes on a busy two-core machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 180_000,
          // One browser at a time: the machine has two cores, and hubs run beside it.
          fileParallelism: false,
          sequence: { concurrent: false, groupOrder: 2 },
        },
      },
    ],
  },
});
