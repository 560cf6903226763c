// How a device comes in: a hub signs an invite, the device answers it once with its key, the hub writes the certificate.
import { z } from 'zod';
import { concatBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { DeskKind } from '#kernel/shared/actor.ts';
import { countRanges, rangesLeft, splitPool, takeRanges } from '#kernel/device/ranges.ts';
import { deskWrites } from '#kernel/device/desk-kinds.ts';
import { deskKind, type DeviceState } from '#kernel/device/device.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { HOUR_MS } from '#kernel/shared/time.ts';
import { certificateBytes, encodeCertificate } from '#journal/certificate.ts';
import { mayEnrolKey } from '#journal/ed25519.ts';
import { ID_BYTES } from '#journal/header.ts';
import { epochId, type EpochId } from '#journal/refs.ts';
import { derivedStreamId, epochBytes } from '#journal/streams.ts';
import { SerialQueue } from './replica/queue.ts';
import type { Replica } from './replica/replica.ts';

/** An invite is good for a day: long enough for a walk to the desk, short enough that a lost one is no risk. */
export const INVITE_HOURS = 24;
/** A device that opens more keys than this gets no further ranges by itself: a stolen one could use up the hospital's. */
const MAX_EPOCHS = 50;
const text = new TextEncoder();

const inviteSchema = z.object({
  v: z.literal(1),
  role: z.enum(['hub', 'desk', 'vault']),
  kinds: z.array(z.string().max(20)).max(10),
  name: z.string().max(80),
  nonce: z.string().max(22),
  expires: z.number().int(),
  root: z.string().max(43),
  /** Epoch of the hub that signed. */
  hub: z.string().max(16),
  /** SHA-256 of the hospital's root certificate (hex pairs): what a new node compares before it believes an https address. */
  tls: z.string().max(95).exactOptional(),
});
export type Invite = z.infer<typeof inviteSchema>;

export const joinRequest = z.object({
  invite: z.string().max(2000),
  publicKey: z.string().max(43),
  /** Over the invite by the new key: whoever joins holds it. */
  proof: z.string().max(86),
  name: z.string().max(80).exactOptional(),
});
export type JoinRequest = z.infer<typeof joinRequest>;

export type JoinAnswer =
  | { readonly ok: true; readonly device: StreamId; readonly root: string; readonly hospital: string }
  | { readonly ok: false; readonly code: string };

/** The text of an invite: what it says, and the hub's signature. */
export async function makeInvite(
  signer: { sign(bytes: Uint8Array): Promise<Uint8Array> },
  facts: {
    readonly root: Uint8Array;
    readonly hubEpoch: EpochId;
    readonly nonce: Uint8Array;
    readonly nowMs: number;
    readonly tlsRoot?: string;
  },
  wanted: { readonly role: 'hub' | 'desk' | 'vault'; readonly kinds: readonly DeskKind[]; readonly name: string },
): Promise<string> {
  const invite: Invite = {
    v: 1,
    role: wanted.role,
    kinds: [...wanted.kinds],
    name: wanted.name,
    nonce: toBase64Url(facts.nonce),
    expires: facts.nowMs + INVITE_HOURS * HOUR_MS,
    root: toBase64Url(facts.root),
    hub: facts.hubEpoch,
    ...(facts.tlsRoot === undefined ? {} : { tls: facts.tlsRoot }),
  };
  const payload = text.encode(JSON.stringify(invite));
  return `${toBase64Url(payload)}.${toBase64Url(await signer.sign(inviteProof(payload)))}`;
}

/** What an invite says, without checking who signed it: a device learns the root key from it before it trusts anything. */
export function readInvite(
  code: string,
): { readonly invite: Invite; readonly payload: Uint8Array; readonly signature: Uint8Array } | undefined {
  const [first, second, more] = code.trim().split('.');
  const payload = first === undefined ? undefined : fromBase64Url(first);
  const signature = second === undefined ? undefined : fromBase64Url(second);
  if (payload === undefined || signature === undefined || more !== undefined) return undefined;
  try {
    const parsed = inviteSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return parsed.success ? { invite: parsed.data, payload, signature } : undefined;
  } catch {
    return undefined; // not JSON
  }
}

function inviteProof(payload: Uint8Array): Uint8Array {
  return concatBytes(text.encode('nirantar invite\n'), payload);
}

/** What the joining device signs with its new key. */
export function joinProof(invite: string, publicKey: Uint8Array): Uint8Array {
  return concatBytes(text.encode(`nirantar join\n${invite}\n`), publicKey);
}

/** The device's stream follows from the invite: a second use names the same stream, and is seen. */
export function invitedDevice(sha256: (bytes: Uint8Array) => Uint8Array, nonce: string): StreamId {
  return derivedStreamId(sha256, 'device', ['invite', nonce]);
}

/** What gives ranges away reads what is left and writes what it took: one at a time, or two would take the same. */
const giving = new WeakMap<Replica, SerialQueue>();

function oneAtATime<T>(replica: Replica, run: () => Promise<T>): Promise<T> {
  const queue = giving.get(replica) ?? new SerialQueue();
  giving.set(replica, queue);
  return queue.add(run);
}

/** The hub's side: checks the invite and writes the certificate. The same device asking again gets the same answer. */
export function enrol(replica: Replica, request: JoinRequest, hospital: string): Promise<JoinAnswer> {
  return oneAtATime(replica, () => enrolOne(replica, request, hospital));
}

async function enrolOne(replica: Replica, request: JoinRequest, hospital: string): Promise<JoinAnswer> {
  const { crypto, clock } = replica.ports;
  const own = replica.own;
  const read = readInvite(request.invite);
  const publicKey = fromBase64Url(request.publicKey);
  const proof = fromBase64Url(request.proof);
  if (own === undefined) return { ok: false, code: 'hub-not-enrolled' };
  if (read === undefined || publicKey === undefined || proof === undefined) return { ok: false, code: 'invite-unreadable' };
  const { invite, payload, signature } = read;
  if (invite.root !== toBase64Url(replica.root)) return { ok: false, code: 'invite-other-hospital' };
  const issuer = replica.trust.epoch(invite.hub as EpochId); // an unknown one is refused on the next line
  if (
    issuer === undefined ||
    issuer.role !== 'hub' ||
    replica.trust.isRevoked(issuer.device) ||
    !(await crypto.verify(issuer.publicKey, signature, inviteProof(payload)))
  )
    return { ok: false, code: 'invite-forged' };
  const enrolledAs = replica.trust.epoch(epochId(epochBytes(crypto.sha256, publicKey)))?.device;
  if (enrolledAs !== undefined && enrolledAs !== invitedDevice(crypto.sha256, invite.nonce)) return { ok: false, code: 'join-key-refused' };
  if (!mayEnrolKey(publicKey) || !(await crypto.verify(publicKey, proof, joinProof(request.invite, publicKey))))
    return { ok: false, code: 'join-key-refused' };
  const device = invitedDevice(crypto.sha256, invite.nonce);
  const epoch = epochId(epochBytes(crypto.sha256, publicKey));
  const answer: JoinAnswer = { ok: true, device, root: toBase64Url(replica.root), hospital };
  const held = replica.trust.device(device);
  if (held !== undefined) return held.epochs.some((known) => known.epoch === epoch) ? answer : { ok: false, code: 'invite-used' };
  if (invite.expires < clock.now()) return { ok: false, code: 'invite-expired' };
  // Of a newer program: without its kind it would be certified for every one.
  if (!invite.kinds.every((kind) => deskKind.safeParse(kind).success)) return { ok: false, code: 'invite-unreadable' };
  return (await writeCertificate(replica, { ...invite, name: request.name ?? invite.name }, device, publicKey, epoch))
    ? answer
    : { ok: false, code: 'ranges-used-up' };
}

async function writeCertificate(
  replica: Replica,
  invite: Invite,
  device: StreamId,
  publicKey: Uint8Array,
  epoch: EpochId,
): Promise<boolean> {
  const own = replica.own;
  const hub = own === undefined ? undefined : replica.trust.device(own.identity.device);
  if (own === undefined || hub === undefined) return false;
  const all = (await replica.reader().all<DeviceState>('device')).map((document) => document.state);
  const left = rangesLeft(hub, all);
  const given = invite.role === 'hub' ? splitPool(left).given : [];
  const ranges = takeRanges(given.length > 0 ? given : left, 2);
  if (ranges === undefined) return false;
  const pool =
    given.length === 0
      ? []
      : rangesLeft({ ...hub, pool: given }, [{ ...hub, ranges: ranges.map((range) => ({ range, epoch: undefined })), rolls: [] }]);
  const unsigned = {
    role: invite.role,
    kinds: deskKind.options.filter((kind) => invite.kinds.includes(kind)),
    device: fromBase64Url(device.slice('device/'.length)) ?? new Uint8Array(ID_BYTES),
    publicKey,
    issuer: own.identity.epochBytes,
  };
  const certificate = encodeCertificate({ ...unsigned, signature: await own.identity.signer.sign(certificateBytes(unsigned)) });
  const enrolled = {
    stream: device,
    type: 'DeviceEnrolled',
    data: {
      name: invite.name === '' ? `${invite.role} ${epoch.slice(0, 4)}` : invite.name,
      role: invite.role,
      deskKinds: invite.kinds,
      publicKey: toBase64Url(publicKey),
      epoch,
      ranges,
      ...(countRanges(pool) > 0 ? { rangePool: pool } : {}),
      writes: invite.role === 'desk' ? deskWrites(invite.kinds, replica.domain.commands) : ['*'],
      certificate: toBase64Url(certificate),
    },
  };
  const split = given.length === 0 ? [] : [{ stream: own.identity.device, type: 'PoolSplit', data: { given, to: device } }];
  await replica.writeAsDevice('enrolDevice', `enrol-${invite.nonce}`, [enrolled, ...split]);
  return true;
}

/** Hubs certify epochs that devices opened by themselves, close those with two histories, and give ranges that run out. */
export async function tendDevices(replica: Replica): Promise<void> {
  const own = replica.own;
  if (own === undefined) return;
  for (const document of await replica.reader().all<DeviceState>('device')) {
    const { state, stream } = document;
    await grantWrites(replica, stream, state);
    for (const epoch of state.epochs) {
      const chain = replica.index.chain(epoch.epoch as EpochId); // the schema checked the form
      if (epoch.status !== 'closed' && chain?.forkedAt !== undefined) {
        await replica.writeAsDevice('closeEpoch', `close-${epoch.epoch}`, [
          { stream, type: 'EpochClosed', data: { epoch: epoch.epoch, reason: `two histories from commit ${chain.forkedAt} on` } },
        ]);
      } else if (
        epoch.status === 'unconfirmed' &&
        stream !== own.identity.device &&
        state.revocations.length === 0 &&
        state.epochs.length <= MAX_EPOCHS
      ) {
        await oneAtATime(replica, () => certifyEpoch(replica, stream, epoch.epoch));
      }
    }
  }
}

/** After an update of the program: what its kind of desk writes by now, and its certificate does not name yet. */
async function grantWrites(replica: Replica, device: StreamId, state: DeviceState): Promise<void> {
  if (state.role !== 'desk' || state.writes.includes('*') || state.revocations.length > 0) return;
  const held = new Set(state.writes);
  const lacking = deskWrites(state.deskKinds, replica.domain.commands).filter((type) => !held.has(type));
  if (lacking.length === 0) return;
  const name = toBase64Url(replica.ports.crypto.sha256(text.encode(`${device} ${lacking.join(' ')}`)).subarray(0, ID_BYTES));
  await replica.writeAsDevice('grantWrites', `writes-${name}`, [{ stream: device, type: 'WritesGranted', data: { writes: lacking } }]);
}

async function certifyEpoch(replica: Replica, device: StreamId, epoch: string): Promise<void> {
  const own = replica.own;
  const hub = own === undefined ? undefined : replica.trust.device(own.identity.device);
  if (hub === undefined) return;
  const all = (await replica.reader().all<DeviceState>('device')).map((document) => document.state);
  const range = takeRanges(rangesLeft(hub, all), 1)?.[0];
  await replica.writeAsDevice('certifyEpoch', `certify-${epoch}`, [
    { stream: device, type: 'EpochCertified', data: { epoch, ...(range === undefined ? {} : { range }) } },
  ]);
}

/** Another range for a device whose last one runs out. */
export function grantRange(replica: Replica, device: StreamId, epoch: string): Promise<boolean> {
  return oneAtATime(replica, () => grantOne(replica, device, epoch));
}

async function grantOne(replica: Replica, device: StreamId, epoch: string): Promise<boolean> {
  const own = replica.own;
  const hub = own === undefined ? undefined : replica.trust.device(own.identity.device);
  if (hub === undefined) return false;
  const all = (await replica.reader().all<DeviceState>('device')).map((document) => document.state);
  const range = takeRanges(rangesLeft(hub, all), 1)?.[0];
  if (range === undefined) return false;
  await replica.writeAsDevice('grantRange', `range-${epoch}-${range}`, [{ stream: device, type: 'RangeGranted', data: { epoch, range } }]);
  return true;
}
