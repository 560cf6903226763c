// nirantar restore: a hub from nothing.
import type { Command } from 'commander';
import { filledArgument, textsArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';

export function addRestore(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('Rebuild a hub in an empty folder from a peer, an old folder or an exported file, and prove it complete')
    .requiredOption('--dir <folder>', 'a new or empty folder', filledArgument)
    .requiredOption('--from <source...>', 'addresses of hubs, folders or files; what one lacks another may have', textsArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; from: readonly string[] }) => {
      print(context, await service(context, 'restore')({ dir: options.dir, from: options.from }));
    });
}

const EXAMPLES = `
Example:
  nirantar restore --dir ./opd-new --from http://lab.hospital.internal:4001 /media/usb/opd.commits`;
