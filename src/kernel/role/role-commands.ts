// Defines and retires roles. Needs a hub.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import type { Document } from '#kernel/shared/document.ts';
import { roleName, text } from '#kernel/shared/fields.ts';
import { permission, roleEvent, type RoleState } from './role.ts';

const defineInput = z.strictObject({
  role: roleName,
  title: text(80),
  titleHi: text(80).optional(),
  permissions: z.array(permission).max(500),
});
const result = z.object({ role: z.string(), stream: z.string() });

export const defineRole = buildCommand<z.infer<typeof defineInput>, true, z.infer<typeof result>>({
  name: 'defineRole',
  title: { en: 'Define role', hi: 'भूमिका तय करें' },
  input: defineInput,
  result,
  writes: ['RoleDefined'],
  needsHub: true,
  load: async () => found(true as const),
  decide(given, _facts, env) {
    const stream = env.derivedStream('role', given.role);
    const { role, title, titleHi } = given;
    return done({ role, stream }, [
      roleEvent(stream, 'RoleDefined', { role, title, titleHi, permissions: [...new Set(given.permissions)].sort() }),
    ]);
  },
});

const retireInput = z.strictObject({ role: roleName });

export const retireRole = buildCommand<z.infer<typeof retireInput>, Document<RoleState>, z.infer<typeof result>>({
  name: 'retireRole',
  title: { en: 'Retire role', hi: 'भूमिका समाप्त करें' },
  input: retireInput,
  result,
  writes: ['RoleRetired'],
  needsHub: true,
  async load(given, read) {
    const role = (await read.all<RoleState>('role')).find((one) => one.state.role === given.role && !one.state.retired);
    return role === undefined ? missing('role-unknown', { role: given.role }, 'role') : found(role);
  },
  when: (_actor, role) => (role.state.role === 'admin' ? no('role-admin-stays') : YES),
  decide: (given, role) => done({ role: given.role, stream: role.stream }, [roleEvent(role.stream, 'RoleRetired', {})]),
});
