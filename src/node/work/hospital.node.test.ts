// The program as a person starts it: real processes, folders and sockets, killed and altered on the way.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  desk,
  type Hub,
  nirantar,
  parsed,
  PASSWORD,
  PROGRAM,
  type Ran,
  register,
  signIn,
  startHub,
  stopHub,
} from '#node/testing/program.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';

async function enrol(hubDir: string, url: string, dir: string): Promise<void> {
  const invite = await nirantar('invite', '--dir', hubDir, '--role', 'desk');
  const joined = await nirantar('join', '--dir', dir, '--hub', url, '--invite', String(invite.json['invite']));
  expect(joined).toMatchObject({ code: 0 });
}

let folder: TemporaryFolder;
let init: Ran;
let hub: Hub;
beforeAll(async () => {
  folder = temporaryFolder();
  fs.writeFileSync(folder.file('password'), `${PASSWORD}\n`, { mode: 0o600 });
  init = await nirantar(
    'init',
    '--dir',
    folder.file('opd'),
    '--hospital',
    'Test Hospital',
    '--admin-password-file',
    folder.file('password'),
  );
  hub = await startHub(folder.file('opd'));
  await enrol(folder.file('opd'), hub.url, folder.file('one'));
  await enrol(folder.file('opd'), hub.url, folder.file('two'));
});
afterAll(async () => {
  await stopHub(hub, 'SIGKILL');
  folder[Symbol.dispose]();
});

