// Query: departments of the hospital.
import { allDepartments } from '../read/catalogue.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { defineQuery } from '../view.ts';

export const departmentsQuery = defineQuery({
  name: 'departments',
  ...QUERY_SIGNATURES.departments,
  audited: () => [],
  run: async (_input, read) => ({ ok: true, result: { departments: await allDepartments(read) } }),
});
