// Every query by its name: what API, screens and headless desk can ask.
import { accessLogQuery } from './queries/access-log.ts';
import { catalogueQuery } from './queries/catalogue.ts';
import { collectionListQuery } from './queries/collection-list.ts';
import { criticalCallsQuery } from './queries/critical-calls.ts';
import { departmentsQuery } from './queries/departments.ts';
import { devicesQuery } from './queries/devices.ts';
import { duplicatesQuery } from './queries/duplicates.ts';
import { labWorklistQuery } from './queries/lab-worklist.ts';
import { labelContentQuery } from './queries/label-content.ts';
import { numberQuery } from './queries/number.ts';
import { orderQuery } from './queries/order.ts';
import { patientQuery } from './queries/patient.ts';
import { patientsQuery } from './queries/patients.ts';
import { rackSheetContentQuery } from './queries/rack-sheet-content.ts';
import { reconcileQuery } from './queries/reconcile.ts';
import { reportContentQuery } from './queries/report-content.ts';
import { reportQuery } from './queries/report.ts';
import { reportsQuery } from './queries/reports.ts';
import { rolesQuery } from './queries/roles.ts';
import { slipContentQuery } from './queries/slip-content.ts';
import { specimenQuery } from './queries/specimen.ts';
import { trendQuery } from './queries/trend.ts';
import { usersQuery } from './queries/users.ts';
import type { QueryDefinition } from './view.ts';

/** The host parses the input by the definition's own schema before it calls `run`, and hands `audited` what `run` gave. */
function erased<I, R>(query: QueryDefinition<I, R>): QueryDefinition {
  return query as unknown as QueryDefinition; // see above
}

const ALL: readonly QueryDefinition[] = [
  erased(patientsQuery),
  erased(patientQuery),
  erased(duplicatesQuery),
  erased(numberQuery),
  erased(accessLogQuery),
  erased(specimenQuery),
  erased(orderQuery),
  erased(collectionListQuery),
  erased(labWorklistQuery),
  erased(criticalCallsQuery),
  erased(reportQuery),
  erased(reportsQuery),
  erased(trendQuery),
  erased(reconcileQuery),
  erased(catalogueQuery),
  erased(departmentsQuery),
  erased(usersQuery),
  erased(rolesQuery),
  erased(devicesQuery),
  erased(slipContentQuery),
  erased(labelContentQuery),
  erased(rackSheetContentQuery),
  erased(reportContentQuery),
];

export const queries: ReadonlyMap<string, QueryDefinition> = new Map(ALL.map((query) => [query.name, query]));
