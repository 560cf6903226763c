// Password and PIN verifiers in the browser: argon2id in PHC strings, the same as the nodes make. It must not store or log either side.
import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP's second choice for argon2id; about half a second on a desk PC of 2015. */
const MEMORY_KIB = 19_456;
const ITERATIONS = 2;
const PARALLELISM = 1;
const HASH_BYTES = 32;
export const SALT_BYTES = 16;
/** A verifier comes from outside. One that asks for more is an attempt to stop the desk. */
const MAX_MEMORY_KIB = 262_144;
const MAX_ITERATIONS = 16;
const MAX_PARALLELISM = 8;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{21,86}$/;

/** @param salt at least SALT_BYTES random bytes @returns a PHC string */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  if (salt.length < SALT_BYTES) throw new RangeError(`invariant: a salt has at least ${SALT_BYTES} bytes`);
  return argon2id({
    password: sameBytes(password),
    salt,
    memorySize: MEMORY_KIB,
    iterations: ITERATIONS,
    parallelism: PARALLELISM,
    hashLength: HASH_BYTES,
    outputType: 'encoded',
  });
}

/** False also for a verifier that is malformed or asks for too much; never throws. */
export async function verifyPassword(password: string, verifier: string): Promise<boolean> {
  const match = PHC.exec(verifier);
  if (match === null) return false;
  const [, memory, iterations, parallelism] = match.map(Number);
  if (!within(memory, 8, MAX_MEMORY_KIB) || !within(iterations, 1, MAX_ITERATIONS) || !within(parallelism, 1, MAX_PARALLELISM))
    return false;
  try {
    return await argon2Verify({ password: sameBytes(password), hash: verifier });
  } catch {
    return false;
  }
}

function within(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}

/** Two keyboards may write one Devanagari or accented letter as different code points; the same letters are the same password. */
function sameBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password.normalize('NFKC'));
}
