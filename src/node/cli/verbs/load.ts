// nirantar load: a synthetic hospital, the same for the same seed.
import type { Command } from 'commander';
import { filledArgument, seedArgument, visitsArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';

export function addLoad(program: Command, context: CliContext): void {
  program
    .command('load')
    .description('Fill a hub with made-up patients and visits, the same ones for the same seed')
    .requiredOption('--dir <folder>', 'the folder of a hub that is not running', filledArgument)
    .requiredOption('--visits <number>', 'how many visits', visitsArgument)
    .option('--seed <number>', 'another seed makes another hospital', seedArgument, 1)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; visits: number; seed: number }) => {
      print(context, await service(context, 'load')({ dir: options.dir, visits: options.visits, seed: options.seed }));
    });
}

const EXAMPLES = `
Never into a folder with real patients: nobody can take them apart again.

Example:
  nirantar load --dir ./opd --visits 5000 --seed 42`;
