// nirantar restore: a hub from nothing.
import type { Command } from 'commander';
import { filledArgument, inviteArgument, textsArgument } from '../arguments.ts';
import { type CliContext, print, say, service } from '../context.ts';
import { Refused } from '../exit.ts';

export function addRestore(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('Rebuild a hub in an empty folder from a peer, an old folder or an exported file, and prove it complete')
    .requiredOption('--dir <folder>', 'a new or empty folder', filledArgument)
    .requiredOption('--from <source...>', 'addresses of hubs, folders or files; what one lacks another may have', textsArgument)
    .option('--invite <code>', 'a code of nirantar invite --role hub, when an address is among the sources', inviteArgument)
    .addHelpText('after', EXAMPLES)
    .action(async ({ dir, from, invite }: { dir: string; from: readonly string[]; invite?: string }) => {
      const output = await service(context, 'restore')({ dir, from, ...(invite === undefined ? {} : { invite }) });
      print(context, output);
      if (!output.ok)
        throw new Refused(
          `What could be proved was restored; ${output.problems.length} problem(s) are listed above. Give the same folder again with a further source behind --from.`,
        );
      say(context, `${output.commits} commits of ${output.devices} devices were restored and proved.`);
    });
}

const EXAMPLES = `
Everything is judged on the way as if a stranger had brought it. From files and folders the history comes alone, and from the
folder of a device also who it was; from a running hub a new hub comes, with an invite. Interrupted, the same line goes on.

Example:
  nirantar invite --dir ./lab --role hub --name "Outpatients"
  nirantar restore --dir ./opd-new --from /media/usb/opd.commits https://lab.hospital.internal:4001 --invite CODE`;
