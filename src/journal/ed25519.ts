// Which Ed25519 public keys may be enrolled: none of small order, because verifiers disagree about those (RFC 8032, WICG).
import { toHex } from '#kernel/shared/bytes.ts';

export const PUBLIC_KEY_BYTES = 32;

/** The encodings (with the sign bit cleared) of all points of order 1, 2, 4 and 8, non-canonical ones included. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

const P_HIGH_FIRST = 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f';

/** False for a wrong length, a small-order key and a non-canonical encoding (y not below the field's prime). */
export function mayEnrolKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES) return false;
  const y = publicKey.slice();
  y[31]! &= 0x7f; // the last bit is the sign of x; the length was checked
  return !SMALL_ORDER.has(toHex(y)) && belowPrime(y);
}

function belowPrime(y: Uint8Array): boolean {
  for (let i = 31; i >= 0; i -= 1) {
    const limit = Number.parseInt(P_HIGH_FIRST.slice(i * 2, i * 2 + 2), 16);
    const byte = y[i]!; // 32 bytes
    if (byte !== limit) return byte < limit;
  }
  return false;
}
