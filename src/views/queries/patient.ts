// Query: one patient, whole: who it is, allergies and alerts, visits, orders, tubes, results, reports, contradictions.
import { findPatient } from '#kernel/patient/find-patient.ts';
import { lookupForm } from '#kernel/patient/patient-fold.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { NameRow } from '../name-index/name-row.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { asReader } from '../read/as-reader.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { issueShapes } from '../read/issues.ts';
import { LIST_LIMIT } from '../read/linked.ts';
import { orderRow, visitRow } from '../read/orders.ts';
import { alertsOf, allergiesOf, partsOf } from '../read/patient-page.ts';
import { patientResults } from '../read/patient-results.ts';
import { knownByName, personOfName } from '../read/name-only.ts';
import { familyOf, personOf } from '../read/persons.ts';
import { reportRow } from '../read/reports.ts';
import { resultShapes } from '../read/results.ts';
import { specimenRow } from '../read/specimens.ts';
import { reportsOf } from './reports.ts';
import { defineQuery, type ViewReader } from '../view.ts';

export const patientQuery = defineQuery({
  name: 'patient',
  ...QUERY_SIGNATURES.patient,
  audited: ({ patient, linked }) => [patient, ...linked.filter(({ how }) => how === 'from').map((one) => one.patient)],
  async run({ uhid, patient }, read) {
    const found = await findPatient(asReader(read), patient ?? uhid ?? '', patient === undefined ? 'uhid' : 'patient');
    if ('missing' in found) {
      const known = await knownByName(read, { uhid: uhid === undefined ? undefined : lookupForm(uhid), patient });
      return known === undefined ? { ok: false, rejection: found.missing } : { ok: true, result: nameOnlyPage(read, known) };
    }
    return { ok: true, result: await patientPage(read, found.found) };
  },
});

/** Who it is, and that everything else is elsewhere: nothing is said to be none. */
function nameOnlyPage(read: ViewReader, row: NameRow): QueryResult<'patient'> {
  const { into } = row;
  return {
    ...personOfName(row, read.now),
    status: 'elsewhere',
    legacy: false,
    aliases: [],
    address: { line: null, village: null, district: null, state: null, pin: null },
    category: null,
    unknownPerson: null,
    registeredAt: null,
    recordHere: false,
    allergies: { status: 'not-asked', list: [], asOf: null },
    alerts: [],
    linked: into === undefined ? [] : [{ patient: into.patient, uhid: into.uhid, name: '', how: 'into' }],
    visits: [],
    orders: [],
    specimens: [],
    results: [],
    reports: [],
    issues: [],
    more: false,
    asOf: read.now,
  };
}

async function patientPage(read: ViewReader, document: Document<PatientState>): Promise<QueryResult<'patient'>> {
  const { stream, state } = document;
  const links = await familyOf(read, stream);
  const streams = [...links.keys()];
  const family = await read.documents<PatientState>(streams);
  const catalogue = await catalogueOf(read);
  const parts = await partsOf(read, links);
  const results = await patientResults(read, streams, undefined, LIST_LIMIT + 1, links);
  const reports = await reportsOf(read, links);
  const lists = [parts.visits, parts.orders, parts.specimens, results, reports];
  const { address, unknown } = state;
  return {
    ...personOf(document, read.now),
    status: state.status,
    legacy: state.legacy,
    aliases: state.aliases,
    address: {
      line: address?.line ?? null,
      village: address?.village ?? null,
      district: address?.district ?? null,
      state: address?.state ?? null,
      pin: address?.pin ?? null,
    },
    category: state.category ?? null,
    unknownPerson:
      unknown === undefined
        ? null
        : { description: unknown.description ?? null, marks: unknown.marks ?? [], broughtBy: unknown.broughtBy ?? null },
    registeredAt: state.registeredAt ?? null,
    recordHere: document.events > 0,
    allergies: allergiesOf(family),
    alerts: alertsOf(family),
    linked: await linkedRecords(read, document, family),
    visits: parts.visits.slice(0, LIST_LIMIT).map((visit) => visitRow(visit, catalogue)),
    orders: await Promise.all(parts.orders.slice(0, LIST_LIMIT).map((order) => orderRow(read, order, catalogue))),
    specimens: parts.specimens.slice(0, LIST_LIMIT).map((specimen) => specimenRow(specimen, catalogue)),
    results: await resultShapes(read, results.slice(0, LIST_LIMIT), catalogue),
    reports: reports.slice(0, LIST_LIMIT).map(reportRow),
    issues: [...family, ...parts.visits, ...parts.orders, ...parts.specimens, ...results, ...reports].flatMap(issueShapes),
    more: lists.some((list) => list.length > LIST_LIMIT),
    asOf: read.now,
  };
}

async function linkedRecords(
  read: ViewReader,
  { stream, state }: Document<PatientState>,
  family: readonly Document<PatientState>[],
): Promise<QueryResult<'patient'>['linked']> {
  const entry = (one: Document<PatientState>, how: 'into' | 'from') => ({
    patient: one.stream as StreamId,
    uhid: one.state.uhid ?? null,
    name: one.state.name ?? one.state.nameHi ?? '',
    how,
  });
  const into = state.linkedInto === undefined ? undefined : await read.document<PatientState>(state.linkedInto);
  return [
    ...(into === undefined ? [] : [entry(into, 'into')]),
    ...family.filter((one) => one.stream !== stream).map((one) => entry(one, 'from')),
  ];
}
