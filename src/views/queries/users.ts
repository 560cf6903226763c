// Query: users with their roles. It must not show a verifier or a wrapped key.
import { rolesOf, type UserState } from '#kernel/user/user.ts';
import { QUERY_SIGNATURES } from '../query-signatures.ts';
import { defineQuery } from '../view.ts';

export const usersQuery = defineQuery({
  name: 'users',
  ...QUERY_SIGNATURES.users,
  audited: () => [],
  run: async (_input, read) => {
    const documents = await read.all<UserState>('user');
    const users = documents
      .filter(({ state }) => state.user !== undefined)
      .map(({ stream, state }) => ({
        user: stream,
        userName: state.user ?? '',
        name: state.name ?? state.user ?? '',
        nameHi: state.nameHi ?? null,
        roles: rolesOf(state),
        disabled: state.disabled,
        hasPassword: state.password !== undefined,
        hasPin: state.pin !== undefined,
      }))
      .sort((a, b) => (a.userName < b.userName ? -1 : 1));
    return { ok: true, result: { users } };
  },
});
