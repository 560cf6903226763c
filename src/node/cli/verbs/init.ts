// nirantar init: a new hospital.
import type { Command } from 'commander';
import { filledArgument, readPasswordFile } from '../arguments.ts';
import { type CliContext, print, say, service } from '../context.ts';

export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('Make a new hospital: root key, recovery kit, first hub, and the user admin with every role')
    .requiredOption('--dir <folder>', 'a new or empty folder for the first hub', filledArgument)
    .requiredOption('--hospital <name>', 'the name on slips and reports', filledArgument)
    .requiredOption('--admin-password-file <file>', 'a file that holds the password of the user admin', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; hospital: string; adminPasswordFile: string }) => {
      const adminPassword = readPasswordFile(options.adminPasswordFile, (words) => say(context, words));
      print(context, await service(context, 'init')({ dir: options.dir, hospital: options.hospital, adminPassword }));
    });
}

const EXAMPLES = `
The recovery kit is printed once and stays on no disk of the hospital. Put it on paper and into a safe: with it a revoked
or lost hub is replaced, without it the hospital has to trust what its hubs say.

Example:
  nirantar init --dir ./opd --hospital "District Hospital Sitapur" --admin-password-file ./password.txt
  nirantar hub --dir ./opd --port 4000`;
