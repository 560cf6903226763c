// The command line: what each verb hands on, how it ends, and that nothing a person can type brings a stack trace.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StorageFailure } from '#journal/ports/storage.ts';
import { temporaryFolder } from '#node/testing/temporary-folder.ts';
import { Refused } from './exit.ts';
import { buildProgram, runCli } from './program.ts';
import type { Services } from './services.ts';

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly { readonly verb: string; readonly options: unknown }[];
}

/** Runs a command line with services that note what they are asked and give `answer`. */
async function run(argv: readonly string[], answer: unknown = { done: true }): Promise<Ran> {
  const calls: { verb: string; options: unknown }[] = [];
  const note =
    (verb: string) =>
    (options: unknown): Promise<unknown> => {
      calls.push({ verb, options });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
  const verbs = ['init', 'hub', 'invite', 'join', 'desk', 'verify', 'digest', 'export', 'restore', 'load', 'demo', 'demoKill'];
  const services = Object.fromEntries(verbs.map((verb) => [verb, note(verb)])) as unknown as Services; // each is noted above
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const read = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (read.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (read.stderr += chunk.toString()));
  const code = await runCli(argv, { services, stdin, stdout, stderr, stopRequested: () => Promise.resolve() }, '1.2.3');
  await new Promise((resolve) => setImmediate(resolve));
  return { code, ...read, calls };
}

const VERIFIED = { commits: 3, devices: 1, ok: true, problems: [] };
const RUNNING = { output: { url: 'http://127.0.0.1:1' }, stop: () => Promise.resolve() };

describe('what each verb hands on', () => {
  test('init reads the password from its file', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('p'), 'पास word 1\r\n', { mode: 0o600 });
    const ran = await run(['init', '--dir', 'd', '--hospital', 'AIIMS', '--admin-password-file', folder.file('p')]);
    expect(ran).toMatchObject({
      code: 0,
      stdout: '{"done":true}\n',
      stderr: expect.stringContaining('keep the recovery kit safe') as string,
    });
    expect(ran.calls).toEqual([{ verb: 'init', options: { dir: 'd', hospital: 'AIIMS', adminPassword: 'पास word 1' } }]);
  });

  test.each([
    [
      ['invite', '--dir', 'd', '--role', 'desk', '--desk', 'lab', '--name', 'L 1'],
      'invite',
      { dir: 'd', role: 'desk', desk: 'lab', name: 'L 1' },
    ],
    [['invite', '--dir', 'd', '--role', 'hub'], 'invite', { dir: 'd', role: 'hub' }],
    [
      ['join', '--dir', 'd', '--hub', 'http://127.0.0.1:4000', '--invite', ' abcd_-EFGH.1\n'],
      'join',
      { dir: 'd', hub: new URL('http://127.0.0.1:4000'), invite: 'abcd_-EFGH.1' },
    ],
    [['digest', '--dir', 'd'], 'digest', { dir: 'd' }],
    [['export', '--dir', 'd', '--out', 'f'], 'export', { dir: 'd', out: 'f' }],
    [['load', '--dir', 'd', '--visits', '10', '--seed', '7'], 'load', { dir: 'd', visits: 10, seed: 7 }],
    [['demo', '--kill', 'lab'], 'demoKill', { name: 'lab' }],
    [['demo', '--dir', 'd', '--kill', 'lab'], 'demoKill', { dir: 'd', name: 'lab' }],
  ])('%j', async (argv, verb, options) => {
    const ran = await run(argv);
    expect(ran.calls).toEqual([{ verb, options }]);
    expect(ran).toMatchObject({ code: 0, stdout: '{"done":true}\n', stderr: '' });
  });

  test('hub and demo print when they serve, wait to be told, and stop in order', async () => {
    let stopped = 0;
    const running = { ...RUNNING, stop: () => Promise.resolve(void (stopped += 1)) };
    const hub = await run(['hub', '--dir', 'd', '--port', '0', '--peer', 'http://a:1', '--peer', 'https://b'], running);
    expect(hub.calls).toEqual([{ verb: 'hub', options: { dir: 'd', port: 0, peers: [new URL('http://a:1'), new URL('https://b')] } }]);
    expect(hub).toMatchObject({ code: 0, stdout: '{"url":"http://127.0.0.1:1"}\n' });
    expect((await run(['demo', '--port', '0'], running)).calls).toEqual([{ verb: 'demo', options: { port: 0 } }]);
    expect(stopped).toBe(2);
  });

  test('desk gets the streams', async () => {
    const ran = await run(['desk', '--dir', 'd', '--hub', 'http://a:1']);
    expect(ran.calls[0]).toMatchObject({ verb: 'desk', options: { dir: 'd', hubs: [new URL('http://a:1')] } });
    expect(ran.stdout).toBe('');
  });

  test('verify ends with 1 when the history is not whole, and has printed why', async () => {
    expect(await run(['verify', '--file', 'f'], VERIFIED)).toMatchObject({ code: 0, calls: [{ options: { file: 'f' } }] });
    const broken = await run(['verify', '--dir', 'd'], { ...VERIFIED, ok: false, problems: [{ kind: 'signature' }] });
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ ok: false, problems: [{ kind: 'signature' }] });
    expect(broken.stderr).toContain('1 problem');
  });

  test('restore hands on every source and ends with 1 when something could not be proved', async () => {
    const ran = await run(['restore', '--dir', 'd', '--from', 'http://h:1', 'dir', 'file'], VERIFIED);
    expect(ran.calls).toEqual([{ verb: 'restore', options: { dir: 'd', from: ['http://h:1', 'dir', 'file'] } }]);
    expect(ran.code).toBe(0);
    expect((await run(['restore', '--dir', 'd', '--from', 'f'], { ...VERIFIED, ok: false, problems: [{ kind: 'gap' }] })).code).toBe(1);
  });
});

