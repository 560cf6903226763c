// How a hub that joined gets its own certificate authority from a hub that has one. The request is signed with the device's
// own key, so it needs no session and may pass through others. It must not know what a certificate looks like.
import { z } from 'zod';
import { concatBytes, fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import type { EpochId } from '#journal/refs.ts';
import type { Replica } from './replica/replica.ts';
import type { SyncReply } from './sync/sync-call.ts';
import type { Transport } from './sync/transport.ts';

export const TLS_AUTHORITY_VERB = 'tls-authority';
/** Issuing is one signature; a slow hub is passed over. */
const DEADLINE_MS = 5_000;
const text = new TextEncoder();

/** What a host with certificates hands in. */
export interface TlsAuthorityPort {
  /** SHA-256 of the hospital's root certificate as pairs of hex digits: stands in invites, so that a new device can check the root. */
  readonly rootFingerprint: () => string | undefined;
  /** An authority for `hub` over its public key (SPKI, DER); undefined when none may stand below this one. */
  readonly issue: (hub: string, publicKey: Uint8Array) => Promise<IssuedAuthority | undefined>;
}

export interface IssuedAuthority {
  /** The new authority first, up to and without the root; PEM. */
  readonly chainPem: string;
  readonly rootPem: string;
}

const id = z.string().regex(/^[A-Za-z0-9_-]{16}$/);
const request = z.object({ device: id, epoch: id, publicKey: z.string().max(400), signature: z.string().max(86) });
const answer = z.object({ chainPem: z.string().max(65_536), rootPem: z.string().max(8_192), epoch: id, signature: z.string().max(86) });

function requestBytes(device: string, publicKey: Uint8Array): Uint8Array {
  return concatBytes(text.encode(`nirantar tls-authority request\n${device}\n`), publicKey);
}

/** Bound to the request, so that an answer to somebody else proves nothing. */
function answerBytes(publicKey: Uint8Array, issued: IssuedAuthority): Uint8Array {
  return concatBytes(text.encode(`nirantar tls-authority answer\n${JSON.stringify([issued.chainPem, issued.rootPem])}\n`), publicKey);
}

/** The side that has an authority. Repeating a request gives another certificate over the same key, which nobody else holds. */
export async function giveAuthority(replica: Replica, port: TlsAuthorityPort | undefined, body: unknown): Promise<SyncReply> {
  const own = replica.own;
  const parsed = request.safeParse(body);
  if (!parsed.success) return { status: 400, code: 'sync-malformed' };
  if (own === undefined || port === undefined) return { status: 404, code: 'tls-authority-none' };
  const device = `device/${parsed.data.device}` as StreamId; // the schema checked the form
  const trust = replica.trust.epoch(parsed.data.epoch as EpochId); // the schema checked the form
  const publicKey = fromBase64Url(parsed.data.publicKey);
  const signature = fromBase64Url(parsed.data.signature);
  if (publicKey === undefined || signature === undefined) return { status: 400, code: 'sync-malformed' };
  if (trust === undefined || trust.device !== device) return { status: 403, code: 'device-unknown' };
  if (replica.trust.isRevoked(device)) return { status: 403, code: 'device-revoked' };
  if (!(await replica.ports.crypto.verify(trust.publicKey, signature, requestBytes(parsed.data.device, publicKey))))
    return { status: 403, code: 'sync-proof' };
  if (trust.role !== 'hub') return { status: 403, code: 'tls-authority-hubs-only' };
  const issued = await port.issue(replica.trust.device(device)?.name ?? parsed.data.device, publicKey);
  if (issued === undefined) return { status: 404, code: 'tls-authority-none' };
  const proof = await own.identity.signer.sign(answerBytes(publicKey, issued));
  return { status: 200, json: { chainPem: issued.chainPem, rootPem: issued.rootPem, epoch: own.epoch, signature: toBase64Url(proof) } };
}

export type Asked = { readonly ok: true; readonly issued: IssuedAuthority } | { readonly ok: false; readonly code: string };

/**
 * The side that wants one. The answer counts only with the signature of a hub of this hospital, so that the way may be plain HTTP.
 * @param publicKey SPKI, DER
 */
export async function askAuthority(replica: Replica, transport: Transport, publicKey: Uint8Array): Promise<Asked> {
  const own = replica.own;
  if (own === undefined) throw new Error('invariant: only an enrolled hub asks for an authority');
  const device = own.identity.device.slice('device/'.length);
  const signature = toBase64Url(await own.identity.signer.sign(requestBytes(device, publicKey)));
  const body = JSON.stringify({ device, epoch: own.epoch, publicKey: toBase64Url(publicKey), signature });
  let reply: { readonly status: number; readonly body: Uint8Array };
  try {
    reply = await transport.call(TLS_AUTHORITY_VERB, text.encode(body), { deadlineMs: DEADLINE_MS });
  } catch {
    return { ok: false, code: 'no-hub-answers' };
  }
  const json = readJson(reply.body);
  if (reply.status !== 200) return { ok: false, code: codeIn(json) };
  const parsed = answer.safeParse(json);
  if (!parsed.success) return { ok: false, code: 'hub-damaged-answer' };
  const issued = { chainPem: parsed.data.chainPem, rootPem: parsed.data.rootPem };
  const trust = replica.trust.epoch(parsed.data.epoch as EpochId); // the schema checked the form
  const proof = fromBase64Url(parsed.data.signature);
  const proved =
    trust !== undefined &&
    trust.role === 'hub' &&
    !replica.trust.isRevoked(trust.device) &&
    proof !== undefined &&
    (await replica.ports.crypto.verify(trust.publicKey, proof, answerBytes(publicKey, issued)));
  return proved ? { ok: true, issued } : { ok: false, code: 'hub-not-proved' };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // not JSON
  }
}

function codeIn(json: unknown): string {
  return typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string' ? json.code : 'hub-damaged-answer';
}
