// Query: what stands on the slip that the patient carries, and whose commits its QR takes along.
import { findPatient } from '#kernel/patient/find-patient.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { slipCopies } from '#kernel/patient/slip-copies.ts';
import { openTests, type OrderState } from '#kernel/order/order.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { asReader } from '../read/as-reader.ts';
import { allDepartments, catalogueOf } from '../read/catalogue.ts';
import { hospitalContent, patientContent, testContents, tubeContent, visitContent } from '../read/paper-parts.ts';
import { alertsOf, allergiesOf, partsOf } from '../read/patient-page.ts';
import { familyOf } from '../read/persons.ts';
import type { AskedListShape } from '../shapes/papers.ts';
import { tubeStep } from '../tables/specimen-work.ts';
import { defineQuery, type ViewReader } from '../view.ts';
import { ALERT_WORDS, both, dateText, filled, NEXT_WORDS, SEVERITY_WORDS, timeText, type Both } from '../words.ts';

type Content = QueryResult<'slipContent'>['content'];

/** A slip has room for the last orders; older ones are on their own slips. */
const MAX_ORDERS = 5;

export const slipContentQuery = defineQuery({
  name: 'slipContent',
  ...QUERY_SIGNATURES.slipContent,
  audited: ({ streams }) => streams.filter((stream) => stream.startsWith('patient/')),
  async run({ patient }, read) {
    const found = await findPatient(asReader(read), patient, 'patient');
    if ('missing' in found) return { ok: false, rejection: found.missing };
    return { ok: true, result: await slip(read, found.found) };
  },
});

async function slip(read: ViewReader, document: Document<PatientState>): Promise<QueryResult<'slipContent'>> {
  const links = await familyOf(read, document.stream);
  const family = await read.documents<PatientState>([...links.keys()]);
  const catalogue = await catalogueOf(read);
  const parts = await partsOf(read, links);
  const visit = parts.visits.find(({ state }) => state.status === 'open');
  // An order that names no visit belongs to the visit that was open; without a visit, all that is open is on the slip.
  const ofVisit = ({ state }: Document<OrderState>): boolean =>
    visit === undefined ||
    state.visit === visit.stream ||
    (state.visit === undefined && (state.placedAt ?? 0) >= (visit.state.startedAt ?? 0));
  const orders = parts.orders.filter((order) => openTests(order.state).length > 0 && ofVisit(order)).slice(0, MAX_ORDERS);
  const ofOrders = new Set<StreamId | undefined>(orders.map(({ stream }) => stream));
  const tubes = parts.specimens.filter(({ state }) => ofOrders.has(state.order) && state.status !== 'cancelled');
  const shownVisit = visit === undefined ? undefined : visitContent(visit, catalogue);
  return {
    streams: [
      document.stream,
      ...(visit === undefined ? [] : [visit.stream]),
      ...orders.map(({ stream }) => stream),
      ...tubes.map(({ stream }) => stream),
    ],
    content: {
      hospital: await hospitalContent(read),
      patient: patientContent(document, read.now),
      allergies: allergyList(family),
      alerts: alertList(family),
      ...(shownVisit === undefined ? {} : { visit: shownVisit }),
      orders: orders.map(({ state }) => ({
        number: state.number ?? '',
        orderedAt: state.placedAt === undefined ? '' : timeText(state.placedAt),
        urgent: state.urgency !== 'routine',
        tests: testContents(openTests(state), catalogue),
      })),
      tubes: tubes.map((tube) => tubeContent(tube, catalogue)),
      next: await nextSteps(read, tubes, shownVisit),
      // A new visit has a first slip of its own.
      copy: slipCopies(document.state, visit?.stream) + 1,
    },
  };
}

function allergyList(family: readonly Document<PatientState>[]): AskedListShape {
  const { status, list, asOf } = allergiesOf(family);
  if (status === 'not-asked' || asOf === null) return { status: 'not-asked' };
  if (status === 'none-known') return { status: 'none', askedOn: dateText(asOf) };
  return {
    status: 'listed',
    items: list.map(({ substance, reaction, severity }) => {
      const words = SEVERITY_WORDS[severity];
      const tail = reaction === null ? '' : `: ${reaction}`;
      return {
        en: `${substance}${tail}${words === undefined ? '' : ` (${words.en})`}`,
        hi: `${substance}${tail}${words === undefined ? '' : ` (${words.hi})`}`,
      };
    }),
  };
}

/** Nobody is asked for alerts: none recorded is "not asked", never "none". */
function alertList(family: readonly Document<PatientState>[]): AskedListShape {
  const alerts = alertsOf(family);
  if (alerts.length === 0) return { status: 'not-asked' };
  return {
    status: 'listed',
    items: alerts.map(({ kind, text }) => {
      const words = ALERT_WORDS[kind] ?? both(kind, null);
      return { en: `${words.en}: ${text}`, hi: `${words.hi}: ${text}` };
    }),
  };
}

async function nextSteps(read: ViewReader, tubes: readonly Document<SpecimenState>[], visit: Content['visit']): Promise<readonly Both[]> {
  const steps: Both[] = [];
  if (visit !== undefined) steps.push(filled(NEXT_WORDS.goTo, { place: placeOf(visit.department, visit.room) }));
  if (tubes.some(({ state }) => tubeStep(state) === 'to-collect')) {
    const room = (await allDepartments(read)).find(({ kind, retired }) => kind === 'collection' && !retired);
    const place =
      room === undefined
        ? NEXT_WORDS.collection
        : placeOf(both(room.name, room.nameHi), room.room === null ? undefined : both(room.room, room.room));
    steps.push(filled(NEXT_WORDS.collect, { place }));
  }
  return steps;
}

function placeOf(name: Both, room: Both | undefined): Both {
  if (room === undefined) return name;
  const where = filled(NEXT_WORDS.room, { room });
  return { en: `${name.en}, ${where.en}`, hi: `${name.hi}, ${where.hi}` };
}
