// Query: tests and tubes of the catalogue.
import { allContainers, allTests } from '../read/catalogue.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { defineQuery } from '../view.ts';

export const catalogueQuery = defineQuery({
  name: 'catalogue',
  ...QUERY_SIGNATURES.catalogue,
  audited: () => [],
  run: async (_input, read) => ({ ok: true, result: { tests: await allTests(read), containers: await allContainers(read) } }),
});
