// What a new hospital begins with: the administrator, with a role that allows everything. Departments, tests and the other
// roles come from the catalogue.
import { roleEvent } from '#kernel/role/role.ts';
import { userEvent } from '#kernel/user/user.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { derivedStreamId } from '#journal/streams.ts';

export const ADMIN = 'admin';
const ADMINISTRATOR = 'administrator';

/** @param verifier argon2id of the administrator's password, as a PHC string */
export function adminSeed(sha256: (bytes: Uint8Array) => Uint8Array, verifier: string): readonly NewEvent[] {
  const role = derivedStreamId(sha256, 'role', [ADMINISTRATOR]);
  const user = derivedStreamId(sha256, 'user', [ADMIN]);
  return [
    roleEvent(role, 'RoleDefined', { role: ADMINISTRATOR, title: 'Administrator', titleHi: 'प्रशासक', permissions: ['*'] }),
    userEvent(user, 'UserCreated', { user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक' }),
    userEvent(user, 'VerifierSet', { kind: 'password', verifier }),
    userEvent(user, 'RoleGranted', { role: ADMINISTRATOR }),
  ];
}
