// Nonces that cost nothing until somebody proves a key with one: they carry their own time and seal, so a flood of greetings
// fills no memory and pushes nobody out. It must not know what is signed with them.
import { concatBytes, equalBytes, toBase64Url, fromBase64Url } from '#kernel/shared/bytes.ts';
import type { Crypto } from '#journal/ports/crypto.ts';

const LIFE_MS = 60_000;
const TIME_BYTES = 8;
const RANDOM_BYTES = 8;
const SEAL_BYTES = 16;
export const NONCE_BYTES = TIME_BYTES + RANDOM_BYTES + SEAL_BYTES;
/** Used ones that are remembered; only enrolled devices can use one, so this many are never reached in honest work. */
const MAX_USED = 100_000;

export class Nonces {
  readonly #crypto: Crypto;
  readonly #secret: Uint8Array;
  readonly #used = new Map<string, number>();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
    this.#secret = crypto.randomBytes(32);
  }

  /** @returns base64url, good for a minute */
  make(now: number): string {
    const head = new Uint8Array(TIME_BYTES + RANDOM_BYTES);
    new DataView(head.buffer).setFloat64(0, now);
    head.set(this.#crypto.randomBytes(RANDOM_BYTES), TIME_BYTES);
    return toBase64Url(concatBytes(head, this.#seal(head)));
  }

  /** Made here, not too old and not used yet. */
  isGood(nonce: string, now: number): boolean {
    const bytes = fromBase64Url(nonce);
    if (bytes?.length !== NONCE_BYTES) return false;
    const head = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
    const made = new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getFloat64(0);
    return (
      equalBytes(bytes.subarray(head.length), this.#seal(head)) && Math.abs(now - made) <= LIFE_MS && !this.#used.has(toBase64Url(bytes))
    );
  }

  /** A key has been proven with it: whoever overheard the proof cannot show it again. */
  use(nonce: string, now: number): void {
    for (const [old, until] of this.#used) {
      if (until >= now && this.#used.size < MAX_USED) break;
      this.#used.delete(old);
    }
    this.#used.set(toBase64Url(fromBase64Url(nonce) ?? new Uint8Array(0)), now + 2 * LIFE_MS);
  }

  #seal(head: Uint8Array): Uint8Array {
    return this.#crypto.sha256(concatBytes(this.#secret, head)).subarray(0, SEAL_BYTES);
  }
}
