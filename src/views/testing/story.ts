// A desk's story in memory for tests: real commands of the kernel on documents folded from their events. No signatures, no storage.
// Two stories can part and be joined, so that contradictions come from where they come in life.
import { commands } from '#kernel/commands.ts';
import type { Actor } from '#kernel/shared/actor.ts';
import type { DecideEnvironment, Reader } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { FoldEvent, NewEvent } from '#kernel/shared/event.ts';
import { eventRef, streamType, type CommandId, type CommitRef, type StreamId } from '#kernel/shared/ids.ts';
import { makeNumber, type NumberKind } from '#kernel/shared/numbers.ts';
import { streams } from '#kernel/streams.ts';
import { instant, type Instant } from '#kernel/shared/time.ts';
import { foldStream, type StreamCommit } from '#journal/fold-stream.ts';
import { smallHash } from '../search/small-hash.ts';

export const START = instant(Date.UTC(2026, 10, 23, 3, 30));
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 16 letters that follow from the text: an id for tests. */
export function idFor(text: string): string {
  let id = '';
  for (let i = 0; id.length < 16; i += 1) {
    let n = smallHash(`${i}\n${text}`);
    for (let j = 0; j < 8; j += 1) {
      id += LETTERS[n % 36] ?? '';
      n = Math.floor(n / 36);
    }
  }
  return id.slice(0, 16);
}

export function streamFor(type: string, text: string): StreamId {
  return `${type}/${idFor(text)}` as StreamId; // 16 letters
}

export class Story {
  readonly name: string;
  readonly range: number;
  now: Instant = START;
  readonly #commits: Map<StreamId, readonly StreamCommit[]>;
  readonly #documents = new Map<StreamId, Document>();
  #seq: number;
  #serial = 0;

