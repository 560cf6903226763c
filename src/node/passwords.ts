// Password and PIN verifiers on a node: argon2id in PHC strings, the same as the browser makes. It must not store or log either side.
import crypto from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordTools } from '#roles/station.ts';

const argon2 = promisify(crypto.argon2);

/** OWASP's second choice for argon2id: 19 MiB, two passes; 163 ms on the machine of docs/performance.md. */
const MEMORY_KIB = 19_456;
const ITERATIONS = 2;
const PARALLELISM = 1;
const HASH_BYTES = 32;
export const SALT_BYTES = 16;
/** A verifier comes from outside. One that asks for more is an attempt to stop the node. */
const MAX_MEMORY_KIB = 262_144;
const MAX_ITERATIONS = 16;
const MAX_PARALLELISM = 8;
/** At once. The start of a shift brings hundreds of sign-ins in a minute; disk syncs share the same four threads. */
const MAX_AT_ONCE = 2;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{21,86})$/;

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** For the roles: every sign-in of a process goes through one of these, so that they queue together. */
export function nodePasswords(): PasswordTools {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function derive(password: string, salt: Uint8Array, tagLength: number, parameters: Parameters): Promise<Buffer> {
    if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await argon2('argon2id', { message: sameBytes(password), nonce: salt, tagLength, ...parameters });
    } finally {
      // The place goes straight to the next in line.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: async (password, salt) => {
      if (salt.length < SALT_BYTES) throw new RangeError(`invariant: a salt has at least ${SALT_BYTES} bytes`);
      const hash = await derive(password, salt, HASH_BYTES, { memory: MEMORY_KIB, passes: ITERATIONS, parallelism: PARALLELISM });
      return `$argon2id$v=19$m=${MEMORY_KIB},t=${ITERATIONS},p=${PARALLELISM}$${toBase64(salt)}$${toBase64(hash)}`;
    },
    verify: async (password, verifier) => {
      const parsed = parse(verifier);
      if (parsed === undefined) return false;
      try {
        return crypto.timingSafeEqual(await derive(password, parsed.salt, parsed.hash.length, parsed.parameters), parsed.hash);
      } catch {
        return false; // parameters that argon2 itself refuses
      }
    },
  };
}

interface ParsedVerifier {
  readonly parameters: Parameters;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

function parse(verifier: string): ParsedVerifier | undefined {
  const match = PHC.exec(verifier);
  if (match === null) return undefined;
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  if (
    memory < 8 * parallelism ||
    memory > MAX_MEMORY_KIB ||
    passes < 1 ||
    passes > MAX_ITERATIONS ||
    parallelism < 1 ||
    parallelism > MAX_PARALLELISM
  )
    return undefined;
  const salt = fromBase64(match[4] ?? '');
  const hash = fromBase64(match[5] ?? '');
  return salt === undefined || hash === undefined ? undefined : { parameters: { memory, passes, parallelism }, salt, hash };
}

/** The alphabet of RFC 4648 section 4 without padding, as PHC asks. */
function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Two keyboards may write one Devanagari or accented letter as different code points; the same letters are the same password. */
function sameBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password.normalize('NFKC'));
}
