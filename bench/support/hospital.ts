// A hospital for benches on a real disk: a hub with users and any number of enrolled desks, whose keys the bench holds.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { RANGE_COUNT } from '#kernel/shared/numbers.ts';
import { certificateBytes, encodeCertificate } from '#journal/certificate.ts';
import { epochId } from '#journal/refs.ts';
import { derivedStreamId, epochBytes } from '#journal/streams.ts';
import { hospitalDomain } from '#roles/domain.ts';
import { foundHospital, firstIdentity, readDeviceFile, writeDeviceFile } from '#roles/founding.ts';
import type { Identity } from '#roles/replica/own-chain.ts';
import type { Domain } from '#roles/replica/ports.ts';
import { identityOf, type DeviceFile } from '#roles/replica/device-file.ts';
import { Replica } from '#roles/replica/replica.ts';
import { ADMIN, EVERY_ROLE, hospitalSeed } from '#roles/seed.ts';
import { NodeCrypto, signerFromPkcs8 } from '#node/crypto.ts';
import { type Home, openHome } from '#node/home.ts';
import { nodePasswords } from '#node/passwords.ts';

export const PASSWORD = 'bench-bench-bench';
/** Events of enrolment in one commit: a body stays below its limit. */
const ENROL_AT_ONCE = 100;
/** Ranges below this are the hub's own. */
const FIRST_DESK_RANGE = 1000;

export interface BenchDesk {
  /** Private key, PKCS #8 DER, base64url. */
  readonly key: string;
  readonly range: number;
}

/** Everything that a process needs to write as one of the desks. */
export interface BenchHospital {
  readonly root: string;
  readonly hubEpoch: string;
  readonly user: StreamId;
  /** Last trust commit of each chain: what the desks knew. */
  readonly trust: readonly (readonly [string, number])[];
  readonly desks: readonly BenchDesk[];
}

const HOSPITAL_FILE = 'bench.json';

/** Founds a hospital in `dir`, enrols the desks, and closes it again. */
export async function foundBenchHospital(dir: string, deskCount: number): Promise<BenchHospital> {
  const home = await openHome(dir, 'new');
  try {
    const { ports } = home;
    const root = await ports.crypto.generateSigner();
    const sha256 = (bytes: Uint8Array): Uint8Array => ports.crypto.sha256(bytes);
    const verifier = await nodePasswords().hash(PASSWORD, ports.crypto.randomBytes(16));
    const seed = hospitalSeed(sha256, [{ user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक', roles: EVERY_ROLE, verifier }]);
    const { replica, file } = await foundHospital({
      ports,
      domain: hospitalDomain,
      hospital: 'Bench Hospital',
      hubName: 'hub 1',
      root,
      seed,
    });
    const desks = await enrolDesks(replica, deskCount);
    const found: BenchHospital = {
      root: file.root,
      hubEpoch: file.epoch,
      user: derivedStreamId(sha256, 'user', [ADMIN]),
      trust: replica.trust.knownVector(),
      desks,
    };
    fs.writeFileSync(path.join(dir, HOSPITAL_FILE), JSON.stringify(found));
    return found;
  } finally {
    await home.close();
  }
}

export function readBenchHospital(dir: string): BenchHospital {
  return JSON.parse(fs.readFileSync(path.join(dir, HOSPITAL_FILE), 'utf8')) as BenchHospital; // written above
}

async function enrolDesks(replica: Replica, count: number): Promise<readonly BenchDesk[]> {
  const own = replica.own;
  if (own === undefined) throw new Error('invariant: the hub was just founded');
  const desks: BenchDesk[] = [];
  for (let at = 0; at < count; at += ENROL_AT_ONCE) {
    const events: { stream: StreamId; type: string; data: unknown }[] = [];
    for (let i = at; i < Math.min(count, at + ENROL_AT_ONCE); i += 1) {
      const range = FIRST_DESK_RANGE + i;
      if (range >= RANGE_COUNT) throw new RangeError('invariant: fewer desks than ranges');
      const { privateKey } = crypto.generateKeyPairSync('ed25519');
      const der = privateKey.export({ format: 'der', type: 'pkcs8' });
      const signer = signerFromPkcs8(der);
      const identity = firstIdentity((bytes) => replica.ports.crypto.sha256(bytes), signer);
      const unsigned = {
        role: 'desk' as const,
        kinds: ['all'],
        device: identity.deviceBytes,
        publicKey: signer.publicKey,
        issuer: own.identity.epochBytes,
      };
      const certificate = encodeCertificate({ ...unsigned, signature: await own.identity.signer.sign(certificateBytes(unsigned)) });
      events.push({
        stream: identity.device,
        type: 'DeviceEnrolled',
        data: {
          name: `desk ${i + 1}`,
          role: 'desk',
          deskKinds: ['all'],
          publicKey: toBase64Url(signer.publicKey),
          epoch: epochId(identity.epochBytes),
          ranges: [range],
          writes: ['*'],
          certificate: toBase64Url(certificate),
        },
      });
      desks.push({ key: der.toString('base64url'), range });
    }
    await replica.writeAsDevice('enrolDevice', `enrol-${at}`, events);
  }
  return desks;
}

export function identityOfDesk(desk: BenchDesk): Identity {
  const node = new NodeCrypto();
  return firstIdentity((bytes) => node.sha256(bytes), signerFromPkcs8(Buffer.from(desk.key, 'base64url')));
}

export interface Opened {
  readonly home: Home;
  readonly replica: Replica;
  readonly file: DeviceFile;
}

/** Opens a folder of a bench as the process of a node would. */
export async function openBench(
  dir: string,
  domain: Domain = hospitalDomain,
  wrap: (home: Home) => Home = (home) => home,
): Promise<Opened> {
  const home = wrap(await openHome(dir, 'existing'));
  const file = await readDeviceFile(home.ports);
  const signer = file === undefined ? undefined : await home.ports.keys.load(file.epoch);
  const root = file === undefined ? undefined : fromBase64Url(file.root);
  if (file === undefined || signer === undefined || root === undefined) throw new Error(`no node in ${dir}`);
  return { home, file, replica: await Replica.open(home.ports, domain, root, identityOf(file, signer)) };
}

/** Makes the folder (a copy of a hub's) that of a desk: the history is the same, the key is the desk's. */
export async function becomeDesk(dir: string, desk: BenchDesk): Promise<void> {
  const home = await openHome(dir, 'existing');
  try {
    const file = await readDeviceFile(home.ports);
    if (file === undefined) throw new Error(`no node in ${dir}`);
    const identity = identityOfDesk(desk);
    const epoch = epochId(epochBytes((bytes) => home.ports.crypto.sha256(bytes), identity.signer.publicKey));
    await home.ports.keys.save(epoch, identity.signer);
    await writeDeviceFile(home.ports, { ...file, device: identity.device, epoch });
  } finally {
    await home.close();
  }
}
