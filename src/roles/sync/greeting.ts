// How a hub greets: says who it is, has the caller prove its key, proves its own, and opens a session. It must not know what the
// session is used for.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { decodeCommit } from '#journal/commit.ts';
import type { EpochId } from '#journal/refs.ts';
import { decodeWire } from '#journal/wire.ts';
import type { Replica } from '../replica/replica.ts';
import type { Admission } from './admission.ts';
import { Nonces } from './nonces.ts';
import type { PeerSessions } from './peer-sessions.ts';
import { proofBytes } from './proof.ts';
import { helloRequest, PROTOCOL, sessionRequest } from './protocol.ts';
import { parseJson, type SyncCall, type SyncReply } from './sync-call.ts';

/** Openings of epochs in one greeting. */
const MAX_INTRODUCED = 8;

export class Greeting {
  readonly #replica: Replica;
  readonly #names: { readonly hospital: string; readonly name: string };
  readonly #sessions: PeerSessions;
  readonly #admission: Admission;
  readonly #nonces: Nonces;

  constructor(replica: Replica, names: { readonly hospital: string; readonly name: string }, sessions: PeerSessions, admission: Admission) {
    this.#replica = replica;
    this.#names = names;
    this.#sessions = sessions;
    this.#admission = admission;
    this.#nonces = new Nonces(replica.ports.crypto);
  }

  hello(call: SyncCall): SyncReply {
    const own = this.#replica.own;
    if (own === undefined) return { status: 503, code: 'hub-not-enrolled' };
    const now = this.#now();
    // While as many as can be served are, the others are spread before they cost a signature.
    const retryAfterSeconds = this.#admission.greet(now, parseJson(helloRequest, call.body)?.device);
    if (retryAfterSeconds !== undefined) return { status: 503, code: 'hub-busy', retryAfterSeconds };
    return {
      status: 200,
      json: {
        protocol: PROTOCOL,
        hospital: this.#names.hospital,
        root: toBase64Url(this.#replica.root),
        device: own.identity.device.slice('device/'.length),
        epoch: own.epoch,
        name: this.#names.name,
        nonce: this.#nonces.make(now),
        now,
      },
    };
  }

  async open(call: SyncCall): Promise<SyncReply> {
    const request = parseJson(sessionRequest, call.body);
    const own = this.#replica.own;
    if (request === undefined || own === undefined) return { status: 400, code: 'sync-malformed' };
    if (request.protocol !== PROTOCOL) return { status: 400, code: 'sync-protocol' };
    if (!this.#nonces.isGood(request.nonce, this.#now())) return { status: 401, code: 'sync-nonce' };
    if (request.introduction !== undefined) {
      const bytes = fromBase64Url(request.introduction);
      if (bytes !== undefined) await this.#introduce(bytes);
    }
    const epoch = request.epoch as EpochId; // the schema checked the form
    const trust = this.#replica.trust.epoch(epoch);
    const device = `device/${request.device}` as StreamId; // the schema checked the form
    if (trust === undefined || trust.device !== device) return { status: 403, code: 'device-unknown' };
    if (this.#replica.trust.isRevoked(device)) return { status: 403, code: 'device-revoked' };
    const nonce = fromBase64Url(request.nonce);
    const mine = fromBase64Url(request.mine);
    const signature = fromBase64Url(request.signature);
    if (nonce === undefined || mine === undefined || signature === undefined) return { status: 400, code: 'sync-malformed' };
    if (!(await this.#replica.ports.crypto.verify(trust.publicKey, signature, proofBytes('caller', nonce, request.device))))
      return { status: 403, code: 'sync-proof' };
    // Asked again: while the signature was checked, somebody may have shown the same proof.
    if (!this.#nonces.isGood(request.nonce, this.#now())) return { status: 401, code: 'sync-nonce' };
    this.#nonces.use(request.nonce, this.#now());
    // Only who has proven a key takes a place: an outsider cannot keep desks out.
    const retryAfterSeconds = this.#admission.enter(device, this.#now());
    if (retryAfterSeconds !== undefined) return { status: 503, code: 'hub-busy', retryAfterSeconds };
    const token = toBase64Url(this.#replica.ports.crypto.randomBytes(24));
    this.#sessions.open(token, device, epoch, trust.role, this.#now());
    const proof = await own.identity.signer.sign(proofBytes('hub', mine, own.identity.device.slice('device/'.length)));
    return { status: 200, json: { token, signature: toBase64Url(proof), yours: this.#replica.index.chainsOf(request.device) } };
  }

  /** Nobody has proved anything yet: only a commit whose key a known device vouches for is looked at further. */
  async #introduce(bytes: Uint8Array): Promise<void> {
    // One commit, or several framed ones of which each vouches for the next: a device may have opened epochs that no hub saw.
    const wire = decodeWire(bytes);
    for (const payload of wire.ok ? wire.payloads.slice(0, MAX_INTRODUCED) : [bytes]) {
      const decoded = decodeCommit(payload, this.#replica.ports.crypto.sha256);
      if (decoded.ok && (await this.#replica.trust.introduce(decoded.commit)) !== undefined)
        await this.#replica.ingest([payload], { live: true });
    }
  }

  #now(): number {
    return this.#replica.ports.clock.now();
  }
}
