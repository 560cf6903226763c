// Hashes, signatures and random bytes by Node's own library. It must not know what is signed or who may sign.
import crypto, { type KeyObject } from 'node:crypto';
import type { Crypto, Signer } from '#journal/ports/crypto.ts';

/** Public keys kept ready. A hospital has some 5,500 desks; making a key costs a tenth of a verification. */
const MAX_KEYS = 16_384;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** DER in front of a raw Ed25519 public key (RFC 8410 section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A signer of this process that a key store can write to a file. */
export interface NodeSigner extends Signer {
  /** The private key as PKCS #8 DER. Secret. */
  exportPkcs8(): Uint8Array;
}

export function isNodeSigner(signer: Signer): signer is NodeSigner {
  return 'exportPkcs8' in signer;
}

export function signerFromKey(key: KeyObject): NodeSigner {
  if (key.type !== 'private' || key.asymmetricKeyType !== 'ed25519') throw new TypeError('invariant: a private Ed25519 key');
  const spki = crypto.createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI_HEAD.length)),
    // Signing takes 35 µs: less than handing it to another thread.
    sign: (bytes) => Promise.resolve(crypto.sign(null, bytes, key)),
    exportPkcs8: () => key.export({ format: 'der', type: 'pkcs8' }),
  };
}

export function signerFromPkcs8(der: Uint8Array): NodeSigner {
  return signerFromKey(crypto.createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }));
}

export class NodeCrypto implements Crypto {
  readonly #keys = new Map<string, KeyObject | undefined>();

  sha256(bytes: Uint8Array): Uint8Array {
    return crypto.hash('sha256', bytes, 'buffer');
  }

  verify(publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array): Promise<boolean> {
    if (signature.length !== SIGNATURE_BYTES) return Promise.resolve(false);
    const key = this.#keyOf(publicKey);
    return Promise.resolve(key !== undefined && crypto.verify(null, bytes, key, signature));
  }

  randomBytes(length: number): Uint8Array {
    return crypto.randomBytes(length);
  }

  generateSigner(): Promise<NodeSigner> {
    return Promise.resolve(signerFromKey(crypto.generateKeyPairSync('ed25519').privateKey));
  }

  /** Undefined, and remembered as such, when the bytes are no key. */
  #keyOf(raw: Uint8Array): KeyObject | undefined {
    if (raw.length !== KEY_BYTES) return undefined;
    const name = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('latin1');
    if (this.#keys.has(name)) return this.#keys.get(name);
    const key = importKey(raw);
    if (this.#keys.size >= MAX_KEYS) {
      for (const oldest of this.#keys.keys()) {
        this.#keys.delete(oldest);
        break;
      }
    }
    this.#keys.set(name, key);
    return key;
  }
}

function importKey(raw: Uint8Array): KeyObject | undefined {
  try {
    return crypto.createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
