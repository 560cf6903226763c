// Real TLS handshakes with a client that trusts the hospital's root and nothing else.
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import crypto from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  AUTHORITY_LEVELS,
  chainHolds,
  daysLeft,
  fingerprint,
  firstOf,
  HOSPITAL_NETWORKS,
  type HubAuthority,
  type KeyedCertificate,
  INTERMEDIATE_DAYS,
  issueBelow,
  makeAuthorityKey,
  makeHubAuthority,
  makeRoot,
  makeServerCertificate,
  permittedSuffixes,
  SERVER_DAYS,
} from './hospital-ca.ts';

const NOW = Date.now();
/** OpenSSL's words for a name that the authority may not vouch for; Node has no code for it. */
const OUTSIDE = 'permitted subtree violation';
const permitted = { dnsSuffixes: ['aiims.internal', 'localhost'], networks: HOSPITAL_NETWORKS };
let root: KeyedCertificate;
let hub: HubAuthority;

beforeAll(async () => {
  root = await makeRoot('Test Hospital', NOW);
  hub = await makeHubAuthority(root, { hub: 'opd', hospital: 'Test Hospital', permitted, authoritiesBelow: 1 }, NOW);
});

/** What a client that asks for `host` and trusts only `ca` gets: the body, or the code of the refusal. */
async function ask(server: KeyedCertificate, host: string, ca = root.certificatePem): Promise<string> {
  const listener = https.createServer({ cert: server.certificatePem, key: server.keyPem }, (_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo; // it listens on a port
  try {
    return await new Promise<string>((resolve) => {
      const check = (_: string, certificate: tls.PeerCertificate): Error | undefined => tls.checkServerIdentity(host, certificate);
      https
        .get({ host: '127.0.0.1', port, ca, agent: false, checkServerIdentity: check }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        })
        .on('error', (error: NodeJS.ErrnoException) =>
          resolve(error.code === 'UNSPECIFIED' || error.code === undefined ? error.message : error.code),
        );
    });
  } finally {
    listener.close();
  }
}

describe('a hub under the hospital root', () => {
  test.each(['desk.aiims.internal', 'opd.aiims.internal', '10.20.30.40', '127.0.0.1', '192.168.1.9', 'localhost'])(
    'is trusted as %s',
    async (host) => {
      const server = await makeServerCertificate(
        hub,
        ['desk.aiims.internal', 'opd.aiims.internal', '10.20.30.40', '127.0.0.1', '192.168.1.9', 'localhost', '::1'],
        NOW,
      );
      expect(await ask(server, host)).toBe('hello');
    },
  );

  test('is not trusted under a name that is not in its certificate', async () => {
    const server = await makeServerCertificate(hub, ['opd.aiims.internal'], NOW);
    expect(await ask(server, 'lab.aiims.internal')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test.each(['bank.example', 'aiims.internal.evil.example', '8.8.8.8', '11.0.0.1', '2001:db8::1'])(
    'cannot vouch for %s outside the hospital',
    async (host) => {
      const server = await makeServerCertificate(hub, [host], NOW);
      expect(await ask(server, host)).toBe(OUTSIDE);
    },
  );

  test('is not trusted by who does not know the root, nor under another root of the same name', async () => {
    const server = await makeServerCertificate(hub, ['127.0.0.1'], NOW);
    const other = await makeRoot('Test Hospital', NOW);
    expect(await ask(server, '127.0.0.1', other.certificatePem)).not.toBe('hello');
    expect(await ask(server, '127.0.0.1', tls.rootCertificates[0])).not.toBe('hello');
  });

  test('is refused after its certificate has ended, and a slow clock accepts a fresh one', async () => {
    const day = 86_400_000;
    expect(await ask(await makeServerCertificate(hub, ['127.0.0.1'], NOW - (SERVER_DAYS + 10) * day), '127.0.0.1')).toBe(
      'CERT_HAS_EXPIRED',
    );
    expect(await ask(await makeServerCertificate(hub, ['127.0.0.1'], NOW + 5 * day), '127.0.0.1')).toBe('hello');
  });
});

describe('authorities below', () => {
  test('a hub enrols a second hub, which serves and cannot enrol a third', async () => {
    const request = { hospital: 'Test Hospital', permitted, authoritiesBelow: 0 } as const;
    const second = await makeHubAuthority(hub, { ...request, hub: 'lab' }, NOW);
    expect(await ask(await makeServerCertificate(second, ['lab.aiims.internal'], NOW), 'lab.aiims.internal')).toBe('hello');
    const third = await makeHubAuthority(second, { ...request, hub: 'rogue' }, NOW);
    expect(await ask(await makeServerCertificate(third, ['lab.aiims.internal'], NOW), 'lab.aiims.internal')).toBe('PATH_LENGTH_EXCEEDED');
  });

  test('a narrower hub cannot be widened from below', async () => {
    const narrow = await makeHubAuthority(
      hub,
      {
        hub: 'ward',
        hospital: 'Test Hospital',
        permitted: { dnsSuffixes: ['ward.aiims.internal'], networks: ['10.5.0.0/16'] },
        authoritiesBelow: 0,
      },
      NOW,
    );
    expect(await ask(await makeServerCertificate(narrow, ['a.ward.aiims.internal', '10.5.1.1'], NOW), '10.5.1.1')).toBe('hello');
    expect(await ask(await makeServerCertificate(narrow, ['10.6.1.1'], NOW), '10.6.1.1')).toBe(OUTSIDE);
    expect(await ask(await makeServerCertificate(narrow, ['lab.aiims.internal'], NOW), 'lab.aiims.internal')).toBe(OUTSIDE);
  });
});

describe('an authority over the key of another machine', () => {
  const subject = { hub: 'lab', hospital: 'Test Hospital' };

  test('is made for the same names, one level less deep, and serves; at the last level none is', async () => {
    const key = await makeAuthorityKey();
    const chainPem = await issueBelow(hub, subject, key.publicKey, NOW);
    if (chainPem === undefined) throw new Error('one may stand below');
    expect(chainHolds(chainPem, root.certificatePem, key.keyPem, NOW)).toBe(true);
    expect(permittedSuffixes(chainPem)).toEqual(permitted.dnsSuffixes);
    const below: HubAuthority = { certificatePem: firstOf(chainPem), keyPem: key.keyPem, chainPem };
    expect(await ask(await makeServerCertificate(below, ['lab.aiims.internal'], NOW), 'lab.aiims.internal')).toBe('hello');
    expect(await ask(await makeServerCertificate(below, ['8.8.8.8'], NOW), '8.8.8.8')).toBe(OUTSIDE);
    expect(await issueBelow(below, subject, (await makeAuthorityKey()).publicKey, NOW)).toBeUndefined();
  });

  test('a hospital grows eight hubs deep', async () => {
    let top = await makeHubAuthority(root, { hub: 'h', hospital: 'H', permitted, authoritiesBelow: AUTHORITY_LEVELS - 1 }, NOW);
    for (let i = 1; i < AUTHORITY_LEVELS; i += 1) {
      const key = await makeAuthorityKey();
      const chainPem = (await issueBelow(top, subject, key.publicKey, NOW)) ?? '';
      top = { certificatePem: firstOf(chainPem), keyPem: key.keyPem, chainPem };
    }
    expect(await ask(await makeServerCertificate(top, ['10.1.1.1'], NOW), '10.1.1.1')).toBe('hello');
    expect(await issueBelow(top, subject, (await makeAuthorityKey()).publicKey, NOW)).toBeUndefined();
  });

  test('is not made over what is no key of its kind', async () => {
    const rsa = crypto.generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
    for (const bytes of [new Uint8Array(0), new Uint8Array(91), rsa]) expect(await issueBelow(hub, subject, bytes, NOW)).toBeUndefined();
  });

  test('a chain does not hold with another key, another root, a link cut, later than it lasts, or as nonsense', async () => {
    const key = await makeAuthorityKey();
    const chainPem = (await issueBelow(hub, subject, key.publicKey, NOW)) ?? '';
    const other = await makeRoot('Test Hospital', NOW);
    expect(chainHolds(chainPem, root.certificatePem, (await makeAuthorityKey()).keyPem, NOW)).toBe(false);
    expect(chainHolds(chainPem, other.certificatePem, key.keyPem, NOW)).toBe(false);
    expect(chainHolds(firstOf(chainPem), root.certificatePem, key.keyPem, NOW)).toBe(false);
    expect(chainHolds(chainPem, root.certificatePem, key.keyPem, NOW + (INTERMEDIATE_DAYS + 1) * 86_400_000)).toBe(false);
    for (const text of ['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])
      expect(chainHolds(text, root.certificatePem, key.keyPem, NOW)).toBe(false);
  });

  test('nothing outlives what vouches for it', async () => {
    const late = NOW + (INTERMEDIATE_DAYS - 5) * 86_400_000;
    expect(daysLeft((await makeServerCertificate(hub, ['10.1.1.1'], late)).certificatePem, late)).toBeLessThanOrEqual(5);
  });
});

test('OpenSSL reads every certificate and its key belongs to it; serial numbers differ', async () => {
  const server = await makeServerCertificate(hub, ['opd.aiims.internal'], NOW);
  const all = [root, hub, server].map(({ certificatePem, keyPem }) => ({
    certificate: new crypto.X509Certificate(certificatePem),
    key: crypto.createPrivateKey(keyPem),
  }));
  for (const { certificate, key } of all) expect(certificate.checkPrivateKey(key)).toBe(true);
  expect(new Set(all.map(({ certificate }) => certificate.serialNumber)).size).toBe(3);
  expect(all.map(({ certificate }) => certificate.ca)).toEqual([true, true, false]);
  expect(daysLeft(server.certificatePem, NOW)).toBe(SERVER_DAYS - 1);
  expect(fingerprint(root.certificatePem)).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});
