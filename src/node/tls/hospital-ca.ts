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
import { nameConstraints, OID_NAME_CONSTRAINTS, permittedDnsSuffixes, type PermittedNames } from './name-constraints.ts';

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
/** How deep hubs may enrol hubs: a hospital grows from its first hub, and any hub may be the one that answers. */
export const AUTHORITY_LEVELS = 8;
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
      extensions: [...authorityExtensions(AUTHORITY_LEVELS), await subjectKey(keys.publicKey)],
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
  /** How many further authorities may stand below, one under the other: 0 lets this hub make certificates for servers only. */
  readonly authoritiesBelow: number;
}

export async function makeHubAuthority(issuer: KeyedCertificate | HubAuthority, request: HubRequest, nowMs: number): Promise<HubAuthority> {
  const keys = await generateKeys();
  const extensions = [...authorityExtensions(request.authoritiesBelow), nameConstraints(request.permitted)];
  const chainPem = await issueAuthority(issuer, keys.publicKey, request, extensions, nowMs);
  return { certificatePem: firstOf(chainPem), keyPem: await exportKey(keys.privateKey), chainPem };
}

/** A key for an authority that another hub is to issue: `publicKey` (SPKI, DER) goes there, `keyPem` never leaves this machine. */
export async function makeAuthorityKey(): Promise<{ readonly publicKey: Uint8Array; readonly keyPem: string }> {
  const keys = await generateKeys();
  return { publicKey: new Uint8Array(await webcrypto.subtle.exportKey('spki', keys.publicKey)), keyPem: await exportKey(keys.privateKey) };
}

/**
 * An authority below `issuer` over somebody else's public key: one level less deep, for the same names and no others.
 * @returns the chain up to and without the root; undefined when nothing may stand below the issuer, or the key is not P-256
 */
export async function issueBelow(
  issuer: HubAuthority,
  subject: { readonly hub: string; readonly hospital: string },
  publicKey: Uint8Array,
  nowMs: number,
): Promise<string | undefined> {
  const certificate = new X509Certificate(issuer.certificatePem);
  const levels = certificate.getExtension(BasicConstraintsExtension)?.pathLength ?? 0;
  const names = certificate.getExtension(OID_NAME_CONSTRAINTS);
  if (levels < 1 || names === null) return undefined;
  let key: CryptoKey;
  try {
    key = await webcrypto.subtle.importKey('spki', new Uint8Array(publicKey), KEY_ALGORITHM, true, ['verify']);
  } catch {
    return undefined; // not a key, or of another kind
  }
  return await issueAuthority(issuer, key, subject, [...authorityExtensions(levels - 1), names], nowMs);
}

async function issueAuthority(
  issuer: KeyedCertificate | HubAuthority,
  key: CryptoKey,
  { hub, hospital }: { readonly hub: string; readonly hospital: string },
  extensions: readonly Extension[],
  nowMs: number,
): Promise<string> {
  const certificate = await issue(issuer, key, nowMs, INTERMEDIATE_DAYS, { CN: [hub], O: [hospital] }, extensions);
  return pem(certificate) + ('chainPem' in issuer ? issuer.chainPem : '');
}

/** Under which names below an authority may vouch: a name outside would be refused by every browser. */
export function permittedSuffixes(certificatePem: string): readonly string[] {
  const names = new X509Certificate(certificatePem).getExtension(OID_NAME_CONSTRAINTS);
  return names === null ? [] : permittedDnsSuffixes(new Uint8Array(names.value));
}

/** Is this chain an unbroken line of authorities from one over `publicKey` up to the root, all of them valid now? */
export function chainHolds(chainPem: string, rootPem: string, keyPem: string, nowMs: number): boolean {
  try {
    const chain = [...pemsOf(chainPem), rootPem].map((one) => new crypto.X509Certificate(one));
    const [first] = chain;
    if (first === undefined || chain.length < 2 || !first.checkPrivateKey(crypto.createPrivateKey(keyPem))) return false;
    return chain.every((one, i) => {
      const above = chain[i + 1] ?? one;
      const inTime = Date.parse(one.validFrom) <= nowMs && nowMs < Date.parse(one.validTo);
      return one.ca && inTime && one.checkIssued(above) && one.verify(above.publicKey);
    });
  } catch {
    return false; // not certificates
  }
}

function pemsOf(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** A chain's own certificate, without those above it. */
export function firstOf(chainPem: string): string {
  return `${pemsOf(chainPem)[0] ?? ''}\n`;
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
      ...validity(nowMs, days, authority.notAfter),
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

/** Nothing outlives what vouches for it: a browser would refuse it, and its end must be seen where it is looked at. */
function validity(nowMs: number, days: number, atMost?: Date): { notBefore: Date; notAfter: Date } {
  const end = Math.min(nowMs + days * DAY_MS, atMost?.getTime() ?? Number.POSITIVE_INFINITY);
  return { notBefore: new Date(nowMs - BACKDATE_DAYS * DAY_MS), notAfter: new Date(end) };
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
