// nirantar digest: what two replicas compare.
import type { Command } from 'commander';
import { filledArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';

export function addDigest(program: Command, context: CliContext): void {
  program
    .command('digest')
    .description('Print what is equal on replicas that hold the same: commits, heads, documents')
    .requiredOption('--dir <folder>', 'the folder of a hub or desk', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string }) => {
      print(context, await service(context, 'digest')({ dir: options.dir }));
    });
}

const EXAMPLES = `
Two folders with the same digest, at one version of this program, hold the same history and show the same picture.

Example:
  nirantar digest --dir ./opd`;
