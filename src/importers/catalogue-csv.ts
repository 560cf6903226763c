// The test catalogue from CSV, and what a new hospital starts with, as commands. Reading and judging the rows is the kernel's.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import type { CommandId } from '#kernel/shared/ids.ts';
import { importCatalogue } from '#kernel/catalogue/import-csv.ts';
import type { RowProblem } from '#kernel/catalogue/import-csv.ts';
import { CONTAINER_SEED, DEPARTMENT_SEED } from '#kernel/catalogue/seed.ts';
import type { TestData } from '#kernel/test/test.ts';

export interface CatalogueCommand {
  /** From the content: giving it twice has no second effect, giving a changed one has. */
  readonly key: CommandId;
  readonly do: 'defineTest' | 'defineContainer' | 'defineDepartment';
  readonly with: unknown;
}

export interface CataloguePlan {
  readonly commands: readonly CatalogueCommand[];
  /** For the dry run. A test with a problem is left out whole. */
  readonly problems: readonly RowProblem[];
}

export interface CatalogueOptions {
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** `approved` only when a pathologist of this hospital has approved the ranges. */
  readonly status: TestData['status'];
  /** Codes of containers that the hospital has defined itself. */
  readonly knownContainers?: ReadonlySet<string>;
}

export function planCatalogue(text: string, options: CatalogueOptions): CataloguePlan {
  const { tests, problems } = importCatalogue(text, {
    status: options.status,
    ...(options.knownContainers === undefined ? {} : { knownContainers: options.knownContainers }),
  });
  return { commands: tests.map((test) => command('defineTest', test, options.sha256)), problems };
}

/** Departments and containers of a new hospital; they come before its tests. */
export function planSeed(sha256: CatalogueOptions['sha256']): readonly CatalogueCommand[] {
  return [
    ...CONTAINER_SEED.map((container) => command('defineContainer', container, sha256)),
    ...DEPARTMENT_SEED.map((department) => command('defineDepartment', department, sha256)),
  ];
}

function command(name: CatalogueCommand['do'], input: unknown, sha256: CatalogueOptions['sha256']): CatalogueCommand {
  const key = parseCommandId(`${name}-${toBase64Url(sha256(new TextEncoder().encode(JSON.stringify(input)))).slice(0, 32)}`);
  if (key === undefined) throw new TypeError('invariant: base64url makes a command id');
  return { key, do: name, with: input };
}
