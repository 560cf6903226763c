// A role: a name and the commands and queries that it allows.
import { z } from 'zod';
import { roleName, text } from '#kernel/shared/fields.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
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
  /** What it allowed once, and which event took it away: work that did not know of that event stands. */
  readonly removed: readonly { readonly permission: string; readonly by: EventRef }[];
  readonly retired: boolean;
}

/** Those removed before, less what is allowed again, and what is taken away now. */
function removedAfter(state: RoleState, allowed: readonly string[], by: EventRef): RoleState['removed'] {
  const now = new Set(allowed);
  const had = state.retired ? [] : state.permissions;
  return [
    ...state.removed.filter((gone) => !now.has(gone.permission)),
    ...had.filter((permission) => !now.has(permission)).map((permission) => ({ permission, by })),
  ];
}

export const roleStream = defineStream<RoleState, typeof roleEvents>({
  type: 'role',
  trust: true,
  events: roleEvents,
  initial: { role: undefined, title: undefined, titleHi: undefined, permissions: [], removed: [], retired: false },
  on: {
    RoleDefined: (state, data, event) => ({
      role: data.role,
      title: data.title,
      titleHi: data.titleHi,
      permissions: data.permissions,
      removed: removedAfter(state, data.permissions, event.ref),
      retired: false,
    }),
    RoleRetired: (state, _data, event) => ({ ...state, removed: removedAfter(state, [], event.ref), retired: true }),
  },
  numbers: () => [],
  links: () => [],
  unit: () => undefined,
});
