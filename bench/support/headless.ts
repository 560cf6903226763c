// A headless desk as the product runs it: one JSON line in, one out. CPU is read from the operating system, because it is another program.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = path.join(import.meta.dirname, '../../src/node/cli/main.ts');
/** Clock ticks in a second of /proc: 100 on every Linux of today. */
const TICK_MS = 10;

export interface DeskAnswer {
  readonly id: number;
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly result?: unknown;
}

export class HeadlessProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: ((answer: DeskAnswer) => void)[] = [];
  #id = 0;

  constructor(dir: string) {
    this.#child = spawn(process.execPath, [MAIN, 'desk', '--dir', dir], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.resume();
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift()?.(JSON.parse(line) as DeskAnswer)); // the desk's own words
  }

  ask(line: object): Promise<DeskAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin.write(`${JSON.stringify({ id: (this.#id += 1), ...line })}\n`);
    });
  }

  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }

  memoryMb(): number {
    const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'));
    return Number(found?.[1] ?? 0) / 1024;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await gone;
  }
}
