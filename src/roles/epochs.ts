// A device that finds its storage older than what a hub remembers, or a second history of itself, goes on in a new epoch.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { encodeCommit } from '#journal/commit.ts';
import { epochId } from '#journal/refs.ts';
import { epochBytes } from '#journal/streams.ts';
import { readDeviceFile, writeDeviceFile } from './founding.ts';
import type { Identity } from './replica/own-chain.ts';
import type { Replica } from './replica/replica.ts';
import { epochOpeningBytes } from './replica/trust-index.ts';

/**
 * Makes a new key, has the old one vouch for it, and writes the first commit of the new chain.
 * The order matters: key, then commit, then device file. A crash between leaves either the old epoch or a usable new one.
 */
export async function openEpoch(replica: Replica): Promise<Identity> {
  const own = replica.own;
  if (own === undefined) throw new Error('invariant: only an enrolled device opens an epoch');
  const { crypto, keys } = replica.ports;
  const old = own.identity;
  const from = { epoch: own.epoch as string, seq: own.head.seq, hash: toBase64Url(own.head.hash) };
  const signer = await crypto.generateSigner();
  const bytes = epochBytes(crypto.sha256, signer.publicKey);
  const oldSignature = await old.signer.sign(epochOpeningBytes(old.device, signer.publicKey, from));
  await keys.save(epochId(bytes), signer);
  const identity: Identity = { device: old.device, deviceBytes: old.deviceBytes, epochBytes: bytes, signer };
  await replica.continueAs(identity);
  await replica.writeAsDevice('openEpoch', `epoch-${epochId(bytes)}`, [
    { stream: old.device, type: 'EpochOpened', data: { epoch: epochId(bytes), publicKey: toBase64Url(signer.publicKey), from, oldSignature: toBase64Url(oldSignature) } },
  ]);
  const file = await readDeviceFile(replica.ports);
  if (file !== undefined) await writeDeviceFile(replica.ports, { ...file, epoch: epochId(bytes) });
  return identity;
}

/** The first commit of the current epoch, for a hub that may not know its key yet. Undefined for the epoch of the certificate. */
export async function introduction(replica: Replica): Promise<Uint8Array | undefined> {
  const own = replica.own;
  if (own === undefined) return undefined;
  const state = replica.trust.device(own.identity.device);
  if (state?.epochs.find((epoch) => epoch.epoch === own.epoch)?.oldSignature === undefined) return undefined;
  const numbers = await replica.index.numbersOfChain(own.epoch, 1, 1);
  const first = (await replica.commits(numbers))[0];
  return first === undefined ? undefined : encodeCommit(first);
}