describe('how it ends', () => {
  test.each([
    [['--help'], 0],
    [['--version'], 0],
    [['init', '--help'], 0],
    [[], 2],
    [['nonsense'], 2],
    [['help'], 2],
    [['hub'], 2],
    [['hub', '--dir'], 2],
    [['hub', '--dir', ''], 2],
    [['hub', '--dir', 'd', 'more'], 2],
    [['hub', '--dir', 'd', '--unknown'], 2],
    [['hub', '--dir', 'd', '--port', '65536'], 2],
    [['hub', '--dir', 'd', '--port', '1e3'], 2],
    [['hub', '--dir', 'd', '--peer', 'ftp://x'], 2],
    [['hub', '--dir', 'd', '--peer', 'http://u:p@x'], 2],
    [['invite', '--dir', 'd', '--role', 'king'], 2],
    [['invite', '--dir', 'd', '--role', 'hub', '--desk', 'lab'], 2],
    [['join', '--dir', 'd', '--hub', 'http://a', '--invite', 'with blank inside'], 2],
    [['verify'], 2],
    [['verify', '--dir', 'd', '--file', 'f'], 2],
    [['load', '--dir', 'd', '--visits', '0'], 2],
    [['load', '--dir', 'd', '--visits', '-5'], 2],
    [['init', '--dir', 'd', '--hospital', 'H', '--admin-password-file', '/nowhere/p'], 2],
  ])('%j ends with %i and says why on stderr', async (argv, code) => {
    const ran = await run(argv);
    expect(ran.code).toBe(code);
    expect(ran.calls).toEqual([]);
    expect(code === 0 ? ran.stdout : ran.stderr).not.toBe('');
    if (code !== 0) expect(ran.stdout).toBe('');
  });

  test.each(['', '\n', 'two\nlines', 'x'.repeat(2_000), 'a\0b'])('a password file with %j is refused', async (content) => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('p'), content, { mode: 0o600 });
    const ran = await run(['init', '--dir', 'd', '--hospital', 'H', '--admin-password-file', folder.file('p')]);
    expect(ran).toMatchObject({ code: 2, calls: [] });
    expect(ran.stderr).toContain('password file');
  });

  test('a password file that others can read is used and said so', async () => {
    using folder = temporaryFolder();
    fs.writeFileSync(folder.file('p'), 'secret', { mode: 0o644 });
    const ran = await run(['init', '--dir', 'd', '--hospital', 'H', '--admin-password-file', folder.file('p')]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('chmod 600');
    expect(ran.stderr).not.toContain('secret');
  });

  test.each([
    [new Refused('The folder is not empty. Take another one.'), 'Take another one.'],
    [new StorageFailure('locked', 'transient', 'in use by process 7'), 'in use by process 7'],
    [Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'listen' }), '--port'],
    [new Error('boom at secret.ts:1'), 'NIRANTAR_DEBUG=1'],
  ])('what the work refuses ends with 1: %s', async (error, words) => {
    const ran = await run(['digest', '--dir', 'd'], error);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toMatch(/boom|\n\s+at /);
  });

  test('a verb that this build lacks says so', async () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    expect(await runCli(['digest', '--dir', 'd'], { services: {}, ...streams, stopRequested: () => Promise.resolve() }, '1')).toBe(1);
  });

  test('every verb explains itself with an example', () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    const program = buildProgram({ services: {}, ...streams, stopRequested: () => Promise.resolve() }, '1');
    expect(program.commands.map((verb) => verb.name())).toEqual([
      'init',
      'hub',
      'invite',
      'join',
      'desk',
      'verify',
      'digest',
      'export',
      'restore',
      'load',
      'demo',
    ]);
    for (const verb of program.commands) {
      let help = '';
      verb.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
      expect(help).toContain(`nirantar ${verb.name()} --`.replace('demo --', 'demo'));
      expect(verb.description().length).toBeGreaterThan(20);
    }
  });

  test('any command line ends with 0, 1 or 2, says why, and shows no trace', async () => {
    const words = [
      'init',
      'hub',
      'invite',
      'join',
      'desk',
      'verify',
      'digest',
      'export',
      'restore',
      'load',
      'demo',
      '--dir',
      '--port',
      '--peer',
      '--role',
      '--from',
      '--file',
      '--help',
      '--visits',
      '--',
      '-',
      '=',
      'd',
      '7',
    ];
    const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: 'binary', maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (argv) => {
        const ran = await run(argv, { ...VERIFIED, ...RUNNING });
        expect([0, 1, 2]).toContain(ran.code);
        if (ran.code !== 0) expect(ran.stderr).not.toBe('');
        expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at .*:\d+|node_modules|TypeError/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the executable', () => {
  const ROOT = path.join(import.meta.dirname, '../../..');
  const execute = async (
    file: string,
    argv: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<{ code: number; stdout: string; stderr: string }> => {
    try {
      return { code: 0, ...(await promisify(execFile)(file, argv, { cwd, env })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string }; // what execFile rejects with
    }
  };

  test('runs from any directory and through links to links', async () => {
    using folder = temporaryFolder();
    fs.mkdirSync(folder.file('bin'));
    fs.symlinkSync(path.join(ROOT, 'nirantar'), folder.file('bin/one'));
    fs.symlinkSync('bin/one', folder.file('two'));
    for (const file of [path.join(ROOT, 'nirantar'), folder.file('bin/one'), folder.file('two')]) {
      const ran = await execute(file, ['--version'], folder.path);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    }
    expect(await execute(folder.file('two'), ['hub'], '/')).toMatchObject({ code: 2, stdout: '' });
  });

  test('without its packages and with an old Node it says what to do', async () => {
    using folder = temporaryFolder();
    fs.copyFileSync(path.join(ROOT, 'nirantar'), folder.file('nirantar'));
    fs.mkdirSync(folder.file('bin'));
    fs.writeFileSync(folder.file('bin/node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const env = { PATH: `${folder.file('bin')}:/usr/bin:/bin` };
    expect(await execute(folder.file('nirantar'), ['--version'], folder.path, env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm ci') as string,
    });
    fs.symlinkSync(process.execPath, folder.file('bin/new'));
    fs.renameSync(folder.file('bin/new'), folder.file('bin/node'));
    expect(await execute(folder.file('nirantar'), ['--version'], folder.path, env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm ci') as string,
    });
  });
});
