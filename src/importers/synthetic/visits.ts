// Synthetic visits as scripts of real commands: register, order, collect, receive, measure, validate, report. Pure; time is handed in.
import { DAY_MS, HOSPITAL_OFFSET_MS, MINUTE_MS, instant } from '#kernel/shared/time.ts';
import type { Instant, PlainDate } from '#kernel/shared/time.ts';
import { generatePatients } from './patients.ts';
import type { SyntheticPatient } from './patients.ts';
import { seededRandom, weightedIndex } from './random.ts';
import type { Random } from './random.ts';
import { ORDER_SETS, drawResult } from './lab-values.ts';
import type { SyntheticTests } from './lab-values.ts';
import * as order from './visit-commands.ts';
import type { Step, StepResult } from './visit-commands.ts';

export interface VisitOptions {
  readonly seed: string | number;
  readonly visits: number;
  /** Who comes: each once before anybody comes again, as long as `visits` allows. */
  readonly patients: number;
  /** First day, in the hospital's zone. Visits are spread evenly over `days` days. */
  readonly from: PlainDate;
  readonly days: number;
  /** From `readSyntheticTests`. */
  readonly tests: SyntheticTests;
  readonly departments: readonly string[];
  /** Share of visits with an order for the laboratory; 0.6 when absent. */
  readonly labShare?: number;
  /** True: visits of the last day stop at different points, so that worklists are not empty. */
  readonly openEnd?: boolean;
}

/** Takes the result of each step through `next`. Without one (refused) it goes on as far as it can and ends. */
export type Script = Generator<Step, void, StepResult>;

export interface VisitScript {
  readonly startsAt: Instant;
  readonly patient: SyntheticPatient;
  /** 0 for the first visit of this patient, which also registers. */
  readonly visit: number;
  readonly run: () => Script;
}

const drawOrderSet = weightedIndex(ORDER_SETS.map((set) => set.weight));
/** Arrivals by hour from 7:00 to 18:00: most people come before the OPD opens. */
const ARRIVALS = weightedIndex([6, 22, 26, 18, 10, 5, 6, 4, 2, 1, 1]);
const REJECTIONS = ['haemolysed', 'clotted', 'quantity-not-sufficient', 'leaking'] as const;
const DOCTORS = ['Dr Asha Rao', 'Dr Imran Ali', 'Dr Meena Pillai', 'Dr Vikas Bora'] as const;

function ageDays(patient: SyntheticPatient): number {
  if ('days' in patient.age) return patient.age.days;
  return 'months' in patient.age ? Math.round(patient.age.months * 30.44) : Math.round(patient.age.years * 365.25) + 180;
}

/** Goes forward in time by a random number of minutes. */
class Timeline {
  #at: number;
  readonly #random: Random;
  readonly #prefix: string;
  #count = 0;

  constructor(startsAt: Instant, random: Random, prefix: string) {
    this.#at = startsAt;
    this.#random = random;
    this.#prefix = prefix;
  }

