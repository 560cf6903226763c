// nirantar join: enrol a new node or headless desk.
import type { Command } from 'commander';
import { filledArgument, inviteArgument, urlArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';

export function addJoin(program: Command, context: CliContext): void {
  program
    .command('join')
    .description('Enrol a new node or headless desk in a folder, with a code from nirantar invite')
    .requiredOption('--dir <folder>', 'a new or empty folder', filledArgument)
    .requiredOption('--hub <url>', 'a hub that is running', urlArgument)
    .requiredOption('--invite <code>', 'the code that nirantar invite printed', inviteArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; hub: URL; invite: string }) => {
      print(context, await service(context, 'join')({ dir: options.dir, hub: options.hub, invite: options.invite }));
    });
}

const EXAMPLES = `
Example:
  nirantar join --dir ./counter-3 --hub http://127.0.0.1:4000 --invite CODE
  nirantar desk --dir ./counter-3 --hub http://127.0.0.1:4000`;
