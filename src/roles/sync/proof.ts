// What the two sides of a link sign to prove who they are. It must not know who asks and who answers.
import { concatBytes } from '#kernel/shared/bytes.ts';
import { PROTOCOL } from './protocol.ts';

/** @param nonce of the other side, so that the proof is of now */
export function proofBytes(role: 'caller' | 'hub', nonce: Uint8Array, device: string): Uint8Array {
  return concatBytes(new TextEncoder().encode(`nirantar sync ${PROTOCOL} ${role}\n${device}\n`), nonce);
}
