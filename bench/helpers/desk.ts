// A whole desk in a process of its own: joins by invite, works, follows its hubs as the product does.
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { rolesOf, type UserState } from '#kernel/user/user.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { systemClock } from '#node/clock.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { loadVisits } from '#node/work/load.ts';
import { stationPorts } from '#node/work/station-ports.ts';
import { DeskRole, joinHospital } from '#roles/desk-role.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { MemoryKeys } from '#roles/testing/world.ts';
import { serveHelper } from '../support/process.ts';

/** How often it is looked whether something has arrived. */
const LOOK_MS = 5;

let desk: DeskRole | undefined;
let given = 0;

function opened(): DeskRole {
  if (desk === undefined) throw new Error('this desk has not joined yet');
  return desk;
}

async function join({ url, invite }: { url: string; invite: string }): Promise<void> {
  const ports = {
    storage: { files: new MemoryFiles(), sql: (await NodeSql.open(':memory:')).sql, notes: [] },
    crypto: new NodeCrypto(),
    keys: new MemoryKeys(),
    clock: systemClock,
    ...stationPorts(),
  };
  const joined = await joinHospital(ports, hospitalDomain, url, invite);
  if (!joined.ok) throw new Error(joined.rejection.code);
  desk = await DeskRole.open(ports, hospitalDomain);
}

async function until(holds: () => boolean | Promise<boolean>, limitMs: number): Promise<number> {
  const from = performance.now();
  while (!(await holds())) {
    if (performance.now() - from > limitMs) throw new Error(`not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return performance.now() - from;
}

/** @returns UHID and when (milliseconds since 1970) it was durable here */
async function register(name: string): Promise<{ uhid: string; askedAt: number; answeredAt: number }> {
  const { replica } = opened();
  const own = replica.own;
  const user = (await replica.reader().all<UserState>('user')).find(({ state }) => state.user === 'admin');
  if (own === undefined || user === undefined) throw new Error('an enrolled desk knows its administrator');
  const actor: Actor = {
    user: user.stream,
    userName: 'admin',
    roles: rolesOf(user.state),
    permissions: replica.trust.permissionsOf(user.state),
    session: 's',
    device: own.identity.device,
  };
  given += 1;
  const id = parseCommandId(`bench-desk-${own.epoch}-${given}`);
  if (id === undefined) throw new Error('an epoch is base64url');
  const askedAt = Date.now();
  const input = { name, sex: 'female', age: { years: 30 }, visit: { department: 'MED-OPD' } };
  const done = await replica.execute({ name: 'registerPatient', input, id, actor });
  if (!done.ok) throw new Error(done.rejection.code);
  return { uhid: (done.result as { uhid: string }).uhid, askedAt, answeredAt: Date.now() }; // of registerPatient
}

serveHelper({
  join,
  use: (url: string) => opened().links.use([url]),
  live: () =>
    until(
      () =>
        opened()
          .links.status()
          .some((link) => link.state === 'live'),
      60_000,
    ),
  visits: async ({ visits, seed }: { visits: number; seed: number }) => {
    await loadVisits(opened().replica, visits, seed);
    return opened().replica.own?.head.seq ?? 0;
  },
  register,
  /** When it was here, milliseconds since 1970. */
  arrival: async (uhid: string) => {
    await until(async () => (await opened().replica.byNumber(uhid)).length > 0, 60_000);
    return Date.now();
  },
  waiting: () => opened().waiting,
  stop: () => desk?.stop(),
});
