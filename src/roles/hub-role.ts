// What a hub does: serve desks and other hubs, enrol devices, answer the API. It must not know about HTTP, files or processes.
import type { DeskKind } from '#kernel/shared/actor.ts';
import type { DeviceState } from '#kernel/device/device.ts';
import { enrol, joinRequest, makeInvite, tendDevices, grantRange } from './enrolment.ts';
import { Links } from './links.ts';
import type { DeviceFile } from './replica/device-file.ts';
import type { Replica } from './replica/replica.ts';
import { ASK_FOR_RANGE_AT } from './replica/mint.ts';
import { Station, type PasswordTools } from './station.ts';
import { NamePackServer } from './names/name-pack-server.ts';
import type { PackBuilder } from './names/pack-builder.ts';
import { SyncServer } from './sync/server.ts';
import type { SyncCall, SyncReply } from './sync/sync-call.ts';
import { trustNumbers } from './sync/scope.ts';
import { encodeWithMeta } from './sync/protocol.ts';
import type { Timers, Transport } from './sync/transport.ts';
import { giveAuthority, TLS_AUTHORITY_VERB, type TlsAuthorityPort } from './tls-authority.ts';
import { encodeWire } from '#journal/wire.ts';

export interface HubPorts {
  readonly replica: Replica;
  readonly file: DeviceFile;
  readonly passwords: PasswordTools;
  readonly timers: Timers;
  readonly transport: (url: string) => Transport;
  /** Under which address other nodes reach this hub; empty while nobody knows. */
  readonly url: () => string;
  /** Builds the name index off the main thread; here, when absent. */
  readonly packBuilder?: PackBuilder;
  /** Certificates for the hubs that join here; absent where nothing is served by HTTPS. */
  readonly tls?: TlsAuthorityPort;
}

/** How long a device's silence lasts before it is shown as gone. */
export const SILENT_MS = 60_000;

export class HubRole {
  readonly replica: Replica;
  readonly station: Station;
  readonly server: SyncServer;
  readonly links: Links;
  readonly names: NamePackServer;
  readonly #ports: HubPorts;
  #forksTended = 0;
  #tending = false;
  #tendAgain = false;

  constructor(ports: HubPorts) {
    this.#ports = ports;
    this.replica = ports.replica;
    this.station = new Station(ports.replica, ports.passwords, ports.timers);
    this.links = new Links({
      replica: ports.replica,
      timers: ports.timers,
      transport: ports.transport,
      scope: { kind: 'all' },
      pushes: false,
      wanted: Number.POSITIVE_INFINITY,
      announces: ports.url,
      onStatus: () => undefined,
    });
    this.names = new NamePackServer({
      replica: ports.replica,
      timers: ports.timers,
      ...(ports.packBuilder === undefined ? {} : { builder: ports.packBuilder }),
    });
    this.server = new SyncServer(ports.replica, {
      hospital: ports.file.hospital,
      name: this.name,
      unreachable: () =>
        this.links
          .status()
          .filter((link) => link.state === 'down')
          .map((link) => link.url),
      hubs: () => this.#hubs(),
      names: this.names,
      sleep: (ms, wake) => Promise.race([ports.timers.sleep(ms), wake]),
    });
    ports.replica.onChange((change) => {
      if (change.types.includes('device')) this.#tendSoon();
    });
  }

  get name(): string {
    return this.#device()?.name ?? 'hub';
  }

  /** Takes up work: what was noted before a crash is signed, epochs are certified, peers are linked. */
  async start(peers: readonly string[]): Promise<void> {
    await this.station.access.recover();
    await this.tend();
    this.links.use(peers);
  }

  async stop(): Promise<void> {
    this.names.stop();
    this.links.stop();
    await this.station.access.flush();
  }

