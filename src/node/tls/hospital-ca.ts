// The hospital's own certificate authority: a root made at init, an intermediate for each hub that can vouch only for
// names and addresses inside the hospital, and server certificates. It must not know where keys are kept.
import 'reflect-metadata'; // @peculiar/x509 does not load without it
import crypto, { webcrypto } from 'node:crypto';
import net from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { nameConstraints, type PermittedNames } from './name-constraints.ts';

/** P-256: browsers refuse Ed25519 in TLS. */
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' } as const;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const DAY_MS = 86_400_000;

/** Long, because replacing it means a visit to 5,500 PCs. */
export const ROOT_DAYS = 20 * 365;
export const INTERMEDIATE_DAYS = 10 * 365;
/** Browsers accept at most 398 days of a public authority; a private one may have more, and shorter is renewed by the hub itself. */
export const SERVER_DAYS = 397;
/** A desk PC whose clock is slow must still accept a certificate made a moment ago. */
const BACKDATE_DAYS = 7;

/** Private networks of RFC 1918, loopback, link-local and unique local IPv6: where a hospital's hubs can be. */
export const HOSPITAL_NETWORKS: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** A certificate with its private key, both PEM. The key is secret. */
export interface KeyedCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface HubAuthority extends KeyedCertificate {
  /** From this authority up to, and without, the root: what a server sends behind its own certificate. */
  readonly chainPem: string;
}

export async function makeRoot(hospital: string, nowMs: number): Promise<KeyedCertificate> {
  const keys = await generateKeys();
  const subject = { CN: [`${hospital} root`], O: [hospital] };
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [subject],
      ...validity(nowMs, ROOT_DAYS),
      keys,
      signingAlgorithm: SIGNATURE_ALGORITHM,
      extensions: [...authorityExtensions(2), await subjectKey(keys.publicKey)],
    },
    webcrypto as Crypto, // Node's is the same interface
  );
  return { certificatePem: pem(certificate), keyPem: await exportKey(keys.privateKey) };
}

export interface HubRequest {
  /** The hub's name, for the certificate's subject. */
  readonly hub: string;
  readonly hospital: string;
  readonly permitted: PermittedNames;
  /** How many further authorities may stand below: 1 lets this hub enrol other hubs, 0 only servers. */
  readonly authoritiesBelow: 0 | 1;
}

export async function makeHubAuthority(issuer: KeyedCertificate | HubAuthority, request: HubRequest, nowMs: number): Promise<HubAuthority> {
  const keys = await generateKeys();
  const certificate = await issue(issuer, keys.publicKey, nowMs, INTERMEDIATE_DAYS, { CN: [request.hub], O: [request.hospital] }, [
    ...authorityExtensions(request.authoritiesBelow),
    nameConstraints(request.permitted),
  ]);
  const certificatePem = pem(certificate);
  const above = 'chainPem' in issuer ? issuer.chainPem : '';
  return { certificatePem, keyPem: await exportKey(keys.privateKey), chainPem: certificatePem + above };
}

/** A server certificate for DNS names and IP addresses. Its `certificatePem` holds the whole chain without the root. */
export async function makeServerCertificate(issuer: HubAuthority, hosts: readonly string[], nowMs: number): Promise<KeyedCertificate> {
  const [first] = hosts;
  if (first === undefined) throw new RangeError('invariant: a server has at least one name');
  const keys = await generateKeys();
  const names = hosts.map((host) => ({ type: net.isIP(host) === 0 ? ('dns' as const) : ('ip' as const), value: host }));
  // The blanks in the subject keep it from being read as a host name, which the name constraints would then judge.
  const certificate = await issue(issuer, keys.publicKey, nowMs, SERVER_DAYS, { CN: [`Nirantar server ${first}`] }, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
    new SubjectAlternativeNameExtension(names),
  ]);
  return { certificatePem: pem(certificate) + issuer.chainPem, keyPem: await exportKey(keys.privateKey) };
}

/** Whole days that the first certificate in `certificatePem` is still valid; negative when it has ended. */
export function daysLeft(certificatePem: string, nowMs: number): number {
  return Math.floor((Date.parse(new crypto.X509Certificate(certificatePem).validTo) - nowMs) / DAY_MS);
}

/** SHA-256 of the certificate as pairs of hex digits: what a person compares before trusting a root. */
export function fingerprint(certificatePem: string): string {
  return new crypto.X509Certificate(certificatePem).fingerprint256;
}

async function issue(
  issuer: KeyedCertificate,
  publicKey: CryptoKey,
  nowMs: number,
  days: number,
  subject: Readonly<Record<string, string[]>>,
  extensions: readonly Extension[],
): Promise<X509Certificate> {
  const authority = new X509Certificate(issuer.certificatePem);
  return await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      issuer: authority.subjectName.toJSON(),
      subject: [subject],
      ...validity(nowMs, days),
      publicKey,
      signingKey: await importKey(issuer.keyPem),
      signingAlgorithm: SIGNATURE_ALGORITHM,
      extensions: [
        ...extensions,
        await subjectKey(publicKey),
        await AuthorityKeyIdentifierExtension.create(authority.publicKey, false, webcrypto as Crypto),
      ], // as above
    },
    webcrypto as Crypto, // as above
  );
}

function authorityExtensions(authoritiesBelow: number): readonly Extension[] {
  return [
    new BasicConstraintsExtension(true, authoritiesBelow, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

async function subjectKey(key: CryptoKey | PublicKey): Promise<Extension> {
  return await SubjectKeyIdentifierExtension.create(key, false, webcrypto as Crypto); // as above
}

function validity(nowMs: number, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(nowMs - BACKDATE_DAYS * DAY_MS), notAfter: new Date(nowMs + days * DAY_MS) };
}

/** 127 random bits: positive, as RFC 5280 asks. */
function serialNumber(): string {
  const bytes = crypto.randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

async function exportKey(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();
}

async function importKey(keyPem: string): Promise<CryptoKey> {
  const der = crypto.createPrivateKey(keyPem).export({ format: 'der', type: 'pkcs8' });
  return await webcrypto.subtle.importKey('pkcs8', der, KEY_ALGORITHM, false, ['sign']);
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}
