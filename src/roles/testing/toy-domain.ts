// A small domain for tests of the engine: trust streams of the real kernel and one stream `note` with two commands.
import { z } from 'zod';
import { allowed } from '#kernel/shared/actor.ts';
import { defineCommand, type CommandDefinition } from '#kernel/shared/command.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { defineStream, eventMaker } from '#kernel/shared/stream.ts';
import type { StreamDefinition } from '#kernel/shared/stream-definition.ts';
import { accessStream } from '#kernel/access/access.ts';
import { deviceStream } from '#kernel/device/device.ts';
import { hospitalStream } from '#kernel/hospital/hospital.ts';
import { roleStream } from '#kernel/role/role.ts';
import { userStream } from '#kernel/user/user.ts';
import type { View } from '#views/view.ts';
import type { Domain } from '../replica/ports.ts';

const noteEvents = {
  NoteWritten: z.object({ number: z.string(), text: z.string() }),
  NoteChanged: z.object({ text: z.string() }),
};
const noteEvent = eventMaker(noteEvents);

export interface NoteState {
  readonly number: string | undefined;
  readonly text: string;
  readonly changes: number;
  readonly last: string | undefined;
}

export const noteStream: StreamDefinition<NoteState> = defineStream<NoteState, typeof noteEvents>({
  type: 'note',
  trust: false,
  events: noteEvents,
  initial: { number: undefined, text: '', changes: 0, last: undefined },
  on: {
    NoteWritten: (state, data) => ({ ...state, number: data.number, text: data.text }),
    NoteChanged: (state, data, event, context) => {
      if (state.last !== undefined && !context.knows(state.last as typeof event.ref))
        context.issue('changed-twice', [state.last as typeof event.ref, event.ref]); // written below
      return { ...state, text: data.text, changes: state.changes + 1, last: event.ref };
    },
  },
  numbers: (state) => (state.number === undefined ? [] : [state.number]),
  links: () => [],
  unit: (_state, self) => self,
});

export const writeNote = defineCommand({
  name: 'writeNote',
  title: { en: 'Write a note', hi: 'नोट लिखें' },
  input: z.object({ text: z.string().max(500) }),
  result: z.object({ note: z.string(), number: z.string() }),
  writes: ['NoteWritten'],
  needsHub: false,
  load: () => Promise.resolve({}),
  may: (actor) => allowed(actor, 'writeNote'),
  decide: (input, _facts, env) => {
    const number = env.mint('uhid');
    if (number === undefined) return { ok: false, rejection: { code: 'numbers-used-up', facts: {} } };
    const note = env.newStream('note', 0);
    return { ok: true, events: [noteEvent(note, 'NoteWritten', { number, text: input.text })], result: { note, number } };
  },
});

export const changeNote = defineCommand({
  name: 'changeNote',
  title: { en: 'Change a note', hi: 'नोट बदलें' },
  input: z.object({ number: z.string(), text: z.string().max(500) }),
  result: z.object({ note: z.string() }),
  writes: ['NoteChanged'],
  needsHub: false,
  load: async (input, read) => ({ note: (await read.byNumber(input.number, 'note'))[0] }),
  may: (actor) => allowed(actor, 'changeNote'),
  decide: (input, facts: { note: StreamId | undefined }) =>
    facts.note === undefined
      ? { ok: false, rejection: { code: 'note-unknown', facts: {} } }
      : { ok: true, events: [noteEvent(facts.note, 'NoteChanged', { text: input.text })], result: { note: facts.note } },
});

const notesView: View<NoteState> = {
  name: 'v_notes',
  version: 1,
  stream: 'note',
  columns: ['number', 'text'],
  ddl: [
    'CREATE TABLE IF NOT EXISTS v_notes(doc INTEGER NOT NULL, number TEXT, text TEXT)',
    'CREATE INDEX IF NOT EXISTS v_notes_doc ON v_notes(doc)',
  ],
  rows: (document) => [[document.state.number ?? null, document.state.text]],
};

const erase = <T>(definition: StreamDefinition<T>): StreamDefinition<unknown> => definition as unknown as StreamDefinition<unknown>; // the registry erases the state's type

export const toyDomain: Domain = {
  streams: new Map(
    [noteStream, deviceStream, userStream, roleStream, hospitalStream, accessStream].map((definition) => [
      definition.type,
      erase(definition as StreamDefinition<never>),
    ]),
  ),
  commands: new Map(
    [writeNote as unknown as CommandDefinition, changeNote as unknown as CommandDefinition].map((command) => [command.name, command]),
  ), // the registry erases the input's type
  views: [notesView as unknown as View],
  queries: new Map(),
};
