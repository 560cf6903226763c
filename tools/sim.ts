// `npm run sim -- --seeds N [--from S] [--seed S --verbose] [--minutes M] [--mutation NAME]`: runs the simulator and prints, for each failure,
// the seed that replays it. `--fixed` is the set that `npm test` runs. Exit 1 when a seed failed.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { simPorts } from '#node/testing/sim-ports.ts';
import { FAULTS } from '#sim/faults.ts';
import { mutation, MUTATION_NAMES, type MutationName } from '#sim/mutations.ts';
import { simulate, type SimReport } from '#sim/simulate.ts';

/** Seeds of `npm test`, and how long they may take on a busy machine. */
const FIXED_SEEDS = 60;
const FIXED_MINUTES = 0.9;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    faults: { type: 'string' },
    minutes: { type: 'string' },
    mutation: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    fixed: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const usage = `npm run sim -- --seeds N [--from S] [--minutes M]   many seeds, or as many as fit into M minutes
npm run sim -- --seed S [--verbose]                 one seed, with what happened
npm run sim -- --fixed                              the seeds of npm test
            --faults A,B  only these                --steps N  steps of each seed
            --mutation NAME  with a planted bug: ${MUTATION_NAMES.join(', ')}`;

interface Totals {
  seeds: number;
  steps: number;
  events: number;
  commits: number;
  acknowledged: number;
  messages: number;
  virtualMs: number;
  slowestMs: number;
  readonly faults: Map<string, number>;
  readonly rejected: Map<string, number>;
  readonly failures: string[];
}

const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => unhandled.push(error));
let running: string | undefined;
// A promise that nothing will ever resolve: the engine runs out of work in the middle of a seed.
process.on('exit', () => {
  if (running === undefined) return;
  console.log(`Seed ${running} failed: it does not end, something waits for ever. Replay: npm run sim -- --seed ${running} --verbose`);
  process.exitCode = 1;
});

if (values.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  if (values.mutation !== undefined && !isMutation(values.mutation)) return wrongUse(`There is no planted bug ${values.mutation}.`);
  const single = values.seed;
  const count = single !== undefined ? 1 : values.fixed ? FIXED_SEEDS : Number(values.seeds ?? (values.minutes === undefined ? 100 : 1e9));
  const minutes = values.minutes === undefined ? (values.fixed ? FIXED_MINUTES : undefined) : Number(values.minutes);
  const from = Number(values.from);
  if (!(count > 0) || !Number.isInteger(from) || minutes === 0 || Number.isNaN(minutes)) return wrongUse('Give numbers.');
  const started = performance.now();
  const cpu = process.cpuUsage();
  const totals = newTotals();
  for (let i = 0; i < count; i += 1) {
    if (minutes !== undefined && performance.now() - started > minutes * 60_000) break;
    await runOne(single ?? String(from + i), totals);
  }
  const used = process.cpuUsage(cpu);
  printSummary(totals, (performance.now() - started) / 1000, (used.user + used.system) / 1e6);
  return totals.failures.length === 0 ? 0 : 1;
}

async function runOne(seed: string, totals: Totals): Promise<void> {
  unhandled.length = 0;
  running = seed;
  const report = await simulate(seed, simPorts, {
    ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
    ...(values.faults === undefined ? {} : { faults: FAULTS.filter((fault) => values.faults?.split(',').includes(fault)) }),
    ...(values.mutation !== undefined && isMutation(values.mutation) ? { mutations: mutation(values.mutation) } : {}),
    ...(values.verbose ? { verbose: (line: string) => console.log(line) } : {}),
  });
  // Rejections are told by the engine after the turn in which they happen.
  await new Promise((resolve) => setImmediate(resolve));
  running = undefined;
  add(totals, report);
  const found = [
    ...report.violations.map(({ promise, what }) => `${promise}: ${what}`),
    ...unhandled.map((error) => `run: nobody handled ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  ];
  if (found.length === 0) return;
  totals.failures.push(seed);
  console.log(`Seed ${seed} failed. Replay: npm run sim -- --seed ${seed} --verbose`);
  for (const line of found.slice(0, values.verbose ? 20 : 3)) console.log(`  ${line.slice(0, values.verbose ? 4000 : 700)}`);
}

function newTotals(): Totals {
  return {
    seeds: 0,
    steps: 0,
    events: 0,
    commits: 0,
    acknowledged: 0,
    messages: 0,
    virtualMs: 0,
    slowestMs: 0,
    faults: new Map(),
    rejected: new Map(),
    failures: [],
  };
}

function add(totals: Totals, report: SimReport): void {
  totals.seeds += 1;
  totals.steps += report.steps;
  totals.events += report.events;
  totals.commits += report.commits;
  totals.acknowledged += report.acknowledged;
  totals.messages += report.messages;
  totals.virtualMs += report.virtualMs;
  totals.slowestMs = Math.max(totals.slowestMs, report.convergedMs ?? 0);
  for (const [name, times] of report.faults) totals.faults.set(name, (totals.faults.get(name) ?? 0) + times);
  for (const [name, times] of report.rejected) totals.rejected.set(name, (totals.rejected.get(name) ?? 0) + times);
}

function printSummary(totals: Totals, seconds: number, cpuSeconds: number): void {
  const list = (map: ReadonlyMap<string, number>): string =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  if (values.verbose) console.log(`refused: ${list(totals.rejected)}`);
  console.log(`faults: ${list(totals.faults)}`);
  console.log(
    `slowest convergence ${Math.round(totals.slowestMs / 1000)} s of virtual time; ${(totals.seeds / Math.max(0.001, cpuSeconds)).toFixed(1)} seeds per CPU-second on ${os.cpus().length} cores`,
  );
  if (totals.failures.length > 0) console.log(`failed seeds: ${totals.failures.join(' ')}`);
  console.log(
    `${totals.seeds} seeds, ${totals.steps} steps, ${totals.events} events, ${totals.commits} commits, ${totals.acknowledged} acknowledged, ${totals.messages} messages, ${totals.failures.length} failed, ${seconds.toFixed(1)} s`,
  );
}

function isMutation(name: string): name is MutationName {
  return (MUTATION_NAMES as readonly string[]).includes(name);
}

function wrongUse(why: string): number {
  console.error(`${why}\n${usage}`);
  return 2;
}
