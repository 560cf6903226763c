// A desk without a screen, as a process: its role behind JSON lines. And the enrolment of one.
import type { Readable, Writable } from 'node:stream';
import { DeskRole, joinHospital } from '#roles/desk-role.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { HeadlessDesk } from '#roles/headless.ts';
import { Refused } from '../cli/exit.ts';
import { runJsonLines } from '../cli/json-lines.ts';
import type { Output } from '../cli/services.ts';
import { openHome } from '../home.ts';
import { createLog } from '../log.ts';
import { refusedFor, wordsOf } from './sentence.ts';
import { originOf, stationPorts } from './station-ports.ts';

export async function join(options: { readonly dir: string; readonly hub: URL; readonly invite: string }): Promise<Output> {
  const home = await openHome(options.dir, 'new');
  try {
    const joined = await joinHospital({ ...home.ports, ...stationPorts() }, hospitalDomain, originOf(options.hub), options.invite).catch(
      (error: unknown) => {
        // What fetch rejects with: the address does not answer.
        if (error instanceof TypeError)
          throw new Refused(`No hub answers at ${originOf(options.hub)}. Check the address and that the hub runs.`);
        throw error;
      },
    );
    if (!joined.ok) throw refusedFor(joined.rejection);
    return { device: joined.file.device, hospital: joined.file.hospital, hubs: joined.hubs };
  } finally {
    await home.close();
  }
}

export async function runDesk(options: {
  readonly dir: string;
  readonly hubs: readonly URL[];
  readonly input: Readable;
  readonly output: Writable;
}): Promise<void> {
  const home = await openHome(options.dir, 'existing');
  try {
    const desk = await DeskRole.open({ ...home.ports, ...stationPorts() }, hospitalDomain, { names: true });
    if (desk === undefined)
      throw new Refused(`The folder ${options.dir} was never enrolled, or its key is gone. Use 'nirantar join' with a new folder.`);
    const log = createLog({ level: 'warn' });
    desk.links.use(options.hubs.map(originOf));
    const headless = new HeadlessDesk(desk);
    await runJsonLines({
      input: options.input,
      output: options.output,
      handle: async (line) => explained(await headless.answer(line)),
      onError: (error, reference) => log.error('line failed', error, { reference }),
    });
    await desk.stop();
  } finally {
    await home.close();
  }
}

/** A refusal gets the sentence of its code. */
function explained(answer: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { ok, code, facts, message, ...rest } = answer;
  if (ok !== false || typeof code !== 'string') return answer;
  const known = (typeof facts === 'object' && facts !== null ? facts : {}) as Readonly<Record<string, string | number>>; // of a Rejection
  return { ok, code, message: message ?? wordsOf({ code, facts: known }), facts: known, ...rest };
}
