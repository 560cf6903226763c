// A folder is opened by one process, for the right purpose, and a running process can be asked through it.
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { askControl, serveControl } from './control.ts';
import { openHome } from './home.ts';
import { serveHttp } from './http-server.ts';

describe('openHome', () => {
  test('a new folder opens, keeps what is written, and opens again as an existing one', async () => {
    using folder = temporaryFolder();
    const home = await openHome(folder.file('opd'), 'new');
    await home.ports.storage.files.append('journal-1.seg', new Uint8Array(3));
    await home.ports.storage.sql.write([{ sql: 'CREATE TABLE t (a)' }]);
    await home.ports.keys.save('e1', await home.ports.crypto.generateSigner());
    expect(fs.statSync(home.place('tls')).mode & 0o077).toBe(0);
    await home.close();
    const again = await openHome(folder.file('opd'), 'existing');
    expect(await again.ports.storage.files.list()).toEqual([{ name: 'journal-1.seg', lengthBytes: 3 }]);
    expect(await again.ports.storage.sql.read('SELECT * FROM t')).toEqual([]);
    expect(await again.ports.keys.load('e1')).toBeDefined();
    expect(again.ports.storage.notes).toEqual([]);
    await again.close();
  });

  test('a lost or damaged index is empty and said so; the journal stands', async () => {
    using folder = temporaryFolder();
    await (await openHome(folder.file('opd'), 'new')).close();
    fs.writeFileSync(folder.file('opd/index/index.db'), 'rubbish'.repeat(2_000));
    const home = await openHome(folder.file('opd'), 'existing');
    expect(home.ports.storage.notes[0]).toContain('rebuilt');
    await home.close();
  });

  test('a folder in use is refused, one that is free again is not', async () => {
    using folder = temporaryFolder();
    const home = await openHome(folder.file('opd'), 'new');
    await expect(openHome(folder.file('opd'), 'existing')).rejects.toMatchObject({ code: 'locked', failureClass: 'transient' });
    await home.close();
    await (await openHome(folder.file('opd'), 'existing')).close();
  });

  test('a folder with something in it is not taken, one without a node is not opened, and neither is touched', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('letter.txt'), 'x');
    await expect(openHome(folder.path, 'new')).rejects.toThrow('not empty');
    await expect(openHome(folder.path, 'existing')).rejects.toThrow('nirantar init');
    await expect(openHome(folder.file('absent'), 'existing')).rejects.toThrow('nirantar init');
    expect(fs.readdirSync(folder.path)).toEqual(['letter.txt']);
  });

  test('a place that cannot be made is refused in words', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('file'), 'x');
    await expect(openHome(folder.file('file/below'), 'new')).rejects.toMatchObject({ name: 'StorageFailure' });
  });
});

describe('asking a running process', () => {
  test('the question arrives and the answer comes back', async () => {
    using folder = temporaryFolder();
    const control = await serveControl(folder.path, (verb, input) => Promise.resolve({ ok: true, result: { verb, input } }));
    expect(fs.statSync(folder.file('control.json')).mode & 0o077).toBe(0);
    expect(await askControl(folder.path, 'invite', { role: 'desk' })).toEqual({
      ok: true,
      result: { verb: 'invite', input: { role: 'desk' } },
    });
    await control.close();
    expect(await askControl(folder.path, 'invite', {})).toBeUndefined();
    expect(fs.readdirSync(folder.path)).toEqual([]);
  });

  test('without the secret nothing is answered', async () => {
    using folder = temporaryFolder();
    let asked = 0;
    const control = await serveControl(folder.path, () => Promise.resolve({ ok: true, result: (asked += 1) }));
    const { url, secret } = JSON.parse(fs.readFileSync(folder.file('control.json'), 'utf8')) as { url: string; secret: string }; // written by serveControl
    for (const authorization of ['', 'Bearer ', 'Bearer wrong', `Bearer ${secret}x`, secret]) {
      expect((await fetch(url, { method: 'POST', headers: { authorization }, body: '{"verb":"invite"}' })).status).toBe(403);
    }
    expect((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(403);
    expect(asked).toBe(0);
    await control.close();
  });

  test('a file left by a process that was killed is nobody, also when another program has its port now', async () => {
    using folder = temporaryFolder();
    const left = (url: string): void => fs.writeFileSync(folder.file('control.json'), JSON.stringify({ url, secret: 's', pid: 1 }));
    const other = await serveHttp({ handler: () => new Response('not here', { status: 404 }) });
    left(other.url);
    expect(await askControl(folder.path, 'invite', {})).toBeUndefined();
    await other.close();
    left(other.url);
    expect(await askControl(folder.path, 'invite', {})).toBeUndefined();
    for (const content of ['', '{', 'null', '{"url":1}', '[]']) {
      fs.writeFileSync(folder.file('control.json'), content);
      expect(await askControl(folder.path, 'invite', {})).toBeUndefined();
    }
  });

  test('what falls over inside is one sentence outside', async () => {
    using folder = temporaryFolder();
    const told: unknown[] = [];
    const control = await serveControl(
      folder.path,
      () => Promise.reject(new Error('secret inside')),
      (error) => told.push(error),
    );
    expect(await askControl(folder.path, 'x', {})).toMatchObject({ ok: false, message: expect.stringContaining('log') as string });
    expect(told).toHaveLength(1);
    await control.close();
  });
});
