// nirantar init: a new hospital.
import type { Command } from 'commander';
import { dnsNamesArgument, filledArgument, readPasswordFile } from '../arguments.ts';
import { type CliContext, print, say, service } from '../context.ts';

export function addInit(program: Command, context: CliContext): void {
  program
    .command('init')
    .description('Make a new hospital: root key, recovery kit, first hub, and the user admin with every role')
    .requiredOption('--dir <folder>', 'a new or empty folder for the first hub', filledArgument)
    .requiredOption('--hospital <name>', 'the name on slips and reports', filledArgument)
    .requiredOption('--admin-password-file <file>', 'a file that holds the password of the user admin', filledArgument)
    .option(
      '--domain <dns name>',
      "the hospital's own domain, when its hubs have public names; may be given several times",
      dnsNamesArgument,
      [],
    )
    .option('--recovery-kit <file>', 'also write the recovery kit as a page to print; delete the file when it is printed', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async ({ dir, hospital, adminPasswordFile, domain: domains, recoveryKit }: Options) => {
      const adminPassword = readPasswordFile(adminPasswordFile, (words) => say(context, words));
      print(
        context,
        await service(
          context,
          'init',
        )({
          dir,
          hospital,
          adminPassword,
          ...(domains.length === 0 ? {} : { domains }),
          ...(recoveryKit === undefined ? {} : { recoveryKit }),
        }),
      );
      say(
        context,
        'keep the recovery kit safe: it was printed once and is on no disk of this hospital. Put it on paper, into a safe, apart from the hubs.',
      );
      if (recoveryKit !== undefined) say(context, `print ${recoveryKit} twice, then delete it.`);
    });
}

interface Options {
  readonly dir: string;
  readonly hospital: string;
  readonly adminPasswordFile: string;
  readonly domain: readonly string[];
  readonly recoveryKit?: string;
}

const EXAMPLES = `
The recovery kit is printed once and stays on no disk of the hospital. Put it on paper and into a safe: with it a revoked
or lost hub is replaced, without it the hospital has to trust what its hubs say.

Example:
  nirantar init --dir ./opd --hospital "District Hospital Sitapur" --admin-password-file ./password.txt
  nirantar hub --dir ./opd --port 4000`;
