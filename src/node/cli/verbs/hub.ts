// nirantar hub: serve desks, API and replication.
import type { Command } from 'commander';
import { filledArgument, portArgument, urlsArgument } from '../arguments.ts';
import { type CliContext, runUntilStopped, say, service } from '../context.ts';

/** Where a hub listens when nobody says otherwise. */
export const DEFAULT_PORT = 4000;

export function addHub(program: Command, context: CliContext): void {
  program
    .command('hub')
    .description('Serve the desks, the API and replication, until it is stopped')
    .requiredOption('--dir <folder>', 'the folder of this hub', filledArgument)
    .option('--port <number>', 'port to listen on; 0 takes any free one', portArgument, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; 0.0.0.0 serves the network (default: this machine only)', filledArgument)
    .option('--peer <url>', 'another hub to stay in step with; may be given several times', urlsArgument, [])
    .option('--origin <url>', 'where the desks are served from, when that is not this hub itself; may be given several times', urlsArgument, [])
    .addHelpText('after', EXAMPLES)
    .action(async (options: { dir: string; port: number; host?: string; peer: readonly URL[]; origin: readonly URL[] }) => {
      const { dir, port, host, peer: peers, origin: origins } = options;
      const running = await service(context, 'hub')({ dir, port, peers, origins, ...(host === undefined ? {} : { host }) });
      say(context, `serving. Stop with Ctrl+C.`);
      await runUntilStopped(context, running);
    });
}

const EXAMPLES = `
Prints one line of JSON with its address when it is ready. SIGTERM and Ctrl+C end it in order; kill -9 loses nothing that
was acknowledged.

Example:
  nirantar hub --dir ./lab --port 4001 --host 0.0.0.0 --peer https://opd.hospital.internal:4000`;
