// The command line as a whole: every verb, how it ends, and what people read when it goes wrong. It does no work itself.
import { Command, CommanderError } from 'commander';
import { StorageFailure } from '#journal/ports/storage.ts';
import { type CliContext, say } from './context.ts';
import { EXIT_DONE, EXIT_REFUSED, EXIT_WRONG_USE, Refused, WrongUse } from './exit.ts';
import { addDemo } from './verbs/demo.ts';
import { addDesk } from './verbs/desk.ts';
import { addDigest } from './verbs/digest.ts';
import { addExport } from './verbs/export.ts';
import { addHub } from './verbs/hub.ts';
import { addInit } from './verbs/init.ts';
import { addInvite } from './verbs/invite.ts';
import { addJoin } from './verbs/join.ts';
import { addLoad } from './verbs/load.ts';
import { addRestore } from './verbs/restore.ts';
import { addVerify } from './verbs/verify.ts';

const VERBS = [addInit, addHub, addInvite, addJoin, addDesk, addVerify, addDigest, addExport, addRestore, addLoad, addDemo];

/** Runs one command line. Never rejects. @param argv without the names of Node and of the program @returns the exit code */
export async function runCli(argv: readonly string[], context: CliContext, version: string): Promise<number> {
  try {
    await buildProgram(context, version).parseAsync(argv, { from: 'user' });
    return EXIT_DONE;
  } catch (error) {
    return explain(error, context);
  }
}

export function buildProgram(context: CliContext, version: string): Command {
  const program = new Command('nirantar')
    .description(
      'Nirantar: the information system of a hospital that does not stop.\nJSON on stdout, words on stderr. Ends with 0 done, 1 refused or failed check, 2 wrong use.',
    )
    .version(version)
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
      outputError: (text, write) => write(`nirantar: ${text.replace(/^error: /, '')}`),
    });
  for (const add of VERBS) add(program, context);
  for (const verb of program.commands) {
    verb.exitOverride().copyInheritedSettings(program).allowExcessArguments(false);
    verb.showHelpAfterError(`Run 'nirantar ${verb.name()} --help' for what it takes and an example.`);
  }
  program.showHelpAfterError("Run 'nirantar --help' for all verbs.");
  return program;
}

function explain(error: unknown, context: CliContext): number {
  if (error instanceof CommanderError) {
    // Commander has said its words. Asked-for help and version are done; everything else of it is wrong use.
    return error.exitCode === 0 ? EXIT_DONE : EXIT_WRONG_USE;
  }
  if (error instanceof Refused || error instanceof WrongUse) {
    say(context, error.message);
    return error.exitCode;
  }
  if (error instanceof StorageFailure) {
    say(context, error.message);
    return EXIT_REFUSED;
  }
  if (isPortTaken(error)) {
    say(context, 'The port is taken by another program. Stop that one, or give another --port (0 takes any free one).');
    return EXIT_REFUSED;
  }
  say(context, 'The program found a mistake of its own; nothing was half done. With NIRANTAR_DEBUG=1 it shows where.');
  if (process.env['NIRANTAR_DEBUG'] === '1') console.error(error);
  return EXIT_REFUSED;
}

function isPortTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRINUSE' || error.code === 'EACCES') &&
    'syscall' in error &&
    error.syscall === 'listen'
  );
}
