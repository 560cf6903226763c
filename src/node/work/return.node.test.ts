// Desks that come back, over real HTTP to hubs that are processes of their own: one with a week of work, hundreds at once, past a hub
// that is slow, and past one that is killed in the middle.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askControl } from '#node/control.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { Desks, foundWithPeople, holds, sleep } from '#node/testing/desks.ts';
import { comeBack, type LightDesk, type Returned } from '#node/testing/light-desk.ts';
import { type Hub, startHub, stopHub } from '#node/testing/program.ts';
import { type SlowProxy, slowProxy } from '#node/testing/slow-proxy.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import type { DeskRole } from '#roles/desk-role.ts';
import { loadVisits } from './load.ts';

const DESKS = 500;
const COMMITS_EACH = 11;
/** About eight days of a busy desk. */
const VISITS_AWAY = 260;
const COMMITS_AWAY = 1500;
const LOOK_MS = 25;

const crypto = new NodeCrypto();
const desks = new Desks();
const proxies: SlowProxy[] = [];
let folder: TemporaryFolder;
let hub: Hub;
let light: readonly LightDesk[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  light = await foundWithPeople(folder, 'one', DESKS, COMMITS_EACH);
  hub = await startHub(folder.file('one'));
}, 90_000);
afterAll(async () => {
  await desks.stop();
  for (const proxy of proxies) await proxy.close();
  if (hub !== undefined) await stopHub(hub, 'SIGKILL');
  folder[Symbol.dispose]();
});

const newDesk = (): Promise<DeskRole> => desks.join(folder.file('one'), hub.url);
const live = (desk: DeskRole): number => desk.links.status().filter((link) => link.state === 'live').length;
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
    await desks.until('both desks are live', 20_000, () => live(here) === 1 && live(other) === 1);
    const errors: string[] = [];
    const watch = setInterval(() => {
      for (const link of [here, other, back].flatMap((desk) => desk.links.status()))
        if (link.state === 'down' || link.state === 'refused') errors.push(`${link.state} ${link.why ?? ''}`);
    }, LOOK_MS);
    const work = async (): Promise<readonly [answered: number, arrived: number]> => {
      const started = performance.now();
      const uhid = await desks.register(here);
      const answered = performance.now() - started;
      await desks.until('live work reaches the third desk', 30_000, () => holds(other, uhid));
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
    await desks.until('everything is on the hub', 40_000, () => desk.waiting === 0);
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
