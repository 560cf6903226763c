// Synthetic visits as scripts of real commands: register, order, collect, receive, measure, validate, report. Pure; time is handed in.
import { DAY_MS, HOSPITAL_OFFSET_MS, MINUTE_MS, instant } from '#kernel/shared/time.ts';
import type { Instant, PlainDate } from '#kernel/shared/time.ts';
import { generatePatients } from './patients.ts';
import type { SyntheticPatient } from './patients.ts';
import { seededRandom, weightedIndex } from './random.ts';
import type { Random } from './random.ts';
import type { SyntheticTests } from './lab-values.ts';
import { Timeline } from './timeline.ts';
import * as order from './visit-commands.ts';
import { drawTests, leaveCallOpen, runTubes } from './visit-laboratory.ts';
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
  /** What the clock says at the end of the last day's work: nothing happens later, and who came then is somewhere on the way. */
  readonly now?: Instant;
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

/** Arrivals by hour from 7:00 to 18:00: most people come before the OPD opens. */
const ARRIVALS = weightedIndex([6, 22, 26, 18, 10, 5, 6, 4, 2, 1, 1]);
const ARRIVAL_HOURS = 11;
/** Critical calls that are open at the end: what a laboratory has in hand at one moment. And not more than one of so many visits. */
const OPEN_CALLS = { least: 2, more: 3, visitsForOne: 20 } as const;
/** The last day is at least so long when `now` is early in the morning. */
const SHORTEST_DAY_MS = 4 * 60 * MINUTE_MS;

/** Uhids that the replica gave, by patient index; filled as the scripts run. */
export type UhidBook = Map<number, string>;

interface VisitFacts {
  readonly options: VisitOptions;
  readonly patient: SyntheticPatient;
  readonly visit: number;
  readonly startsAt: Instant;
  readonly isLastDay: boolean;
  /** This one's critical value has not been told yet, at `until`. */
  readonly openCall?: { readonly until: Instant; readonly tried: boolean } | undefined;
  readonly book: UhidBook;
}

function* runVisit(facts: VisitFacts): Script {
  const { options, patient, visit, startsAt, isLastDay, openCall, book } = facts;
  const name = `v${patient.index}-${visit}`;
  const random = seededRandom(options.seed).fork(name);
  const prefix = `syn-${options.seed}-${name}`.replace(/[^A-Za-z0-9_-]/g, '_').slice(-56);
  const time = new Timeline(startsAt, random, prefix, openCall?.until ?? options.now);
  if (visit === 0) {
    const uhid = order.textOf(yield time.step(order.registerPatient(patient)), 'uhid');
    if (uhid !== undefined) book.set(patient.index, uhid);
  }
  const uhid = book.get(patient.index);
  if (uhid === undefined) return;
  time.later(1, 3);
  yield time.step(order.startVisit(uhid, random.pick(options.departments)));
  if (openCall !== undefined) return yield* leaveCallOpen(random, time, options.tests, patient, uhid, openCall.tried);
  if (!random.chance(options.labShare ?? 0.6)) return;

  const tests = drawTests(random, options.tests);
  if (tests.length === 0) return;
  time.later(20, 150);
  if (time.over) return;
  const placed = yield time.step(order.placeOrder(uhid, tests, random.chance(0.08)));
  const depth = options.openEnd === true && isLastDay ? random.below(7) : 7;
  const reported = yield* runTubes(random, time, options.tests, patient, order.specimensOf(placed), tests, depth);
  const orderId = order.textOf(placed, 'order');
  if (!reported || orderId === undefined || depth < 7) return;
  time.later(5, 40);
  if (!time.over) yield time.step(order.releaseReport(orderId));
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
    const today: Arrival[] = [];
    const seen = new Set<number>();
    for (; made < until; made += 1) {
      const old = fresh >= freshUntil && fresh > 0 ? patients[returning(random, fresh, seen)] : undefined;
      const patient = old ?? patients[fresh];
      if (patient === undefined) break;
      if (old === undefined) fresh += 1;
      seen.add(patient.index);
      const share = (ARRIVALS(random) + random.fraction()) / ARRIVAL_HOURS;
      const { opens, closes } = hoursOf(firstDay + day * DAY_MS, day === options.days - 1 ? options.now : undefined);
      today.push({ startsAt: opens + share * (closes - opens), patient });
    }
    made = Math.max(made, until);
    const isLastDay = day === options.days - 1;
    const openCalls = isLastDay && options.openEnd === true ? openCallsOf(options, today, firstDay + day * DAY_MS) : new Map();
    for (const one of today.toSorted((a, b) => a.startsAt - b.startsAt)) {
      const { startsAt, patient } = one;
      const visit = counts.get(patient.index) ?? 0;
      counts.set(patient.index, visit + 1);
      const facts = { options, patient, visit, startsAt: instant(startsAt), isLastDay, openCall: openCalls.get(one), book };
      yield { startsAt: facts.startsAt, patient, visit, run: () => runVisit(facts) };
    }
  }
}

interface Arrival {
  startsAt: number;
  readonly patient: SyntheticPatient;
}

/** Patients come from 7:00 to 18:00; on the last day till `now`, and then a little earlier where it is early. */
function hoursOf(midnight: number, now: Instant | undefined): { readonly opens: number; readonly closes: number } {
  const opens = midnight + 7 * 60 * MINUTE_MS;
  const closes = opens + ARRIVAL_HOURS * 60 * MINUTE_MS;
  if (now === undefined) return { opens, closes };
  return { opens: Math.min(opens, now - SHORTEST_DAY_MS), closes: Math.min(closes, now - MINUTE_MS) };
}

/** Whose critical value has not been told at the end: first visits, so that nothing of theirs is older. They come an hour and a half before. */
function openCallsOf(options: VisitOptions, today: readonly Arrival[], midnight: number): ReadonlyMap<Arrival, VisitFacts['openCall']> {
  const random = seededRandom(options.seed).fork('open-calls');
  const count = Math.min(OPEN_CALLS.least + random.below(OPEN_CALLS.more), Math.floor(today.length / OPEN_CALLS.visitsForOne));
  const until = options.now ?? instant(midnight + 18 * 60 * MINUTE_MS);
  const once = today.filter(({ patient }) => today.filter((other) => other.patient === patient).length === 1);
  const chosen = new Map<Arrival, VisitFacts['openCall']>();
  for (let tries = 0; chosen.size < count && tries < 100 && once.length > 0; tries += 1) {
    const one = random.pick(once);
    if (chosen.has(one)) continue;
    one.startsAt = until - random.between(80, 100) * MINUTE_MS;
    // One that was tried already: the list shows what that looks like.
    chosen.set(one, { until, tried: chosen.size === 1 });
  }
  return chosen;
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
