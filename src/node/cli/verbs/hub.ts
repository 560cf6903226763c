// nirantar hub: serve desks, API and replication.
import type { Command } from 'commander';
import { dnsNamesArgument, filledArgument, portArgument, urlsArgument } from '../arguments.ts';
import { type CliContext, runUntilStopped, say, service } from '../context.ts';

interface Options {
  readonly dir: string;
  readonly port: number;
  readonly host?: string;
  readonly name: readonly string[];
  readonly plainPort?: number;
  readonly peer: readonly URL[];
  readonly origin: readonly URL[];
}

/** Where a hub listens when nobody says otherwise. */
export const DEFAULT_PORT = 4000;

export function addHub(program: Command, context: CliContext): void {
  program
    .command('hub')
    .description('Serve the desks, the API and replication, until it is stopped')
    .requiredOption('--dir <folder>', 'the folder of this hub', filledArgument)
    .option('--port <number>', 'port to listen on; 0 takes any free one', portArgument, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; 0.0.0.0 serves the network (default: this machine only)', filledArgument)
    .option(
      '--name <dns name>',
      'a name under which desks call this hub, for its certificate; may be given several times',
      dnsNamesArgument,
      [],
    )
    .option('--plain-port <number>', 'also answer plain http there, only with how to install the hospital certificate', portArgument)
    .option('--peer <url>', 'another hub to stay in step with; may be given several times', urlsArgument, [])
    .option(
      '--origin <url>',
      'where the desks are served from, when that is not this hub itself; may be given several times',
      urlsArgument,
      [],
    )
    .addHelpText('after', EXAMPLES)
    .action(async ({ host, plainPort, peer: peers, origin: origins, name: names, ...options }: Options) => {
      const running = await service(
        context,
        'hub',
      )({
        ...options,
        peers,
        ...(origins.length === 0 ? {} : { origins }),
        ...(names.length === 0 ? {} : { names }),
        ...(host === undefined ? {} : { host }),
        ...(plainPort === undefined ? {} : { plainPort }),
      });
      say(context, `serving. Stop with Ctrl+C.`);
      await runUntilStopped(context, running);
    });
}

const EXAMPLES = `
Prints one line of JSON with its address when it is ready. SIGTERM and Ctrl+C end it in order; kill -9 loses nothing that
was acknowledged. On a network address it serves HTTPS by the hospital's own authority; a desk PC installs the root from its
page /ca, which also says what the browser lacks.

Example:
  nirantar hub --dir ./lab --port 4001 --host 0.0.0.0 --name lab.hospital.internal --plain-port 80 --peer https://opd.hospital.internal:4000`;
