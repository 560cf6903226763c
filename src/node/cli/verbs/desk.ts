// nirantar desk: a desk without a screen, JSON lines in and out.
import type { Command } from 'commander';
import { filledArgument, urlsArgument } from '../arguments.ts';
import { type CliContext, service } from '../context.ts';

export function addDesk(program: Command, context: CliContext): void {
  program
    .command('desk')
    .description('A desk without a screen: one JSON object per line in, exactly one line out for each, in order')
    .requiredOption('--dir <folder>', 'the folder of this desk', filledArgument)
    .option('--hub <url>', 'a hub to stay in step with, first choice first; none is needed to work', urlsArgument, [])
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; hub: readonly URL[] }) => {
      await service(context, 'desk')({ dir: options.dir, hubs: options.hub, input: context.stdin, output: context.stdout });
    });
}

const EXAMPLES = `
An answer comes only when what it says is durable on this machine. {"id":7,"help":true} lists every command and query
with its schema. The desk ends when its input ends.

Example:
  nirantar desk --dir ./counter-3 --hub http://127.0.0.1:4000
  {"id":0,"signIn":{"user":"admin","password":"…"}}
  {"id":1,"as":"admin","do":"registerPatient","with":{"name":"Sunita Devi","sex":"female","age":{"years":34}}}
  {"id":2,"sync":true}`;
