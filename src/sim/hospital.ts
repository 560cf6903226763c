// The simulated hospital: the real kernel with a small catalogue, a role for each kind of work, and two people in each.
import type { Actor } from '#kernel/shared/actor.ts';
import { commands } from '#kernel/commands.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { streams } from '#kernel/streams.ts';
import { derivedStreamId } from '#journal/streams.ts';
import type { Domain } from '#roles/replica/ports.ts';
import { queries } from '#views/queries.ts';
import { views } from '#views/views.ts';
import type { Sha256 } from './sim-crypto.ts';

export const hospitalDomain: Domain = { streams, commands, views, queries };

export const TESTS = ['PLT', 'HGB', 'GLU', 'CREA'] as const;
export const DEPARTMENT = 'MED';

/** What each kind of person may do: roles decide, and the forger tries to write without them. */
export const ROLES = {
  clerk: [
    'registerPatient',
    'correctPatient',
    'linkPatients',
    'unlinkPatients',
    'startVisit',
    'placeOrder',
    'cancelOrder',
    'acceptCard',
    'identifyPatient',
    'recordAllergy',
  ],
  collector: ['collectSpecimen', 'collectUnidentified', 'linkSpecimen', 'labelSpecimen', 'notCollected', 'dispatchSpecimens'],
  technician: [
    'receiveSpecimen',
    'rejectSpecimen',
    'recollectSpecimen',
    'enterResult',
    'repeatTest',
    'cancelTest',
    'validateTechnically',
    'recordCriticalCall',
    'closeCriticalCall',
  ],
  pathologist: [
    'validateMedically',
    'releaseReport',
    'amendResult',
    'settleIssue',
    'recordCriticalCall',
    'closeCriticalCall',
    'recordPrint',
  ],
  administrator: ['createUser', 'grantRole', 'removeRole', 'disableUser', 'enableUser', 'changeSettings', 'defineTest'],
} as const;
export type RoleName = keyof typeof ROLES;
const ROLE_NAMES = Object.keys(ROLES) as RoleName[]; // keys of the table above

export interface Person {
  readonly user: StreamId;
  readonly login: string;
  readonly role: RoleName;
}

export function people(sha256: Sha256): readonly Person[] {
  return ROLE_NAMES.flatMap((role) =>
    ['one', 'two'].map((which) => ({ user: derivedStreamId(sha256, 'user', [role, which]), login: `${role}-${which}`, role })),
  );
}

export function actorOf(person: Person, device: StreamId): Actor {
  return {
    user: person.user,
    userName: person.login,
    roles: [person.role],
    permissions: new Set(ROLES[person.role]),
    session: `sim-${person.login}`,
    device,
  };
}

export function hospitalSeed(sha256: Sha256): readonly NewEvent[] {
  const stream = (type: string, name: string): StreamId => derivedStreamId(sha256, type, [name]);
  return [
    ...ROLE_NAMES.map((role) => ({
      stream: stream('role', role),
      type: 'RoleDefined',
      data: { role, title: role, permissions: [...ROLES[role]] },
    })),
    ...people(sha256).flatMap((person) => [
      { stream: person.user, type: 'UserCreated', data: { user: person.login, name: person.login } },
      { stream: person.user, type: 'RoleGranted', data: { role: person.role } },
    ]),
    {
      stream: stream('department', DEPARTMENT),
      type: 'DepartmentDefined',
      data: { code: DEPARTMENT, name: 'Medicine', kind: 'outpatient' },
    },
    {
      stream: stream('container', 'edta'),
      type: 'ContainerDefined',
      data: { code: 'edta', name: 'EDTA', colour: 'lavender', drawOrder: 3 },
    },
    { stream: stream('container', 'sst'), type: 'ContainerDefined', data: { code: 'sst', name: 'Serum', colour: 'gold', drawOrder: 2 } },
    ...TESTS.map((code, i) => ({ stream: stream('test', code), type: 'TestDefined', data: testData(code, i < 2 ? 'edta' : 'sst') })),
  ];
}

function testData(code: string, container: string): object {
  return {
    code,
    name: code,
    specimenType: 'blood',
    containers: [container],
    calculated: false,
    value: 'number',
    unit: 'g/dL',
    unitSynonyms: [],
    normalTexts: [],
    criticalTexts: [],
    // Below 20 is critical, so that calls are part of the work.
    ranges: [{ sex: 'any', fromDays: 0, low: 40, high: 160, criticalLow: 20 }],
    status: 'approved',
  };
}
