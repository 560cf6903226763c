// Desks that come back, over real HTTP to hubs that are processes of their own: one with a week of work, hundreds at once, past a hub
// that is slow, and past one that is killed in the middle.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/shared/actor.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { type UserState, rolesOf } from '#kernel/user/user.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { systemClock } from '#node/clock.ts';
import { askControl } from '#node/control.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { comeBack, type LightDesk, lightDesk, type Returned } from '#node/testing/light-desk.ts';
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
/** About eight days of a busy desk. */
const VISITS_AWAY = 260;
const COMMITS_AWAY = 1500;
const LOOK_MS = 25;

const crypto = new NodeCrypto();
let folder: TemporaryFolder;
let hub: Hub;
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

const live = (desk: DeskRole): number => desk.links.status().filter((link) => link.state === 'live').length;
const holds = async (desk: DeskRole, uhid: string): Promise<boolean> => (await desk.replica.byNumber(uhid)).length > 0;
const commitsAt = async (dir: string): Promise<number> =>
  Number(((await askControl(folder.file(dir), 'digest', {})) as { result: { commits: number } }).result.commits);

async function away(seed: number): Promise<DeskRole> {
  const desk = await newDesk();
  await loadVisits(desk.replica, VISITS_AWAY, seed);
  expect(desk.replica.own?.head.seq).toBeGreaterThan(COMMITS_AWAY);
  return desk;
}

describe('a desk that was away', () => {
  test('for eight days brings its work while others work: theirs arrives first, and nobody sees an error', async () => {
    const [here, other, back] = [await newDesk(), await newDesk(), await away(11)];
    for (const desk of [here, other]) desk.links.use([hub.url]);
    await until('both desks are live', 20_000, () => live(here) === 1 && live(other) === 1);
    const errors: string[] = [];
    const watch = setInterval(() => {
      for (const link of [here, other, back].flatMap((desk) => desk.links.status()))
        if (link.state === 'down' || link.state === 'refused') errors.push(`${link.state} ${link.why ?? ''}`);
    }, LOOK_MS);
    const work = async (): Promise<readonly [answered: number, arrived: number]> => {
      const started = performance.now();
      const uhid = await register(here);
      const answered = performance.now() - started;
      await until('live work reaches the third desk', 30_000, () => holds(other, uhid));
      return [answered, performance.now() - started];
    };
    const quiet = [await work(), await work(), await work()].map(([, arrived]) => arrived);
    const answerMs: number[] = [];
    const arriveMs: number[] = [];
    let during = 0;
    back.links.use([hub.url]);
    do {
      const [answered, arrived] = await work();
      answerMs.push(answered);
      arriveMs.push(arrived);
      if (back.waiting > 0) during += 1;
    } while (back.waiting > 0 || answerMs.length < 5);
    clearInterval(watch);
    for (const desk of [here, other, back]) desk.links.stop();
    // A hub that shares two cores with a whole test run may miss a deadline (408: the desk's own request came too slowly); nobody is refused, and it is back at once.
    expect(errors.filter((error) => !/timeout|answered 408/.test(error))).toEqual([]);
    expect(errors.length * LOOK_MS).toBeLessThan(5000);
    // At least some of the live work was there before the backlog was in: it did not queue behind history.
    expect(during).toBeGreaterThan(0);
    const figures = `quiet ${quiet.map(Math.round).join(' ')}; answers ${answerMs.map(Math.round).join(' ')}; arrivals ${arriveMs.map(Math.round).join(' ')}`;
    expect(percentile(answerMs, 0.95), figures).toBeLessThan(1000);
    // PRODUCT says 2 s, on a machine of its own. Three desks, a hub and a test run share this one: how slow it is just now
    // is seen from the same work before the desk came back.
    expect(percentile(arriveMs, 0.95), figures).toBeLessThan(Math.max(3000, 30 * percentile(quiet, 0.5)));
  }, 120_000);

  test('resumes where it broke when the hub is killed in the middle of its transfer', async () => {
    const desk = await away(13);
    const total = desk.replica.own?.head.seq ?? 0;
    const first = await slowProxy(hub.url);
    proxies.push(first);
    desk.links.use([first.url]);
    await first.answered(1);
    await stopHub(hub, 'SIGKILL');
    expect(first.pushed.answered).toBeLessThan(total);
    const { port } = new URL(hub.url);
    hub = await startHub(folder.file('one'), Number(port));
    await until('everything is on the hub', 40_000, () => desk.waiting === 0);
    const sent = first.pushed.answered + first.pushed.unanswered;
    // What the hub had is not sent again; what it did not answer is, once.
    expect(first.pushed.answered).toBeLessThan(total + 10);
    expect(sent).toBeLessThan(2 * total);
    desk.links.stop();
  }, 90_000);
});

test('500 desks that return within 10 s are all served, and each commit is there once', async () => {
  const before = await commitsAt('one');
  const returns = light.map(async (desk, i) => {
    await sleep((i * 10_000) / DESKS);
    return comeBack(hub.url, desk, crypto);
  });
  const done = await Promise.all(returns);
  expect(done.reduce((sum: number, one: Returned) => sum + one.accepted, 0)).toBe(DESKS * COMMITS_EACH);
  expect(await commitsAt('one')).toBe(before + DESKS * COMMITS_EACH);
  const again = await comeBack(hub.url, light[0]!, crypto); // there are many
  expect(again).toMatchObject({ accepted: 0, duplicates: COMMITS_EACH });
  expect(await commitsAt('one')).toBe(before + DESKS * COMMITS_EACH);
}, 60_000);

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}
