// What check and test are made of: named steps that run one after the other and print one line each.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..');
/** Where reports of a run go; ignored by git. */
const REPORTS = path.join(ROOT, '.tsbuild', 'reports');

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface StepResult {
  readonly ok: boolean;
  readonly counts?: Counts;
  /** A few words for the line, such as how many tests. */
  readonly note?: string;
  /** Printed when it failed. */
  readonly output?: string;
}

export interface Step {
  readonly name: string;
  run(): Promise<StepResult>;
}

/** Runs one step and prints its line: name, verdict, seconds, note. */
export async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const result = await step.run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!result.ok && result.output !== undefined) console.error(result.output.trimEnd());
  console.log(`${step.name.padEnd(8)} ${result.ok ? 'ok' : 'FAILED'} ${seconds} s${result.note === undefined ? '' : ` (${result.note})`}`);
  return result;
}

interface Exit {
  readonly code: number;
  readonly output: string;
}

/** Runs one of our own JavaScript tools with this very Node. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Exit> {
  return runProgram(process.execPath, args, env);
}

export function runProgram(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Exit> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function tool(name: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await runNode(args);
      return { ok: code === 0, output };
    },
  };
}

const bin = (file: string): string => path.join(ROOT, 'node_modules', file);

/** A step that runs one project of vitest.config.ts and counts its tests. */
export function vitestStep(project: 'unit' | 'node' | 'e2e', env: Readonly<Record<string, string>> = {}): Step {
  return {
    name: project,
    run: async () => {
      const report = path.join(REPORTS, `${project}.json`);
      mkdirSync(REPORTS, { recursive: true });
      rmSync(report, { force: true });
      const args = [
        bin('vitest/vitest.mjs'),
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const { code, output } = await runNode(args, { NO_COLOR: '1', ...env });
      const counts = countTests(report, code);
      return { ok: code === 0 && counts.failed === 0, counts, note: `${counts.passed} passed, ${counts.failed} failed`, output };
    },
  };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

/** A file that could not even be loaded, and a run that died without a report, count as one failure each. */
function countTests(report: string, exitCode: number): Counts {
  try {
    const parsed = JSON.parse(readFileSync(report, 'utf8')) as VitestReport; // Vitest's own JSON reporter
    const broken = parsed.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    );
    const failed = parsed.numFailedTests + broken.length;
    return { passed: parsed.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Fast checks first. `unit` is last because it is the longest. */
export const CHECK_STEPS: readonly Step[] = [
  tool('walls', [path.join(ROOT, 'tools/walls.ts')]),
  tool('types', [bin('typescript/bin/tsc'), '-b']),
  tool('lint', [bin('oxlint/bin/oxlint'), '--deny-warnings']),
  tool('format', [bin('oxfmt/bin/oxfmt'), '--check']),
  vitestStep('unit'),
];

export const BUILD_STEP: Step = tool('build', [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn']);
