// nirantar demo: a whole hospital on one machine, whose plugs can be pulled.
import type { Command } from 'commander';
import { filledArgument, portArgument } from '../arguments.ts';
import { type CliContext, print, runUntilStopped, say, service } from '../context.ts';

export function addDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('Three hubs, a hospital of made-up patients and every desk, on this machine')
    .option('--dir <folder>', 'where the demo keeps its data (default: .demo in the current folder)', filledArgument)
    .option('--port <number>', 'port of the page that lists everything; 0 takes any free one', portArgument)
    .option('--kill <name>', 'stop one hub of a running demo for real: opd, lab or wards', filledArgument)
    .addHelpText('after', EXAMPLES)
    .action(async ({ dir, port, kill }: { dir?: string; port?: number; kill?: string }) => {
      const where = dir === undefined ? {} : { dir };
      if (kill !== undefined) {
        print(context, await service(context, 'demoKill')({ ...where, name: kill }));
        return;
      }
      const running = await service(context, 'demo')({ ...where, ...(port === undefined ? {} : { port }) });
      say(context, 'the demo is running. Stop with Ctrl+C.');
      await runUntilStopped(context, running);
    });
}

const EXAMPLES = `
Example:
  nirantar demo
  nirantar demo --kill lab`;
