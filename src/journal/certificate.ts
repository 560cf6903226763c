// The compact certificate that travels on paper: a hub vouches for a device's key, so that a desk that was never told can check.
import { concatBytes } from '#kernel/shared/bytes.ts';
import { ID_BYTES, SIGNATURE_BYTES } from './header.ts';
import { PUBLIC_KEY_BYTES } from './ed25519.ts';

const MAGIC = new Uint8Array([0x4e, 0x43, 0x01]); // NC, format 1
const ROLES = ['root', 'hub', 'desk', 'vault'] as const;
export const CERTIFICATE_BYTES = MAGIC.length + 1 + ID_BYTES + PUBLIC_KEY_BYTES + ID_BYTES + SIGNATURE_BYTES;

export interface Certificate {
  readonly role: (typeof ROLES)[number];
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
    certificate.device,
    certificate.publicKey,
    certificate.issuer,
  );
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
  return { role, device: take(ID_BYTES), publicKey: take(PUBLIC_KEY_BYTES), issuer: take(ID_BYTES), signature: take(SIGNATURE_BYTES) };
}
