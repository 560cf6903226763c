// Hashes and signatures as a port: Node and the browser bring their own, the simulator a seeded one.

/** A private key that stays where it is (a file of the node, a non-extractable key in the browser). */
export interface Signer {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Ed25519 signature, 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface Crypto {
  /** SHA-256, 32 bytes. Synchronous, because chains are hashed by the hundred thousand. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** Ed25519. False for a wrong signature and for a malformed key; never throws. */
  verify(publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array): Promise<boolean>;
  randomBytes(length: number): Uint8Array;
  /** A fresh Ed25519 key. Who keeps it is the caller's business (`KeyStore`). */
  generateSigner(): Promise<Signer>;
}

/** Where a device keeps its keys. A lost or copied store is what epochs are for. */
export interface KeyStore {
  /** The signer of an epoch (id as base64url), or undefined when this place has not got it. */
  load(epoch: string): Promise<Signer | undefined>;
  save(epoch: string, signer: Signer): Promise<void>;
}

/** Milliseconds since 1970 by this machine's clock, right or wrong. */
export interface Clock {
  now(): number;
}
