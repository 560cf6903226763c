// A role: a name and the commands and queries that it allows.
import { z } from 'zod';
import { roleName, text } from '#kernel/shared/fields.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';

/** A command's name, `query:NAME`, or `*` for everything. */
export const permission = z.string().regex(/^(\*|(query:)?[a-zA-Z][A-Za-z0-9]{0,59}|query:\*)$/);

export const roleEvents = {
  RoleDefined: z.object({ role: roleName, title: text(80), titleHi: text(80).optional(), permissions: z.array(permission).max(500) }),
  RoleRetired: z.object({}),
};
export const roleEvent = eventMaker(roleEvents);

export interface RoleState {
  readonly role: string | undefined;
  readonly title: string | undefined;
  readonly titleHi: string | undefined;
  readonly permissions: readonly string[];
  readonly retired: boolean;
}

export const roleStream = defineStream<RoleState, typeof roleEvents>({
  type: 'role',
  trust: true,
  events: roleEvents,
  initial: { role: undefined, title: undefined, titleHi: undefined, permissions: [], retired: false },
  on: {
    RoleDefined: (_state, data) => ({ role: data.role, title: data.title, titleHi: data.titleHi, permissions: data.permissions, retired: false }),
    RoleRetired: (state) => ({ ...state, retired: true }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
