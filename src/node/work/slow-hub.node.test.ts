// A desk past a hub that answers late, over real HTTP to hubs that are processes of their own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Desks, foundWithPeople, holds } from '#node/testing/desks.ts';
import { type Hub, nirantar, startHub, stopHub } from '#node/testing/program.ts';
import { type SlowProxy, slowProxy } from '#node/testing/slow-proxy.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';
import type { DeskRole } from '#roles/desk-role.ts';
import { loadVisits } from './load.ts';

const desks = new Desks();
const slow: SlowProxy[] = [];
let folder: TemporaryFolder;
let hub: Hub;
let second: Hub;

beforeAll(async () => {
  folder = temporaryFolder();
  await foundWithPeople(folder, 'one', 500, 11);
  hub = await startHub(folder.file('one'));
  const invite = await nirantar('invite', '--dir', folder.file('one'), '--role', 'hub');
  await nirantar('join', '--dir', folder.file('two'), '--hub', hub.url, '--invite', String(invite.json['invite']));
  second = await startHub(folder.file('two'), 0, '--peer', hub.url);
  slow.push(await slowProxy(hub.url), await slowProxy(hub.url));
}, 90_000);
afterAll(async () => {
  await desks.stop();
  for (const proxy of slow) await proxy.close();
  if (hub !== undefined) await stopHub(hub, 'SIGKILL');
  if (second !== undefined) await stopHub(second, 'SIGKILL');
  folder[Symbol.dispose]();
});

const third = (desk: DeskRole) => desk.links.status().find((link) => link.url === second.url);

/** Two hubs are tailed; the third is another machine and has to be turned to. */
async function tailTheFirstTwo(desk: DeskRole): Promise<void> {
  for (const proxy of slow) proxy.delayMs = 0;
  desk.links.use([...slow.map((proxy) => proxy.url), second.url]);
  await desks.until('the first two are live', 30_000, () =>
    desk.links
      .status()
      .slice(0, 2)
      .every((link) => link.state === 'live'),
  );
  await desks.until('the third is let go', 10_000, () => third(desk)?.state !== 'live');
}

describe('a slow hub', () => {
  // 3 s between heartbeats, 2 s deadline: 6 s by PRODUCT, and again some for the machine.
  test('goes on with the next hub when the first answers after 2 s: slow is down', async () => {
    const desk = await desks.join(folder.file('one'), hub.url);
    await tailTheFirstTwo(desk);
    const before = desk.replica.own?.head.seq ?? 0;
    for (const proxy of slow) proxy.delayMs = 2500;
    await desks.register(desk);
    const took = await desks.until(
      'the next hub has the work',
      20_000,
      () => third(desk)?.state === 'live' && (third(desk)?.heldSeq ?? 0) > before,
    );
    expect(took).toBeLessThan(9000);
    desk.links.stop();
  }, 90_000);

  test('with eight days of work still to bring, what was done last is with others through the next hub as soon', async () => {
    const other = await desks.join(folder.file('one'), hub.url);
    other.links.use([second.url]);
    const desk = await desks.join(folder.file('one'), hub.url);
    await loadVisits(desk.replica, 260, 5);
    await tailTheFirstTwo(desk);
    for (const proxy of slow) proxy.delayMs = 2500;
    const uhid = await desks.register(desk);
    const took = await desks.until('another desk has the work', 20_000, () => holds(other, uhid));
    expect(took).toBeLessThan(9000);
    desk.links.stop();
    other.links.stop();
  }, 90_000);
});
