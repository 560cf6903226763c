// P2: two desks that can reach a common hub see each other's work within 2 s, and within 6 s after a hub fails.
import { parseCommandId } from '#kernel/shared/ids.ts';
import { actorOf, DEPARTMENT } from './hospital.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

const TOGETHER_MS = 2000;
const AFTER_FAILURE_MS = 6000;
/** Links come back after their longest wait. */
const SETTLE_MS = 12_000;

export async function checkTogether(world: World): Promise<void> {
  await world.scheduler.run(SETTLE_MS);
  const desks = world.desks.filter((desk) => desk.isUp && !desk.destroyed);
  const [one] = desks;
  const two = desks.at(-1);
  if (one === undefined || two === undefined || one === two) return;
  await probe(world, one, two, TOGETHER_MS, 'with all hubs up');
  if (world.auditor.violations.length > 0) return;
  // The first hub of the first desk fails; another is left.
  const victim = world.machines.get(one.spec.hubs[0] ?? '');
  if (victim === undefined) return;
  victim.kill();
  await probe(world, two, one, AFTER_FAILURE_MS, `after ${victim.name} failed`);
}

async function probe(world: World, from: Machine, to: Machine, limitMs: number, when: string): Promise<void> {
  const running = from.running;
  const own = running?.replica.own;
  const clerk = world.people.find((person) => person.role === 'clerk');
  const id = parseCommandId(`probe-${from.name}-${Math.floor(world.scheduler.now)}`);
  if (running === undefined || own === undefined || clerk === undefined || id === undefined) return;
  let commit: string | undefined;
  running.replica
    .execute({
      name: 'registerPatient',
      input: { name: 'Probe', sex: 'female', age: { years: 30 }, visit: { department: DEPARTMENT } },
      id,
      actor: actorOf(clerk, own.identity.device),
    })
    .then(
      (executed) => {
        if (executed.ok) {
          commit = executed.commit;
          world.auditor.acknowledge(from, id, 'registerPatient', executed);
        } else commit = 'refused';
      },
      () => {
        commit = 'refused';
      },
    );
  await world.scheduler.until(() => commit !== undefined, 5000, 10);
  if (commit === undefined) world.auditor.violation('P1', `${from.name} did not answer in calm`);
  // A desk without numbers left says so; that is not what is asked here.
  if (commit === undefined || commit === 'refused' || commit === '') return;
  const seen = async (): Promise<boolean> => {
    const rows = await to.stays.sql.read('SELECT n FROM commands WHERE id = ?', [id]);
    return rows.length > 0;
  };
  const took = await world.scheduler.until(seen, limitMs, 50);
  if (took === undefined) {
    const links = (machine: Machine): string =>
      (machine.running?.desk?.links.status() ?? []).map((link) => `${link.url.slice(7)} ${link.state} ${link.why ?? ''}`).join('; ');
    world.auditor.violation(
      'P2',
      `${to.name} did not see the work of ${from.name} within ${limitMs / 1000} s ${when} [${links(from)}] [${links(to)}]`,
    );
  }
}
