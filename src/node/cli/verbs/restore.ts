// nirantar restore: a hub from nothing.
import type { Command } from 'commander';
import { filledArgument, textsArgument } from '../arguments.ts';
import { type CliContext, print, say, service } from '../context.ts';
import { Refused } from '../exit.ts';

export function addRestore(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('Rebuild a hub in an empty folder from a peer, an old folder or an exported file, and prove it complete')
    .requiredOption('--dir <folder>', 'a new or empty folder', filledArgument)
    .requiredOption('--from <source...>', 'addresses of hubs, folders or files; what one lacks another may have', textsArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; from: readonly string[] }) => {
      const output = await service(context, 'restore')({ dir: options.dir, from: options.from });
      print(context, output);
      if (!output.ok)
        throw new Refused(
          `What could be proved was restored; ${output.problems.length} problem(s) are listed above. Name a further source with --from in a new folder.`,
        );
      say(context, `${output.commits} commits of ${output.devices} devices were restored and proved.`);
    });
}

const EXAMPLES = `
Example:
  nirantar restore --dir ./opd-new --from http://lab.hospital.internal:4001 /media/usb/opd.commits`;
