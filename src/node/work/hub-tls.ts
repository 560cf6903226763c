// The certificate of a hub that serves the network: made by its own authority for the names and addresses of this machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Home } from '../home.ts';
import { type HubAuthority, type KeyedCertificate, makeServerCertificate } from '../tls/hospital-ca.ts';

export const TLS_PLACE = 'tls';
export const AUTHORITY_FILE = 'authority.json';
export const ROOT_FILE = 'root.pem';
/** How often the age of the certificate is looked at (a timer holds 24 days at most). */
export const RENEWAL_CHECK_MS = 86_400_000;
/** Renewed when so many days are left: time to notice that it failed. */
export const RENEW_DAYS = 300;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Undefined when this hub has no authority: one that joined before it was given one. */
export async function serverCertificate(home: Home, host: string): Promise<KeyedCertificate | undefined> {
  const file = path.join(home.place(TLS_PLACE), AUTHORITY_FILE);
  if (!fs.existsSync(file)) return undefined;
  const authority = JSON.parse(fs.readFileSync(file, 'utf8')) as HubAuthority; // written by init
  return await makeServerCertificate(authority, hostsOfThisMachine(host), home.ports.clock.now());
}

/** Every name under which a desk in the building may call it. Addresses outside private networks are left out: the authority may not vouch for them. */
function hostsOfThisMachine(host: string): readonly string[] {
  const addresses = Object.values(os.networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address));
  const names = [os.hostname().toLowerCase()].filter((name) => /^[a-z0-9.-]+\.(?:internal|local|lan|hospital|home\.arpa)$/.test(name));
  const given = host === '0.0.0.0' || host === '::' ? [] : [host];
  return [...new Set([...given, 'localhost', '127.0.0.1', '::1', ...names, ...addresses.filter(isPrivate)])];
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
