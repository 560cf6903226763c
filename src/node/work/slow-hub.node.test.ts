// A desk past a hub that answers late, over real HTTP to hubs that are processes of their own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { type UserState, rolesOf } from '#kernel/user/user.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { systemClock } from '#node/clock.ts';
import { askControl } from '#node/control.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { type LightDesk, lightDesk } from '#node/testing/light-desk.ts';
import { type Hub, nirantar, passwordFile, startHub, stopHub } from '#node/testing/program.ts';
import { type SlowProxy, slowProxy } from '#node/testing/slow-proxy.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import { type DeskPorts, DeskRole, joinHospital } from '#roles/desk-role.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { MemoryKeys } from '#roles/testing/world.ts';
import { loadVisits } from './load.ts';
import { openReplica } from './open-replica.ts';
import { stationPorts } from './station-ports.ts';

const DESKS = 500;
const COMMITS_EACH = 11;

const crypto = new NodeCrypto();
let folder: TemporaryFolder;
let hub: Hub;
let second: Hub;
const light: LightDesk[] = [];
const opened: DeskRole[] = [];
const proxies: SlowProxy[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  await nirantar('init', '--dir', folder.file('one'), '--hospital', 'Test Hospital', '--admin-password-file', passwordFile(folder));
  const { home, replica } = await openReplica(folder.file('one'));
  // Its people come in with the first visit.
  await loadVisits(replica, 2, 1);
  for (let i = 0; i < DESKS; i += 1) light.push(await lightDesk(replica, COMMITS_EACH));
  await home.close();
  hub = await startHub(folder.file('one'));
}, 90_000);
afterAll(async () => {
  for (const desk of opened) await desk.stop();
  for (const proxy of proxies) await proxy.close();
  if (hub !== undefined) await stopHub(hub, 'SIGKILL');
  if (second !== undefined) await stopHub(second, 'SIGKILL');
  folder[Symbol.dispose]();
});

async function newDesk(): Promise<DeskRole> {
  const ports: DeskPorts = {
    storage: { files: new MemoryFiles(), sql: (await NodeSql.open(':memory:')).sql, notes: [] },
    crypto,
    keys: new MemoryKeys(),
    clock: systemClock,
    ...stationPorts(),
  };
  const invited = await askControl(folder.file('one'), 'invite', { role: 'desk' });
  if (invited?.ok !== true) throw new Error('the hub gives an invite');
  const { invite } = invited.result as { invite: string }; // of answerControl
  expect(await joinHospital(ports, hospitalDomain, hub.url, invite)).toMatchObject({ ok: true });
  const desk = await DeskRole.open(ports, hospitalDomain);
  if (desk === undefined) throw new Error('it was enrolled just now');
  opened.push(desk);
  return desk;
}

let given = 0;
async function register(desk: DeskRole): Promise<string> {
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
  given += 1;
  const input = { name: `Live ${given}`, sex: 'female', age: { years: 30 }, visit: { department: 'MED-OPD' } };
  const done = await desk.replica.execute({ name: 'registerPatient', input, id: parseCommandId(`live-${given}`)!, actor }); // well-formed
  if (!done.ok) throw new Error(done.rejection.code);
  return (done.result as { uhid: string }).uhid;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, limitMs: number, holds: () => boolean | Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (!(await holds())) {
    if (performance.now() - started > limitMs)
      throw new Error(
        `not within ${limitMs} ms: ${what} ${opened
          .map((desk) =>
            desk.links
              .status()
              .map((link) => `${link.url} ${link.state} ${link.heldSeq} ${link.why ?? ''}`)
              .join(', '),
          )
          .join('; ')}`,
      );
    await sleep(20);
  }
  return performance.now() - started;
}

describe('a slow hub', () => {
  // With thousands of commits to offer to the next hub it takes 10 s: known wrong, see docs/status.md.
  test('goes on with the next hub when the first answers after 2 s: slow is down', async () => {
    const invite = await nirantar('invite', '--dir', folder.file('one'), '--role', 'hub');
    await nirantar('join', '--dir', folder.file('two'), '--hub', hub.url, '--invite', String(invite.json['invite']));
    second = await startHub(folder.file('two'), 0, '--peer', hub.url);
    const slow = [await slowProxy(hub.url), await slowProxy(hub.url)];
    proxies.push(...slow);
    const desk = await newDesk();
    // Two are tailed; the third is another machine and has to be turned to.
    desk.links.use([...slow.map((proxy) => proxy.url), second.url]);
    await until('the first two are live', 30_000, () =>
      desk.links
        .status()
        .slice(0, 2)
        .every((link) => link.state === 'live'),
    );
    const third = () => desk.links.status().find((link) => link.url === second.url);
    await until('the third is let go', 10_000, () => third()?.state !== 'live');
    const before = desk.replica.own?.head.seq ?? 0;
    for (const proxy of slow) proxy.delayMs = 2500;
    await register(desk);
    const took = await until('the next hub has the work', 20_000, () => third()?.state === 'live' && (third()?.heldSeq ?? 0) > before);
    // 3 s between heartbeats, 2 s deadline: 6 s by PRODUCT, and again some for the machine.
    expect(took).toBeLessThan(9000);
    desk.links.stop();
  }, 90_000);
});
