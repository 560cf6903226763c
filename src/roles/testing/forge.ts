// Commits that a thief makes with a device's real key, for tests of what has no effect.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { encodeBody, type Body } from '#journal/body.ts';
import { decodeCommit, encodeCommit, type Commit } from '#journal/commit.ts';
import { encodeHeader, HEADER_FORMAT } from '#journal/header.ts';
import { CLERK, type Node } from './world.ts';

/** A commit that the thief makes with the desk's key, saying whatever it likes. */
export async function forge(
  desk: Node,
  body: Partial<Body>,
  header: { device?: StreamId; seq?: number; previous?: Uint8Array; ms?: number } = {},
): Promise<Commit> {
  const { own, ports } = desk.replica;
  const { crypto } = ports;
  if (own === undefined) throw new Error('a desk is enrolled');
  const bytes = encodeBody({
    salt: toBase64Url(crypto.randomBytes(9)),
    command: toBase64Url(crypto.randomBytes(12)),
    do: 'writeNote',
    user: CLERK,
    trust: [],
    events: [],
    ...body,
  });
  const device = fromBase64Url((header.device ?? own.identity.device).slice('device/'.length)) ?? new Uint8Array(12);
  const headerBytes = encodeHeader({
    format: HEADER_FORMAT,
    device,
    epoch: own.identity.epochBytes,
    seq: header.seq ?? own.head.seq + 1,
    previous: header.previous ?? own.head.hash,
    hlc: { ms: header.ms ?? desk.clock.now(), counter: 0 },
    bodyHash: crypto.sha256(bytes),
  });
  const signature = await own.identity.signer.sign(headerBytes);
  const decoded = decodeCommit(encodeCommit({ headerBytes, signature, body: bytes }), crypto.sha256);
  if (!decoded.ok) throw new Error(decoded.problem);
  return decoded.commit;
}
