// Founds a hospital in an empty folder. The root keys are printed once and stay on no disk.
import fs from 'node:fs';
import { hospitalDomain } from '#roles/domain.ts';
import { foundHospital } from '#roles/founding.ts';
import { ADMIN, EVERY_ROLE, hospitalSeed, type SeedUser } from '#roles/seed.ts';
import { Refused } from '../cli/exit.ts';
import type { Output } from '../cli/services.ts';
import { signerFromPkcs8 } from '../crypto.ts';
import { openHome } from '../home.ts';
import { nodePasswords, SALT_BYTES } from '../passwords.ts';
import { AUTHORITY_LEVELS, fingerprint, HOSPITAL_NETWORKS, makeHubAuthority, makeRoot } from '../tls/hospital-ca.ts';
import { NodeCrypto } from '../crypto.ts';
import { keepAuthority, keepRoot } from './hub-tls.ts';
import { type RecoveryKit, writeRecoveryKit } from './recovery-kit.ts';

const FIRST_HUB = 'hub 1';
/** Names that are never given out in public: a hub can vouch for itself only under these. */
const PRIVATE_SUFFIXES = ['localhost', 'internal', 'local', 'lan', 'hospital', 'home.arpa', 'test'];

export interface InitOptions {
  readonly dir: string;
  readonly hospital: string;
  readonly adminPassword: string;
  readonly domains?: readonly string[];
  readonly recoveryKit?: string;
}

export async function init(options: InitOptions): Promise<Output> {
  const { dir, hospital, adminPassword, domains, recoveryKit } = options;
  if (recoveryKit !== undefined && fs.existsSync(recoveryKit))
    throw new Refused(`The file ${recoveryKit} is there already. Give another name; nothing was done.`);
  const verifier = await nodePasswords().hash(adminPassword, new NodeCrypto().randomBytes(SALT_BYTES));
  const admin = { user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक', roles: EVERY_ROLE, verifier };
  const output = await found({ dir, hospital, hubName: FIRST_HUB, users: [admin], ...(domains === undefined ? {} : { domains }) });
  if (recoveryKit !== undefined) writeRecoveryKit(recoveryKit, hospital, output.recoveryKit, output.certificateFingerprint);
  return output;
}

export interface NewHospital {
  readonly dir: string;
  readonly hospital: string;
  readonly hubName: string;
  readonly users: readonly SeedUser[];
  readonly domains?: readonly string[];
}

export interface Founded extends Output {
  readonly hospital: string;
  readonly certificateFingerprint: string;
  readonly recoveryKit: RecoveryKit;
}

/** @returns what `init` prints, the recovery kit among it */
export async function found(options: NewHospital): Promise<Founded> {
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
      permitted: { dnsSuffixes: [...PRIVATE_SUFFIXES, ...(options.domains ?? [])], networks: HOSPITAL_NETWORKS },
      authoritiesBelow: AUTHORITY_LEVELS - 1,
    };
    keepAuthority(home, await makeHubAuthority(tlsRoot, request, clock.now()));
    keepRoot(home, tlsRoot.certificatePem);
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
