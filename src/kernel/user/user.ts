// A user of the system: login, names, verifiers, roles. It must not see a password, only verifiers made from one.
import { z } from 'zod';
import { eventRefField, loginName, note, personName, roleName } from '#kernel/shared/fields.ts';
import type { EventRef } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { Instant } from '#kernel/shared/time.ts';

export const verifierKind = z.enum(['password', 'pin']);
/** An encoded argon2id hash, as RFC 9106 implementations print it. */
export const verifierText = z.string().regex(/^\$argon2id\$[\x21-\x7e]{20,400}$/);

export const userEvents = {
  UserCreated: z.object({ user: loginName, name: personName, nameHi: personName.optional() }),
  UserRenamed: z.object({ name: personName, nameHi: personName.optional() }),
  VerifierSet: z.object({ kind: verifierKind, verifier: verifierText }),
  RoleGranted: z.object({ role: roleName }),
  /** Removes the grants that it names and no other: a grant given elsewhere at the same time stands. */
  RoleRemoved: z.object({ role: roleName, grants: z.array(eventRefField).max(100) }),
  UserDisabled: z.object({ reason: note.optional() }),
  UserEnabled: z.object({ reason: note.optional() }),
  /** A key of the user's own, wrapped by the password: with it an administrator signs trust events. */
  KeyWrapped: z.object({ publicKey: z.string().max(64), wrapped: z.string().max(2_000) }),
};
export const userEvent = eventMaker(userEvents);

export interface Grant {
  readonly role: string;
  readonly ref: EventRef;
}

export interface UserState {
  readonly user: string | undefined;
  readonly name: string | undefined;
  readonly nameHi: string | undefined;
  readonly password: { readonly verifier: string; readonly setAt: Instant } | undefined;
  readonly pin: { readonly verifier: string; readonly setAt: Instant } | undefined;
  readonly key: { readonly publicKey: string; readonly wrapped: string } | undefined;
  readonly grants: readonly Grant[];
  readonly removed: readonly EventRef[];
  /** Grants taken away, with the event that did it: a commit whose author did not know the removal still counts. */
  readonly removedGrants: readonly (Grant & { readonly by: EventRef })[];
  readonly disabled: boolean;
  readonly created: EventRef | undefined;
}

/** Names of the roles held now, each once, sorted. */
export function rolesOf(state: UserState): readonly string[] {
  return [...new Set(state.grants.map((grant) => grant.role))].sort();
}

export const userStream = defineStream<UserState, typeof userEvents>({
  type: 'user',
  trust: true,
  events: userEvents,
  initial: {
    user: undefined,
    name: undefined,
    nameHi: undefined,
    password: undefined,
    pin: undefined,
    key: undefined,
    grants: [],
    removed: [],
    removedGrants: [],
    disabled: false,
    created: undefined,
  },
  on: {
    UserCreated: (state, data, event, context) => {
      if (state.created !== undefined && !context.knows(state.created)) {
        context.issue('user-created-twice', [state.created, event.ref]);
        return state;
      }
      return { ...state, user: data.user, name: data.name, nameHi: data.nameHi, created: state.created ?? event.ref };
    },
    UserRenamed: (state, data) => ({ ...state, name: data.name, nameHi: data.nameHi }),
    VerifierSet: (state, data, event) => ({ ...state, [data.kind]: { verifier: data.verifier, setAt: event.committedAt } }),
    RoleGranted: (state, data, event) =>
      state.removed.includes(event.ref) || state.grants.some((grant) => grant.ref === event.ref)
        ? state
        : { ...state, grants: [...state.grants, { role: data.role, ref: event.ref }] },
    RoleRemoved: (state, data, event) => ({
      ...state,
      removed: [...new Set([...state.removed, ...data.grants])],
      removedGrants: [
        ...state.removedGrants,
        ...state.grants.filter((grant) => data.grants.includes(grant.ref)).map((grant) => ({ ...grant, by: event.ref })),
      ],
      grants: state.grants.filter((grant) => !data.grants.includes(grant.ref)),
    }),
    UserDisabled: (state) => ({ ...state, disabled: true }),
    UserEnabled: (state) => ({ ...state, disabled: false }),
    KeyWrapped: (state, data) => ({ ...state, key: data }),
  },
  numbers: (state) => (state.user === undefined ? [] : [`user:${state.user}`]),
  links: () => [],
  unit: () => undefined,
});
