// The X.509 extension that limits for which names a certificate authority can vouch (RFC 5280 section 4.2.1.10).
import 'reflect-metadata'; // @peculiar/x509 does not load without it
import { Extension } from '@peculiar/x509';

export const OID_NAME_CONSTRAINTS = '2.5.29.30';
const TAG_SEQUENCE = 0x30;
const TAG_PERMITTED = 0xa0;
const TAG_DNS_NAME = 0x82;
const TAG_IP_ADDRESS = 0x87;

export interface PermittedNames {
  /** `hospital.internal` permits itself and every name below it. */
  readonly dnsSuffixes: readonly string[];
  /** Networks as `10.0.0.0/8` or `fd00::/8`. */
  readonly networks: readonly string[];
}

/** Critical: a program that does not understand it must refuse the certificate. */
export function nameConstraints(permitted: PermittedNames): Extension {
  const subtrees = [
    ...permitted.dnsSuffixes.map((suffix) => der(TAG_DNS_NAME, Buffer.from(suffix, 'ascii'))),
    ...permitted.networks.map((network) => der(TAG_IP_ADDRESS, networkBytes(network))),
  ].map((base) => der(TAG_SEQUENCE, base));
  const value = der(TAG_SEQUENCE, der(TAG_PERMITTED, Buffer.concat(subtrees)));
  return new Extension(OID_NAME_CONSTRAINTS, true, new Uint8Array(value));
}

/** The DNS names in an extension that `nameConstraints` wrote. */
export function permittedDnsSuffixes(value: Uint8Array): readonly string[] {
  const [constraints] = contents(value);
  const [permitted] = contents(constraints?.content ?? new Uint8Array(0));
  const subtrees = permitted?.tag === TAG_PERMITTED ? contents(permitted.content) : [];
  return subtrees
    .flatMap((subtree) => contents(subtree.content))
    .filter((base) => base.tag === TAG_DNS_NAME)
    .map((base) => Buffer.from(base.content).toString('ascii'));
}

/** The elements that stand one after the other in DER bytes; what does not fit ends the list. */
function contents(bytes: Uint8Array): readonly { readonly tag: number; readonly content: Uint8Array }[] {
  const found: { tag: number; content: Uint8Array }[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const [tag = 0, short = 0] = bytes.subarray(at, at + 2);
    const more = short < 0x80 ? 0 : short & 0x7f;
    const length = more === 0 ? short : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + more;
    if (start + length > bytes.length) break;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function der(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  if (length > 0xffff) throw new RangeError('invariant: an extension is short');
  const head = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

/** Address and mask, one after the other. */
function networkBytes(network: string): Buffer {
  const [address = '', prefix = ''] = network.split('/');
  const bytes = ipBytes(address);
  const bits = Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > bytes.length * 8) throw new RangeError(`invariant: '${network}' is not a network`);
  const mask = Buffer.from(bytes.map((_, i) => 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - i * 8)))));
  return Buffer.concat([bytes, mask]);
}

function ipBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [before = '', after] = address.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.concat([...head, ...middle, ...tail].map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
