// A group of commands: each is read, asked "may I", decided and signed on what those before it staged; one sync for all.
import type { z } from 'zod';
import { YES, type Actor, type May } from '#kernel/shared/actor.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { CommandDefinition, Reader } from '#kernel/shared/command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import type { CommandId, CommitRef, StreamId } from '#kernel/shared/ids.ts';
import type { HospitalNumber, NumberKind } from '#kernel/shared/numbers.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import { instant, instantSchema, type Instant } from '#kernel/shared/time.ts';
import { MAX_AFTER, MAX_EVENTS, parseBody } from '#journal/body.ts';
import { MAX_BODY_BYTES, type Commit } from '#journal/commit.ts';
import type { Clock, Crypto } from '#journal/ports/crypto.ts';
import type { Sql } from '#journal/ports/storage.ts';
import { commitId } from '#journal/refs.ts';
import type { EpochTrust } from '#journal/trust.ts';
import { derivedStreamId, newStreamId } from '#journal/streams.ts';
import type { Applier } from './apply.ts';
import type { ChainHead, OwnChain } from './own-chain.ts';
import type { Domain } from './ports.ts';
import { SQL } from './schema.ts';
import type { StoredCommits } from './stored-commits.ts';

export type Executed =
  | { readonly ok: true; readonly commit: string; readonly n: number; readonly result: unknown; readonly repeated?: true }
  | { readonly ok: false; readonly rejection: Rejection };

