// Who this device is: what `device.json` beside the journal says, and the identity that its key makes of it.
import { fromBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { ID_BYTES } from '#journal/header.ts';
import type { Signer } from '#journal/ports/crypto.ts';
import type { Identity } from './own-chain.ts';

export interface DeviceFile {
  readonly hospital: string;
  /** Root public key, base64url: the anchor of all trust. */
  readonly root: string;
  /** Stream of the device. */
  readonly device: StreamId;
  /** Current epoch, base64url; its key is in the key store. */
  readonly epoch: string;
}

/** The key of a device file's epoch as an identity. */
export function identityOf(file: DeviceFile, signer: Signer): Identity {
  const deviceBytes = fromBase64Url(file.device.slice('device/'.length));
  const epochBytes = fromBase64Url(file.epoch);
  if (deviceBytes?.length !== ID_BYTES || epochBytes?.length !== ID_BYTES)
    throw new Error('invariant: device.json names a device and an epoch');
  return { device: file.device, deviceBytes, epochBytes, signer };
}
