// Fills a hub with made-up patients and visits by giving real commands, at the times at which they would have been given.
import { derivedStreamId } from '#journal/streams.ts';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import type { Actor } from '#kernel/shared/actor.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { DAY_MS, dateAt, instant } from '#kernel/shared/time.ts';
import { userEvent, rolesOf, type UserState } from '#kernel/user/user.ts';
import { readSyntheticTests } from '#importers/synthetic/lab-values.ts';
import type { Step } from '#importers/synthetic/visit-commands.ts';
import { visitScripts } from '#importers/synthetic/visits.ts';
import { DEMO_PEOPLE } from '#roles/demo-users.ts';
import type { Replica } from '#roles/replica/replica.ts';
import type { Output } from '../cli/services.ts';
import { openReplica } from './open-replica.ts';

/** Visits at the same time: enough to share syncs, few enough that a patient's second visit waits for the first. */
const AT_ONCE = 48;
const DEPARTMENTS = ['MED-OPD', 'PAED-OPD', 'SURG-OPD', 'OBG-OPD', 'HAEM-OPD', 'CARD-OPD', 'NEPH-OPD', 'ENDO-OPD'];
/** Visits a day of a small outpatient block; more visits reach further back. */
const VISITS_A_DAY = 400;
const MAX_DAYS = 365;

export interface LoadProgress {
  readonly visits: number;
  readonly commands: number;
  readonly refused: number;
}

export async function load(options: { readonly dir: string; readonly visits: number; readonly seed: number }): Promise<Output> {
  const { home, replica } = await openReplica(options.dir);
  try {
    const started = performance.now();
    const done = await loadVisits(replica, options.visits, options.seed);
    return { ...done, commits: replica.position.n, seconds: Math.round((performance.now() - started) / 100) / 10 };
  } finally {
    await home.close();
  }
}

/** @param told called now and then with how far it is */
export async function loadVisits(
  replica: Replica,
  visits: number,
  seed: number,
  told: (progress: LoadProgress) => void = () => undefined,
): Promise<LoadProgress> {
  const actors = await actorsOf(replica);
  const days = Math.min(MAX_DAYS, Math.max(2, Math.ceil(visits / VISITS_A_DAY)));
  const from = dateAt(instant(replica.ports.clock.now() - (days - 1) * DAY_MS));
  const scripts = visitScripts({
    seed,
    visits,
    patients: visits,
    from,
    days,
    tests: readSyntheticTests(LAB_CATALOG_CSV),
    departments: DEPARTMENTS,
    openEnd: true,
    now: instant(replica.ports.clock.now()),
  });
  const progress = { visits: 0, commands: 0, refused: 0 };
  const worker = async (): Promise<void> => {
    for (const script of scripts) {
      const run = script.run();
      let step = run.next();
      while (step.done !== true) {
        const result = await give(replica, actors, step.value, seed);
        progress.commands += 1;
        if (result === undefined) progress.refused += 1;
        step = run.next(result);
      }
      progress.visits += 1;
      if (progress.visits % 100 === 0) told({ ...progress });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return progress;
}

async function give(
  replica: Replica,
  actors: ReadonlyMap<string, Actor>,
  step: Step,
  seed: number,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const actor = actors.get(step.as);
  const id = parseCommandId(`load-${seed}-${step.key}`.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 64));
  if (actor === undefined || id === undefined) throw new Error(`invariant: there is a person for ${step.as}, and ${step.key} is a key`);
  const done = await replica.execute({ name: step.do, input: step.with, id, actor, occurredAt: step.at });
  return done.ok ? (done.result as Readonly<Record<string, unknown>>) : undefined; // commands answer with objects
}

/** One person for each role. Made-up people without a password come in when the hospital has none: they cannot sign in. */
async function actorsOf(replica: Replica): Promise<ReadonlyMap<string, Actor>> {
  const { sha256 } = replica.ports.crypto;
  const held = await replica.reader().all<UserState>('user');
  const missing = DEMO_PEOPLE.filter((person) => !held.some((document) => document.state.user === person.user));
  const streamOf = (user: string): StreamId => derivedStreamId(sha256, 'user', [user]);
  if (missing.length > 0) {
    const events = missing.flatMap((person) => [
      userEvent(streamOf(person.user), 'UserCreated', { user: person.user, name: person.name, nameHi: person.nameHi }),
      ...person.roles.map((role) => userEvent(streamOf(person.user), 'RoleGranted', { role })),
    ]);
    await replica.writeAsDevice('seedUsers', 'load-users', events);
  }
  const own = replica.own;
  if (own === undefined) throw new Error('invariant: a hub is enrolled');
  const actors = new Map<string, Actor>();
  for (const document of await replica.reader().all<UserState>('user')) {
    for (const role of rolesOf(document.state)) {
      if (actors.has(role) && document.state.user === 'admin') continue;
      actors.set(role, {
        user: document.stream,
        userName: document.state.user ?? '',
        roles: rolesOf(document.state),
        permissions: replica.trust.permissionsOf(document.state),
        session: 'load',
        device: own.identity.device,
      });
    }
  }
  return actors;
}
