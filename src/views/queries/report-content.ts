// Query: what stands on a printed report: the released version as it was released, corrections marked with what they replace.
import type { Document } from '#kernel/shared/document.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { ReportLine, ReportState, ReportVersion } from '#kernel/report/report.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { allDepartments, catalogueOf, type Catalogue } from '../read/catalogue.ts';
import { findDocument, refuse } from '../read/find.ts';
import { hospitalContent, nameContent, patientContent, visitContent } from '../read/paper-parts.ts';
import { ageShapeOf } from '../read/persons.ts';
import { sureAct } from '../read/results.ts';
import { visitOf } from '../read/visit-of.ts';
import { defineQuery, type ViewReader } from '../view.ts';
import { ageWords, both, SEX_WORDS, timeText } from '../words.ts';

type Content = QueryResult<'reportContent'>['content'];
type Row = Content['sections'][number]['rows'][number];

const TECHNICAL = { en: 'technical validation', hi: 'तकनीकी पुष्टि' };
const MEDICAL = { en: 'medical validation', hi: 'चिकित्सकीय पुष्टि' };

export const reportContentQuery = defineQuery({
  name: 'reportContent',
  ...QUERY_SIGNATURES.reportContent,
  audited: ({ patient }) => (patient === null ? [] : [patient]),
  async run({ report, version }, read) {
    const found = await findDocument<ReportState>(read, 'report', 'report', { stream: report }, 'report');
    if (!found.ok) return found;
    const { versions } = found.document.state;
    const chosen = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version);
    if (chosen === undefined) return refuse('nothing-here', { type: 'report' }, 'version');
    return { ok: true, result: await content(read, found.document, chosen) };
  },
});

async function content(read: ViewReader, document: Document<ReportState>, version: ReportVersion): Promise<QueryResult<'reportContent'>> {
  const { stream, state } = document;
  const catalogue = await catalogueOf(read);
  const order = state.order === undefined ? undefined : await read.document<OrderState>(state.order);
  const tubes = await read.documents<SpecimenState>(state.specimens);
  const visit = order === undefined ? undefined : await visitOf(read, order.state.visit, order.state.patient, order.state.placedAt);
  const shownVisit = visit === undefined ? undefined : visitContent(visit, catalogue);
  const laboratory = (await allDepartments(read)).find(({ kind, retired }) => kind === 'laboratory' && !retired);
  const orderedBy = order?.state.placedAt === undefined ? null : (await sureAct(read, order.state.placedAt, order.state.placedBy)).userName;
  const replaced = state.versions[version.version - 2];
  return {
    streams: [
      ...new Set<StreamId>([
        ...(state.patient === undefined ? [] : [state.patient]),
        ...state.specimens,
        ...version.lines.map(({ result }) => result),
        stream,
      ]),
    ],
    patient: state.patient ?? null,
    content: {
      hospital: await hospitalContent(read),
      laboratory: laboratory === undefined ? { en: 'Laboratory', hi: 'प्रयोगशाला' } : both(laboratory.name, laboratory.nameHi),
      number: state.number ?? '',
      status: version.status === 'partial' ? 'preliminary' : version.status,
      patient: await reportPatient(read, state, tubes),
      ...(shownVisit === undefined ? {} : { visit: shownVisit }),
      ...(orderedBy === null ? {} : { orderedBy }),
      specimens: tubes.map((tube) => specimenContent(tube, catalogue)),
      sections: sectionsOf(
        version,
        tubes,
        catalogue,
        replaced === undefined ? '' : ((await sureAct(read, version.at, version.by)).userName ?? ''),
      ),
      ...(await validators(read, version)),
      reportedAt: timeText(version.at),
      ...(await identityLink(read, version)),
      comments: version.reason === undefined ? [] : [{ en: `Corrected: ${version.reason}`, hi: `संशोधित: ${version.reason}` }],
      copy: state.copies + 1,
    },
  };
}

async function reportPatient(read: ViewReader, state: ReportState, tubes: readonly Document<SpecimenState>[]): Promise<Content['patient']> {
  const patient = state.patient === undefined ? undefined : await read.document<PatientState>(state.patient);
  if (patient !== undefined) return patientContent(patient, read.now);
  const told = tubes.find((tube) => tube.state.told !== undefined)?.state.told;
  return {
    name: nameContent(state.temporary?.name ?? told?.name, undefined),
    number: { kind: 'temporary', digits: state.temporary?.number ?? '' },
    age: ageWords(ageShapeOf(told?.age, read.now)),
    sex: SEX_WORDS[told?.sex ?? 'unknown'],
  };
}

