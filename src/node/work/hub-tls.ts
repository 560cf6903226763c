// What a node keeps for HTTPS: the hospital's root that it believes, and, on a hub, an authority of its own that makes the
// server's certificate for the names and addresses of this machine.
import crypto from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import type { Replica } from '#roles/replica/replica.ts';
import type { Transport } from '#roles/sync/transport.ts';
import { askAuthority, type TlsAuthorityPort } from '#roles/tls-authority.ts';
import type { Home } from '../home.ts';
import { writeSecret } from '../key-store.ts';
import {
  chainHolds,
  daysLeft,
  fingerprint,
  firstOf,
  type HubAuthority,
  issueBelow,
  type KeyedCertificate,
  makeAuthorityKey,
  makeServerCertificate,
  permittedSuffixes,
} from '../tls/hospital-ca.ts';
import { trustRoot } from '../tls/trust-root.ts';

export const TLS_PLACE = 'tls';
export const AUTHORITY_FILE = 'authority.json';
export const ROOT_FILE = 'root.pem';
/** How often certificates and the addresses of this machine are looked at: a new address is served under soon. */
export const RENEWAL_CHECK_MS = 10 * 60_000;
/** A server's certificate is renewed when so many days are left: time to notice that it failed. */
const RENEW_DAYS = 300;
/** A hub's authority is renewed when so many days are left; its peers are asked every time that they are looked at. */
export const RENEW_AUTHORITY_DAYS = 365;
const ROOT_WITHIN_MS = 5_000;
const MAX_ROOT_BYTES = 16 * 1024;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** The hospital's root as this folder knows it. */
export function keptRoot(home: Home): string | undefined {
  const file = path.join(home.folder, TLS_PLACE, ROOT_FILE);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/** From here on this process believes the hospital's root, where the folder has it. */
export function trustKeptRoot(home: Home): void {
  const root = keptRoot(home);
  if (root !== undefined) trustRoot(root);
}

export function keepRoot(home: Home, rootPem: string): void {
  writeSecret(path.join(home.place(TLS_PLACE), ROOT_FILE), rootPem);
  trustRoot(rootPem);
}

export function keepAuthority(home: Home, authority: HubAuthority): void {
  writeSecret(path.join(home.place(TLS_PLACE), AUTHORITY_FILE), JSON.stringify(authority));
}

function keptAuthority(home: Home): HubAuthority | undefined {
  const file = path.join(home.folder, TLS_PLACE, AUTHORITY_FILE);
  if (!fs.existsSync(file)) return undefined;
  if ((fs.statSync(file).mode & 0o077) !== 0) fs.chmodSync(file, 0o600); // a copy from a stick came with the rights of the stick
  return JSON.parse(fs.readFileSync(file, 'utf8')) as HubAuthority; // written by keepAuthority
}

/** What this hub gives to hubs that join. */
export function tlsPort(home: Home, hospital: string): TlsAuthorityPort {
  return {
    rootFingerprint: () => {
      const root = keptRoot(home);
      return root === undefined ? undefined : fingerprint(root);
    },
    issue: async (hub, publicKey) => {
      const [authority, rootPem] = [keptAuthority(home), keptRoot(home)];
      if (authority === undefined || rootPem === undefined) return undefined;
      const chainPem = await issueBelow(authority, { hub, hospital }, publicKey, home.ports.clock.now());
      return chainPem === undefined ? undefined : { chainPem, rootPem };
    },
  };
}

/**
 * Sees to it that this hub has an authority that lasts: asks the hubs at `transports` in turn when it has none or it ends soon.
 * @returns undefined when all is well, else the code of the last refusal
 */
export async function ensureAuthority(home: Home, replica: Replica, transports: readonly Transport[]): Promise<string | undefined> {
  const now = home.ports.clock.now();
  const held = keptAuthority(home);
  if (held !== undefined && daysLeft(held.certificatePem, now) > RENEW_AUTHORITY_DAYS) return undefined;
  const key = await makeAuthorityKey();
  let problem = 'no-hub-answers';
  for (const transport of transports) {
    const asked = await askAuthority(replica, transport, key.publicKey);
    if (!asked.ok) {
      problem = asked.code;
      continue;
    }
    const { chainPem } = asked.issued;
    const rootPem = keptRoot(home) ?? asked.issued.rootPem;
    const authority = { certificatePem: firstOf(chainPem), keyPem: key.keyPem, chainPem };
    if (!chainHolds(chainPem, rootPem, key.keyPem, now)) {
      problem = 'hub-not-proved';
      continue;
    }
    if (held !== undefined && daysLeft(authority.certificatePem, now) <= daysLeft(held.certificatePem, now)) {
      problem = 'tls-authority-none';
      continue;
    }
    keepRoot(home, rootPem);
    keepAuthority(home, authority);
    return undefined;
  }
  return problem;
}

export interface ServerNames {
  /** The address that it listens on. */
  readonly host: string;
  /** Further DNS names under which desks call it. */
  readonly names: readonly string[];
}

export interface ServedCertificate extends KeyedCertificate {
  readonly hosts: readonly string[];
}

/** Undefined when this hub has no authority: one that joined before it was given one. */
export async function serverCertificate(home: Home, wanted: ServerNames): Promise<ServedCertificate | undefined> {
  const authority = keptAuthority(home);
  if (authority === undefined) return undefined;
  const hosts = hostsOfThisMachine(wanted);
  return { ...(await makeServerCertificate(authority, hosts, home.ports.clock.now())), hosts };
}

/** Has it got old, or the machine another address? */
export function needsRenewal(home: Home, served: ServedCertificate, wanted: ServerNames): boolean {
  return daysLeft(served.certificatePem, home.ports.clock.now()) <= RENEW_DAYS || hostsOfThisMachine(wanted).join() !== served.hosts.join();
}

/** Names that this hub's authority may not vouch for. */
export function forbiddenNames(home: Home, names: readonly string[]): readonly string[] {
  const authority = keptAuthority(home);
  if (authority === undefined) return [];
  const suffixes = permittedSuffixes(authority.certificatePem);
  return names.filter((name) => !suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)));
}

