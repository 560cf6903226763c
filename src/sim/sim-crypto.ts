// Keys and signatures that are the same for the same seed. The scheme is not Ed25519 but cannot be forged inside the simulation:
// a signature is a hash over a secret that never leaves this file. It must not know who signs what.
import { concatBytes, equalBytes, toHex } from '#kernel/shared/bytes.ts';
import { mayEnrolKey } from '#journal/ed25519.ts';
import type { Crypto, KeyStore, Signer } from '#journal/ports/crypto.ts';
import type { Random } from '#importers/synthetic/random.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const encoder = new TextEncoder();
const PUBLIC = encoder.encode('sim public');
const FIRST = encoder.encode('sim sign 1');
const SECOND = encoder.encode('sim sign 2');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** All keys of one world. Whoever holds the signer can sign; nobody else can. */
export class Keyring {
  readonly #sha256: Sha256;
  readonly #secrets = new Map<string, Uint8Array>();
  /** Accepts every signature: a planted bug. */
  acceptAll = false;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  make(random: Random): Signer {
    const secret = randomBytes(random, KEY_BYTES);
    const publicKey = this.#sha256(concatBytes(PUBLIC, secret)).slice();
    publicKey[31]! &= 0x3f; // 32 bytes; below the prime of the field, so that it looks like a canonical key
    this.#secrets.set(toHex(publicKey), secret);
    return { publicKey, sign: (bytes) => Promise.resolve(this.#signature(secret, bytes)) };
  }

  verify(publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array): boolean {
    if (this.acceptAll) return true;
    if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    // The worst verifiers accept anything from a key of small order: such a key must never get this far.
    if (!mayEnrolKey(publicKey)) return true;
    const secret = this.#secrets.get(toHex(publicKey));
    return secret !== undefined && equalBytes(this.#signature(secret, bytes), signature);
  }

  #signature(secret: Uint8Array, bytes: Uint8Array): Uint8Array {
    const first = this.#sha256(concatBytes(FIRST, secret, bytes));
    return concatBytes(first, this.#sha256(concatBytes(SECOND, secret, first)));
  }
}

/** The Crypto port of one machine. */
export class SimCrypto implements Crypto {
  readonly #keyring: Keyring;
  readonly #random: Random;
  readonly sha256: Sha256;

  constructor(keyring: Keyring, sha256: Sha256, random: Random) {
    this.#keyring = keyring;
    this.#random = random;
    this.sha256 = sha256;
  }

  verify(publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
    return Promise.resolve(this.#keyring.verify(publicKey, signature, bytes));
  }

  randomBytes(length: number): Uint8Array {
    return randomBytes(this.#random, length);
  }

  generateSigner(): Promise<Signer> {
    return Promise.resolve(this.#keyring.make(this.#random));
  }
}

/** Keys lie beside the disk: an image of the machine carries them, a crash does not lose them. */
export class SimKeys implements KeyStore {
  readonly keys: Map<string, Signer>;

  constructor(keys: ReadonlyMap<string, Signer> = new Map()) {
    this.keys = new Map(keys);
  }

  load(epoch: string): Promise<Signer | undefined> {
    return Promise.resolve(this.keys.get(epoch));
  }

  save(epoch: string, signer: Signer): Promise<void> {
    this.keys.set(epoch, signer);
    return Promise.resolve();
  }
}

export function randomBytes(random: Random, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i += 4) {
    const word = random.uint32();
    for (let j = 0; j < 4 && i + j < length; j += 1) out[i + j] = (word >>> (8 * j)) & 0xff;
  }
  return out;
}
