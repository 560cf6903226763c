// The program as a person starts it, for tests: real processes with what they print.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { TemporaryFolder } from './temporary-folder.ts';

export const PROGRAM = path.join(import.meta.dirname, '../../../nirantar');
export const PASSWORD = 'पासवर्ड 123';

export interface Ran {
  readonly code: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

export async function nirantar(...args: readonly string[]): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(PROGRAM, args);
    return { code: 0, json: parsed(stdout), stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // what execFile rejects with
    return { code, json: parsed(stdout), stderr };
  }
}

export function parsed(stdout: string): Readonly<Record<string, unknown>> {
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>); // the program's promise
}

export function passwordFile(folder: TemporaryFolder): string {
  const file = folder.file('password');
  fs.writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
  return file;
}

export interface Hub {
  readonly child: ChildProcess;
  readonly url: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export async function startHub(dir: string, port = 0, ...more: readonly string[]): Promise<Hub> {
  const child = spawn(PROGRAM, ['hub', '--dir', dir, '--port', String(port), ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('it has a pipe');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), once(child, 'close').then(() => '')]);
  if (line === '') throw new Error('the hub ended before it served');
  const json = parsed(line);
  return { child, url: String(json['url']), json };
}

export async function stopHub(hub: Hub, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (hub.child.exitCode !== null || hub.child.signalCode !== null) return hub.child.exitCode;
  hub.child.kill(signal);
  const [code] = (await once(hub.child, 'close')) as [number | null]; // what a process emits
  return code;
}

/** Runs a headless desk over `lines` and gives its answers. */
export async function desk(
  dir: string,
  hubs: readonly string[],
  lines: readonly unknown[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const child = spawn(PROGRAM, ['desk', '--dir', dir, ...hubs.flatMap((hub) => ['--hub', hub])], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stdin.end(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  await once(child, 'close');
  return out.split('\n').slice(0, -1).map(parsed);
}

export const signIn = { id: 'in', signIn: { user: 'admin', password: PASSWORD } };

export function register(id: number, name: string): unknown {
  return { id, as: 'admin', do: 'registerPatient', with: { name, sex: 'female', age: { years: 34 } } };
}
