// A desk without a screen, as a process: its role behind JSON lines. And the enrolment of one.
import type { Readable, Writable } from 'node:stream';
import { DeskRole, joinHospital } from '#roles/desk-role.ts';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { readInvite } from '#roles/enrolment.ts';
import { HeadlessDesk } from '#roles/headless.ts';
import { type DeviceFile, identityOf } from '#roles/replica/device-file.ts';
import { Replica } from '#roles/replica/replica.ts';
import { Refused } from '../cli/exit.ts';
import { runJsonLines } from '../cli/json-lines.ts';
import type { Output } from '../cli/services.ts';
import { type Home, openHome } from '../home.ts';
import { createLog } from '../log.ts';
import { trustRoot } from '../tls/trust-root.ts';
import { ensureAuthority, fetchRoot, isRootOf, keepRoot, trustKeptRoot } from './hub-tls.ts';
import { refusedFor, wordsOf } from './sentence.ts';
import { originOf, stationPorts } from './station-ports.ts';

export async function join(options: { readonly dir: string; readonly hub: URL; readonly invite: string }): Promise<Output> {
  const home = await openHome(options.dir, 'new');
  try {
    const joined = await joinHome(home, options.hub, options.invite);
    const notes = joined.problem === undefined ? {} : { notes: [wordsOf({ code: joined.problem, facts: { hubs: 1 } })] };
    return { device: joined.file.device, hospital: joined.file.hospital, hubs: joined.hubs, ...notes };
  } finally {
    await home.close();
  }
}

export interface JoinedHome {
  readonly file: DeviceFile;
  readonly hubs: readonly string[];
  /** Why a hub has no certificate of its own yet; it asks again when it runs. */
  readonly problem: string | undefined;
}

/** Enrols an empty folder: believes the hospital's root as the invite names it, then joins; a hub gets its own authority. */
export async function joinHome(home: Home, hub: URL, code: string): Promise<JoinedHome> {
  const origin = originOf(hub);
  const invite = readInvite(code)?.invite;
  const rootPem = await provedRoot(origin, invite?.tls);
  const ports = { ...home.ports, ...stationPorts() };
  const joined = await joinHospital(ports, hospitalDomain, origin, code).catch((error: unknown) => {
    // What fetch rejects with: the address does not answer.
    if (error instanceof TypeError) throw new Refused(`No hub answers at ${origin}. Check the address and that the hub runs.`);
    throw error;
  });
  if (!joined.ok) throw refusedFor(joined.rejection);
  const { file, hubs } = joined;
  if (rootPem !== undefined) keepRoot(home, rootPem);
  if (invite?.role !== 'hub') return { file, hubs, problem: undefined };
  const signer = await home.ports.keys.load(file.epoch);
  const root = fromBase64Url(file.root);
  if (signer === undefined || root === undefined) throw new Error('invariant: the key was kept before the hub was asked');
  const replica = await Replica.open(home.ports, hospitalDomain, root, identityOf(file, signer));
  return { file, hubs, problem: await ensureAuthority(home, replica, [ports.transport(origin)]) };
}

/** An https address is believed for the root that the invite names, and for nothing else that it says of itself. */
async function provedRoot(origin: string, expected: string | undefined): Promise<string | undefined> {
  if (expected === undefined) return undefined;
  const rootPem = await fetchRoot(origin);
  if (rootPem !== undefined && isRootOf(rootPem, expected)) {
    trustRoot(rootPem);
    return rootPem;
  }
  if (rootPem !== undefined && origin.startsWith('https:')) throw refusedFor({ code: 'tls-root-unproved', facts: { hub: origin } });
  return undefined;
}

export async function runDesk(options: {
  readonly dir: string;
  readonly hubs: readonly URL[];
  readonly input: Readable;
  readonly output: Writable;
}): Promise<void> {
  const home = await openHome(options.dir, 'existing');
  try {
    trustKeptRoot(home);
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
