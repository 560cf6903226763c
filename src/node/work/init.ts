// Founds a hospital in an empty folder. The root keys are printed once and stay on no disk.
import fs from 'node:fs';
import path from 'node:path';
import { hospitalDomain } from '#roles/domain.ts';
import { foundHospital } from '#roles/founding.ts';
import { ADMIN, EVERY_ROLE, hospitalSeed, type SeedUser } from '#roles/seed.ts';
import type { Output } from '../cli/services.ts';
import { signerFromPkcs8 } from '../crypto.ts';
import { openHome } from '../home.ts';
import { writeSecret } from '../key-store.ts';
import { nodePasswords, SALT_BYTES } from '../passwords.ts';
import { fingerprint, HOSPITAL_NETWORKS, makeHubAuthority, makeRoot } from '../tls/hospital-ca.ts';
import { NodeCrypto } from '../crypto.ts';
import { AUTHORITY_FILE, ROOT_FILE, TLS_PLACE } from './hub-tls.ts';

const FIRST_HUB = 'hub 1';
/** Names that are never given out in public: a hub can vouch for itself only under these. */
const PRIVATE_SUFFIXES = ['localhost', 'internal', 'local', 'lan', 'hospital', 'home.arpa'];

export async function init(options: { readonly dir: string; readonly hospital: string; readonly adminPassword: string }): Promise<Output> {
  const verifier = await nodePasswords().hash(options.adminPassword, new NodeCrypto().randomBytes(SALT_BYTES));
  const admin = { user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक', roles: EVERY_ROLE, verifier };
  return found({ dir: options.dir, hospital: options.hospital, hubName: FIRST_HUB, users: [admin] });
}

export interface NewHospital {
  readonly dir: string;
  readonly hospital: string;
  readonly hubName: string;
  readonly users: readonly SeedUser[];
}

/** @returns what `init` prints, the recovery kit among it */
export async function found(options: NewHospital): Promise<Output> {
  const home = await openHome(options.dir, 'new');
  try {
    const { crypto, clock } = home.ports;
    const root = await new NodeCrypto().generateSigner();
    const { file } = await foundHospital({
      ports: home.ports,
      domain: hospitalDomain,
      hospital: options.hospital,
      hubName: options.hubName,
      root: signerFromPkcs8(root.exportPkcs8()),
      seed: hospitalSeed((bytes) => crypto.sha256(bytes), options.users),
    });
    const tlsRoot = await makeRoot(options.hospital, clock.now());
    const request = {
      hub: options.hubName,
      hospital: options.hospital,
      permitted: { dnsSuffixes: PRIVATE_SUFFIXES, networks: HOSPITAL_NETWORKS },
      authoritiesBelow: 1,
    } as const;
    const place = home.place(TLS_PLACE);
    writeSecret(path.join(place, AUTHORITY_FILE), JSON.stringify(await makeHubAuthority(tlsRoot, request, clock.now())));
    fs.writeFileSync(path.join(place, ROOT_FILE), tlsRoot.certificatePem);
    return {
      hospital: options.hospital,
      device: file.device,
      root: file.root,
      certificateFingerprint: fingerprint(tlsRoot.certificatePem),
      recoveryKit: {
        rootKey: Buffer.from(root.exportPkcs8()).toString('base64url'),
        certificateKey: tlsRoot.keyPem,
        certificate: tlsRoot.certificatePem,
      },
    };
  } finally {
    await home.close();
  }
}
