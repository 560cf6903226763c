// nirantar invite: a code with which one node or desk may join.
import { type Command, Option } from 'commander';
import { DESK_KINDS } from '#kernel/shared/actor.ts';
import { filledArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';
import { WrongUse } from '../exit.ts';
import type { InviteRole } from '../services.ts';

export function addInvite(program: Command, context: CliContext): void {
  program
    .command('invite')
    .description('Make a code with which one hub, desk or vault can join; it works once and expires')
    .requiredOption('--dir <folder>', 'the folder of a hub; the hub may be running', filledArgument)
    .addOption(new Option('--role <role>', 'what joins').choices(['hub', 'desk', 'vault']).makeOptionMandatory())
    .addOption(new Option('--desk <kind>', 'which desk, with --role desk').choices(DESK_KINDS))
    .option('--name <name>', 'how the new node is called on the status screen', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; role: InviteRole; desk?: string; name?: string }) => {
      if (options.desk !== undefined && options.role !== 'desk') throw new WrongUse('--desk goes with --role desk only.');
      const { dir, role, desk, name } = options;
      print(
        context,
        await service(context, 'invite')({ dir, role, ...(desk === undefined ? {} : { desk }), ...(name === undefined ? {} : { name }) }),
      );
    });
}

const EXAMPLES = `
Prints {"invite":"CODE"}.

Example:
  nirantar invite --dir ./opd --role desk --desk registration --name "Counter 3"`;
