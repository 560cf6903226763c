// The `Crypto` port in the browser: SHA-256 in WebAssembly because chains need it synchronously, Ed25519 by WebCrypto.
// It must not judge keys: small-order keys are refused by the journal.
import { createSHA256 } from 'hash-wasm';
import type { Crypto as CryptoPort, Signer } from '#journal/ports/crypto.ts';
import { toHex } from '#kernel/shared/bytes.ts';

const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** Imported public keys kept at hand: more than the devices that a desk hears in a day. */
const MAX_KEYS = 2_000;
/** What one call of `getRandomValues` will fill. */
const MAX_RANDOM_BYTES = 65_536;

/** WebCrypto wants views on plain memory, not on shared memory; nothing here makes shared memory. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes); // checked
}

/** A signer whose private key cannot leave the browser. Only `BrowserKeyStore` looks inside. */
export class BrowserSigner implements Signer {
  readonly publicKey: Uint8Array;
  readonly key: CryptoKey;

  constructor(publicKey: Uint8Array, key: CryptoKey) {
    this.publicKey = publicKey;
    this.key = key;
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign('Ed25519', this.key, plain(bytes)));
  }
}

export async function browserCrypto(): Promise<CryptoPort> {
  const hasher = await createSHA256();
  const keys = new Map<string, CryptoKey>();

  async function importKey(publicKey: Uint8Array): Promise<CryptoKey> {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const key = await crypto.subtle.importKey('raw', plain(publicKey), 'Ed25519', false, ['verify']);
    if (keys.size >= MAX_KEYS) {
      const [oldest] = keys.keys();
      if (oldest !== undefined) keys.delete(oldest);
    }
    keys.set(name, key);
    return key;
  }

  return {
    sha256: (bytes) => hasher.init().update(bytes).digest('binary'),
    async verify(publicKey, signature, bytes) {
      if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
      try {
        return await crypto.subtle.verify('Ed25519', await importKey(publicKey), plain(signature), plain(bytes));
      } catch {
        return false;
      }
    },
    randomBytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += MAX_RANDOM_BYTES) crypto.getRandomValues(bytes.subarray(at, at + MAX_RANDOM_BYTES));
      return bytes;
    },
    async generateSigner() {
      const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
      if (!('privateKey' in pair)) throw new Error('invariant: Ed25519 makes a pair of keys');
      return new BrowserSigner(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), pair.privateKey);
    },
  };
}
