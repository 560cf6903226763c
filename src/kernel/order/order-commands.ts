// Places an order, adds tests to it, and cancels it in whole.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing, type Found } from '#kernel/shared/build-command.ts';
import { reject, type Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { catalogueCode, note, typedNumber, urgency } from '#kernel/shared/fields.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';
import { parseNumber } from '#kernel/shared/numbers.ts';
import { findPatient, type PatientDocument } from '#kernel/patient/find-patient.ts';
import { findVisit } from '#kernel/visit/visit-commands.ts';
import { readResults } from '#kernel/specimen/find-specimen.ts';
import { specimenEvent, type SpecimenState } from '#kernel/specimen/specimen.ts';
import { openTests, orderEvent, type OrderState } from './order.ts';
import { pickTests, plannedSpecimen, planOrder, planSpecimens, readLabCatalogue, type LabCatalogue } from './plan-order.ts';

export type OrderDocument = Document<OrderState>;
type SpecimenDocument = Document<SpecimenState>;

/** @param which an order's number or stream. */
export async function findOrder(read: Reader, which: string, field = 'order'): Promise<Found<OrderDocument>> {
  const stream = parseStreamId(which);
  const parsed = stream === undefined ? parseNumber(which, 'order') : undefined;
  if (parsed?.ok === false) return missing(parsed.code, parsed.facts, field);
  const streams = parsed?.ok === true ? await read.byNumber(parsed.number, 'order') : stream === undefined ? [] : [stream];
  if (streams.length > 1) return missing('number-on-two', { count: streams.length }, field);
  const [only] = streams;
  const order = only === undefined ? undefined : await read.document<OrderState>(only);
  return order === undefined || order.state.status === 'none' ? missing('order-not-here', {}, field) : found(order);
}

export async function readSpecimensOf(read: Reader, order: StreamId): Promise<readonly SpecimenDocument[]> {
  const all: SpecimenDocument[] = [];
  for (const stream of await read.linked(order, 'specimen', 'order')) {
    const specimen = await read.document<SpecimenState>(stream);
    if (specimen !== undefined) all.push(specimen);
  }
  return all;
}

const placeInput = z.strictObject({
  uhid: typedNumber,
  tests: z.array(catalogueCode).min(1).max(60),
  /** A visit's number or stream. */
  visit: typedNumber.optional(),
  urgency: urgency.optional(),
  note: note.optional(),
});
const placeResult = z.object({ order: z.string(), number: z.string(), specimens: z.array(plannedSpecimen) });

export const placeOrder = buildCommand<
  z.infer<typeof placeInput>,
  { readonly patient: PatientDocument; readonly visit: StreamId | undefined; readonly catalogue: LabCatalogue },
  z.infer<typeof placeResult>
>({
  name: 'placeOrder',
  title: { en: 'Order tests', hi: 'जाँच लिखें' },
  input: placeInput,
  result: placeResult,
  writes: ['OrderPlaced', 'SpecimenPlanned'],
  async load(given, read) {
    const patient = await findPatient(read, given.uhid);
    if ('missing' in patient) return patient;
    const visit = given.visit === undefined ? undefined : await findVisit(read, given.visit);
    if (visit !== undefined && 'missing' in visit) return visit;
    return found({ patient: patient.found, visit: visit?.found.stream, catalogue: await readLabCatalogue(read) });
  },
  decide(given, { patient, visit, catalogue }, env) {
    const picked = pickTests(catalogue, given.tests);
    if ('rejection' in picked) return { ok: false, rejection: picked.rejection };
    const plan = planOrder(
      env,
      { patient: patient.stream, visit, urgency: given.urgency ?? 'routine', note: given.note },
      picked.tests,
      catalogue.containers,
    );
    if (plan === undefined) return reject('numbers-used-up', { kind: 'order' });
    return done({ order: plan.order, number: plan.number, specimens: [...plan.specimens] }, plan.events);
  },
});

const addInput = z.strictObject({ order: typedNumber, tests: z.array(catalogueCode).min(1).max(60) });
const addResult = z.object({ order: z.string(), specimens: z.array(plannedSpecimen) });

export const addTest = buildCommand<
  z.infer<typeof addInput>,
  { readonly order: OrderDocument; readonly specimens: readonly SpecimenDocument[]; readonly catalogue: LabCatalogue },
  z.infer<typeof addResult>
>({
  name: 'addTest',
  title: { en: 'Add a test to an order', hi: 'ऑर्डर में जाँच जोड़ें' },
  input: addInput,
  result: addResult,
  writes: ['TestAdded', 'TestsAdded', 'SpecimenPlanned'],
  async load(given, read) {
    const order = await findOrder(read, given.order);
    if ('missing' in order) return order;
    return found({
      order: order.found,
      specimens: await readSpecimensOf(read, order.found.stream),
      catalogue: await readLabCatalogue(read),
    });
  },
  when: (_actor, { order }) => (order.state.status === 'cancelled' ? no('order-cancelled') : YES),
  decide(given, { order, specimens, catalogue }, env) {
    const picked = pickTests(catalogue, given.tests);
    if ('rejection' in picked) return { ok: false, rejection: picked.rejection };
    const fresh = picked.tests.filter((test) => !openTests(order.state).includes(test.code));
    const { patient, visit, urgency: wanted } = order.state;
    if (fresh.length === 0 || patient === undefined) return reject('test-ordered-already');
    const events: NewEvent[] = [orderEvent(order.stream, 'TestAdded', { tests: fresh.map((test) => test.code) })];
    const used: { accession: string; container: string; tests: string[] }[] = [];
    const left = [];
    for (const test of fresh) {
      // A tube that is there and good will do: the patient is not pricked again.
      const tube = specimens.find(
        ({ state }) =>
          state.container !== undefined &&
          test.containers.includes(state.container) &&
          ['planned', 'labelled', 'collected', 'in-transit', 'accepted'].includes(state.status),
      );
      if (tube?.state.accession === undefined || tube.state.container === undefined) {
        left.push(test);
        continue;
      }
      events.push(specimenEvent(tube.stream, 'TestsAdded', { tests: [test.code] }));
      used.push({ accession: tube.state.accession, container: tube.state.container, tests: [test.code] });
    }
    const planned = planSpecimens(env, { patient, order: order.stream, visit, urgency: wanted }, left, catalogue.containers);
    if (planned === undefined) return reject('numbers-used-up', { kind: 'accession' });
    return done({ order: order.stream, specimens: [...used, ...planned.specimens] }, [...events, ...planned.events]);
  },
});

const cancelInput = z.strictObject({ order: typedNumber.optional(), number: typedNumber.optional(), reason: note });
const cancelResult = z.object({ order: z.string(), cancelled: z.array(z.string()), kept: z.array(z.string()) });

export const cancelOrder = buildCommand<
  z.infer<typeof cancelInput>,
  { readonly order: OrderDocument; readonly specimens: readonly SpecimenDocument[]; readonly resulted: boolean },
  z.infer<typeof cancelResult>
>({
  name: 'cancelOrder',
  title: { en: 'Cancel order', hi: 'ऑर्डर रद्द करें' },
  input: cancelInput,
  result: cancelResult,
  writes: ['OrderCancelled', 'SpecimenCancelled'],
  async load(given, read) {
    const which = given.order ?? given.number;
    if (which === undefined) return missing('order-needed', {}, 'order');
    const order = await findOrder(read, which, given.order === undefined ? 'number' : 'order');
    if ('missing' in order) return order;
    const specimens = await readSpecimensOf(read, order.found.stream);
    let resulted = false;
    for (const specimen of specimens) {
      const results = await readResults(read, specimen.stream);
      if (results.some((result) => result.state.values.length > 0)) resulted = true;
    }
    return found({ order: order.found, specimens, resulted });
  },
  when(_actor, { order, resulted }) {
    if (order.state.status === 'cancelled') return no('order-cancelled');
    return resulted ? no('order-has-results') : YES;
  },
  decide(given, { order, specimens }) {
    const untaken = specimens.filter(({ state }) => ['planned', 'labelled', 'not-collected'].includes(state.status));
    const kept = specimens
      .filter((one) => !untaken.includes(one) && one.state.status !== 'cancelled')
      .flatMap(({ state }) => state.accession ?? []);
    const cancelled = untaken.flatMap(({ state }) => state.accession ?? []);
    return done({ order: order.stream, cancelled, kept }, [
      orderEvent(order.stream, 'OrderCancelled', { reason: given.reason, kept }),
      ...untaken.map((one) => specimenEvent(one.stream, 'SpecimenCancelled', { reason: given.reason })),
    ]);
  },
});
