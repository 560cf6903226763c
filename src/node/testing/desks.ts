// Whole desks over real HTTP to a hub that is a process of its own, for tests: they join by invite, register and are looked at.
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { type UserState, rolesOf } from '#kernel/user/user.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { type DeskPorts, DeskRole, joinHospital } from '#roles/desk-role.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { MemoryKeys } from '#roles/testing/world.ts';
import { systemClock } from '../clock.ts';
import { askControl } from '../control.ts';
import { NodeCrypto } from '../crypto.ts';
import { NodeSql } from '../storage/node-sql.ts';
import { loadVisits } from '../work/load.ts';
import { openReplica } from '../work/open-replica.ts';
import { stationPorts } from '../work/station-ports.ts';
import { type LightDesk, lightDesk } from './light-desk.ts';
import { nirantar, passwordFile } from './program.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Founds a hospital with its people in it and enrols light desks, each with so many commits to bring. */
export async function foundWithPeople(
  folder: TemporaryFolder,
  dir: string,
  lightDesks: number,
  commitsEach: number,
): Promise<readonly LightDesk[]> {
  await nirantar('init', '--dir', folder.file(dir), '--hospital', 'Test Hospital', '--admin-password-file', passwordFile(folder));
  const { home, replica } = await openReplica(folder.file(dir));
  // Its people come in with the first visit.
  await loadVisits(replica, 2, 1);
  const light: LightDesk[] = [];
  for (let i = 0; i < lightDesks; i += 1) light.push(await lightDesk(replica, commitsEach));
  await home.close();
  return light;
}

export class Desks {
  readonly #opened: DeskRole[] = [];
  #given = 0;

  /** @param dir folder of the hub that invites */
  async join(dir: string, hubUrl: string): Promise<DeskRole> {
    const ports: DeskPorts = {
      storage: { files: new MemoryFiles(), sql: (await NodeSql.open(':memory:')).sql, notes: [] },
      crypto: new NodeCrypto(),
      keys: new MemoryKeys(),
      clock: systemClock,
      ...stationPorts(),
    };
    const invited = await askControl(dir, 'invite', { role: 'desk' });
    if (invited?.ok !== true) throw new Error('the hub gives an invite');
    const { invite } = invited.result as { invite: string }; // of answerControl
    const joined = await joinHospital(ports, hospitalDomain, hubUrl, invite);
    if (!joined.ok) throw new Error(joined.rejection.code);
    const desk = await DeskRole.open(ports, hospitalDomain);
    if (desk === undefined) throw new Error('it was enrolled just now');
    this.#opened.push(desk);
    return desk;
  }

  /** A registration with a visit. @returns the UHID, when it is durable at the desk */
  async register(desk: DeskRole): Promise<string> {
    const own = desk.replica.own;
    const clerk = (await desk.replica.reader().all<UserState>('user')).find(({ state }) => rolesOf(state).includes('registration-clerk'));
    if (own === undefined || clerk === undefined) throw new Error('the hub has a clerk');
    const actor: Actor = {
      user: clerk.stream,
      userName: clerk.state.user ?? '',
      roles: rolesOf(clerk.state),
      permissions: desk.replica.trust.permissionsOf(clerk.state),
      session: 's',
      device: own.identity.device,
    };
    this.#given += 1;
    const input = { name: `Live ${this.#given}`, sex: 'female', age: { years: 30 }, visit: { department: 'MED-OPD' } };
    const done = await desk.replica.execute({ name: 'registerPatient', input, id: parseCommandId(`live-${this.#given}`)!, actor }); // well-formed
    if (!done.ok) throw new Error(done.rejection.code);
    return (done.result as { uhid: string }).uhid;
  }

  /** @returns after how many milliseconds; rejects with the state of all links */
  async until(what: string, limitMs: number, holds: () => boolean | Promise<boolean>): Promise<number> {
    const started = performance.now();
    while (!(await holds())) {
      if (performance.now() - started > limitMs) throw new Error(`not within ${limitMs} ms: ${what} ${this.#links()}`);
      await sleep(20);
    }
    return performance.now() - started;
  }

  async stop(): Promise<void> {
    for (const desk of this.#opened) await desk.stop();
  }

  #links(): string {
    return this.#opened
      .map((desk) =>
        desk.links
          .status()
          .map((link) => `${link.url} ${link.state} ${link.heldSeq} ${link.why ?? ''}`)
          .join(', '),
      )
      .join('; ');
  }
}

export const holds = async (desk: DeskRole, uhid: string): Promise<boolean> => (await desk.replica.byNumber(uhid)).length > 0;