  constructor(name = 'desk', range = 1, commits: ReadonlyMap<StreamId, readonly StreamCommit[]> = new Map(), seq = 0) {
    this.name = name;
    this.range = range;
    this.#commits = new Map(commits);
    this.#seq = seq;
    for (const stream of this.#commits.keys()) this.#fold(stream);
  }

  /** Another desk that knows all that this one knows now, and nothing that comes later. */
  part(name: string, range: number): Story {
    const other = new Story(name, range, this.#commits, 0);
    other.now = this.now;
    return other;
  }

  /** Everything that the other desk did arrives here. */
  join(other: Story): void {
    for (const [stream, theirs] of other.#commits) {
      const all = new Map((this.#commits.get(stream) ?? []).map((commit) => [commit.ref, commit]));
      for (const commit of theirs) all.set(commit.ref, commit);
      this.#commits.set(stream, [...all.values()]);
      this.#fold(stream);
    }
  }

  get documents(): readonly Document[] {
    return [...this.#documents.values()];
  }

  document<S>(stream: StreamId): Document<S> {
    const document = this.#documents.get(stream);
    if (document === undefined) throw new Error(`no document ${stream}`);
    return document as Document<S>; // the caller names the state of the stream that it asks for
  }

  /** Events of one stream in the order in which they were made. */
  readonly history = (stream: StreamId): Promise<readonly FoldEvent[]> =>
    Promise.resolve((this.#commits.get(stream) ?? []).flatMap((commit) => commit.events.map(({ event }) => event)));

  /** A command; throws when it is refused. */
  async run(name: string, input: unknown, user = 'asha'): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.attempt(name, input, user);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.rejection)}`);
    return answer.result;
  }

  async attempt(name: string, input: unknown, user = 'asha') {
    const definition = commands.get(name);
    if (definition === undefined) throw new Error(`no command ${name}`);
    this.now = instant(this.now + 60_000);
    const parsed = definition.input.parse(input);
    const facts = await definition.load(parsed, this.#reader());
    const actor = actorFor(user);
    const may = definition.may(actor, facts);
    if (!may.ok) return may;
    const decision = definition.decide(parsed, facts, this.#environment(actor));
    if (!decision.ok) return decision;
    this.commit(decision.events, user);
    return { ok: true as const, result: decision.result as Readonly<Record<string, unknown>> }; // every command of the kernel answers with an object
  }

  /** Events as they are, for what no command here does (catalogue, users) and for events from elsewhere. */
  commit(events: readonly NewEvent[], user = 'asha'): void {
    this.#seq += 1;
    const ref = idFor(`${this.name}\n${this.#seq}`).slice(0, 11) as CommitRef; // 11 letters
    const touched = new Map<StreamId, StreamCommit>();
    events.forEach((event, index) => {
      const known = touched.get(event.stream);
      const judged = {
        event: {
          ref: eventRef(ref, index),
          stream: event.stream,
          type: event.type,
          v: event.v ?? 1,
          // As it comes back from the journal: JSON.
          data: JSON.parse(JSON.stringify(event.data)) as unknown,
          occurredAt: event.occurredAt ?? this.now,
          committedAt: this.now,
          user: streamFor('user', user),
          device: streamFor('device', this.name),
          command: idFor(`command ${this.name} ${this.#seq}`),
        },
      };
      touched.set(event.stream, {
        ref,
        hlc: { ms: this.now, counter: 0 },
        tie: `${this.name} ${String(this.#seq).padStart(8, '0')}`,
        epoch: this.name,
        seq: this.#seq,
        after: this.#documents.get(event.stream)?.heads ?? [],
        events: [...(known?.events ?? []), judged],
      });
    });
    for (const [stream, commit] of touched) {
      this.#commits.set(stream, [...(this.#commits.get(stream) ?? []), commit]);
      this.#fold(stream);
    }
  }

  #fold(stream: StreamId): void {
    const definition = streams.get(streamType(stream));
    if (definition === undefined) return;
    const folded = foldStream(definition, stream, this.#commits.get(stream) ?? []);
    this.#documents.set(stream, JSON.parse(JSON.stringify(folded)) as Document); // as the replica stores it
  }

  #reader(): Reader {
    const all = () => [...this.#documents.values()];
    return {
      document: <S>(stream: StreamId) => Promise.resolve(this.#documents.get(stream) as Document<S> | undefined), // as in `document`
      byNumber: (number, type) =>
        Promise.resolve(
          all()
            .filter(
              ({ stream, state }) =>
                (type === undefined || streamType(stream) === type) &&
                streams.get(streamType(stream))?.numbers(state).includes(number) === true,
            )
            .map(({ stream }) => stream),
        ),
      linked: (to, type, rel) =>
        Promise.resolve(
          all()
            .filter(
              ({ stream, state }) =>
                streamType(stream) === type &&
                streams
                  .get(type)
                  ?.links(state)
                  .some((link) => link.to === to && link.rel === rel) === true,
            )
            .map(({ stream }) => stream),
        ),
      all: <S>(type: string) => Promise.resolve(all().filter(({ stream }) => streamType(stream) === type) as readonly Document<S>[]), // as in `document`
    };
  }

  #environment(actor: Actor): DecideEnvironment {
    const command = `${this.name}-${this.#seq + 1}`;
    return {
      actor,
      commandId: command as CommandId, // letters, digits and a hyphen
      now: this.now,
      newStream: (type, index) => streamFor(type, `new ${command} ${index}`),
      derivedStream: (type, ...parts) => streamFor(type, `derived ${parts.join('\n')}`),
      mint: (kind: NumberKind) => makeNumber(kind, this.range, this.#serial++),
      randomId: (bytes) => idFor(`random ${command}`).slice(0, bytes),
    };
  }
}

export function actorFor(user: string): Actor {
  return {
    user: streamFor('user', user),
    userName: user,
    roles: ['all'],
    permissions: new Set(commands.keys()),
    session: 'session',
    device: streamFor('device', 'desk'),
  };
}

/** A small hospital: two departments, three tests on two tubes, four users. */
export function hospitalStory(name = 'desk', range = 1): Story {
  const story = new Story(name, range);
  const event = (type: string, code: string, eventType: string, data: unknown): NewEvent => ({
    stream: streamFor(type, code),
    type: eventType,
    data,
  });
  const container = (code: string, colour: string, drawOrder: number) =>
    event('container', code, 'ContainerDefined', { code, name: `${code} tube`, nameHi: `${code} ट्यूब`, colour, drawOrder, volumeMl: 3 });
  const test = (code: string, words: readonly [string, string], containers: readonly string[], unit: string, limits: object) =>
    event('test', code, 'TestDefined', {
      code,
      name: words[0],
      nameHi: words[1],
      specimenType: 'blood',
      containers,
      calculated: false,
      value: 'number',
      unit,
      unitSynonyms: [],
      normalTexts: [],
      criticalTexts: [],
      ranges: [{ sex: 'any', fromDays: 0, ...limits }],
      status: 'approved',
    });
  const department = (code: string, words: readonly [string, string], kind: string, room: string) =>
    event('department', code, 'DepartmentDefined', { code, name: words[0], nameHi: words[1], kind, room });
  story.commit([
    event('hospital', 'hospital', 'HospitalCreated', { name: 'District Hospital', nameHi: 'ज़िला अस्पताल' }),
    department('MED', ['Medicine', 'मेडिसिन'], 'outpatient', '12'),
    department('SUR', ['Surgery', 'सर्जरी'], 'outpatient', '20'),
    department('COL', ['Sample room', 'नमूना कक्ष'], 'collection', '3'),
    department('LAB', ['Central laboratory', 'केंद्रीय प्रयोगशाला'], 'laboratory', '5'),
    container('edta', 'lavender', 3),
    container('sst', 'gold', 2),
    test('PLT', ['Platelets', 'प्लेटलेट'], ['edta'], '10*3/uL', { low: 150, high: 450, criticalLow: 20, criticalHigh: 1000 }),
    test('HGB', ['Haemoglobin', 'हीमोग्लोबिन'], ['edta'], 'g/dL', { low: 12, high: 17, criticalLow: 7 }),
    test('NA', ['Sodium', 'सोडियम'], ['sst'], 'mmol/L', { low: 135, high: 145, criticalLow: 120, criticalHigh: 160 }),
    ...['asha', 'bina', 'chand', 'deepa'].map((user) =>
      event('user', user, 'UserCreated', { user, name: `${user[0]?.toUpperCase()}${user.slice(1)}` }),
    ),
    event('device', name, 'DeviceEnrolled', {
      name: `Desk ${name}`,
      role: 'desk',
      deskKinds: ['all'],
      publicKey: 'key',
      epoch: 'epochepochepoch0',
      ranges: [range],
      writes: ['*'],
    }),
  ]);
  return story;
}