describe('founding', () => {
  test('prints the recovery kit and leaves it on no disk', () => {
    expect(init).toMatchObject({ code: 0, json: { hospital: 'Test Hospital' } });
    const kit = init.json['recoveryKit'] as { rootKey: string; certificateKey: string }; // printed by init
    const secrets = [kit.rootKey, kit.certificateKey.split('\n')[1] ?? ''];
    for (const entry of fs.readdirSync(folder.file('opd'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = fs.readFileSync(path.join(entry.parentPath, entry.name));
      for (const secret of secrets) {
        expect(bytes.includes(secret)).toBe(false);
        expect(bytes.includes(Buffer.from(secret, 'base64url'))).toBe(false);
      }
      expect(bytes.includes(PASSWORD)).toBe(false);
    }
  });

  test('writes the recovery kit to print only when asked, for its owner only, over nothing that is there', async () => {
    const kit = folder.file('kit.html');
    const args = ['--hospital', 'K <b>', '--admin-password-file', folder.file('password'), '--recovery-kit', kit] as const;
    const made = await nirantar('init', '--dir', folder.file('kit'), ...args);
    expect(made.code).toBe(0);
    expect(made.stderr).toMatch(/keep the recovery kit safe[\s\S]*delete it/);
    const page = fs.readFileSync(kit, 'utf8');
    expect(fs.statSync(kit).mode & 0o777).toBe(0o600);
    expect(page).toContain((made.json['recoveryKit'] as { rootKey: string }).rootKey); // printed by init
    expect(page).toContain(String(made.json['certificateFingerprint']));
    expect(page).not.toContain('K <b>');
    expect(await nirantar('init', '--dir', folder.file('kit2'), ...args)).toMatchObject({ code: 1, json: {} });
    expect(fs.existsSync(folder.file('kit2'))).toBe(false);
    expect(fs.readFileSync(kit, 'utf8')).toBe(page);
  });

  test('does not touch a folder with something in it', async () => {
    const before = fs.readdirSync(folder.file('opd')).length;
    const again = await nirantar('init', '--dir', folder.file('opd'), '--hospital', 'X', '--admin-password-file', folder.file('password'));
    expect(again).toMatchObject({ code: 1, json: {} });
    expect(again.stderr).toContain('not empty');
    expect(fs.readdirSync(folder.file('opd'))).toHaveLength(before);
  });
});

describe('a hub that serves', () => {
  test('answers health, readiness, metrics, the API and its description', async () => {
    expect(await (await fetch(`${hub.url}/healthz`)).text()).toBe('ok\n');
    expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toContain('nirantar_commits{');
    const openApi = (await (await fetch(`${hub.url}/api/openapi.json`)).json()) as { paths: Record<string, unknown> }; // by the hub
    expect(Object.keys(openApi.paths)).toContain('/api/v1/commands/registerPatient');
    expect((await fetch(`${hub.url}/api/docs`)).status).toBe(200);
    const session = await fetch(`${hub.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'admin', password: PASSWORD }),
    });
    const { token } = (await session.json()) as { token: string }; // of the session
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ name: 'Asha Rani', sex: 'female', age: { years: 50 } });
    const registered = (await (await fetch(`${hub.url}/api/v1/commands/registerPatient`, { method: 'POST', headers, body })).json()) as {
      result: { uhid: string };
    }; // of the command
    expect(registered.result.uhid).toMatch(/^1\d{11}$/);
    expect(
      (await fetch(`${hub.url}/api/v1/commands/registerPatient`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }))
        .status,
    ).toBe(401);
  });

  test('keeps its folder from a second process, which says who has it', async () => {
    const second = await nirantar('hub', '--dir', folder.file('opd'), '--port', '0');
    expect(second).toMatchObject({ code: 1, json: {} });
    expect(second.stderr).toMatch(/in use by process \d+/);
  });

  test('a port that is taken is said in words', async () => {
    const other = folder.file('other');
    await nirantar('init', '--dir', other, '--hospital', 'O', '--admin-password-file', folder.file('password'));
    const refused = await nirantar('hub', '--dir', other, '--port', new URL(hub.url).port);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--port');
    await expect(fetch(`${hub.url}/healthz`)).resolves.toMatchObject({ status: 200 });
  });
});

describe('on the network', () => {
  test('a hub serves HTTPS under the hospital root, and only who trusts that root gets in', async () => {
    await nirantar('init', '--dir', folder.file('lan'), '--hospital', 'L', '--admin-password-file', folder.file('password'));
    const lan = await startHub(folder.file('lan'), 0, '--host', '0.0.0.0');
    const { port } = new URL(lan.url);
    const ca = fs.readFileSync(folder.file('lan/tls/root.pem'), 'utf8');
    expect(lan.url).toMatch(/^https:/);
    expect(await get(`https://localhost:${port}/healthz`, ca)).toBe('ok\n');
    expect(await get(`https://127.0.0.1:${port}/healthz`, ca)).toBe('ok\n');
    await expect(get(`https://localhost:${port}/healthz`, undefined)).rejects.toThrow();
    expect(await stopHub(lan)).toBe(0);
  });
});

function get(url: string, ca: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { agent: false, ...(ca === undefined ? {} : { ca }) }, (response) => response.setEncoding('utf8').on('data', resolve))
      .on('error', reject);
  });
}

describe('enrolment', () => {
  test('an invite works once, for its own hospital, and a wrong one says so', async () => {
    const { json } = await nirantar('invite', '--dir', folder.file('opd'), '--role', 'desk', '--desk', 'lab');
    const code = String(json['invite']);
    const join = (dir: string, invite: string, url = hub.url): Promise<Ran> =>
      nirantar('join', '--dir', folder.file(dir), '--hub', url, '--invite', invite);
    expect(await join('j1', code)).toMatchObject({ code: 0 });
    for (const [dir, invite] of [
      ['j2', code],
      ['j3', `${code.slice(0, -4)}AAAA`],
      ['j4', 'nonsense1'],
    ] as const) {
      const refused = await join(dir, invite);
      expect(refused).toMatchObject({ code: 1, json: {} });
      expect(refused.stderr).not.toMatch(/\n\s+at /);
    }
    const nobody = await join('j5', code, 'http://127.0.0.1:9');
    expect(nobody).toMatchObject({ code: 1 });
    expect(nobody.stderr).toContain('No hub answers');
  });
});

