// nirantar export: the history as one file.
import type { Command } from 'commander';
import { filledArgument } from '../arguments.ts';
import { type CliContext, print, service } from '../context.ts';

export function addExport(program: Command, context: CliContext): void {
  program
    .command('export')
    .description('Write the whole history as one file of signed commits, for a USB disk or a second building')
    .requiredOption('--dir <folder>', 'the folder of a hub or desk', filledArgument)
    .requiredOption('--out <file>', 'the file to write; an existing one is not overwritten', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; out: string }) => {
      print(context, await service(context, 'export')({ dir: options.dir, out: options.out }));
    });
}

const EXAMPLES = `
The file is not encrypted: it holds every patient. Treat it like the archive.

Example:
  nirantar export --dir ./opd --out /media/usb/opd.commits
  nirantar verify --file /media/usb/opd.commits`;
