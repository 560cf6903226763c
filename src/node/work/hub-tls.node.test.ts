// Two hubs and a desk on network addresses, as real processes: HTTPS by the hospital's own authority from end to end, and the
// page that prepares a PC. 127.0.0.2 and 127.0.0.3 count as the network: only 127.0.0.1 is served in the clear.
import fs from 'node:fs';
import https from 'node:https';
import crypto from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desk, type Hub, nirantar, passwordFile, register, signIn, startHub, stopHub } from '#node/testing/program.ts';
import { temporaryFolder, type TemporaryFolder } from '#node/testing/temporary-folder.ts';

let folder: TemporaryFolder;
let first: Hub;
let second: Hub;
let rootPem: string;

beforeAll(async () => {
  folder = temporaryFolder();
  await nirantar('init', '--dir', folder.file('opd'), '--hospital', 'T <&> H', '--admin-password-file', passwordFile(folder));
  rootPem = fs.readFileSync(folder.file('opd/tls/root.pem'), 'utf8');
  first = await startHub(folder.file('opd'), 0, '--host', '127.0.0.2', '--name', 'opd.hospital.test', '--plain-port', '0');
  await join('hub', 'lab', first.url);
  second = await startHub(folder.file('lab'), 0, '--host', '127.0.0.3', '--peer', first.url);
}, 120_000);
afterAll(async () => {
  for (const hub of [first, second]) await stopHub(hub, 'SIGKILL');
  folder[Symbol.dispose]();
});

async function join(role: 'hub' | 'desk', name: string, url: string, from = 'opd'): Promise<void> {
  const invite = await nirantar('invite', '--dir', folder.file(from), '--role', role);
  const joined = await nirantar('join', '--dir', folder.file(name), '--hub', url, '--invite', String(invite.json['invite']));
  expect(joined).toMatchObject({ code: 0 });
  expect(joined.json).not.toHaveProperty('notes');
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Over TLS with nothing trusted but `ca`, under the name `host`. */
function get(url: string, options: https.RequestOptions = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { agent: false, ca: rootPem, ...options }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      })
      .on('error', reject);
  });
}