/** The root that the hub at `origin` shows, believed by nobody yet: compare its fingerprint with that of the invite. */
export async function fetchRoot(origin: string): Promise<string | undefined> {
  const url = `${origin}/ca/root.pem`;
  if (!origin.startsWith('https:')) {
    const response = await fetch(url, { signal: AbortSignal.timeout(ROOT_WITHIN_MS) }).catch(() => undefined);
    return response?.ok === true ? await response.text() : undefined;
  }
  return await new Promise((resolve) => {
    // What comes is public and proved by its fingerprint; nothing is sent.
    const request = https.get(url, { rejectUnauthorized: false, agent: false, timeout: ROOT_WITHIN_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MAX_ROOT_BYTES) request.destroy(new Error('a root certificate is short'));
      });
      response.on('end', () => resolve(response.statusCode === 200 ? body : undefined));
    });
    request.on('timeout', () => request.destroy(new Error('too late')));
    request.on('error', () => resolve(undefined));
  });
}

export function isRootOf(rootPem: string, expectedFingerprint: string): boolean {
  try {
    return crypto.timingSafeEqual(Buffer.from(fingerprint(rootPem)), Buffer.from(expectedFingerprint));
  } catch {
    return false; // not a certificate, or a fingerprint of another length
  }
}

/** Every name under which a desk in the building may call it. Addresses outside private networks are left out: the authority may not vouch for them. */
function hostsOfThisMachine({ host, names }: ServerNames): readonly string[] {
  const addresses = Object.values(os.networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address));
  const own = [os.hostname().toLowerCase()].filter((name) => /^[a-z0-9.-]+\.(?:internal|local|lan|hospital|home\.arpa)$/.test(name));
  const given = host === '0.0.0.0' || host === '::' ? [] : [host];
  return [...new Set([...names, ...given, 'localhost', '127.0.0.1', '::1', ...own, ...addresses.filter(isPrivate)])];
}

/** The address under which others reach a server that listens everywhere. */
export function reachableHost(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const all = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((one) => one.family === 'IPv4' && !one.internal && isPrivate(one.address))?.address ?? '127.0.0.1';
}

function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|127\.|169\.254\.|f[cd]|fe80:)/.test(address) || address === '::1';
}