  get now(): Instant {
    return instant(this.#at);
  }

  later(lowMinutes: number, highMinutes: number): void {
    this.#at += this.#random.between(lowMinutes * 60, highMinutes * 60) * 1000;
  }

  step(what: Pick<Step, 'as' | 'do' | 'with'>): Step {
    this.#count += 1;
    return { at: instant(this.#at), ...what, key: `${this.#prefix}-${this.#count}` };
  }
}

/** Uhids that the replica gave, by patient index; filled as the scripts run. */
export type UhidBook = Map<number, string>;

interface VisitFacts {
  readonly options: VisitOptions;
  readonly patient: SyntheticPatient;
  readonly visit: number;
  readonly startsAt: Instant;
  readonly isLastDay: boolean;
  readonly book: UhidBook;
}

function* runVisit({ options, patient, visit, startsAt, isLastDay, book }: VisitFacts): Script {
  const name = `v${patient.index}-${visit}`;
  const random = seededRandom(options.seed).fork(name);
  const time = new Timeline(startsAt, random, `syn-${options.seed}-${name}`.replace(/[^A-Za-z0-9_-]/g, '_').slice(-56));
  if (visit === 0) {
    const uhid = order.textOf(yield time.step(order.registerPatient(patient)), 'uhid');
    if (uhid !== undefined) book.set(patient.index, uhid);
  }
  const uhid = book.get(patient.index);
  if (uhid === undefined) return;
  time.later(1, 3);
  yield time.step(order.startVisit(uhid, random.pick(options.departments)));
  if (!random.chance(options.labShare ?? 0.6)) return;

  const tests = drawTests(random, options.tests);
  if (tests.length === 0) return;
  time.later(20, 150);
  const placed = yield time.step(order.placeOrder(uhid, tests, random.chance(0.08)));
  const depth = options.openEnd === true && isLastDay ? random.below(7) : 7;
  const reported = yield* runTubes(random, time, options.tests, patient, order.specimensOf(placed), tests, depth);
  const orderId = order.textOf(placed, 'order');
  if (!reported || orderId === undefined || depth < 7) return;
  time.later(5, 40);
  yield time.step(order.releaseReport(orderId));
}

function drawTests(random: Random, known: SyntheticTests): readonly string[] {
  const chosen = new Set<string>();
  for (let sets = random.between(1, 3); sets > 0; sets -= 1) {
    for (const test of ORDER_SETS[drawOrderSet(random)]!.tests) if (known.has(test)) chosen.add(test); // drawn below the length
  }
  return [...chosen];
}

/** One call in eight stays open, so that the list of open calls is not empty. */
function* callCritical(random: Random, time: Timeline, accession: string, test: string): Generator<Step, void, StepResult> {
  if (random.chance(0.125)) return;
  time.later(2, 15);
  const called = yield time.step(order.callCritical(accession, test, random.pick(DOCTORS), time.now));
  if (called !== undefined) yield time.step(order.closeCall(accession, test));
}

/** All tubes of one order through the laboratory. True when at least one result can be reported. */
function* runTubes(
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
  for (const { accession } of specimens) yield time.step(order.collectSpecimen(accession, time.now));
  if (depth < 2) return false;
  time.later(10, 60);
  const usable: (typeof specimens)[number][] = [];
  for (const specimen of specimens) {
    yield time.step(order.receiveSpecimen(specimen.accession));
    if (random.chance(0.025)) yield time.step(order.rejectSpecimen(specimen.accession, random.pick(REJECTIONS)));
    else usable.push(specimen);
  }
  if (depth < 3) return false;
  time.later(20, 120);
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
  for (const accession of measured) yield time.step(order.validateTechnically(accession));
  if (depth < 6) return false;
  time.later(10, 90);
  for (const accession of measured) yield time.step(order.validateMedically(accession));
  return measured.size > 0;
}

/**
 * All visits, day by day and in order of arrival. Scripts of one day may run at the same time, except that those of one
 * patient must run one after the other (`visit` 0 registers and fills `book`).
 */
export function* visitScripts(options: VisitOptions, book: UhidBook = new Map()): Generator<VisitScript, void, undefined> {
  const random = seededRandom(options.seed).fork('visits');
  const firstDay = Date.parse(`${options.from}T00:00:00Z`) - HOSPITAL_OFFSET_MS;
  const patients = [...generatePatients(options.seed, Math.min(options.patients, options.visits))];
  const counts = new Map<number, number>();
  let made = 0;
  let fresh = 0;
  for (let day = 0; day < options.days; day += 1) {
    const until = Math.round((options.visits * (day + 1)) / options.days);
    const freshUntil = Math.round((patients.length * (day + 1)) / options.days);
    const today: { startsAt: number; patient: SyntheticPatient }[] = [];
    const seen = new Set<number>();
    for (; made < until; made += 1) {
      const old = fresh >= freshUntil && fresh > 0 ? patients[returning(random, fresh, seen)] : undefined;
      const patient = old ?? patients[fresh];
      if (patient === undefined) break;
      if (old === undefined) fresh += 1;
      seen.add(patient.index);
      const minutes = 7 * 60 + ARRIVALS(random) * 60 + random.fraction() * 60;
      today.push({ startsAt: firstDay + day * DAY_MS + minutes * MINUTE_MS, patient });
    }
    made = Math.max(made, until);
    for (const { startsAt, patient } of today.toSorted((a, b) => a.startsAt - b.startsAt)) {
      const visit = counts.get(patient.index) ?? 0;
      counts.set(patient.index, visit + 1);
      const facts = { options, patient, visit, startsAt: instant(startsAt), isLastDay: day === options.days - 1, book };
      yield { startsAt: facts.startsAt, patient, visit, run: () => runVisit(facts) };
    }
  }
}

/** An index of somebody who has been here; nobody twice a day while others are left. */
function returning(random: Random, known: number, seen: ReadonlySet<number>): number {
  for (let tries = 0; tries < 20; tries += 1) {
    const index = random.below(known);
    if (!seen.has(index)) return index;
  }
  return random.below(known);
}

/**
 * Every step of all visits in order of time, for a replica that takes one command after the other: give each result to
 * `next` (`undefined` when refused). Bounded memory: the scripts of about one day are open at a time.
 */
export function* generateVisits(options: VisitOptions): Generator<Step, void, StepResult> {
  const scripts = visitScripts(options);
  const open: { readonly script: Script; step: Step }[] = [];
  const start = ({ run }: VisitScript): void => {
    const script = run();
    const first = script.next();
    if (first.done !== true) insert(open, { script, step: first.value });
  };
  // Patients with two visits on one day: the second must not start before the first has registered them.
  let upcoming = scripts.next();
  for (;;) {
    while (upcoming.done !== true && (open.length === 0 || upcoming.value.startsAt <= open.at(-1)!.step.at)) {
      // not empty
      start(upcoming.value);
      upcoming = scripts.next();
    }
    const soonest = open.pop();
    if (soonest === undefined) return;
    const result = yield soonest.step;
    const following = soonest.script.next(result);
    if (following.done !== true) insert(open, { script: soonest.script, step: following.value });
  }
}

/** Keeps the list in falling order of time, the soonest last. */
function insert<T extends { readonly step: Step }>(list: T[], item: T): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.step.at > item.step.at) low = middle + 1; // between 0 and length
    else high = middle;
  }
  list.splice(low, 0, item);
}
