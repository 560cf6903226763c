// What a new hospital begins with: roles, departments, containers, the proposed test catalogue, and named users.
import { importCatalogue } from '#kernel/catalogue/import-csv.ts';
import { LAB_CATALOG_CSV } from '#kernel/catalogue/lab-catalog.ts';
import { CONTAINER_SEED, DEPARTMENT_SEED } from '#kernel/catalogue/seed.ts';
import { containerEvent } from '#kernel/container/container.ts';
import { departmentEvent } from '#kernel/department/department.ts';
import { DEFAULT_ROLES } from '#kernel/role/defaults.ts';
import { roleEvent } from '#kernel/role/role.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { testEvent } from '#kernel/test/test.ts';
import { userEvent } from '#kernel/user/user.ts';
import { derivedStreamId } from '#journal/streams.ts';

export interface SeedUser {
  /** What is typed to sign in. */
  readonly user: string;
  readonly name: string;
  readonly nameHi?: string;
  readonly roles: readonly string[];
  /** argon2id of the password, as a PHC string. */
  readonly verifier: string;
  readonly pinVerifier?: string;
}

export const ADMIN = 'admin';
export const EVERY_ROLE: readonly string[] = DEFAULT_ROLES.map((role) => role.role);

type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Streams are those that the catalogue's own commands would name, so that an administrator changes what was seeded. */
export function hospitalSeed(sha256: Sha256, users: readonly SeedUser[]): readonly NewEvent[] {
  const stream = (type: string, code: string): ReturnType<typeof derivedStreamId> => derivedStreamId(sha256, type, [code]);
  const catalogue = importCatalogue(LAB_CATALOG_CSV, { status: 'proposed' });
  if (catalogue.problems.length > 0) throw new Error('invariant: the shipped catalogue has no problems');
  return [
    ...DEFAULT_ROLES.map((role) => roleEvent(stream('role', role.role), 'RoleDefined', role)),
    ...DEPARTMENT_SEED.map((department) => departmentEvent(stream('department', department.code), 'DepartmentDefined', department)),
    ...CONTAINER_SEED.map((container) => containerEvent(stream('container', container.code), 'ContainerDefined', container)),
    ...catalogue.tests.map((test) => testEvent(stream('test', test.code), 'TestDefined', test)),
    ...users.flatMap((user) => userEvents(stream('user', user.user), user)),
  ];
}

function userEvents(stream: ReturnType<typeof derivedStreamId>, user: SeedUser): readonly NewEvent[] {
  return [
    userEvent(stream, 'UserCreated', { user: user.user, name: user.name, nameHi: user.nameHi }),
    userEvent(stream, 'VerifierSet', { kind: 'password', verifier: user.verifier }),
    ...(user.pinVerifier === undefined ? [] : [userEvent(stream, 'VerifierSet', { kind: 'pin', verifier: user.pinVerifier })]),
    ...user.roles.map((role) => userEvent(stream, 'RoleGranted', { role })),
  ];
}
