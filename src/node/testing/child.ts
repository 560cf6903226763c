// Runs one of the test's own programs in a real process, to kill it in the middle of its work. For .node.test.ts files only.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly stderr: string;
}

export interface ChildOptions {
  /** Called for each line on stdout; true kills the child at once. */
  readonly killWhen?: (line: string, count: number) => boolean;
  /** A program to run it under, such as `['strace', '-f']`. */
  readonly under?: readonly string[];
  readonly input?: string;
}

export function runChild(program: string, args: readonly string[], options: ChildOptions = {}): Promise<ChildOutcome> {
  return new Promise((resolve, reject) => {
    const [command = process.execPath, ...rest] = [...(options.under ?? []), process.execPath, program, ...args];
    const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => {
      lines.push(line);
      if (options.killWhen?.(line, lines.length) === true) child.kill('SIGKILL');
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, lines, stderr }));
  });
}
