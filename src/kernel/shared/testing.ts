// Given events, when a command, then events or a code: a small world in memory for tests of the kernel. Worlds fork and meet like cut-off desks.
// It must not be used outside tests; the real order and storage are the journal's.
import type { Actor } from './actor.ts';
import type { CommandDefinition, DecideEnvironment, Reader } from './command.ts';
import type { Document, FoldContext, Issue } from './document.ts';
import type { FoldEvent, NewEvent } from './event.ts';
import { commitOf, eventRef, streamType, type CommandId, type CommitRef, type StreamId } from './ids.ts';
import { makeNumber, type NumberKind } from './numbers.ts';
import type { Rejection } from './rejection.ts';
import type { StreamDefinition } from './stream-definition.ts';
import { instant, MINUTE_MS, type Instant } from './time.ts';

/** 23 November 2022, 10:00 in India. */
export const TEST_START = instant(Date.UTC(2022, 10, 23, 4, 30));

/** 16 characters of the id alphabet from any text: FNV-1a, twice. Good enough for names in a test. */
function shortHash(text: string): string {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let out = '';
  for (let round = 0; out.length < 16; round += 1) {
    let hash = 0x811c9dc5 ^ round;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
    for (let part = 0; part < 5 && out.length < 16; part += 1) {
      out += ALPHABET[hash & 63] ?? '';
      hash = Math.imul(hash ^ (hash >>> 6), 0x01000193) >>> 0;
    }
  }
  return out;
}

export function testStream(type: string, name: string): StreamId {
  return `${type}/${shortHash(`${type} ${name}`)}` as StreamId; // form of a stream id by construction
}

interface Commit {
  readonly ref: CommitRef;
  readonly at: number;
  readonly tie: string;
  readonly knows: ReadonlySet<CommitRef>;
  readonly events: readonly FoldEvent[];
}

export type Outcome<R = Record<string, unknown>> =
  | { readonly ok: true; readonly result: R; readonly events: readonly NewEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

export interface World {
  /** Loads, asks may, decides, and keeps the events when it was done. */
  do<R = Record<string, unknown>>(command: string, input: unknown, as?: Actor): Promise<Outcome<R>>;
  /** `do`, for steps that must succeed. Throws with the code when refused. */
  done<R = Record<string, unknown>>(command: string, input: unknown, as?: Actor): Promise<R>;
  /** Events put there as they are, as one commit. */
  given(...events: readonly NewEvent[]): void;
  document<S>(stream: StreamId): Document<S> | undefined;
  byNumber(number: string, type?: string): readonly StreamId[];
  all<S>(type: string): readonly Document<S>[];
  /** Open issues of all streams. */
  issues(): readonly (Issue & { readonly stream: StreamId })[];
  /** Another desk that knows what this one knows now, with a range of its own unless it is a clone. */
  fork(name: string, options?: { readonly clone?: boolean }): World;
  /** Takes over all that the other knows. */
  meet(other: World): void;
  /** Moves the clock. */
  wait(minutes: number): void;
  readonly commits: ReadonlyMap<CommitRef, Commit>;
  readonly now: Instant;
}

export interface WorldParts {
  readonly streams: ReadonlyMap<string, StreamDefinition<unknown>>;
  readonly commands: ReadonlyMap<string, CommandDefinition>;
  readonly actor: Actor;
}

/** The documents of all commits, folded in the order of time with what each author knew. */
function foldAll(parts: WorldParts, commits: ReadonlyMap<CommitRef, Commit>): ReadonlyMap<StreamId, Document> {
  const ordered = [...commits.values()].sort((a, b) => a.at - b.at || (a.tie < b.tie ? -1 : 1));
  const byStream = new Map<StreamId, { commit: Commit; event: FoldEvent }[]>();
  for (const commit of ordered) {
    for (const event of commit.events) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), { commit, event }]);
  }
  const documents = new Map<StreamId, Document>();
  for (const [stream, events] of byStream) {
    const definition = parts.streams.get(streamType(stream));
    if (definition !== undefined) documents.set(stream, foldOne(definition, stream, events));
  }
  return documents;
}

function foldOne(
  definition: StreamDefinition<unknown>,
  stream: StreamId,
  events: readonly { readonly commit: Commit; readonly event: FoldEvent }[],
): Document {
  let state = definition.initial;
  const issues = new Map<string, Issue>();
  for (const { commit, event } of events) {
    if (event.type === 'IssueSettled') {
      const { issue, outcome, reason } = event.data as { issue: string; outcome: string; reason: string }; // written by settleIssue
      const open = issues.get(issue);
      if (open !== undefined) issues.set(issue, { ...open, settled: { ref: event.ref, outcome, reason } });
      continue;
    }
    const schema = definition.events[event.type];
    if (schema === undefined) throw new Error(`invariant: ${definition.type} has no event ${event.type}`);
    const context: FoldContext = {
      knows: (ref) => commit.knows.has(commitOf(ref)) || commitOf(ref) === commit.ref,
      issue(code, refs, detail) {
        const sorted = [...new Set(refs)].sort();
        const id = `${code}:${sorted.join(',')}`;
        if (!issues.has(id)) issues.set(id, detail === undefined ? { id, code, refs: sorted } : { id, code, refs: sorted, detail });
      },
    };
    state = definition.fold(state, { ...event, data: schema.parse(event.data) }, context);
  }
  return {
    stream,
    state,
    heads: [...new Set(events.map(({ commit }) => commit.ref))],
    issues: [...issues.values()],
    events: events.length,
  };
}

export function createWorld(parts: WorldParts, name = 'desk', range = 100, start: Instant = TEST_START): World {
  return makeWorld(parts, { name, range, now: start, count: 0, serials: new Map(), commits: new Map() });
}