describe('desks', () => {
  test('without a hub they work; with one again, all hold the same', async () => {
    const [, first] = await desk(folder.file('one'), [hub.url], [signIn, register(1, 'Sunita Devi'), { id: 2, sync: true }]);
    expect(first).toMatchObject({ id: 1, ok: true, result: { uhid: expect.stringMatching(/^1\d{11}$/) as string } });

    await stopHub(hub, 'SIGKILL');
    const offline = await desk(
      folder.file('two'),
      [hub.url],
      [signIn, register(1, 'Radha Kumari'), { id: 2, sync: true }, { id: 3, status: true }],
    );
    expect(offline.map((answer) => answer['ok'])).toEqual([true, true, false, true]);
    expect(offline[2]).toMatchObject({ code: 'no-hub-answers', message: expect.any(String) as string });
    expect(await desk(folder.file('two'), [], [signIn, register(1, 'Gita Bai')])).toMatchObject([{ ok: true }, { ok: true }]);

    hub = await startHub(folder.file('opd'), Number(new URL(hub.url).port));
    await desk(folder.file('two'), [hub.url], [{ id: 1, sync: true }]);
    await desk(folder.file('one'), [hub.url], [{ id: 1, sync: true }]);
    await desk(folder.file('two'), [hub.url], [{ id: 1, sync: true }]);
    const [atHub, atOne, atTwo] = await Promise.all(['opd', 'one', 'two'].map((dir) => nirantar('digest', '--dir', folder.file(dir))));
    expect(atHub?.code).toBe(0);
    expect(atOne?.json).toEqual(atHub?.json);
    expect(atTwo?.json).toEqual(atHub?.json);
  });

  test('killed in the middle of its work: every registration that was answered is there', async () => {
    const child = spawn(PROGRAM, ['desk', '--dir', folder.file('one')], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(
      [signIn, ...Array.from({ length: 500 }, (_, i) => register(i, `Meena ${String.fromCharCode(97 + (i % 26))}`))]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    const answered: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      const uhid = (parsed(line)['result'] as { uhid?: string } | undefined)?.uhid; // of registerPatient
      if (uhid !== undefined) answered.push(uhid);
      if (answered.length >= 40) child.kill('SIGKILL');
    });
    await once(child, 'close');
    expect(answered.length).toBeGreaterThanOrEqual(40);
    const found = await desk(
      folder.file('one'),
      [],
      [signIn, ...answered.map((uhid, id) => ({ id, as: 'admin', ask: 'patient', with: { uhid } }))],
    );
    expect(found.slice(1).map((answer) => (answer['result'] as { uhid?: string } | undefined)?.uhid)).toEqual(answered); // of the query patient
  });

  test('a wrong password is refused, and nothing is done for who has not signed in', async () => {
    const answers = await desk(
      folder.file('one'),
      [],
      [{ id: 1, signIn: { user: 'admin', password: 'wrong' } }, register(2, 'X'), 'nonsense', { id: 4, as: 'admin', signIn: {} }],
    );
    expect(answers.map((answer) => [answer['id'], answer['ok']])).toEqual([
      [1, false],
      [2, false],
      [null, false],
      [4, false],
    ]);
    for (const answer of answers) expect(answer['message']).toEqual(expect.stringMatching(/\w/));
  });
});

