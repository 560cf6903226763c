// The way of an order through the laboratory: tubes taken, received, measured, critical values told, results validated. Pure.
import { ORDER_SETS, drawCritical, drawResult, type SyntheticTests } from './lab-values.ts';
import type { SyntheticPatient } from './patients.ts';
import { weightedIndex, type Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import * as order from './visit-commands.ts';
import type { Step, StepResult } from './visit-commands.ts';

const drawOrderSet = weightedIndex(ORDER_SETS.map((set) => set.weight));
const REJECTIONS = ['haemolysed', 'clotted', 'quantity-not-sufficient', 'leaking'] as const;
/** Who is told a critical value, with the role: the doctor where one is reached, else the nurse in charge. */
const TOLD = [
  ['Dr Asha Rao', 'doctor on duty'],
  ['Dr Imran Ali', 'doctor on duty'],
  ['Dr Meena Pillai', 'senior resident'],
  ['Dr Vikas Bora', 'doctor on duty'],
  ['Sr Lata Kujur', 'nurse in charge'],
] as const;
function ageDays(patient: SyntheticPatient): number {
  if ('days' in patient.age) return patient.age.days;
  return 'months' in patient.age ? Math.round(patient.age.months * 30.44) : Math.round(patient.age.years * 365.25) + 180;
}

export function drawTests(random: Random, known: SyntheticTests): readonly string[] {
  const chosen = new Set<string>();
  for (let sets = random.between(1, 3); sets > 0; sets -= 1) {
    for (const test of ORDER_SETS[drawOrderSet(random)]!.tests) if (known.has(test)) chosen.add(test); // drawn below the length
  }
  return [...chosen];
}

/** Told, read back and closed within minutes; now and then nobody picks up at first. */
function* callCritical(random: Random, time: Timeline, accession: string, test: string): Generator<Step, void, StepResult> {
  time.later(2, 9);
  if (random.chance(0.125)) {
    yield time.step(order.callInVain(accession, test, time.now));
    time.later(2, 6);
  }
  const called = yield time.step(order.callCritical(accession, test, random.pick(TOLD), time.now));
  if (called !== undefined) yield time.step(order.closeCall(accession, test));
}

/** All tubes of one order through the laboratory. True when at least one result can be reported. */
export function* runTubes(
  random: Random,
  time: Timeline,
  known: SyntheticTests,
  patient: SyntheticPatient,
  specimens: ReturnType<typeof order.specimensOf>,
  ordered: readonly string[],
  depth: number,
): Generator<Step, boolean, StepResult> {
  if (depth < 1) return false;
  time.later(10, 50);
  if (time.over) return false;
  for (const { accession } of specimens) yield time.step(order.collectSpecimen(accession, time.now));
  if (depth < 2) return false;
  time.later(10, 60);
  if (time.over) return false;
  const usable: (typeof specimens)[number][] = [];
  for (const specimen of specimens) {
    yield time.step(order.receiveSpecimen(specimen.accession));
    if (random.chance(0.025)) yield time.step(order.rejectSpecimen(specimen.accession, random.pick(REJECTIONS)));
    else usable.push(specimen);
  }
  if (depth < 3) return false;
  time.later(20, 120);
  if (time.over) return false;
  const measured = new Set<string>();
  for (const { accession, tests } of usable) {
    for (const code of tests.length > 0 ? tests : ordered) {
      const test = known.get(code);
      if (test === undefined) continue;
      const { value } = drawResult(random, test, patient.sex, ageDays(patient));
      const entered = yield time.step(order.enterResult(accession, code, value.toFixed(test.decimals), test.unit));
      if (entered !== undefined) measured.add(accession);
      if (entered?.['critical'] === true) yield* callCritical(random, time, accession, code);
    }
  }
  if (depth < 5) return false;
  time.later(5, 45);
  if (time.over) return false;
  for (const accession of measured) yield time.step(order.validateTechnically(accession));
  if (depth < 6) return false;
  time.later(10, 90);
  if (time.over) return false;
  for (const accession of measured) yield time.step(order.validateMedically(accession));
  return measured.size > 0;
}

/** Tests whose low values are told at once, the most telling first. */
const TELLING = ['PLT', 'HGB', 'K', 'NA'] as const;

/** An urgent order of one test, whose value came in the last hour and has not been told yet. It takes about an hour. */
export function* leaveCallOpen(
  random: Random,
  time: Timeline,
  known: SyntheticTests,
  patient: SyntheticPatient,
  uhid: string,
  tried: boolean,
): Generator<Step, void, StepResult> {
  const days = ageDays(patient);
  const drawn = TELLING.flatMap((code) => {
    const test = known.get(code);
    const value = test === undefined ? undefined : drawCritical(random, test, patient.sex, days);
    return test === undefined || value === undefined ? [] : [{ test, value }];
  })[0];
  if (drawn === undefined) return;
  time.later(10, 20);
  const placed = yield time.step(order.placeOrder(uhid, [drawn.test.code], true));
  const accession = order.specimensOf(placed)[0]?.accession;
  if (accession === undefined) return;
  time.later(8, 15);
  yield time.step(order.collectSpecimen(accession, time.now));
  time.later(8, 15);
  yield time.step(order.receiveSpecimen(accession));
  time.later(15, 25);
  yield time.step(order.enterResult(accession, drawn.test.code, drawn.value.toFixed(drawn.test.decimals), drawn.test.unit));
  time.later(3, 8);
  if (tried) yield time.step(order.callInVain(accession, drawn.test.code, time.now));
}
