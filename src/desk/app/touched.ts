// Which queries may answer differently when streams of some types change. It errs on the side of asking again.
import type { QueryName } from '#views/query-signatures.ts';

const PERSON = ['patient'];
const TESTING = ['patient', 'visit', 'order', 'specimen', 'result', 'report'];
const CATALOGUE = ['test', 'container', 'department', 'hospital'];

const NEEDS: Readonly<Record<QueryName, readonly string[] | 'any'>> = {
  patients: PERSON,
  duplicates: PERSON,
  patient: TESTING,
  number: 'any',
  accessLog: ['access'],
  specimen: TESTING,
  order: TESTING,
  collectionList: ['patient', 'order', 'specimen'],
  labWorklist: TESTING,
  criticalCalls: ['patient', 'specimen', 'result'],
  report: TESTING,
  reports: ['report'],
  trend: ['result', 'specimen'],
  reconcile: 'any',
  catalogue: CATALOGUE,
  departments: CATALOGUE,
  users: ['user', 'role'],
  roles: ['role'],
  devices: ['device'],
  slipContent: TESTING,
  labelContent: TESTING,
  rackSheetContent: TESTING,
  reportContent: TESTING,
};

/**
 * A look at a record is itself written down as a fact. Only the list of looks answers differently then: asking everything
 * again would write the next look, and so on for ever.
 */
export function isTouched(query: string, types: readonly string[] | undefined): boolean {
  if (types === undefined) return true;
  const needs = (NEEDS as Readonly<Record<string, readonly string[] | 'any' | undefined>>)[query] ?? 'any'; // a query that a newer view brought
  return types.some((type) => (needs === 'any' ? type !== 'access' : needs.includes(type)));
}
