// A small hospital for tests: departments, containers, the whole laboratory catalogue, roles, and a user of each role.
import { importCatalogue } from './catalogue/import-csv.ts';
import { LAB_CATALOG_CSV } from './catalogue/lab-catalog.ts';
import { CONTAINER_SEED, DEPARTMENT_SEED } from './catalogue/seed.ts';
import { commands } from './commands.ts';
import { containerEvent } from './container/container.ts';
import { departmentEvent } from './department/department.ts';
import { hospitalEvent } from './hospital/hospital.ts';
import { DEFAULT_ROLES } from './role/defaults.ts';
import { roleEvent } from './role/role.ts';
import type { Actor } from './shared/actor.ts';
import { createWorld, testStream, type World } from './shared/testing.ts';
import { streams } from './streams.ts';
import { testEvent } from './test/test.ts';
import { userEvent } from './user/user.ts';

function permissionsOf(role: string): ReadonlySet<string> {
  const own = DEFAULT_ROLES.find((one) => one.role === role)?.permissions ?? [];
  return new Set(own.includes('*') ? [...commands.keys()] : own);
}

/** A user with one role, on the test's desk. */
export function actorOf(user: string, role: string): Actor {
  return {
    user: testStream('user', user),
    userName: user,
    roles: [role],
    permissions: permissionsOf(role),
    session: 'test',
    device: testStream('device', 'desk'),
  };
}

export const ADMIN = actorOf('admin', 'admin');
export const CLERK = actorOf('clerk', 'registration-clerk');
export const PHLEBOTOMIST = actorOf('phlebo', 'phlebotomist');
export const TECHNICIAN = actorOf('tech', 'lab-technician');
export const TECHNICIAN_2 = actorOf('tech2', 'lab-technician');
export const PATHOLOGIST = actorOf('path', 'pathologist');

export function hospitalWorld(): World {
  const world = createWorld({ streams, commands, actor: ADMIN });
  world.given(hospitalEvent(testStream('hospital', 'here'), 'HospitalCreated', { name: 'Test Hospital' }));
  world.given(...DEPARTMENT_SEED.map((one) => departmentEvent(testStream('department', one.code), 'DepartmentDefined', one)));
  world.given(...CONTAINER_SEED.map((one) => containerEvent(testStream('container', one.code), 'ContainerDefined', one)));
  const { tests } = importCatalogue(LAB_CATALOG_CSV, { status: 'approved' });
  world.given(...tests.map((one) => testEvent(testStream('test', one.code), 'TestDefined', one)));
  world.given(...DEFAULT_ROLES.map((one) => roleEvent(testStream('role', one.role), 'RoleDefined', one)));
  for (const actor of [ADMIN, CLERK, PHLEBOTOMIST, TECHNICIAN, TECHNICIAN_2, PATHOLOGIST]) {
    world.given(
      userEvent(actor.user, 'UserCreated', { user: actor.userName, name: actor.userName }),
      ...actor.roles.map((role) => userEvent(actor.user, 'RoleGranted', { role })),
    );
  }
  return world;
}

export interface Placed {
  readonly uhid: string;
  readonly patient: string;
  readonly order: { readonly order: string; readonly number: string };
  readonly specimens: readonly { readonly accession: string; readonly container: string; readonly tests: readonly string[] }[];
}

/** A registered woman of 34 with these tests ordered. */
export async function registered(
  world: World,
  tests: readonly string[] = ['PLT', 'HGB'],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Placed & { readonly accession: string }> {
  const placed = await world.done<Placed>(
    'registerPatient',
    { name: 'Sunita Devi', sex: 'female', age: { years: 34 }, tests: [...tests], visit: { department: 'MED-OPD' }, ...more },
    CLERK,
  );
  const [first] = placed.specimens;
  if (first === undefined) throw new Error('no tube was planned');
  return { ...placed, accession: first.accession };
}

/** The same, with the first tube collected and received. */
export async function received(world: World, tests?: readonly string[], more?: Readonly<Record<string, unknown>>) {
  const placed = await registered(world, tests, more);
  await world.done('collectSpecimen', { accession: placed.accession }, PHLEBOTOMIST);
  await world.done('receiveSpecimen', { accession: placed.accession }, TECHNICIAN);
  return placed;
}
