// Query: what stands on the label of one tube.
import type { Document } from '#kernel/shared/document.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import { QUERY_SIGNATURES, type QueryResult } from '../query-signatures.ts';
import { catalogueOf } from '../read/catalogue.ts';
import { findDocument } from '../read/find.ts';
import { testContents, tubePatientContent } from '../read/paper-parts.ts';
import { ageShapeOf } from '../read/persons.ts';
import { maybeStamp } from '../read/specimens.ts';
import { defineQuery, type ViewReader } from '../view.ts';
import { ageSexShort, shortTimeText } from '../words.ts';

export const labelContentQuery = defineQuery({
  name: 'labelContent',
  ...QUERY_SIGNATURES.labelContent,
  audited: () => [],
  async run({ accession }, read) {
    const found = await findDocument<SpecimenState>(read, 'specimen', 'accession', { number: accession }, 'accession');
    return found.ok ? { ok: true, result: await label(read, found.document) } : found;
  },
});

async function label(read: ViewReader, document: Document<SpecimenState>): Promise<QueryResult<'labelContent'>> {
  const { stream, state } = document;
  const catalogue = await catalogueOf(read);
  const patient = state.patient === undefined ? undefined : await read.document<PatientState>(state.patient);
  const { name, number } = await tubePatientContent(read, document);
  const container = state.container === undefined ? undefined : catalogue.container(state.container);
  const volume = container?.volumeMl ?? null;
  const collectorName = (await maybeStamp(read, state.collected))?.userName ?? null;
  return {
    specimen: stream,
    copy: state.labels + 1,
    content: {
      accession: state.accession ?? '',
      patient: { name, number },
      ageSex:
        patient === undefined
          ? ageSexShort(ageShapeOf(state.told?.age, read.now), state.told?.sex ?? 'unknown')
          : ageSexShort(ageShapeOf(patient.state.age, read.now), patient.state.sex),
      container: `${container?.name ?? state.container ?? ''}${volume === null ? '' : ` ${volume} mL`}`,
      tests: testContents(state.tests, catalogue),
      urgent: state.urgency !== 'routine',
      ...(collectorName === null ? {} : { collector: collectorName }),
      ...(state.collected === undefined ? {} : { collectedAt: shortTimeText(state.collected.collectedAt) }),
      unidentified: patient === undefined || patient.state.status === 'unknown',
    },
  };
}