interface Inside {
  readonly name: string;
  readonly range: number;
  now: Instant;
  count: number;
  readonly serials: Map<NumberKind, number>;
  readonly commits: Map<CommitRef, Commit>;
}

let forks = 0;

function makeWorld(parts: WorldParts, inside: Inside): World {
  let documents: ReadonlyMap<StreamId, Document> | undefined;
  const all = () => (documents ??= foldAll(parts, inside.commits));
  // The state's type is known to whoever asks for a stream of that type.
  const document = <S>(stream: StreamId) => all().get(stream) as Document<S> | undefined;
  const ofType = (type: string) => [...all().values()].filter((one) => streamType(one.stream) === type);
  const byNumber = (number: string, type?: string) =>
    [...all().values()]
      .filter(
        (one) =>
          (type === undefined || streamType(one.stream) === type) &&
          parts.streams.get(streamType(one.stream))?.numbers(one.state).includes(number) === true,
      )
      .map((one) => one.stream)
      .sort();

  const read: Reader = {
    document: async (stream) => document(stream),
    byNumber: async (number, type) => byNumber(number, type),
    linked: async (to, type, rel) =>
      ofType(type)
        .filter(
          (one) =>
            parts.streams
              .get(type)
              ?.links(one.state)
              .some((link) => link.rel === rel && link.to === to) === true,
        )
        .map((one) => one.stream)
        .slice(0, 200),
    all: async <S>(type: string) => ofType(type) as unknown as readonly Document<S>[], // as above
  };

  function keep(events: readonly NewEvent[], actor: Actor, command: string): void {
    if (events.length === 0) return;
    inside.count += 1;
    const ref = shortHash(`${inside.name} ${inside.count}`).slice(0, 11) as CommitRef; // form of a commit's reference
    const folded = events.map((event, index): FoldEvent => ({
      ref: eventRef(ref, index),
      stream: event.stream,
      type: event.type,
      v: event.v ?? 1,
      data: event.data,
      occurredAt: event.occurredAt ?? inside.now,
      committedAt: inside.now,
      user: actor.user,
      device: actor.device,
      command,
    }));
    inside.commits.set(ref, { ref, at: inside.now, tie: inside.name, knows: new Set(inside.commits.keys()), events: folded });
    inside.now = instant(inside.now + 1000);
    documents = undefined;
  }

  function environment(actor: Actor, commandId: CommandId): DecideEnvironment {
    return {
      actor,
      commandId,
      now: inside.now,
      newStream: (type, index) => testStream(type, `${commandId} ${index}`),
      derivedStream: (type, ...derived) => testStream(type, derived.join(' ')),
      mint(kind) {
        const serial = (inside.serials.get(kind) ?? 0) + 1;
        inside.serials.set(kind, serial);
        return makeNumber(kind, inside.range, serial);
      },
      randomId: (bytes) => shortHash(`${commandId} random`).slice(0, bytes),
    };
  }

  async function run<R>(command: string, input: unknown, actor: Actor): Promise<Outcome<R>> {
    const definition = parts.commands.get(command);
    if (definition === undefined) throw new Error(`no command ${command}`);
    const parsed = definition.input.safeParse(input);
    if (!parsed.success)
      return { ok: false, rejection: { code: 'input-invalid', facts: {}, field: parsed.error.issues[0]?.path.join('.') ?? '' } };
    const facts = await definition.load(parsed.data, read);
    const may = definition.may(actor, facts);
    if (!may.ok) return may;
    const commandId = `${inside.name}-${inside.count}-${command}` as CommandId; // letters and digits only
    const decided = definition.decide(parsed.data, facts, environment(actor, commandId));
    if (!decided.ok) return decided;
    definition.result.parse(decided.result);
    for (const event of decided.events) {
      if (!definition.writes.includes(event.type)) throw new Error(`invariant: ${command} writes ${event.type} and does not say so`);
    }
    keep(decided.events, actor, commandId);
    return { ok: true, result: decided.result as R, events: decided.events }; // parsed by the command's own schema just now
  }

  const world: World = {
    do: (command, input, as = parts.actor) => run(command, input, as),
    async done<R>(command: string, input: unknown, as: Actor = parts.actor) {
      const outcome = await run<R>(command, input, as);
      if (!outcome.ok) throw new Error(`${command}: ${outcome.rejection.code} ${JSON.stringify(outcome.rejection)}`);
      return outcome.result;
    },
    given: (...events) => keep(events, parts.actor, 'given'),
    document,
    byNumber,
    all: <S>(type: string) => ofType(type) as unknown as readonly Document<S>[], // as above
    issues: () =>
      [...all().values()].flatMap((one) =>
        one.issues.filter((issue) => issue.settled === undefined).map((issue) => ({ ...issue, stream: one.stream })),
      ),
    fork(name, options = {}) {
      forks += 1;
      const clone = options.clone === true;
      return makeWorld(parts, {
        name,
        range: clone ? inside.range : inside.range + forks,
        now: inside.now,
        count: inside.count,
        serials: clone ? new Map(inside.serials) : new Map(),
        commits: new Map(inside.commits),
      });
    },
    meet(other) {
      for (const [ref, commit] of other.commits) inside.commits.set(ref, commit);
      if (other.now > inside.now) inside.now = other.now;
      documents = undefined;
    },
    wait(minutes) {
      inside.now = instant(inside.now + minutes * MINUTE_MS);
    },
    get commits() {
      return inside.commits;
    },
    get now() {
      return inside.now;
    },
  };
  return world;
}

/** Codes of open issues, sorted, each as often as it stands. */
export function issueCodes(world: World): readonly string[] {
  return world
    .issues()
    .map((issue) => issue.code)
    .sort();
}
