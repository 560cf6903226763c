// Base45 (RFC 9285): bytes as letters that a QR code packs tightly and a keyboard-wedge scanner types unharmed.
// The `base45` package is not used: it needs Node's Buffer and accepts letters and values that are not base45.

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i += 1) VALUES[ALPHABET.charCodeAt(i)] = i;

/** Three letters for each two bytes, two for a last single one. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    const n = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!; // both are inside
    text += ALPHABET[n % 45]! + ALPHABET[Math.floor(n / 45) % 45]!; // a remainder of 45 is an index
    if (pair) text += ALPHABET[Math.floor(n / 2025)]!; // 65,535 / 2,025 is below 45
  }
  return text;
}

function value(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? VALUES[code]! : -1; // the table has 128 entries
}

/** The bytes, or undefined for a wrong letter, a wrong length or a group that is too large (RFC 9285 section 6). */
export function fromBase45(text: string): Uint8Array | undefined {
  const rest = text.length % 3;
  if (rest === 1) return undefined;
  const out = new Uint8Array(Math.floor(text.length / 3) * 2 + (rest === 2 ? 1 : 0));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const low = value(text, i);
    const middle = value(text, i + 1);
    const last = i + 2 >= text.length;
    const high = last ? 0 : value(text, i + 2);
    const n = low + middle * 45 + high * 2025;
    if (low < 0 || middle < 0 || high < 0 || n > (last ? 0xff : 0xffff)) return undefined;
    if (!last) {
      out[at] = n >> 8;
      at += 1;
    }
    out[at] = n & 0xff;
    at += 1;
  }
  return out;
}