function specimenContent({ state }: Document<SpecimenState>, catalogue: Catalogue): Content['specimens'][number] {
  const type = state.tests.map((test) => catalogue.test(test)?.specimenType).find((one) => one !== undefined);
  const container = state.container === undefined ? undefined : catalogue.container(state.container);
  const condition = state.receipts[0]?.condition;
  return {
    accession: state.accession ?? '',
    type: both(type ?? container?.name ?? '', type === undefined ? container?.nameHi : type),
    ...(state.collected === undefined ? {} : { collectedAt: timeText(state.collected.collectedAt) }),
    ...(state.receipts[0] === undefined ? {} : { receivedAt: timeText(state.receipts[0].at) }),
    ...(condition === undefined ? {} : { condition: both(condition, null) }),
  };
}

/** One section for each tube, in the order in which the tubes stand. */
function sectionsOf(
  version: ReportVersion,
  tubes: readonly Document<SpecimenState>[],
  catalogue: Catalogue,
  correctedBy: string,
): Content['sections'] {
  const order = tubes.map((tube) => tube.state.accession ?? '');
  const accessions = [...new Set(version.lines.map((line) => line.accession))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return accessions.map((accession) => {
    const container = tubes.find((tube) => tube.state.accession === accession)?.state.container;
    const known = container === undefined ? undefined : catalogue.container(container);
    return {
      title: both(known?.name ?? accession, known?.nameHi),
      accession,
      rows: version.lines.filter((line) => line.accession === accession).map((line) => rowOf(line, catalogue, correctedBy, version.at)),
    };
  });
}

function rowOf(line: ReportLine, catalogue: Catalogue, correctedBy: string, at: Instant): Row {
  const { corrects, evaluation } = line;
  const range = rangeText(evaluation.reference);
  return {
    name: both(line.name, catalogue.test(line.test)?.nameHi),
    value: String(line.value),
    unit: line.unit ?? '',
    ...(range === undefined ? {} : { range }),
    flag: evaluation.flag,
    ...(line.comment === undefined ? {} : { note: both(line.comment, null) }),
    ...(corrects === undefined
      ? {}
      : {
          correction: {
            oldValue: String(corrects.value),
            oldUnit: corrects.unit ?? '',
            reason: corrects.reason ?? '',
            by: correctedBy,
            at: timeText(at),
          },
        }),
  };
}

function rangeText(reference: ReportLine['evaluation']['reference']): string | undefined {
  if (reference === undefined) return undefined;
  const { low, high, normalTexts } = reference;
  if (low !== undefined && high !== undefined) return `${low} - ${high}`;
  if (low !== undefined) return `≥ ${low}`;
  if (high !== undefined) return `≤ ${high}`;
  return normalTexts === undefined || normalTexts.length === 0 ? undefined : normalTexts.join(', ');
}

/** Everybody who validated a line of this version, each once. */
async function validators(read: ViewReader, version: ReportVersion): Promise<Pick<Content, 'technicalValidator' | 'medicalValidator'>> {
  const names = async (users: readonly (StreamId | undefined)[]): Promise<string | undefined> => {
    const known = [...new Set(users.filter((user) => user !== undefined))];
    const found = await Promise.all(known.map(async (user) => (await sureAct(read, version.at, user)).userName));
    const shown = found.filter((name) => name !== null);
    return shown.length === 0 ? undefined : shown.join(', ');
  };
  const technical = await names(version.lines.map((line) => line.technicalBy));
  const medical = await names(version.lines.map((line) => line.medicalBy));
  const at = timeText(version.at);
  return {
    ...(technical === undefined ? {} : { technicalValidator: { name: technical, role: TECHNICAL, at } }),
    ...(medical === undefined ? {} : { medicalValidator: { name: medical, role: MEDICAL, at } }),
  };
}

async function identityLink(read: ViewReader, version: ReportVersion): Promise<Pick<Content, 'identityLink'>> {
  const confirmer = version.identity.find(({ by }) => by === 'second-person')?.confirmer;
  if (confirmer === undefined) return {};
  return { identityLink: { confirmedBy: (await sureAct(read, version.at, confirmer)).userName ?? '', at: timeText(version.at) } };
}