  /** Everything below `/sync/`. */
  async sync(call: SyncCall): Promise<SyncReply> {
    if (call.verb === 'join') return this.#join(call);
    if (call.verb === 'announce') return this.#announce(call);
    if (call.verb === TLS_AUTHORITY_VERB) return giveAuthority(this.replica, this.#ports.tls, readJson(call.body));
    const reply = await this.server.handle(call);
    if (call.verb === 'push' && this.#needsTending()) this.#tendSoon();
    return reply;
  }

  async invite(role: 'hub' | 'desk' | 'vault', kinds: readonly DeskKind[], name: string): Promise<string> {
    const own = this.replica.own;
    if (own === undefined) throw new Error('invariant: a hub is enrolled');
    const { crypto, clock } = this.replica.ports;
    const tlsRoot = this.#ports.tls?.rootFingerprint();
    const facts = {
      root: this.replica.root,
      hubEpoch: own.epoch,
      nonce: crypto.randomBytes(16),
      nowMs: clock.now(),
      ...(tlsRoot === undefined ? {} : { tlsRoot }),
    };
    return makeInvite(own.identity.signer, facts, { role, kinds, name });
  }

  /** Nobody waits for it: when the disk refuses, the next change or push tries again. */
  #tendSoon(): void {
    void this.tend().catch(() => undefined);
  }

  /** Certifies what waits, closes what has two histories, gives ranges that run out. One at a time, again when asked meanwhile. */
  async tend(): Promise<void> {
    if (this.#tending) {
      this.#tendAgain = true;
      return;
    }
    this.#tending = true;
    try {
      do {
        this.#tendAgain = false;
        this.#forksTended = this.replica.index.forkedCount;
        await tendDevices(this.replica);
        await this.#ownRange();
      } while (this.#tendAgain);
    } finally {
      this.#tending = false;
    }
  }

  /** Looking at every device after every push would cost more than the push; a new epoch tells of itself as a changed device. */
  #needsTending(): boolean {
    return this.replica.index.forkedCount !== this.#forksTended || this.replica.mintState.usedShare > ASK_FOR_RANGE_AT;
  }

  async #ownRange(): Promise<void> {
    const own = this.replica.own;
    if (own !== undefined && this.replica.mintState.usedShare > ASK_FOR_RANGE_AT)
      await grantRange(this.replica, own.identity.device, own.epoch);
  }

  async #join(call: SyncCall): Promise<SyncReply> {
    const request = joinRequest.safeParse(readJson(call.body));
    if (!request.success) return { status: 400, code: 'sync-malformed' };
    const answer = await enrol(this.replica, request.data, this.#ports.file.hospital);
    if (!answer.ok) return { status: 403, code: answer.code };
    const payloads = await this.replica.readable(await trustNumbers(this.replica));
    return {
      status: 200,
      bytes: encodeWithMeta(
        { device: answer.device, root: answer.root, hospital: answer.hospital, hubs: this.#hubs() },
        encodeWire(payloads),
      ),
    };
  }

  /** Another hub says where it answers, so that this one can pull from it. */
  async #announce(call: SyncCall): Promise<SyncReply> {
    const body = readJson(call.body);
    const state = await this.server.handle({
      ...call,
      verb: 'state',
      body: new TextEncoder().encode(JSON.stringify({ scope: { kind: 'all' } })),
    });
    if (state.status !== 200) return state;
    if (this.server.roleOf(call.token) !== 'hub') return { status: 403, code: 'device-unknown' };
    if (
      typeof body !== 'object' ||
      body === null ||
      !('url' in body) ||
      typeof body.url !== 'string' ||
      !/^https?:\/\/[^\s]{1,200}$/.test(body.url)
    )
      return { status: 400, code: 'sync-malformed' };
    // Behind those known: nobody can push the others off the list.
    this.links.use([...this.links.urls, body.url]);
    return { status: 200, json: { ok: true } };
  }

  #hubs(): { device: string; name: string; url: string }[] {
    const own = this.replica.own?.identity.device.slice('device/'.length) ?? '';
    const list = new Map<string, { device: string; name: string; url: string }>();
    if (this.#ports.url() !== '') list.set(own, { device: own, name: this.name, url: this.#ports.url() });
    for (const link of this.links.status())
      if (link.hub !== undefined) list.set(link.hub, { device: link.hub, name: link.name ?? '', url: link.url });
    return [...list.values()];
  }

  #device(): DeviceState | undefined {
    const own = this.replica.own;
    return own === undefined ? undefined : this.replica.trust.device(own.identity.device);
  }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // not JSON
  }
}
