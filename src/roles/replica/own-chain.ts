// This device's own chain: makes and signs the next commit. It must not know what the events mean.
import { toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { encodeBody, type Body } from '#journal/body.ts';
import type { Commit } from '#journal/commit.ts';
import { encodeHeader, HASH_BYTES, HEADER_FORMAT, MAX_SEQ } from '#journal/header.ts';
import { nextHlc, observeHlc, type Hlc } from '#journal/hlc.ts';
import type { Clock, Crypto, Signer } from '#journal/ports/crypto.ts';
import { epochId, type EpochId } from '#journal/refs.ts';

export interface Identity {
  /** The device's stream. */
  readonly device: StreamId;
  /** Its id as bytes. */
  readonly deviceBytes: Uint8Array;
  readonly epochBytes: Uint8Array;
  readonly signer: Signer;
}

export interface ChainHead {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly hlc: Hlc;
}

export const NO_HEAD: ChainHead = { seq: 0, hash: new Uint8Array(HASH_BYTES), hlc: { ms: 0, counter: 0 } };
const SALT_BYTES = 9;

export class OwnChain {
  readonly identity: Identity;
  readonly #crypto: Crypto;
  readonly #clock: Clock;
  #head: ChainHead;
  #clockSuspect = false;

  constructor(identity: Identity, head: ChainHead, crypto: Crypto, clock: Clock) {
    this.identity = identity;
    this.#head = head;
    this.#crypto = crypto;
    this.#clock = clock;
  }

  get epoch(): EpochId {
    return epochId(this.identity.epochBytes);
  }

  get head(): ChainHead {
    return this.#head;
  }

  /** True after a remote commit more than five minutes ahead of this clock: one of the two clocks is wrong. */
  get clockSuspect(): boolean {
    return this.#clockSuspect;
  }

  /** Signs the next commit. The caller appends it, or calls `rewind` with the head from before. */
  async next(body: Omit<Body, 'salt'>): Promise<Commit> {
    if (this.#head.seq >= MAX_SEQ) throw new RangeError('invariant: an epoch holds at most MAX_SEQ commits');
    const bodyBytes = encodeBody({ salt: toBase64Url(this.#crypto.randomBytes(SALT_BYTES)), ...body });
    const hlc = nextHlc(this.#head.hlc, this.#clock.now());
    const header = {
      format: HEADER_FORMAT,
      device: this.identity.deviceBytes,
      epoch: this.identity.epochBytes,
      seq: this.#head.seq + 1,
      previous: this.#head.hash,
      hlc,
      bodyHash: this.#crypto.sha256(bodyBytes),
    };
    const headerBytes = encodeHeader(header);
    const hash = this.#crypto.sha256(headerBytes);
    const signature = await this.identity.signer.sign(headerBytes);
    this.#head = { seq: header.seq, hash, hlc };
    return { header, headerBytes, hash, signature, body: bodyBytes };
  }

  rewind(head: ChainHead): void {
    this.#head = head;
  }

  /** Follows remote time so that what is done next sorts after what was seen, unless that time is absurd. */
  observe(remote: Hlc): void {
    const seen = observeHlc(this.#head.hlc, remote, this.#clock.now());
    if (seen.suspect) this.#clockSuspect = true;
    else this.#head = { ...this.#head, hlc: seen.hlc };
  }
}