describe('proof', () => {
  test('the history verifies while the hub runs, and as an exported file', async () => {
    expect(await nirantar('verify', '--dir', folder.file('opd'))).toMatchObject({ code: 0, json: { ok: true, problems: [] } });
    const out = folder.file('history.commits');
    const exported = await nirantar('export', '--dir', folder.file('opd'), '--out', out);
    expect(exported).toMatchObject({ code: 0 });
    expect(await nirantar('verify', '--file', out)).toMatchObject({ code: 0, json: { ok: true, commits: exported.json['commits'] } });
    expect(await nirantar('export', '--dir', folder.file('opd'), '--out', out)).toMatchObject({ code: 1 });
  });

  test('any byte that is changed in a file is found', async () => {
    const whole = fs.readFileSync(folder.file('history.commits'));
    for (let i = 0; i < 12; i += 1) {
      const bytes = Buffer.from(whole);
      const at = Math.floor((bytes.length * (2 * i + 1)) / 24);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      fs.writeFileSync(folder.file('altered'), bytes);
      const { code, json, stderr } = await nirantar('verify', '--file', folder.file('altered'));
      expect([at, code, json['ok'] ?? false]).toEqual([at, 1, false]);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    fs.writeFileSync(folder.file('altered'), whole.subarray(0, -5));
    expect(await nirantar('verify', '--file', folder.file('altered'))).toMatchObject({ code: 1, json: { ok: false } });
    fs.writeFileSync(folder.file('altered'), 'not a history');
    expect(await nirantar('verify', '--file', folder.file('altered'))).toMatchObject({ code: 1 });
    expect(await nirantar('verify', '--file', folder.file('absent'))).toMatchObject({ code: 1 });
  });

  test('a hub whose disk is gone is rebuilt from its file, and from a copy of its folder goes on serving', async () => {
    const digest = await nirantar('digest', '--dir', folder.file('opd'));
    const fromFile = await nirantar('restore', '--dir', folder.file('new'), '--from', folder.file('history.commits'));
    expect(fromFile).toMatchObject({ code: 0, json: { ok: true, commits: digest.json['commits'], identity: null } });
    expect((await nirantar('hub', '--dir', folder.file('new'), '--port', '0')).stderr).toContain('never enrolled');

    const fromFolder = await nirantar('restore', '--dir', folder.file('again'), '--from', folder.file('opd'));
    expect(fromFolder).toMatchObject({ code: 0, json: { ok: true, identity: init.json['device'] } });
    expect((await nirantar('digest', '--dir', folder.file('again'))).json).toEqual(digest.json);
    const again = await startHub(folder.file('again'));
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    await stopHub(again);
  });

  test('a damaged source restores what can be proved and says what is missing; a foreign or absent one writes nothing', async () => {
    const bytes = fs.readFileSync(folder.file('history.commits'));
    fs.writeFileSync(folder.file('short'), bytes.subarray(0, -5));
    expect(await nirantar('restore', '--dir', folder.file('r1'), '--from', folder.file('short'))).toMatchObject({
      code: 1,
      json: { ok: false },
    });
    const mended = await nirantar('restore', '--dir', folder.file('r2'), '--from', folder.file('short'), folder.file('history.commits'));
    expect(mended.json['commits']).toBe((await nirantar('verify', '--file', folder.file('history.commits'))).json['commits']);
    for (const sources of [['other', 'opd'], ['absent'], ['two/journal'], ['r3']]) {
      const refused = await nirantar('restore', '--dir', folder.file('r3'), '--from', ...sources.map((name) => folder.file(name)));
      expect(refused).toMatchObject({ code: 1, json: {} });
      expect(fs.existsSync(folder.file('r3'))).toBe(false);
    }
    expect((await nirantar('restore', '--dir', folder.file('r3'), '--from', hub.url)).stderr).toContain('nirantar invite');
    expect((await nirantar('restore', '--dir', folder.file('two'), '--from', folder.file('short'))).stderr).toContain('not empty');
  });

  test('from a running hub, with an invite, a new hub comes that holds everything; another invite, or none, does nothing', async () => {
    const code = async (role: string): Promise<string> =>
      String((await nirantar('invite', '--dir', folder.file('opd'), '--role', role)).json['invite']);
    const from = (dir: string, invite: string, ...sources: readonly string[]): Promise<Ran> =>
      nirantar('restore', '--dir', folder.file(dir), '--invite', invite, '--from', ...sources);
    const restored = await from('n1', await code('hub'), folder.file('short'), hub.url);
    expect(restored).toMatchObject({ code: 0, json: { ok: true, problems: [] } });
    const { commits, sources } = restored.json as { commits: number; sources: { commits: number }[] }; // of restore
    expect(sources.reduce((sum, one) => sum + one.commits, 0)).toBeLessThanOrEqual(commits);
    expect(sources[0]?.commits).toBeGreaterThan(0);
    expect((await nirantar('digest', '--dir', folder.file('n1'))).json).toEqual(
      (await nirantar('digest', '--dir', folder.file('opd'))).json,
    );
    const again = await startHub(folder.file('n1'), 0, '--peer', hub.url);
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    expect(await stopHub(again)).toBe(0);

    expect((await from('n2', await code('desk'), hub.url)).stderr).toContain('--role hub');
    expect(await from('n2', `${(await code('hub')).slice(0, -4)}AAAA`, hub.url)).toMatchObject({ code: 1, json: {} });
    await nirantar('export', '--dir', folder.file('other'), '--out', folder.file('foreign.commits'));
    expect((await from('n3', await code('hub'), folder.file('foreign.commits'), hub.url)).stderr).toContain('another hospital');
    expect(fs.existsSync(folder.file('n3'))).toBe(false);
  }, 180_000);

  test('interrupted at any moment, the same line goes on; a folder with something else in it is not touched', async () => {
    for (const ms of [150, 350, 450, 550, 700, 900]) {
      const child = spawn(PROGRAM, ['restore', '--dir', folder.file('cut'), '--from', folder.file('history.commits')], { stdio: 'ignore' });
      const timer = setTimeout(() => child.kill('SIGKILL'), ms);
      const [, signal] = (await once(child, 'close')) as [number | null, string | null]; // what a process emits
      clearTimeout(timer);
      // It was quicker than the knife: begin again from nothing.
      const done = signal === null || (fs.existsSync(folder.file('cut/journal')) && !fs.existsSync(folder.file('cut/restoring.json')));
      if (done) fs.rmSync(folder.file('cut'), { recursive: true });
    }
    const whole = await nirantar('restore', '--dir', folder.file('cut'), '--from', folder.file('history.commits'));
    expect(whole, whole.stderr).toMatchObject({ code: 0, json: { ok: true } });
    expect(whole.json['commits']).toBe((await nirantar('verify', '--file', folder.file('history.commits'))).json['commits']);
    expect(fs.existsSync(folder.file('cut/restoring.json'))).toBe(false);
    expect((await nirantar('restore', '--dir', folder.file('cut'), '--from', folder.file('history.commits'))).stderr).toContain(
      'not empty',
    );

    expect(await nirantar('restore', '--dir', folder.file('two-steps'), '--from', folder.file('short'))).toMatchObject({
      code: 1,
      json: { ok: false },
    });
    expect((await nirantar('restore', '--dir', folder.file('two-steps'), '--from', folder.file('foreign.commits'))).stderr).toContain(
      'another hospital',
    );
    expect(await nirantar('restore', '--dir', folder.file('two-steps'), '--from', folder.file('history.commits'))).toMatchObject({
      code: 0,
      json: { ok: true },
    });
  }, 180_000);

  test('a journal that is altered, torn or cut is found and not changed', async () => {
    expect(await stopHub(hub)).toBe(0);
    const segment = folder.file('opd/journal/journal-00000001.seg');
    const whole = fs.readFileSync(segment);
    const middle = Buffer.from(whole);
    middle[Math.floor(whole.length / 2)] = (middle[Math.floor(whole.length / 2)] ?? 0) ^ 1;
    const last = Buffer.from(whole);
    last[whole.length - 3] = (last[whole.length - 3] ?? 0) ^ 1;
    const cases: readonly Buffer[] = [
      middle,
      last,
      whole.subarray(0, -1),
      whole.subarray(0, 16),
      Buffer.concat([Buffer.from('X'), whole.subarray(1)]),
    ];
    for (const bytes of cases) {
      fs.writeFileSync(segment, bytes);
      expect(await nirantar('verify', '--dir', folder.file('opd'))).toMatchObject({ code: 1, json: { ok: false } });
      expect(fs.readFileSync(segment).equals(bytes)).toBe(true);
    }
    fs.writeFileSync(segment, whole);
    expect(await nirantar('verify', '--dir', folder.file('opd'))).toMatchObject({ code: 0 });
  });
});
