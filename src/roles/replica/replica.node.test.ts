import { describe, expect, test } from 'vitest';
import { NodeCrypto } from '#node/crypto.ts';
import { NodeSql } from '#node/storage/node-sql.ts';
import { MemoryFiles } from '#journal/testing/memory-files.ts';
import { clerk, copy, join, newHospital, picture, reopen, run, type Tools } from '../testing/world.ts';

const tools: Tools = { crypto: new NodeCrypto(), sql: async () => (await NodeSql.open(':memory:')).sql };

describe('replica', () => {
  test('a command is durable, idempotent and shows in documents and views', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const syncs = desk.ports.storage.files.counters.syncs;
    const first = await run(desk, 'writeNote', { text: 'hello' }, 'one');
    expect(first.ok).toBe(true);
    expect(desk.ports.storage.files.counters.syncs).toBe(syncs + 1);
    const again = await run(desk, 'writeNote', { text: 'hello' }, 'one');
    expect(again).toMatchObject({ ok: true, repeated: true, result: first.ok ? first.result : {} });
    expect(desk.replica.position.n).toBe(first.ok ? first.n : 0);
  });

  test('what two cut-off desks did is the same picture everywhere, in whatever order it came', async () => {
    const hub = await newHospital(tools);
    const a = await join(tools, hub, 'desk');
    const b = await join(tools, hub, 'desk');
    const written = await run(a, 'writeNote', { text: 'x' });
    const { number } = written.ok ? (written.result as { number: string }) : { number: '' };
    await copy(a.replica, b.replica);
    await run(a, 'changeNote', { number, text: 'from a' });
    await run(b, 'changeNote', { number, text: 'from b' });
    await copy(a.replica, hub.replica);
    await copy(b.replica, hub.replica);
    await copy(b.replica, a.replica);
    await copy(hub.replica, b.replica);
    await copy(hub.replica, a.replica);
    const notes = (text: string): string =>
      JSON.stringify((JSON.parse(text) as [{ stream: string }[], unknown])[0].filter((row) => row.stream.startsWith('note/')));
    expect(notes(await picture(a))).toBe(notes(await picture(b)));
    expect(await picture(hub)).toContain('changed-twice');
    expect(notes(await picture(hub))).toBe(notes(await picture(a)));
    const rebuilt = await reopen(tools, hub);
    expect(await picture(rebuilt)).toBe(await picture(hub));
  });

  test('many commands at once share syncs', async () => {
    const hub = await newHospital(tools);
    const before = hub.ports.storage.files.counters.syncs;
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => run(hub, 'writeNote', { text: `n${i}` })));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const syncs = hub.ports.storage.files.counters.syncs - before;
    expect(syncs).toBeLessThan(10);
    expect(syncs).toBeGreaterThan(0);
    const numbers = answers.map((answer) => (answer.ok ? (answer.result as { number: string }).number : ''));
    expect(new Set(numbers).size).toBe(100);
  });

  test('a torn tail is cut, what was acknowledged is there', async () => {
    const hub = await newHospital(tools);
    await run(hub, 'writeNote', { text: 'kept' });
    const { n } = hub.replica.position;
    const files = new MemoryFiles({}, hub.ports.storage.files.image());
    await files.append('journal-00000001.seg', new Uint8Array([0, 0, 1, 0, 9, 9]));
    const opened = await reopen(tools, hub, { files });
    expect(opened.replica.position.n).toBe(n);
    expect(opened.replica.notes.tornBytes).toBe(6);
    expect((await run(opened, 'writeNote', { text: 'more' })).ok).toBe(true);
  });

  test('a full disk refuses clearly, loses nothing and goes on when there is room', async () => {
    const hub = await newHospital(tools);
    await run(hub, 'writeNote', { text: 'before' });
    hub.ports.storage.files.faults.capacityBytes = 10;
    await expect(run(hub, 'writeNote', { text: 'refused' })).rejects.toMatchObject({ code: 'disk-full' });
    delete hub.ports.storage.files.faults.capacityBytes;
    expect((await run(hub, 'writeNote', { text: 'after' })).ok).toBe(true);
    const rebuilt = await reopen(tools, hub);
    expect(await picture(rebuilt)).toBe(await picture(hub));
    expect(await picture(hub)).not.toContain('refused');
  });

  test('a forged commit is evidence, not history', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    await run(desk, 'writeNote', { text: 'true' });
    const [payload] = await desk.replica.payloads([desk.replica.position.n]);
    const forged = payload!.slice(); // one was asked for
    forged[200]! ^= 1; // inside the body
    const report = await hub.replica.ingest([forged]);
    expect(report.accepted).toHaveLength(0);
    expect(report.refused).toEqual({ 'body-hash': 1 });
    expect(hub.replica.evidence.items).toHaveLength(1);
    expect((await hub.replica.ingest([payload!])).accepted).toHaveLength(1); // one was asked for
  });

  test('a user without the role is refused by decide, and set aside when a device writes it all the same', async () => {
    const hub = await newHospital(tools);
    const desk = await join(tools, hub, 'desk');
    const refused = await desk.replica.execute({
      name: 'writeNote',
      input: { text: 'x' },
      id: 'no' as never,
      actor: { ...clerk(desk.replica), permissions: new Set() },
    });
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'role-missing' } });
    const stranger = { ...clerk(desk.replica), user: 'user/strangerstranger' as never };
    const written = await desk.replica.execute({ name: 'writeNote', input: { text: 'x' }, id: 'forced' as never, actor: stranger });
    expect(written.ok).toBe(true);
    expect(await picture(desk)).toContain('user-not-permitted');
  });

  test('commits wait for their certificate and then count', async () => {
    const hub = await newHospital(tools);
    const other = await join(tools, hub, 'hub');
    const desk = await join(tools, hub, 'desk');
    await run(desk, 'writeNote', { text: 'early' });
    const [mine] = await desk.replica.payloads([desk.replica.position.n]);
    expect(await other.replica.ingest([mine!])).toMatchObject({ pending: 1 }); // one was asked for
    await copy(hub.replica, other.replica);
    expect(await picture(other)).toContain('early');
  });
});
