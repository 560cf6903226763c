import { expect, test } from 'vitest';
import { MINUTE_MS, dateAt, instant } from '#kernel/shared/time.ts';
import type { PlainDate } from '#kernel/shared/time.ts';
import { readSyntheticTests } from './lab-values.ts';
import type { Step, StepResult } from './visit-commands.ts';
import { commands } from '#kernel/commands.ts';
import { generateVisits, visitScripts } from './visits.ts';
import type { VisitOptions } from './visits.ts';

const CSV = `test_code,container,unit_ucum,ref_low,ref_high,sex,age_from_days,age_to_days,critical_low,critical_high
HGB,EDTA,g/dL,12,16,A,0,,7,20
PLT,EDTA,10*3/uL,150,450,A,0,,20,1000
CREA,SST,mg/dL,0.6,1.1,A,0,,,7.5
K,SST,mmol/L,3.5,5.1,A,0,,2.8,6.2
`;
const options: VisitOptions = {
  seed: 42,
  visits: 300,
  patients: 200,
  from: '2026-11-01' as PlainDate, // a date that exists
  days: 5,
  tests: readSyntheticTests(CSV),
  departments: ['medicine', 'surgery'],
};

/** A hospital that answers as the replica does, and refuses what `refuses` says. */
function replay(
  steps: Generator<Step, void, StepResult>,
  refuses: (step: Step) => boolean = () => false,
  critical: (step: Step) => boolean = (step) => Number(step.with['value']) % 17 === 0,
): Step[] {
  const done: Step[] = [];
  let count = 0;
  let next = steps.next();
  while (next.done !== true) {
    const step = next.value;
    done.push(step);
    count += 1;
    const tests = Array.isArray(step.with['tests']) ? step.with['tests'] : [];
    const results: Readonly<Record<string, StepResult>> = {
      registerPatient: { uhid: `uhid-${count}` },
      enterResult: { critical: critical(step) },
      placeOrder: {
        order: `order-${count}`,
        specimens: tests.map((code) => ({ accession: `tube-${count}-${String(code)}`, tests: [code] })),
      },
    };
    next = steps.next(refuses(step) ? undefined : (results[step.do] ?? {}));
  }
  return done;
}

