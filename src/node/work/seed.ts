// What a new hospital begins with: the roles, and the administrator who has them all. Departments and tests come from the catalogue.
import { DEFAULT_ROLES } from '#kernel/role/defaults.ts';
import { roleEvent } from '#kernel/role/role.ts';
import { userEvent } from '#kernel/user/user.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { derivedStreamId } from '#journal/streams.ts';

export const ADMIN = 'admin';

/** @param verifier argon2id of the administrator's password, as a PHC string */
export function adminSeed(sha256: (bytes: Uint8Array) => Uint8Array, verifier: string): readonly NewEvent[] {
  const user = derivedStreamId(sha256, 'user', [ADMIN]);
  return [
    ...DEFAULT_ROLES.map((role) => roleEvent(derivedStreamId(sha256, 'role', [role.role]), 'RoleDefined', role)),
    userEvent(user, 'UserCreated', { user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक' }),
    userEvent(user, 'VerifierSet', { kind: 'password', verifier }),
    ...DEFAULT_ROLES.map((role) => userEvent(user, 'RoleGranted', { role: role.role })),
  ];
}
