// The compact certificate that travels on paper: a hub vouches for a device's key, so that a desk that was never told can check.
import { DESK_KINDS } from '#kernel/shared/actor.ts';
import { concatBytes } from '#kernel/shared/bytes.ts';
import { ID_BYTES, SIGNATURE_BYTES } from './header.ts';
import { PUBLIC_KEY_BYTES } from './ed25519.ts';

const MAGIC = new Uint8Array([0x4e, 0x43, 0x02]); // NC, format 2: with the kinds of desk
const ROLES = ['root', 'hub', 'desk', 'vault'] as const;
/** By their bit; a kind of a newer program has a bit that is not listed here. */
export const CERTIFIED_KINDS = DESK_KINDS;
const KINDS_BYTES = 2;
export const CERTIFICATE_BYTES = MAGIC.length + 1 + KINDS_BYTES + ID_BYTES + PUBLIC_KEY_BYTES + ID_BYTES + SIGNATURE_BYTES;

export interface Certificate {
  readonly role: (typeof ROLES)[number];
  /** Kinds of desk that it may be; one of a newer program comes back as `unknown`. */
  readonly kinds: readonly string[];
  /** Device id, 12 bytes. */
  readonly device: Uint8Array;
  readonly publicKey: Uint8Array;
  /** Epoch of the hub that signed. */
  readonly issuer: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the hub signs. */
export function certificateBytes(certificate: Omit<Certificate, 'signature'>): Uint8Array {
  return concatBytes(
    MAGIC,
    new Uint8Array([ROLES.indexOf(certificate.role)]),
    kindsBytes(certificate.kinds),
    certificate.device,
    certificate.publicKey,
    certificate.issuer,
  );
}

function kindsBytes(kinds: readonly string[]): Uint8Array {
  const bits = kinds.reduce((sum, kind) => {
    const bit = (CERTIFIED_KINDS as readonly string[]).indexOf(kind);
    if (bit < 0) throw new RangeError(`invariant: no certificate names a desk of kind ${kind}`);
    return sum | (1 << bit);
  }, 0);
  return new Uint8Array([bits >> 8, bits & 0xff]);
}

function kindsOf(bytes: Uint8Array): readonly string[] {
  const bits = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const known = CERTIFIED_KINDS.filter((_, bit) => (bits & (1 << bit)) !== 0);
  return bits >> CERTIFIED_KINDS.length === 0 ? known : [...known, 'unknown'];
}

export function encodeCertificate(certificate: Certificate): Uint8Array {
  return concatBytes(certificateBytes(certificate), certificate.signature);
}

export function decodeCertificate(bytes: Uint8Array): Certificate | undefined {
  if (bytes.length !== CERTIFICATE_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) return undefined;
  const role = ROLES[bytes[MAGIC.length] ?? 255];
  if (role === undefined) return undefined;
  let at = MAGIC.length + 1;
  const take = (length: number): Uint8Array => bytes.slice(at, (at += length));
  return {
    role,
    kinds: kindsOf(take(KINDS_BYTES)),
    device: take(ID_BYTES),
    publicKey: take(PUBLIC_KEY_BYTES),
    issuer: take(ID_BYTES),
    signature: take(SIGNATURE_BYTES),
  };
}
