// Many desks in one process, for tests of a hub: each with its own key and signed commits, and nothing but the words of the protocol.
import { fromBase64Url, toBase64Url } from '#kernel/shared/bytes.ts';
import type { StreamId } from '#kernel/shared/ids.ts';
import { accessEvent } from '#kernel/access/access.ts';
import { encodeCommit } from '#journal/commit.ts';
import { ID_BYTES } from '#journal/header.ts';
import type { Crypto } from '#journal/ports/crypto.ts';
import { derivedStreamId, epochBytes } from '#journal/streams.ts';
import { encodeWire } from '#journal/wire.ts';
import { enrol, joinProof, makeInvite } from '#roles/enrolment.ts';
import { NO_HEAD, OwnChain } from '#roles/replica/own-chain.ts';
import type { Replica } from '#roles/replica/replica.ts';
import { proofBytes } from '#roles/sync/proof.ts';
import { PROTOCOL } from '#roles/sync/protocol.ts';

export interface LightDesk {
  readonly chain: OwnChain;
  readonly device: string;
  /** Its commits, signed long before, as one push. */
  readonly wire: Uint8Array;
}

export interface Returned {
  readonly accepted: number;
  readonly duplicates: number;
  /** How often the hub asked to come back later, and said when. */
  readonly waits: number;
}

/** Enrolled by the hub's own replica, while no process serves it. */
export async function lightDesk(hub: Replica, commits: number): Promise<LightDesk> {
  const { crypto, clock } = hub.ports;
  const own = hub.own;
  if (own === undefined) throw new Error('invariant: a hub is enrolled');
  const facts = { root: hub.root, hubEpoch: own.epoch, nonce: crypto.randomBytes(16), nowMs: clock.now() };
  const invite = await makeInvite(own.identity.signer, facts, { role: 'desk', kinds: ['all'], name: 'light' });
  const signer = await crypto.generateSigner();
  const answer = await enrol(
    hub,
    { invite, publicKey: toBase64Url(signer.publicKey), proof: toBase64Url(await signer.sign(joinProof(invite, signer.publicKey))) },
    'hospital',
  );
  if (!answer.ok) throw new Error(answer.code);
  const device = answer.device.slice('device/'.length);
  const deviceBytes = fromBase64Url(device) ?? new Uint8Array(ID_BYTES);
  const chain = new OwnChain(
    { device: answer.device, deviceBytes, epochBytes: epochBytes(crypto.sha256, signer.publicKey), signer },
    NO_HEAD,
    crypto,
    clock,
  );
  return { chain, device, wire: encodeWire(await writeDay(chain, crypto, commits)) };
}

async function writeDay(chain: OwnChain, crypto: Crypto, commits: number): Promise<readonly Uint8Array[]> {
  const out: Uint8Array[] = [];
  for (let i = 0; i < commits; i += 1) {
    const id = (type: string): StreamId => derivedStreamId(crypto.sha256, type, [chain.epoch, String(i)]);
    const event = accessEvent(id('access'), 'RecordsAccessed', {
      session: 's',
      user: id('user'),
      entries: [{ patient: id('patient'), at: chain.head.hlc.ms, query: 'patient' }],
    });
    out.push(encodeCommit(await chain.next({ command: `light-${chain.epoch}-${i}`, do: 'recordAccess', events: [event] })));
  }
  return out;
}

const text = new TextEncoder();

/** As a link does: prove, push, hear what the hub holds. Waits as told; anything else than a told wait rejects. */
export async function comeBack(url: string, desk: LightDesk, crypto: Crypto): Promise<Returned> {
  let waits = 0;
  let token = '';
  const call = async (verb: string, body: Uint8Array): Promise<Record<string, unknown> | undefined> => {
    const response = await fetch(`${url}/sync/${verb}`, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    });
    const bytes = await response.arrayBuffer();
    if (response.status === 503) {
      const seconds = Number(response.headers.get('retry-after'));
      if (!(seconds > 0)) throw new Error(`${verb}: 503 without a time to come back`);
      waits += 1;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      return undefined;
    }
    if (response.status !== 200) throw new Error(`${verb}: ${response.status} ${new TextDecoder().decode(bytes)}`);
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>; // these verbs answer with an object
  };
  for (;;) {
    token = '';
    const hello = await call('hello', text.encode('{}'));
    if (hello === undefined) continue;
    const nonce = fromBase64Url(String(hello['nonce'])) ?? new Uint8Array(0);
    const signature = toBase64Url(await desk.chain.identity.signer.sign(proofBytes('caller', nonce, desk.device)));
    const session = await call(
      'session',
      text.encode(
        JSON.stringify({
          protocol: PROTOCOL,
          device: desk.device,
          epoch: desk.chain.epoch,
          nonce: hello['nonce'],
          mine: toBase64Url(crypto.randomBytes(32)),
          signature,
        }),
      ),
    );
    if (session === undefined) continue;
    token = String(session['token']);
    const pushed = await call('push', desk.wire);
    if (pushed === undefined) continue;
    return { accepted: Number(pushed['accepted']), duplicates: Number(pushed['duplicates']), waits };
  }
}
