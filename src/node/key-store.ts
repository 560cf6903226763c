// Keeps a device's private keys as files that only its owner may read. It must not know what an epoch is.
import fs from 'node:fs';
import path from 'node:path';
import { StorageFailure } from '#journal/ports/storage.ts';
import type { KeyStore, Signer } from '#journal/ports/crypto.ts';
import { isNodeSigner, signerFromPkcs8 } from './crypto.ts';
import { fileFailure } from './storage/failures.ts';

/** The seam for encryption at rest: how key bytes lie on the disk. `name` is written beside them. */
export interface KeySealer {
  readonly name: string;
  seal(secret: Uint8Array): Uint8Array;
  open(sealed: Uint8Array): Uint8Array;
}

export const UNSEALED: KeySealer = { name: 'none', seal: (secret) => secret, open: (sealed) => sealed };

const EPOCH = /^[A-Za-z0-9_-]{1,64}$/;
const FORMAT = 1;

interface KeyFile {
  readonly format: number;
  readonly sealer: string;
  readonly key: string;
}

export class FileKeyStore implements KeyStore {
  readonly #folder: string;
  readonly #sealer: KeySealer;

  constructor(folder: string, sealer: KeySealer = UNSEALED) {
    this.#folder = folder;
    this.#sealer = sealer;
  }

  async load(epoch: string): Promise<Signer | undefined> {
    await Promise.resolve(); // what goes wrong rejects
    const file = this.#path(epoch);
    let text: string;
    try {
      text = fs.readFileSync(file, 'utf8');
      // A copy from a stick may have come with the rights of the stick.
      if ((fs.statSync(file).mode & 0o077) !== 0) fs.chmodSync(file, 0o600);
    } catch (error) {
      const failure = fileFailure(error, 'read', 'key file');
      if (failure.code === 'gone') return undefined;
      throw failure;
    }
    const parsed = parseKeyFile(text);
    if (parsed === undefined) throw damaged('it is not a key file');
    if (parsed.format > FORMAT)
      throw new StorageFailure('newer-format', 'permanent', 'The key file was written by a newer program. Update this one.');
    if (parsed.sealer !== this.#sealer.name)
      throw damaged(`it is sealed by '${parsed.sealer}', and this node opens '${this.#sealer.name}'`);
    try {
      return signerFromPkcs8(this.#sealer.open(Buffer.from(parsed.key, 'base64url')));
    } catch (cause) {
      throw damaged('it does not open', cause);
    }
  }

  async save(epoch: string, signer: Signer): Promise<void> {
    if (!isNodeSigner(signer)) throw new TypeError('invariant: only keys made by NodeCrypto are kept in files');
    const key = Buffer.from(this.#sealer.seal(signer.exportPkcs8())).toString('base64url');
    const content: KeyFile = { format: FORMAT, sealer: this.#sealer.name, key };
    await Promise.resolve();
    try {
      fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeSecret(this.#path(epoch), `${JSON.stringify(content)}\n`);
    } catch (error) {
      throw fileFailure(error, 'write', 'key file');
    }
  }

  #path(epoch: string): string {
    if (!EPOCH.test(epoch)) throw new RangeError('invariant: an epoch is 1 to 64 characters of base64url');
    return path.join(this.#folder, `${epoch}.key`);
  }
}

/** Writes `text` for the owner only, in whole or not at all, durable when it returns. */
export function writeSecret(file: string, text: string): void {
  const temporary = `${file}.tmp`;
  fs.rmSync(temporary, { force: true });
  const fd = fs.openSync(temporary, 'wx', 0o600);
  try {
    fs.writeFileSync(fd, text);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  fs.renameSync(temporary, file);
  if (process.platform === 'win32') return;
  const folder = fs.openSync(path.dirname(file), 'r');
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

function parseKeyFile(text: string): KeyFile | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { format, sealer, key } = value as Record<string, unknown>; // an object, checked above
    return typeof format === 'number' && typeof sealer === 'string' && typeof key === 'string' ? { format, sealer, key } : undefined;
  } catch {
    return undefined;
  }
}

function damaged(why: string, cause?: unknown): StorageFailure {
  return new StorageFailure('io', 'permanent', `The key file cannot be used: ${why}. The device goes on with a new key in a new epoch.`, {
    cause,
  });
}