export interface PendingCommand {
  readonly name: string;
  readonly input: unknown;
  readonly id: CommandId;
  readonly actor: Actor;
  /** When it happened, where that differs from now (back-entry). */
  readonly occurredAt?: Instant;
  readonly resolve: (executed: Executed) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupPorts {
  readonly domain: Domain;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly sql: Sql;
  readonly stored: Pick<StoredCommits, 'commits'>;
  readonly reader: () => Reader;
  readonly own: OwnChain;
  readonly mint: (kind: NumberKind) => HospitalNumber | undefined;
  readonly trustVector: [string, number][];
  /** What this device's certificate lets it write. */
  readonly writes: EpochTrust['writes'] | undefined;
  readonly firstN: number;
  readonly applier: Applier;
  readonly isHub: boolean;
}

export interface DecidedGroup {
  readonly commits: readonly Commit[];
  /** Tells every command its answer; called when all is durable. */
  answer(): void;
}

export async function executeGroup(group: readonly PendingCommand[], ports: GroupPorts): Promise<DecidedGroup> {
  const commits: Commit[] = [];
  const answers: (() => void)[] = [];
  const inGroup = new Map<CommandId, Done>();
  for (const command of group) {
    const before = inGroup.get(command.id);
    const executed =
      (before === undefined ? await alreadyDone(command, ports) : sameAsker(command, before) ? before.executed : KEY_USED) ??
      (await decideOne(command, ports, commits));
    if (executed.ok) inGroup.set(command.id, { name: command.name, user: command.actor.user, executed });
    answers.push(() => command.resolve(executed));
  }
  return { commits, answer: () => answers.forEach((tell) => tell()) };
}

interface Done {
  readonly name: string;
  readonly user: string | undefined;
  readonly executed: Executed;
}

/** A key belongs to who used it first and for what: nobody gets another's answer by guessing one. */
const KEY_USED: Executed = { ok: false, rejection: { code: 'key-used', facts: {} } };

function sameAsker(command: PendingCommand, done: Omit<Done, 'executed'>): boolean {
  return done.name === command.name && done.user === command.actor.user;
}

/** The answer of a command that was done before: the id makes a repeat harmless. */
async function alreadyDone(command: PendingCommand, ports: GroupPorts): Promise<Executed | undefined> {
  const row = (await ports.sql.read(SQL.commandGet, [command.id]))[0];
  if (row === undefined) return undefined;
  const n = Number(row['n']);
  const commit = (await ports.stored.commits([n]))[0];
  if (commit?.body === undefined) return undefined;
  const body = parseBody(commit.body);
  if (body === undefined || !sameAsker(command, { name: body.do, user: body.user })) return KEY_USED;
  return { ok: true, commit: commitId(commit.hash), n, result: body.result, repeated: true };
}

async function decideOne(command: PendingCommand, ports: GroupPorts, commits: Commit[]): Promise<Executed> {
  const definition = ports.domain.commands.get(command.name);
  if (definition === undefined) return refuse({ code: 'command-unknown', facts: { command: command.name } });
  if (definition.needsHub && !ports.isHub) return refuse({ code: 'needs-hub', facts: { command: command.name } });
  const input = definition.input.safeParse(command.input);
  if (!input.success) return refuse(inputProblem(input.error));
  if (command.occurredAt !== undefined && !instantSchema.safeParse(command.occurredAt).success)
    return refuse({ code: 'input-invalid', facts: { problem: 'not a time', problems: 1 }, field: 'occurredAt' });
  const decided = await decide(definition, input.data, command, ports);
  if (!decided.ok) return decided;
  const { events, result } = decided;
  if (events.length === 0) return { ok: true, commit: '', n: 0, result, repeated: true };
  const before: ChainHead = ports.own.head;
  const commit = await ports.own.next({
    command: command.id,
    do: command.name,
    user: command.actor.user,
    session: command.actor.session,
    trust: ports.trustVector,
    events: await withAfter(events, ports.reader(), command.occurredAt),
    ...(result === undefined ? {} : { result }),
  });
  if ((commit.body?.length ?? 0) > MAX_BODY_BYTES) {
    ports.own.rewind(before);
    return refuse({ code: 'command-too-large', facts: { bytes: commit.body?.length ?? 0, limit: MAX_BODY_BYTES } });
  }
  commits.push(commit);
  const n = ports.firstN + commits.length - 1;
  if ((await ports.applier.apply(n, commit)) === undefined)
    throw new Error(`invariant: ${command.name} made a commit that this program cannot read`);
  return { ok: true, commit: commitId(commit.hash), n, result };
}

type Decided =
  | { readonly ok: true; readonly events: readonly NewEvent[]; readonly result: unknown }
  | { readonly ok: false; readonly rejection: Rejection };

async function decide(definition: CommandDefinition, input: unknown, command: PendingCommand, ports: GroupPorts): Promise<Decided> {
  const { crypto, clock } = ports;
  const facts = await definition.load(input, ports.reader());
  const may = definition.may(command.actor, facts);
  if (!may.ok) return may;
  const certified = ports.writes ?? '*';
  const decision = definition.decide(input, facts, {
    actor: command.actor,
    commandId: command.id,
    now: instant(clock.now()),
    newStream: (type, index) => newStreamId(crypto.sha256, type, command.id, index),
    derivedStream: (type, ...parts) => derivedStreamId(crypto.sha256, type, parts),
    mint: ports.mint,
    randomId: (bytes) => toBase64Url(crypto.randomBytes(bytes)),
  });
  if (!decision.ok) return decision;
  const foreign = decision.events.find((event) => event.type !== 'IssueSettled' && !definition.writes.includes(event.type));
  if (foreign !== undefined) throw new Error(`invariant: ${definition.name} does not declare that it writes ${foreign.type}`);
  if (certified !== '*' && decision.events.some((event) => !certified.has(event.type))) return deskMayNot(definition);
  if (decision.events.length > MAX_EVENTS)
    return { ok: false, rejection: { code: 'command-too-large', facts: { events: decision.events.length, limit: MAX_EVENTS } } };
  return decision;
}

/** May this device, whoever sits at it? By its certificate; none of its events would count. */
export function deviceMay(definition: CommandDefinition, writes: EpochTrust['writes'] | undefined): May {
  return writes === undefined || writes === '*' || definition.writes.some((type) => writes.has(type)) ? YES : deskMayNot(definition);
}

function deskMayNot(definition: CommandDefinition): Extract<May, { ok: false }> {
  return { ok: false, rejection: { code: 'desk-may-not', facts: { action: definition.name } } };
}

interface BodyEvent {
  stream: string;
  type: string;
  data: unknown;
  v?: number;
  after?: string[];
  occurredAt?: number;
}

/** Each stream's first event of the commit names the heads that the decision knew. */
export async function withAfter(events: readonly NewEvent[], read: Reader, occurredAt: Instant | undefined): Promise<BodyEvent[]> {
  const seen = new Set<StreamId>();
  const out: BodyEvent[] = [];
  for (const event of events) {
    const heads: readonly CommitRef[] = seen.has(event.stream) ? [] : ((await read.document(event.stream))?.heads ?? []);
    seen.add(event.stream);
    const at = event.occurredAt ?? occurredAt;
    out.push({
      stream: event.stream,
      type: event.type,
      ...(event.v === undefined || event.v === 1 ? {} : { v: event.v }),
      data: event.data,
      ...(heads.length === 0 ? {} : { after: heads.slice(0, MAX_AFTER) }),
      ...(at === undefined ? {} : { occurredAt: at }),
    });
  }
  return out;
}

function refuse(rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection };
}

/** The first problem of an input, with the field that it is about. Never the value itself: it may be a patient's. */
export function inputProblem(error: z.ZodError): Rejection {
  const first = error.issues[0];
  return {
    code: 'input-invalid',
    facts: { problem: first?.message ?? 'invalid', problems: error.issues.length },
    field: first?.path.map(String).join('.') ?? '',
  };
}
