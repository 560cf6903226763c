// A replica whose database, disk or own code fails in the middle: the chain stays whole, and what was answered stays.
import { describe, expect, test } from 'vitest';
import type { StreamId } from '#kernel/shared/ids.ts';
import { parseCommandId } from '#kernel/shared/ids.ts';
import { defineCommand, type CommandDefinition } from '#kernel/shared/command.ts';
import { z } from 'zod';
import { StorageFailure, type Sql } from '#journal/ports/storage.ts';
import { segmentName } from '#journal/segment-log.ts';
import type { MemoryFiles } from '#journal/testing/memory-files.ts';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { clerk, copy, join, newHospital, picture, reopen, run, type Node, type Tools } from '../testing/world.ts';
import { toyDomain, type NoteState } from '../testing/toy-domain.ts';
import type { Domain } from './ports.ts';

interface Faulty extends Sql {
  failWrites: number;
}

function faulty(sql: Sql): Faulty {
  const out: Faulty = {
    failWrites: 0,
    write: (statements) => {
      if (out.failWrites > 0) {
        out.failWrites -= 1;
        return Promise.reject(new StorageFailure('io', 'transient', 'the database did not answer'));
      }
      return sql.write(statements);
    },
    read: (text, params) => sql.read(text, params),
    clear: () => sql.clear(),
    sizeBytes: () => sql.sizeBytes(),
    close: () => sql.close(),
  };
  return out;
}

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => faulty((await NodeSql.open(':memory:')).sql) };
const sqlOf = (node: Node): Faulty => node.ports.storage.sql as Faulty; // made by the tools above

const explode = defineCommand({
  name: 'writeNote',
  title: { en: 'A bug', hi: 'त्रुटि' },
  input: z.object({ text: z.string() }),
  result: z.object({}),
  writes: [],
  needsHub: false,
  load: () => Promise.resolve({}),
  may: () => ({ ok: true as const }),
  decide: () => {
    throw new Error('a bug in this command');
  },
});
const withBug: Domain = {
  ...toyDomain,
  commands: new Map([...toyDomain.commands, ['explode', { ...explode, name: 'explode' } as unknown as CommandDefinition]]),
}; // the registry erases the input's type

function give(node: Node, name: string, input: unknown, id: string, occurredAt?: number) {
  const actor = { ...clerk(node.replica), permissions: new Set(['writeNote', 'changeNote', 'explode']) };
  return node.replica.execute({
    name,
    input,
    id: parseCommandId(id)!,
    actor,
    ...(occurredAt === undefined ? {} : { occurredAt: occurredAt as never }),
  }); // ids of the test are well-formed
}

async function unbroken(node: Node): Promise<void> {
  const own = node.replica.own!; // enrolled
  const commits = await node.replica.commits(await node.replica.index.numbersOfChain(own.epoch, 1, own.head.seq));
  expect(commits.map((commit) => commit.header.seq)).toEqual(Array.from({ length: own.head.seq }, (_, i) => i + 1));
}

describe('a replica with a fault', () => {
  test('one command that throws is refused alone, and its group does not tear the chain', async () => {
    const hub = await newHospital(tools, withBug);
    const desk = await join(tools, hub, 'desk', withBug);
    const settled = await Promise.allSettled([
      give(desk, 'writeNote', { text: 'a' }, 'a1'),
      give(desk, 'explode', { text: 'b' }, 'b1'),
      give(desk, 'writeNote', { text: 'c' }, 'c1'),
    ]);
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await give(desk, 'writeNote', { text: 'd' }, 'd1');
    await unbroken(desk);
    await copy(desk.replica, hub.replica);
    expect(await picture(await reopen(tools, desk, { domain: withBug }))).toBe(await picture(desk));
  });

  test('what a device writes by itself after the database failed does not lose the commit before it', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    sqlOf(desk).failWrites = 1;
    await expect(run(desk, 'writeNote', { text: 'kept' })).rejects.toThrow();
    await desk.replica.writeAsDevice('recordAccess', 'access-1', [
      { stream: 'access/aaaaaaaaaaaaaaaa' as StreamId, type: 'RecordsAccessed', data: {} },
    ]);
    await unbroken(desk);
    const again = await reopen(tools, desk);
    expect(await picture(again)).toBe(await picture(desk));
    expect(JSON.parse(await picture(desk))[1]).toHaveLength(1);
  });

  test('a time that is none is refused: a commit that nobody can read is never written', async () => {
    const hub = await newHospital(tools);
    for (const at of [Number.NaN, -1, 1e300, Number.POSITIVE_INFINITY]) {
      expect(await give(hub, 'writeNote', { text: 'x' }, `t-${String(at).replace(/\W/g, '')}`, at)).toMatchObject({
        ok: false,
        rejection: { code: 'input-invalid', field: 'occurredAt' },
      });
    }
    expect(await hub.ports.storage.sql.read('SELECT * FROM parked')).toEqual([]);
  });
});

test('a record that the disk lost is left out when its stream is folded again, and nothing stops for it', async () => {
  const hub = await newHospital(tools);
  const [a, b] = [await join(tools, hub, 'desk'), await join(tools, hub, 'desk')];
  const written = await run(a, 'writeNote', { text: 'first' });
  if (!written.ok) throw new Error(written.rejection.code);
  const { note, number } = written.result as { note: StreamId; number: string }; // of writeNote
  await copy(a.replica, b.replica);
  await copy(a.replica, hub.replica);
  await run(a, 'changeNote', { number, text: 'by a' });
  await run(b, 'changeNote', { number, text: 'by b' });
  await copy(a.replica, hub.replica);
  const [changed] = await hub.replica.index.numbersOfChain(a.replica.own!.epoch, 2, 2); // it joined
  const place = await hub.replica.index.place(changed!);
  const files = hub.ports.storage.files as MemoryFiles; // of portsOf
  files.flipBit(segmentName('journal', place!.segment), place!.offset + place!.length - 3, 0);
  // Two that did not know of each other: the stream is folded from all its commits.
  await copy(b.replica, hub.replica);
  expect((await hub.replica.document<NoteState>(note))?.state.text).toBe('by b');
  expect(hub.replica.unreadable.size).toBe(1);
  expect((await run(hub, 'changeNote', { number, text: 'goes on' })).ok).toBe(true);
  expect((await run(hub, 'writeNote', { text: 'another' })).ok).toBe(true);
});
