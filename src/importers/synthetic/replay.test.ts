// Synthetic visits given to the kernel itself: nothing but what the generator means to be refused is refused.
import { expect, test } from 'vitest';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import { actorOf, hospitalWorld } from '#kernel/hospital-for-tests.ts';
import type { ResultState } from '#kernel/result/result.ts';
import { MINUTE_MS, dateAt, instant } from '#kernel/shared/time.ts';
import { readSyntheticTests } from './lab-values.ts';
import { generateVisits } from './visits.ts';

test('every step of whole visits is done, values are of every kind, and no issue is left', async () => {
  const world = hospitalWorld();
  const from = dateAt(instant(world.now + 48 * 60 * MINUTE_MS));
  const steps = generateVisits({
    seed: 'replay',
    visits: 14,
    patients: 10,
    from,
    days: 2,
    tests: readSyntheticTests(LAB_CATALOG_CSV),
    departments: ['MED-OPD', 'PAED-OPD'],
    labShare: 0.7,
  });
  const refused: string[] = [];
  const done = new Map<string, number>();
  let next = steps.next();
  while (next.done !== true) {
    const step = next.value;
    world.wait(Math.max(0, (step.at - world.now) / MINUTE_MS));
    const outcome = await world.do(step.do, step.with, actorOf(step.as, step.as));
    if (outcome.ok) done.set(step.do, (done.get(step.do) ?? 0) + 1);
    else refused.push(`${step.do}: ${outcome.rejection.code}`);
    next = steps.next(outcome.ok ? outcome.result : undefined);
  }
  expect(refused).toEqual([]);
  expect([done.get('registerPatient'), done.get('startVisit')]).toEqual([10, 14]);
  expect(done.get('releaseReport')).toBeGreaterThan(3);
  expect(world.issues()).toEqual([]);
  const flags = new Set(world.all<ResultState>('result').map((result) => result.state.current?.evaluation.flag));
  expect([...flags]).toEqual(expect.arrayContaining(['normal', 'low', 'high']));
}, 30_000);
