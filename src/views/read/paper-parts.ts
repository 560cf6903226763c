// Parts that several papers share: patient, hospital, tests, tubes. What is not known is said to be not known.
import type { HospitalState } from '#kernel/hospital/hospital.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { VisitState } from '#kernel/visit/visit.ts';
import type { z } from 'zod';
import type { hospitalContentShape, PatientContentShape, testContentShape, tubeContentShape, visitContentShape } from '../shapes/papers.ts';
import type { ViewReader } from '../view.ts';
import { ageWords, both, dateText, relationWords, SEX_WORDS, timeText } from '../words.ts';
import type { Catalogue } from './catalogue.ts';
import { ageShapeOf } from './persons.ts';

/** LOINC codes of tests that never stand in the plain part of a paper (PRODUCT.md: sensitive care): HIV antigen and antibody. */
const SENSITIVE_LOINC: ReadonlySet<string> = new Set(['56888-1', '2106-3']);

export async function hospitalContent(read: ViewReader): Promise<z.infer<typeof hospitalContentShape>> {
  const [hospital] = await read.all<HospitalState>('hospital');
  const name = hospital?.state.name ?? '';
  return { name: both(name, hospital?.state.nameHi) };
}

export function nameContent(name: string | undefined, nameHi: string | undefined): PatientContentShape['name'] {
  return { ...(name === undefined ? {} : { latin: name }), ...(nameHi === undefined ? {} : { devanagari: nameHi }) };
}

export function patientContent({ state }: Document<PatientState>, now: Instant): PatientContentShape {
  return {
    name: nameContent(state.name, state.nameHi),
    number: { kind: state.legacy ? 'external' : 'uhid', digits: state.uhid ?? '' },
    age: ageWords(ageShapeOf(state.age, now)),
    sex: SEX_WORDS[state.sex],
    ...(state.relation === undefined ? {} : { relation: relationWords(state.relation) }),
    ...(state.phone === undefined ? {} : { phone: state.phone }),
  };
}

/** Whose tube it is: the patient, or the name as told with the temporary number, or what could be read from the tube. */
export async function tubePatientContent(read: ViewReader, { state }: Document<SpecimenState>): Promise<PatientContentShape> {
  const patient = state.patient === undefined ? undefined : await read.document<PatientState>(state.patient);
  if (patient !== undefined) return patientContent(patient, read.now);
  const { told } = state;
  return {
    name: nameContent(told?.name, undefined),
    number: { kind: 'temporary', digits: state.temporary ?? state.accession ?? '' },
    age: ageWords(ageShapeOf(told?.age, read.now)),
    sex: SEX_WORDS[told?.sex ?? 'unknown'],
  };
}

export function testContents(codes: readonly string[], catalogue: Catalogue): readonly z.infer<typeof testContentShape>[] {
  return codes.map((code) => {
    const known = catalogue.test(code);
    return {
      code,
      name: both(known?.name ?? code, known?.nameHi),
      sensitive: known?.loinc !== null && known !== undefined && SENSITIVE_LOINC.has(known.loinc),
    };
  });
}

export function tubeContent({ state }: Document<SpecimenState>, catalogue: Catalogue): z.infer<typeof tubeContentShape> {
  const container = state.container === undefined ? undefined : catalogue.container(state.container);
  return {
    accession: state.accession ?? '',
    container: both(container?.name ?? state.container ?? '', container?.nameHi),
    tests: testContents(state.tests, catalogue),
    ...(state.collected === undefined ? {} : { collectedAt: timeText(state.collected.collectedAt) }),
  };
}

export function visitContent({ state }: Document<VisitState>, catalogue: Catalogue): z.infer<typeof visitContentShape> | undefined {
  if (state.number === undefined || state.department === undefined || state.startedAt === undefined) return undefined;
  const department = catalogue.department(state.department);
  const room = department?.room ?? null;
  return {
    number: state.number,
    department: both(department?.name ?? state.department, department?.nameHi),
    ...(room === null ? {} : { room: both(room, room) }),
    date: dateText(state.startedAt),
  };
}
