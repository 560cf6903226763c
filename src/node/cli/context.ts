// What a verb is given: where to print and who does the work.
import type { Readable, Writable } from 'node:stream';
import { Refused } from './exit.ts';
import type { Output, Running, Services } from './services.ts';

export interface CliContext {
  /** Work that this build can do; a verb without it says so. */
  readonly services: Partial<Services>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Starts listening for being told to stop (Ctrl+C, the service manager), and resolves when it is. */
  readonly stopRequested: () => Promise<void>;
}

/** JSON for programs, one line. */
export function print(context: CliContext, output: Output): void {
  context.stdout.write(`${JSON.stringify(output)}\n`);
}

/** Words for people. */
export function say(context: CliContext, words: string): void {
  context.stderr.write(`nirantar: ${words}\n`);
}

export function service<K extends keyof Services>(context: CliContext, name: K): Services[K] {
  const found = context.services[name];
  if (found === undefined) throw new Refused(`This build cannot do '${name}' yet. See docs/status.md for what it can do.`);
  return found as Services[K]; // the type of a key that is there
}

/** Prints when it serves, waits until it is told to stop or ends by itself, and stops it in order. */
export async function runUntilStopped(context: CliContext, running: Running): Promise<void> {
  print(context, running.output);
  await Promise.race([context.stopRequested(), ...(running.ended === undefined ? [] : [running.ended])]);
  await running.stop();
}
