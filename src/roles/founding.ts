// A new hospital: the root key signs the first hub and is then only on paper; the hub writes roles, catalogue and the first user.
import { z } from 'zod';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { parseCommandId, type StreamId } from '#kernel/shared/ids.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { RANGE_COUNT } from '#kernel/shared/numbers.ts';
import { MAX_EVENTS } from '#journal/body.ts';
import { certificateBytes, encodeCertificate } from '#journal/certificate.ts';
import type { Signer } from '#journal/ports/crypto.ts';
import { StorageFailure } from '#journal/ports/storage.ts';
import { epochId } from '#journal/refs.ts';
import { derivedStreamId, epochBytes } from '#journal/streams.ts';
import type { Identity } from './replica/own-chain.ts';
import type { Domain, ReplicaPorts } from './replica/ports.ts';
import type { DeviceFile } from './replica/device-file.ts';
import { Replica } from './replica/replica.ts';

export const DEVICE_FILE = 'device.json';
/** Format 1 has no number. Whatever has a higher one is not read, and never written over. */
const versioned = z.object({ version: z.number().int().min(2) });
const deviceFile = z.object({
  hospital: z.string(),
  root: z.string().length(43),
  device: z.string().regex(/^device\/[A-Za-z0-9_-]{16}$/),
  epoch: z.string().length(16),
});
/** Ranges that no device gets: rolls printed before there was a hub (facts: NNN ≥ 900 of the older scheme). */
const FIRST_RANGE = 1;

export interface Founding {
  readonly ports: ReplicaPorts;
  readonly domain: Domain;
  readonly hospital: string;
  readonly hubName: string;
  /** Made by the caller, who prints it and forgets it. */
  readonly root: Signer;
  /** Events of the seed: roles, departments, containers, tests, the first user. Written by the hub. */
  readonly seed: readonly NewEvent[];
}

/** The identity of a device whose id comes from its first key. */
export function firstIdentity(sha256: (bytes: Uint8Array) => Uint8Array, signer: Signer): Identity {
  const bytes = epochBytes(sha256, signer.publicKey);
  return { device: `device/${toBase64Url(bytes)}` as StreamId, deviceBytes: bytes, epochBytes: bytes, signer }; // 12 bytes are 16 characters
}

export async function foundHospital(founding: Founding): Promise<{ readonly replica: Replica; readonly file: DeviceFile }> {
  const { ports, domain, root } = founding;
  const { sha256 } = ports.crypto;
  const rootIdentity = firstIdentity(sha256, root);
  const hubSigner = await ports.crypto.generateSigner();
  const hub = firstIdentity(sha256, hubSigner);
  const replica = await Replica.open(ports, domain, root.publicKey, rootIdentity);
  if (replica.position.n > 0) throw new Error('invariant: a hospital is founded in an empty folder');
  const hospitalStream = derivedStreamId(sha256, 'hospital', [toBase64Url(root.publicKey)]);
  const unsigned = {
    role: 'hub' as const,
    kinds: [],
    device: hub.deviceBytes,
    publicKey: hubSigner.publicKey,
    issuer: rootIdentity.epochBytes,
  };
  const certificate = encodeCertificate({ ...unsigned, signature: await root.sign(certificateBytes(unsigned)) });
  await replica.writeAsDevice('foundHospital', 'founding', [
    { stream: hospitalStream, type: 'HospitalCreated', data: { name: founding.hospital, rootKey: toBase64Url(root.publicKey) } },
    {
      stream: hub.device,
      type: 'DeviceEnrolled',
      data: {
        name: founding.hubName,
        role: 'hub',
        deskKinds: [],
        publicKey: toBase64Url(hubSigner.publicKey),
        epoch: epochId(hub.epochBytes),
        ranges: [FIRST_RANGE, FIRST_RANGE + 1],
        rangePool: [[FIRST_RANGE + 2, RANGE_COUNT - 1]],
        writes: ['*'],
        certificate: toBase64Url(certificate),
      },
    },
  ]);
  await ports.keys.save(epochId(hub.epochBytes), hubSigner);
  const file: DeviceFile = {
    hospital: hospitalStream,
    root: toBase64Url(root.publicKey),
    device: hub.device,
    epoch: epochId(hub.epochBytes),
  };
  await writeDeviceFile(ports, file);
  await replica.adopt(hub);
  for (let i = 0; i < founding.seed.length; i += MAX_EVENTS) {
    await replica.writeAsDevice('seedHospital', parseCommandId(`seed-${i}`) ?? 'seed', founding.seed.slice(i, i + MAX_EVENTS));
  }
  return { replica, file };
}

export async function writeDeviceFile(ports: Pick<ReplicaPorts, 'storage'>, file: DeviceFile): Promise<void> {
  await ports.storage.files.replace(DEVICE_FILE, new TextEncoder().encode(JSON.stringify(file)));
}

/** Who this folder belongs to, or undefined when it is new. */
export async function readDeviceFile(ports: Pick<ReplicaPorts, 'storage'>): Promise<DeviceFile | undefined> {
  const bytes = await ports.storage.files.read(DEVICE_FILE, 0, 64 * 1024);
  if (bytes.length === 0) return undefined;
  const value = parsed(bytes);
  if (versioned.safeParse(value).data !== undefined) {
    throw new StorageFailure(
      'newer-format',
      'permanent',
      `${DEVICE_FILE} was written by a newer program. Update this program; it does not write here.`,
    );
  }
  const file = deviceFile.safeParse(value);
  if (!file.success)
    throw new StorageFailure(
      'damaged',
      'permanent',
      `${DEVICE_FILE} is damaged: it does not say who this device is. Take it from a copy of this folder, or join again with a new one.`,
    );
  return file.data as DeviceFile; // the schema checked the form of the stream's id
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // not JSON
  }
}