describe('a hub that joined over https', () => {
  test('has an authority of its own, for its owner only, and serves by it', async () => {
    expect(second.url).toMatch(/^https:\/\/127\.0\.0\.3:/);
    for (const file of ['opd/tls/authority.json', 'lab/tls/authority.json', 'lab/tls/root.pem'])
      expect(fs.statSync(folder.file(file)).mode & 0o777).toBe(0o600);
    const authority = (name: string): { keyPem: string; chainPem: string } =>
      JSON.parse(fs.readFileSync(folder.file(`${name}/tls/authority.json`), 'utf8')) as never; // written by the hub
    expect(authority('lab').keyPem).not.toBe(authority('opd').keyPem);
    expect(authority('lab').chainPem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect((await get(`${second.url}/healthz`)).body.toString()).toBe('ok\n');
  });

  test('is trusted by nobody who does not know the root', async () => {
    await expect(get(`${second.url}/healthz`, { ca: [] })).rejects.toThrow();
    const { port } = new URL(second.url);
    await expect(get(`https://127.0.0.3:${port}/healthz`, { servername: 'bank.example' })).rejects.toThrow(/altnames/);
  });

  test('a hub joins it in turn, and a desk; work crosses all three over https', async () => {
    await join('hub', 'ward', second.url, 'lab');
    const third = await startHub(folder.file('ward'), 0, '--host', '127.0.0.4', '--peer', second.url);
    try {
      await join('desk', 'bench', third.url, 'ward');
      const answers = await desk(folder.file('bench'), [third.url], [signIn, register(1, 'Sunita Devi'), { id: 2, sync: true }]);
      expect(answers.map((answer) => answer['ok'])).toEqual([true, true, true]);
      await expect
        .poll(async () => (await nirantar('digest', '--dir', folder.file('opd'))).json, { timeout: 60_000, interval: 500 })
        .toEqual((await nirantar('digest', '--dir', folder.file('ward'))).json);
    } finally {
      await stopHub(third);
    }
  }, 120_000);
});

describe('what is refused', () => {
  test('a hub that shows another root than the invite names: a man in the middle', async () => {
    await nirantar('init', '--dir', folder.file('evil'), '--hospital', 'Evil', '--admin-password-file', passwordFile(folder));
    const evil = await startHub(folder.file('evil'), 0, '--host', '127.0.0.5');
    try {
      const invite = await nirantar('invite', '--dir', folder.file('opd'), '--role', 'desk');
      const joined = await nirantar('join', '--dir', folder.file('caught'), '--hub', evil.url, '--invite', String(invite.json['invite']));
      expect(joined).toMatchObject({ code: 1, json: {} });
      expect(joined.stderr).toContain('somebody stands between');
    } finally {
      await stopHub(evil);
    }
  });

  test('the network in the clear: a hub that has no certificate and reaches nobody says what to do', async () => {
    fs.cpSync(folder.file('evil'), folder.file('bare'), { recursive: true });
    fs.rmSync(folder.file('bare/tls'), { recursive: true });
    const refused = await nirantar('hub', '--dir', folder.file('bare'), '--port', '0', '--host', '127.0.0.6');
    expect(refused).toMatchObject({ code: 1, json: {} });
    expect(refused.stderr).toContain('--peer');
  });

  test('a name that the authority may not vouch for', async () => {
    const refused = await nirantar('hub', '--dir', folder.file('evil'), '--port', '0', '--host', '127.0.0.6', '--name', 'hub.bank.example');
    expect(refused).toMatchObject({ code: 1, json: {} });
    expect(refused.stderr).toContain('--domain');
  });

  test('an authority for who is no hub of this hospital', async () => {
    const ask = async (body: unknown): Promise<number> => {
      const plain = await new Promise<number>((resolve, reject) => {
        const request = https.request(`${first.url}/sync/tls-authority`, { method: 'POST', ca: rootPem, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on('error', reject).end(JSON.stringify(body));
      });
      return plain;
    };
    const publicKey = crypto
      .generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .publicKey.export({ type: 'spki', format: 'der' })
      .toString('base64url');
    expect(await ask({})).toBe(400);
    expect(await ask({ device: 'AAAAAAAAAAAAAAAA', epoch: 'AAAAAAAAAAAAAAAA', publicKey, signature: 'A'.repeat(86) })).toBe(403);
  });
});

describe('the page that prepares a PC', () => {
  test('shows the fingerprint, gives the root in each form, escapes the name, loads nothing from outside', async () => {
    const page = await get(`${first.url}/ca`, { servername: 'opd.hospital.test' });
    const html = page.body.toString();
    expect(page.status).toBe(200);
    expect(String(page.headers['content-security-policy'])).toContain("default-src 'self'");
    expect(html).toContain(new crypto.X509Certificate(rootPem).fingerprint256);
    expect(html).not.toContain('T <&> H');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!127\.0\.0\.2)/);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect((await get(`${first.url}/ca/root.pem`)).body.toString()).toBe(rootPem);
    expect((await get(`${first.url}/ca/root.crt`)).body.equals(new crypto.X509Certificate(rootPem).raw)).toBe(true);
    const policy = JSON.parse((await get(`${first.url}/ca/policy.json`)).body.toString()) as { CACertificates: string[] }; // by the hub
    expect(Buffer.from(policy.CACertificates[0] ?? '', 'base64').equals(new crypto.X509Certificate(rootPem).raw)).toBe(true);
    for (const script of ['page', 'environment', 'codes', 'probe'])
      expect((await get(`${first.url}/ca/${script}.js`)).headers['content-type']).toContain('javascript');
    expect((await get(`${first.url}/ca/authority.json`)).status).toBe(404);
  });

  test('over plain http every page says that it is not secure and where to go; nothing else is answered', async () => {
    const plain = String(first.json['plainUrl']);
    const page = await fetch(`${plain}/registration`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(403);
    expect(await page.text()).toContain(`https://127.0.0.2:${new URL(first.url).port}`);
    expect((await fetch(`${plain}/ca`)).status).toBe(200);
    expect(await (await fetch(`${plain}/ca/root.pem`)).text()).toBe(rootPem);
    for (const path of ['/api/v1/sessions', '/sync/hello', '/metrics'])
      expect((await fetch(`${plain}${path}`, { method: 'POST' })).status).toBe(403);
  });
});
