// Query: roles and what they allow.
import type { RoleState } from '#kernel/role/role.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { oneEach } from '../read/catalogue.ts';
import { defineQuery } from '../view.ts';

export const rolesQuery = defineQuery({
  name: 'roles',
  ...QUERY_SIGNATURES.roles,
  audited: () => [],
  run: async (_input, read) => {
    const documents = await read.all<RoleState>('role');
    const all = documents.flatMap(({ stream, state }) =>
      state.role === undefined
        ? []
        : [
            {
              stream,
              role: state.role,
              title: state.title ?? state.role,
              titleHi: state.titleHi ?? state.title ?? state.role,
              permissions: state.permissions,
              retired: state.retired,
            },
          ],
    );
    return { ok: true, result: { roles: [...oneEach(all, (one) => one.role)].sort((a, b) => (a.role < b.role ? -1 : 1)) } };
  },
});