test('the same seed gives the same steps, in order of time, each key once', () => {
  const steps = replay(generateVisits(options));
  expect(replay(generateVisits(options))).toEqual(steps);
  expect(replay(generateVisits({ ...options, seed: 43 }))).not.toEqual(steps);
  expect(steps.map((step) => step.at)).toEqual(steps.map((step) => step.at).toSorted((a, b) => a - b));
  expect(new Set(steps.map((step) => step.key)).size).toBe(steps.length);
  for (const step of steps) expect(step.key).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

test('every visit happens within the days asked for, and every patient comes', () => {
  const steps = replay(generateVisits(options));
  expect(steps.filter((step) => step.do === 'registerPatient')).toHaveLength(200);
  expect(steps.filter((step) => step.do === 'startVisit')).toHaveLength(300);
  const days = new Set(steps.map((step) => dateAt(step.at)));
  expect([...days].toSorted()).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05']);
});

test('a visit goes from order to report, by different people, and each tube once', () => {
  const steps = replay(generateVisits(options));
  const of = (name: string): Step[] => steps.filter((step) => step.do === name);
  for (const name of [
    'placeOrder',
    'collectSpecimen',
    'receiveSpecimen',
    'rejectSpecimen',
    'enterResult',
    'recordCriticalCall',
    'closeCriticalCall',
    'validateTechnically',
    'validateMedically',
    'releaseReport',
  ]) {
    expect([name, of(name).length > 0]).toEqual([name, true]);
  }
  const tubes = of('collectSpecimen').map((step) => step.with['accession']);
  const received = of('receiveSpecimen').map((step) => step.with['accession']);
  expect([tubes.length, received.length]).toEqual([new Set(tubes).size, tubes.length]);
  expect(new Set(received)).toEqual(new Set(tubes));
  expect(new Set(of('validateTechnically').map((step) => step.as))).not.toEqual(new Set(of('validateMedically').map((step) => step.as)));
  for (const step of of('enterResult')) expect(step.with['value']).toMatch(/^\d+(\.\d+)?$/);
});

test('an open end leaves work on the last day only', () => {
  const steps = replay(generateVisits({ ...options, openEnd: true }));
  const orders = steps.filter((step) => step.do === 'placeOrder');
  const reports = steps.filter((step) => step.do === 'releaseReport');
  const day = (list: readonly Step[], date: string): number => list.filter((step) => dateAt(step.at) === date).length;
  expect(day(reports, '2026-11-02') / day(orders, '2026-11-02')).toBeGreaterThan(0.9);
  expect(day(reports, '2026-11-05') / day(orders, '2026-11-05')).toBeLessThan(0.5);
});

/** Results that demand a call and are not closed, by tube and test, with the time of the value. */
function openCalls(steps: readonly Step[]): ReadonlyMap<string, { readonly at: number; readonly inVain: number }> {
  const open = new Map<string, { readonly at: number; readonly inVain: number }>();
  for (const step of steps) {
    const place = `${String(step.with['accession'])} ${String(step.with['test'])}`;
    const range = options.tests.get(String(step.with['test']))?.ranges[0];
    const value = Number(step.with['value']);
    if (step.do === 'enterResult' && (value <= (range?.criticalLow ?? -1) || value >= (range?.criticalHigh ?? Infinity)))
      open.set(place, { at: step.at, inVain: 0 });
    if (step.do === 'recordCriticalCall' && step.with['attempt'] === 'not-reached')
      open.set(place, { at: open.get(place)?.at ?? 0, inVain: (open.get(place)?.inVain ?? 0) + 1 });
    if (step.do === 'closeCriticalCall') open.delete(place);
  }
  return open;
}
const byLimits = (step: Step): boolean => openCalls([step]).size > 0;
/** 14:10 of the last day. */
const now = instant(Date.parse('2026-11-05T08:40:00Z'));

test('at the end a few critical calls are open, of the last hours; every other was told, by name, role and time, and read back', () => {
  for (const seed of [1, 2, 3, 2022]) {
    const steps = replay(generateVisits({ ...options, seed, openEnd: true, now }), undefined, byLimits);
    const open = [...openCalls(steps).values()];
    expect(open.length).toBeGreaterThanOrEqual(2);
    expect(open.length).toBeLessThanOrEqual(4);
    for (const { at } of open) expect(now - at).toBeLessThan(2 * 60 * MINUTE_MS);
    expect(open.filter(({ inVain }) => inVain > 0)).toHaveLength(1);
    const calls = steps.filter((step) => step.do === 'recordCriticalCall' && step.with['attempt'] === 'reached');
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls)
      expect(call.with).toMatchObject({ toldName: expect.any(String), toldRole: expect.any(String), at: call.at, readBack: true });
    expect(steps.filter((step) => step.do === 'closeCriticalCall')).toHaveLength(calls.length);
    expect(replay(generateVisits({ ...options, seed, openEnd: true, now }), undefined, byLimits)).toEqual(steps);
  }
});

test('nothing is later than now, also where now is before the doors open; everybody comes all the same', () => {
  for (const hour of [0, 5, 9, 16, 23]) {
    const at = instant(Date.parse('2026-11-05T00:00:00Z') + (hour - 5.5) * 60 * MINUTE_MS);
    const steps = replay(generateVisits({ ...options, openEnd: true, now: at }), undefined, byLimits);
    expect(Math.max(...steps.map((step) => step.at))).toBeLessThanOrEqual(at);
    expect(steps.filter((step) => step.do === 'startVisit')).toHaveLength(300);
    expect(openCalls(steps).size).toBeLessThanOrEqual(4);
  }
});

test('a hospital of a few visits, or without an open end, leaves no call open', () => {
  for (const change of [{ visits: 40, openEnd: true, now }, { openEnd: false }])
    expect(openCalls(replay(generateVisits({ ...options, ...change }), undefined, byLimits)).size).toBe(0);
});

test('what is refused ends what follows from it, and nothing else', () => {
  expect(replay(generateVisits(options), (step) => step.do === 'registerPatient').every((step) => step.do === 'registerPatient')).toBe(
    true,
  );
  const noOrders = replay(generateVisits(options), (step) => step.do === 'placeOrder');
  expect(noOrders.filter((step) => step.do === 'startVisit')).toHaveLength(300);
  expect(noOrders.some((step) => step.do === 'collectSpecimen')).toBe(false);
  const noResults = replay(generateVisits(options), (step) => step.do === 'enterResult');
  expect(noResults.some((step) => step.do === 'releaseReport')).toBe(false);
});

test('read without answers, it registers and stops', () => {
  expect([...generateVisits({ ...options, visits: 3, patients: 3 })].map((step) => step.do)).toEqual(Array(3).fill('registerPatient'));
  expect([...visitScripts({ ...options, visits: 0 })]).toEqual([]);
  expect([...visitScripts({ ...options, patients: 0 })]).toEqual([]);
});

test('scripts can run apart: in order of arrival, the first of a patient before the second', () => {
  const seen = new Map<number, number>();
  let last = 0;
  for (const script of visitScripts(options)) {
    expect(script.visit).toBe(seen.get(script.patient.index) ?? 0);
    seen.set(script.patient.index, script.visit + 1);
    expect(script.startsAt).toBeGreaterThanOrEqual(last);
    last = script.startsAt;
  }
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(300);
});

test('every step is a command of the kernel with an input that it takes', () => {
  for (const step of replay(generateVisits(options), () => false)) {
    const input = JSON.parse(JSON.stringify(step.with).replace(/"(uhid|tube|order)-[^"]*"/g, '"100042000171"')) as unknown; // the fake hospital's numbers
    expect([step.do, commands.get(step.do)?.input.safeParse(input).error?.issues]).toEqual([step.do, undefined]);
  }
});
