// What placing an order writes: the order and a planned specimen for each tube. Used by registration and by ordering.
import { z } from 'zod';
import type { DecideEnvironment, Reader } from '#kernel/shared/command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import type { Urgency } from '#kernel/shared/fields.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { readContainers, readTests, type Containers } from '#kernel/shared/read-trust.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { specimenEvent } from '#kernel/specimen/specimen.ts';
import type { TestData } from '#kernel/test/test.ts';
import { orderEvent } from './order.ts';
import { planTubes } from './tubes.ts';

export const plannedSpecimen = z.object({ accession: z.string(), container: z.string(), tests: z.array(z.string()) });
export type PlannedSpecimen = z.infer<typeof plannedSpecimen>;

export interface LabCatalogue {
  readonly tests: ReadonlyMap<string, TestData>;
  readonly containers: Containers;
}

export async function readLabCatalogue(read: Reader): Promise<LabCatalogue> {
  return { tests: await readTests(read), containers: await readContainers(read) };
}

/** The tests of these codes, each once; or the first code that the catalogue does not have. */
export function pickTests(
  catalogue: LabCatalogue,
  codes: readonly string[],
): { readonly tests: readonly TestData[] } | { readonly rejection: Rejection } {
  const tests: TestData[] = [];
  for (const [index, code] of codes.entries()) {
    const test = catalogue.tests.get(code.trim().toUpperCase());
    if (test === undefined) return { rejection: { code: 'test-unknown', facts: { test: code }, field: `tests.${index}` } };
    if (!tests.includes(test)) tests.push(test);
  }
  return { tests };
}

export interface SpecimenPlan {
  readonly patient: StreamId;
  readonly order: StreamId;
  readonly visit: StreamId | undefined;
  readonly urgency: Urgency;
  readonly replaces?: StreamId;
}

/** A planned specimen for each tube. Undefined when this device has no numbers left. */
export function planSpecimens(
  env: DecideEnvironment,
  plan: SpecimenPlan,
  tests: readonly TestData[],
  containers: Containers,
): { readonly events: readonly NewEvent[]; readonly specimens: readonly PlannedSpecimen[] } | undefined {
  const drawOrder = new Map(
    [...containers.values()].flatMap((one) => (one.drawOrder === undefined ? [] : [[one.code, one.drawOrder] as const])),
  );
  const events: NewEvent[] = [];
  const specimens: PlannedSpecimen[] = [];
  for (const tube of planTubes(tests, drawOrder)) {
    const accession = env.mint('accession');
    if (accession === undefined) return undefined;
    const stream = env.derivedStream('specimen', accession);
    const { container } = tube;
    events.push(specimenEvent(stream, 'SpecimenPlanned', { accession, ...plan, tests: [...tube.tests], container }));
    specimens.push({ accession, container, tests: [...tube.tests] });
  }
  return { events, specimens };
}

export interface PlannedOrder {
  readonly events: readonly NewEvent[];
  readonly order: StreamId;
  readonly number: string;
  readonly specimens: readonly PlannedSpecimen[];
}

/** The order, its number and its tubes. Undefined when this device has no numbers left. */
export function planOrder(
  env: DecideEnvironment,
  given: {
    readonly patient: StreamId;
    readonly visit: StreamId | undefined;
    readonly urgency: Urgency;
    readonly note?: string | undefined;
  },
  tests: readonly TestData[],
  containers: Containers,
): PlannedOrder | undefined {
  const number = env.mint('order');
  if (number === undefined) return undefined;
  const order = env.newStream('order', 0);
  const { patient, visit, urgency } = given;
  const tubes = planSpecimens(env, { patient, order, visit, urgency }, tests, containers);
  if (tubes === undefined) return undefined;
  const placed = orderEvent(order, 'OrderPlaced', {
    number,
    patient,
    visit,
    tests: tests.map((test) => test.code),
    urgency,
    note: given.note,
  });
  return { events: [placed, ...tubes.events], order, number, specimens: tubes.specimens };
}
