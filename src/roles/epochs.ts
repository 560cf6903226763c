// A device that finds its storage older than what a hub remembers, or a second history of itself, goes on in a new epoch.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { encodeCommit } from '#journal/commit.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import { encodeWire } from '#journal/wire.ts';
import { epochBytes } from '#journal/streams.ts';
import { readDeviceFile, writeDeviceFile } from './founding.ts';
import type { Identity } from './replica/own-chain.ts';
import type { Replica } from './replica/replica.ts';
import { epochOpeningBytes } from './replica/trust-index.ts';

/** What an introduction holds (8192 letters on the wire); a device restored more often than this meanwhile needs a hub that knows it. */
const MAX_INTRODUCED = 8;

/**
 * Makes a new key, has the old one vouch for it, and writes the first commit of the new chain.
 * The order matters: key, then commit, then device file. A crash between leaves either the old epoch or a usable new one.
 */
export async function openEpoch(replica: Replica): Promise<Identity> {
  const { crypto, keys } = replica.ports;
  const signer = await crypto.generateSigner();
  const bytes = epochBytes(crypto.sha256, signer.publicKey);
  await keys.save(epochId(bytes), signer);
  const identity = await replica.beginEpoch(async (own) => {
    const old = own.identity;
    const from = { epoch: own.epoch as string, seq: own.head.seq, hash: toBase64Url(own.head.hash) };
    const oldSignature = toBase64Url(await old.signer.sign(epochOpeningBytes(old.device, signer.publicKey, from)));
    return {
      identity: { device: old.device, deviceBytes: old.deviceBytes, epochBytes: bytes, signer },
      commandId: `epoch-${epochId(bytes)}`,
      event: {
        stream: old.device,
        type: 'EpochOpened',
        data: { epoch: epochId(bytes), publicKey: toBase64Url(signer.publicKey), from, oldSignature },
      },
    };
  });
  const file = await readDeviceFile(replica.ports);
  if (file !== undefined) await writeDeviceFile(replica.ports, { ...file, epoch: epochId(bytes) });
  return identity;
}

/**
 * The first commits of the epochs that this device opened by itself, the oldest first: each key vouches for the next, so that a hub that
 * knows none of them can believe the last. Undefined for the epoch of the certificate.
 */
export async function introduction(replica: Replica): Promise<Uint8Array | undefined> {
  const own = replica.own;
  const state = own === undefined ? undefined : replica.trust.device(own.identity.device);
  const payloads: Uint8Array[] = [];
  for (let epoch: string | undefined = own?.epoch; epoch !== undefined && payloads.length < MAX_INTRODUCED;) {
    const known = state?.epochs.find((one) => one.epoch === epoch);
    if (known?.oldSignature === undefined) break;
    const first = (await replica.commits(await replica.index.numbersOfChain(epoch as EpochId, 1, 1)))[0]; // the schema checked the form
    if (first === undefined) break;
    payloads.unshift(encodeCommit(first));
    epoch = known.from?.epoch;
  }
  return payloads.length === 0 ? undefined : encodeWire(payloads);
}
