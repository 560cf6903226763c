// Makes users, sets their verifiers, gives and takes roles. Needs a hub. It must not see a password: the replica turns one into a verifier first.
import { z } from 'zod';
import { allowed, no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing, type Found } from '#kernel/shared/build-command.ts';
import { defineCommand, reject, type CommandDefinition, type Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { loginName, note, personName, roleName } from '#kernel/shared/fields.ts';
import { parseStreamId } from '#kernel/shared/ids.ts';
import type { RoleState } from '#kernel/role/role.ts';
import { rolesOf, userEvent, verifierKind, verifierText, type UserState } from './user.ts';

type UserDocument = Document<UserState>;
const userResult = z.object({ user: z.string(), stream: z.string() });
type UserResult = z.infer<typeof userResult>;

/** Passwords as typed. The replica replaces them by `verifier` before the kernel decides; one that gets here is refused unread. */
const secret = z.string().min(1).max(200);

export async function readUser(read: Reader, who: string): Promise<Found<UserDocument>> {
  const stream = parseStreamId(who);
  const users = await read.all<UserState>('user');
  const user = users.find((one) => one.state.user !== undefined && (one.stream === stream || one.state.user === who.toLowerCase()));
  return user === undefined ? missing('user-unknown', {}, 'user') : found(user);
}

async function unknownRole(read: Reader, roles: readonly string[]): Promise<string | undefined> {
  const held = new Set((await read.all<RoleState>('role')).filter((role) => !role.state.retired).map((role) => role.state.role));
  return roles.find((role) => !held.has(role));
}

const createInput = z.strictObject({
  user: loginName,
  name: personName,
  nameHi: personName.optional(),
  roles: z.array(roleName).max(30),
  password: secret.optional(),
  pin: secret.optional(),
  verifier: verifierText.optional(),
  pinVerifier: verifierText.optional(),
});

export const createUser = buildCommand<z.infer<typeof createInput>, { readonly taken: boolean }, UserResult>({
  name: 'createUser',
  title: { en: 'Create user', hi: 'उपयोगकर्ता बनाएँ' },
  input: createInput,
  result: userResult,
  writes: ['UserCreated', 'VerifierSet', 'RoleGranted'],
  needsHub: true,
  async load(given, read) {
    const role = await unknownRole(read, given.roles);
    if (role !== undefined) return missing('role-unknown', { role }, 'roles');
    return found({ taken: !('missing' in (await readUser(read, given.user))) });
  },
  when: (_actor, { taken }) => (taken ? no('user-exists') : YES),
  decide(given, _facts, env) {
    if (given.password !== undefined || given.pin !== undefined)
      return reject('password-not-hashed', {}, given.password === undefined ? 'pin' : 'password');
    const stream = env.derivedStream('user', given.user);
    const events: NewEvent[] = [userEvent(stream, 'UserCreated', { user: given.user, name: given.name, nameHi: given.nameHi })];
    if (given.verifier !== undefined) events.push(userEvent(stream, 'VerifierSet', { kind: 'password', verifier: given.verifier }));
    if (given.pinVerifier !== undefined) events.push(userEvent(stream, 'VerifierSet', { kind: 'pin', verifier: given.pinVerifier }));
    for (const role of new Set(given.roles)) events.push(userEvent(stream, 'RoleGranted', { role }));
    return done({ user: given.user, stream }, events);
  },
});

const verifierInput = z.strictObject({
  user: z.string().trim().min(1).max(64),
  kind: verifierKind,
  verifier: verifierText.optional(),
  password: secret.optional(),
});

const setAnyVerifier = buildCommand<z.infer<typeof verifierInput>, UserDocument, UserResult>({
  name: 'setVerifier',
  title: { en: 'Set password or PIN', hi: 'पासवर्ड या PIN बदलें' },
  input: verifierInput,
  result: userResult,
  writes: ['VerifierSet'],
  needsHub: true,
  load: (given, read) => readUser(read, given.user),
  decide(given, user) {
    if (given.password !== undefined || given.verifier === undefined) return reject('password-not-hashed', {}, 'password');
    return done({ user: user.state.user ?? '', stream: user.stream }, [
      userEvent(user.stream, 'VerifierSet', { kind: given.kind, verifier: given.verifier }),
    ]);
  },
});

/** Everybody may set their own password; somebody else's needs the role. */
export const setVerifier: CommandDefinition<z.infer<typeof verifierInput>, Found<UserDocument>, UserResult> = defineCommand({
  ...setAnyVerifier,
  may(actor, facts) {
    if (facts !== undefined && 'missing' in facts) return setAnyVerifier.may(actor, facts);
    if (facts === undefined || facts.found.stream === actor.user) return YES;
    return allowed(actor, 'setVerifier');
  },
});

const roleInput = z.strictObject({ user: z.string().trim().min(1).max(64), role: roleName });

export const grantRole = buildCommand<z.infer<typeof roleInput>, UserDocument, UserResult>({
  name: 'grantRole',
  title: { en: 'Give a role', hi: 'भूमिका दें' },
  input: roleInput,
  result: userResult,
  writes: ['RoleGranted'],
  needsHub: true,
  async load(given, read) {
    const role = await unknownRole(read, [given.role]);
    return role === undefined ? readUser(read, given.user) : missing('role-unknown', { role }, 'role');
  },
  decide(given, user) {
    const held = rolesOf(user.state).includes(given.role);
    return done(
      { user: user.state.user ?? '', stream: user.stream },
      held ? [] : [userEvent(user.stream, 'RoleGranted', { role: given.role })],
    );
  },
});

export const removeRole = buildCommand<z.infer<typeof roleInput>, UserDocument, UserResult>({
  name: 'removeRole',
  title: { en: 'Take a role away', hi: 'भूमिका हटाएँ' },
  input: roleInput,
  result: userResult,
  writes: ['RoleRemoved'],
  needsHub: true,
  load: (given, read) => readUser(read, given.user),
  when(actor, user) {
    // Whoever takes the last administrator's role away locks everybody out; the own one is the likeliest mistake.
    return user.stream === actor.user ? no('own-role') : YES;
  },
  decide(given, user) {
    const grants = user.state.grants.filter((grant) => grant.role === given.role).map((grant) => grant.ref);
    if (grants.length === 0) return reject('role-not-held', { role: given.role }, 'role');
    return done({ user: user.state.user ?? '', stream: user.stream }, [
      userEvent(user.stream, 'RoleRemoved', { role: given.role, grants }),
    ]);
  },
});

const switchInput = z.strictObject({ user: z.string().trim().min(1).max(64), reason: note.optional() });

export const disableUser = buildCommand<z.infer<typeof switchInput>, UserDocument, UserResult>({
  name: 'disableUser',
  title: { en: 'Disable user', hi: 'उपयोगकर्ता बंद करें' },
  input: switchInput,
  result: userResult,
  writes: ['UserDisabled'],
  needsHub: true,
  load: (given, read) => readUser(read, given.user),
  when: (actor, user) => (user.stream === actor.user ? no('own-account') : user.state.disabled ? no('user-disabled-already') : YES),
  decide: (given, user) =>
    done({ user: user.state.user ?? '', stream: user.stream }, [userEvent(user.stream, 'UserDisabled', { reason: given.reason })]),
});

export const enableUser = buildCommand<z.infer<typeof switchInput>, UserDocument, UserResult>({
  name: 'enableUser',
  title: { en: 'Enable user', hi: 'उपयोगकर्ता चालू करें' },
  input: switchInput,
  result: userResult,
  writes: ['UserEnabled'],
  needsHub: true,
  load: (given, read) => readUser(read, given.user),
  when: (_actor, user) => (user.state.disabled ? YES : no('user-not-disabled')),
  decide: (given, user) =>
    done({ user: user.state.user ?? '', stream: user.stream }, [userEvent(user.stream, 'UserEnabled', { reason: given.reason })]),
});
