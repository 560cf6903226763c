// nirantar verify: prove a whole history offline.
import type { Command } from 'commander';
import { filledArgument } from '../arguments.ts';
import { type CliContext, print, say, service } from '../context.ts';
import { Refused, WrongUse } from '../exit.ts';

export function addVerify(program: Command, context: CliContext): void {
  program
    .command('verify')
    .description('Prove the whole history: every signature, chain and body; needs no network')
    .option('--dir <folder>', 'the folder of a hub or desk', filledArgument)
    .option('--file <file>', 'a file that nirantar export wrote', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async ({ dir, file }: { dir?: string; file?: string }) => {
      if ((dir === undefined) === (file === undefined)) throw new WrongUse('Give either --dir or --file.');
      const output = await service(context, 'verify')(dir === undefined ? { file: file ?? '' } : { dir });
      print(context, output);
      if (!output.ok)
        throw new Refused(`The history has ${output.problems.length} problem(s); they are listed above. Nothing was changed.`);
      say(context, `${output.commits} commits of ${output.devices} devices are whole and unaltered.`);
    });
}

const EXAMPLES = `
Prints {"commits","devices","ok","problems"}; ends with 1 when something is missing, altered or forged.

Example:
  nirantar verify --dir ./opd
  nirantar verify --file ./opd.commits`;
