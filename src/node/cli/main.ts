// The program `nirantar`: hands the command line its streams and the work of this build, and ends with the code.
import fs from 'node:fs';
import path from 'node:path';
import { EXIT_REFUSED } from './exit.ts';
import { runCli } from './program.ts';
import { services } from './build-services.ts';
import { stopRequested } from './stop-signals.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }; // our own file

/** A bug ends the process, and with it whatever it might do next; the journal is whole at every moment. */
function fatal(error: unknown): void {
  process.stderr.write(
    'nirantar: The program found a mistake of its own and has stopped. What was acknowledged is safe; start it again.\n',
  );
  if (process.env['NIRANTAR_DEBUG'] === '1') console.error(error);
  process.exit(EXIT_REFUSED);
}
process.on('uncaughtException', fatal);
process.on('unhandledRejection', fatal);
// A reader that goes away (`| head`) is no mistake of ours.
process.stdout.on('error', () => undefined);

const { stdin, stdout, stderr } = process;
const code = await runCli(process.argv.slice(2), { services, stdin, stdout, stderr, stopRequested }, version);
// Ended, not waited for: a deadline of a call that was answered may still be ticking. What was printed goes out first.
stdout.write('', () => process.exit(code));
