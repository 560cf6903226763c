// Users, roles and the catalogue: what an administrator may do, what nobody may, and removal that names what it removes.
import { describe, expect, test } from 'vitest';
import { ADMIN, CLERK, hospitalWorld, PATHOLOGIST, received, TECHNICIAN } from './hospital-for-tests.ts';
import { issueCodes, testStream, type World } from './shared/testing.ts';
import { rolesOf, type UserState } from './user/user.ts';

const VERIFIER = `$argon2id$v=19$m=65536,t=3,p=1$${'c2FsdHNhbHQ'}$${'aGFzaGhhc2hoYXNo'}`;
const roles = (world: World, user: string) => rolesOf(world.document<UserState>(testStream('user', user))?.state ?? never());
function never(): never {
  throw new Error('no such user');
}
async function code(world: World, command: string, input: unknown, as = ADMIN): Promise<string> {
  const outcome = await world.do(command, input, as);
  return outcome.ok ? 'done' : outcome.rejection.code;
}

describe('users', () => {
  test('a password as typed never gets in; a verifier does', async () => {
    const world = hospitalWorld();
    const asha = { user: 'Asha', name: 'Asha', roles: ['nurse'] };
    expect(await code(world, 'createUser', { ...asha, password: 'secret' })).toBe('password-not-hashed');
    expect(await code(world, 'createUser', { ...asha, verifier: 'secret' })).toBe('input-invalid');
    expect(await code(world, 'createUser', { ...asha, roles: ['wizard'] })).toBe('role-unknown');
    expect(await code(world, 'createUser', asha, CLERK)).toBe('role-missing');
    await world.done('createUser', { ...asha, verifier: VERIFIER });
    expect(world.document<UserState>(testStream('user', 'asha'))?.state).toMatchObject({ user: 'asha', password: { verifier: VERIFIER } });
    expect(await code(world, 'createUser', { ...asha, user: 'ASHA' })).toBe('user-exists');
  });
  test('everybody sets their own password; somebody else’s needs the role', async () => {
    const world = hospitalWorld();
    expect(await code(world, 'setVerifier', { user: 'clerk', kind: 'password', verifier: VERIFIER }, CLERK)).toBe('done');
    expect(await code(world, 'setVerifier', { user: 'tech', kind: 'password', verifier: VERIFIER }, CLERK)).toBe('role-missing');
    expect(await code(world, 'setVerifier', { user: 'tech', kind: 'password', verifier: VERIFIER })).toBe('done');
  });
  test('a role taken here and given again there stays given: removal names the grants that it knew', async () => {
    const here = hospitalWorld();
    const there = here.fork('other-hub');
    await there.done('removeRole', { user: 'tech', role: 'lab-technician' });
    await there.done('grantRole', { user: 'tech', role: 'lab-technician' });
    await here.done('removeRole', { user: 'tech', role: 'lab-technician' });
    expect(roles(here, 'tech')).toEqual([]);
    here.meet(there);
    there.meet(here);
    expect(roles(here, 'tech')).toEqual(['lab-technician']);
    expect(roles(there, 'tech')).toEqual(['lab-technician']);
    expect(await code(here, 'removeRole', { user: 'admin', role: 'admin' })).toBe('own-role');
    expect(await code(here, 'removeRole', { user: 'tech', role: 'nurse' })).toBe('role-not-held');
    expect(await code(here, 'disableUser', { user: 'admin' })).toBe('own-account');
  });
  test('two cut-off hubs that make one login: the first counts, and it is shown', async () => {
    const here = hospitalWorld();
    const there = here.fork('other-hub');
    await here.done('createUser', { user: 'asha', name: 'Asha One', roles: [] });
    there.wait(1);
    await there.done('createUser', { user: 'asha', name: 'Asha Two', roles: [] });
    here.meet(there);
    expect(issueCodes(here)).toEqual(['user-created-twice']);
    expect(world(here)).toMatchObject({ name: 'Asha One' });
    function world(one: World) {
      return one.document<UserState>(testStream('user', 'asha'))?.state;
    }
  });
});

describe('catalogue', () => {
  test('a test with ranges that overlap is refused; a good one can be ordered; a retired one cannot', async () => {
    const world = hospitalWorld();
    const range = { sex: 'any', fromDays: 0, low: 1, high: 2 };
    const one = {
      code: 'NEWT',
      name: 'New test',
      specimenType: 'serum',
      containers: ['sst'],
      calculated: false,
      value: 'number',
      unit: 'mg/dL',
      unitSynonyms: [],
      normalTexts: [],
      criticalTexts: [],
      ranges: [range],
      status: 'proposed',
    };
    expect(await code(world, 'defineTest', { ...one, ranges: [range, { ...range, sex: 'female' }] })).toBe('range-overlaps');
    expect(await code(world, 'defineTest', { ...one, containers: ['bucket'] })).toBe('container-unknown');
    expect(await code(world, 'defineTest', { ...one, unit: undefined })).toBe('test-unit-needed');
    expect(await code(world, 'defineTest', one, CLERK)).toBe('role-missing');
    await world.done('defineTest', one, PATHOLOGIST);
    const { uhid } = await received(world, ['NEWT']);
    await world.done('approveTest', { code: 'NEWT' }, PATHOLOGIST);
    expect(await code(world, 'approveTest', { code: 'NEWT' }, PATHOLOGIST)).toBe('test-approved-already');
    await world.done('retireTest', { code: 'NEWT' });
    expect(await code(world, 'placeOrder', { uhid, tests: ['NEWT'] })).toBe('test-unknown');
    expect(await code(world, 'startVisit', { uhid, department: 'NOWHERE' })).toBe('department-unknown');
  });
  test('a hospital that wants it: who entered may not validate', async () => {
    const world = hospitalWorld();
    await world.done('changeSettings', { enteredMayValidateTechnically: false });
    const { accession } = await received(world, ['PLT']);
    await world.done('enterResult', { accession, test: 'PLT', value: 200, unit: '10*3/uL' }, TECHNICIAN);
    expect(await code(world, 'validateTechnically', { accession }, TECHNICIAN)).toBe('entered-by-same-person');
    expect(await code(world, 'validateTechnically', { accession }, PATHOLOGIST)).toBe('done');
    expect(await code(world, 'validateMedically', { accession }, PATHOLOGIST)).toBe('validated-by-same-person');
    expect(await code(world, 'changeSettings', {})).toBe('nothing-to-change');
  });
});
