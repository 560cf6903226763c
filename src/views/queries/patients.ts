// Query: the one box of the registration desk: number, phone or name, matches while typing.
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { searchPatients } from '../search/patient-search.ts';
import { defineQuery } from '../view.ts';

/** What a screen shows without scrolling, twice. */
const DEFAULT_LIMIT = 20;

export const patientsQuery = defineQuery({
  name: 'patients',
  ...QUERY_SIGNATURES.patients,
  audited: () => [],
  run: async ({ search, limit = DEFAULT_LIMIT }, read) => ({ ok: true, result: await searchPatients(read, search, limit) }),
});
