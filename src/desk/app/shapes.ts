// Short names for what the queries answer, as src/views declares it. Nothing is declared twice here.
import type { QueryResult } from '#views/query-signatures.ts';
import type { AgeShape, PersonShape } from '#views/shapes/common.ts';
import type {
  EvaluationShape,
  GivenValue,
  LabStep,
  ReportLineShape,
  ReportRow,
  ResultShape,
  SpecimenRow,
} from '#views/shapes/laboratory.ts';
import type { PatientRow } from '#views/shapes/patients.ts';
import type { ReconcileRow } from '#views/shapes/reconcile.ts';

export type {
  AgeShape,
  EvaluationShape,
  GivenValue,
  LabStep,
  PatientRow,
  ReportLineShape,
  ReportRow,
  PersonShape,
  ReconcileRow,
  ResultShape,
  SpecimenRow,
};
export type Sex = PersonShape['sex'];
export type PatientPage = QueryResult<'patient'>;
export type Allergies = PatientPage['allergies'];
export type SpecimenPage = QueryResult<'specimen'>;
export type TubesDue = QueryResult<'collectionList'>['rows'][number];
export type LabRow = QueryResult<'labWorklist'>['rows'][number];
export type CriticalCall = QueryResult<'criticalCalls'>['rows'][number];
export type ReportPage = QueryResult<'report'>;
export type Trend = QueryResult<'trend'>;
export type Catalogue = QueryResult<'catalogue'>;
export type TestShape = Catalogue['tests'][number];
export type ContainerShape = Catalogue['containers'][number];
export type DepartmentShape = QueryResult<'departments'>['departments'][number];
export type UserShape = QueryResult<'users'>['users'][number];
export type Candidate = QueryResult<'duplicates'>['candidates'][number];
export type { Flag } from '#kernel/result/result.ts';

/** How far a row has got: on this PC, on a hub, on two, in the vault; or it came on paper and its chain has not arrived. */
export type Reach = 'here' | 'hub' | 'twoHubs' | 'vault' | 'paper';
