// Which hubs a device is linked to: an ordered list of addresses; a desk tails the first two that answer, a hub all its peers.
import { z } from 'zod';
import type { EpochId } from '#journal/refs.ts';
import type { ChainState } from '#journal/vector.ts';
import { introduction, openEpoch } from './epochs.ts';
import type { Replica } from './replica/replica.ts';
import { SQL } from './replica/schema.ts';
import { Link } from './sync/link.ts';
import type { LivePeer } from './sync/link-ports.ts';
import { type LinkStatus, newStatus } from './sync/link-status.ts';
import type { Scope } from './sync/protocol.ts';
import type { Timers, Transport } from './sync/transport.ts';

export interface LinksPorts {
  readonly replica: Replica;
  readonly timers: Timers;
  readonly transport: (url: string) => Transport;
  readonly scope: Scope;
  readonly pushes: boolean;
  /** How many hubs to tail at once; a hub tails all. */
  readonly wanted: number;
  /** Goes along with each live link. */
  readonly aside?: (peer: LivePeer, cancelled: Promise<void>) => Promise<void>;
  readonly announces?: () => string;
  readonly onStatus: () => void;
}

const MAX_URLS = 64;
/** How often it is written down when each hub last answered: a desk that starts with no hub in reach says how old its picture is. */
const NOTE_SEEN_MS = 30_000;
const SEEN = 'hubs-seen';
const seenSchema = z.record(z.string().max(300), z.number());

export class Links {
  readonly #ports: LinksPorts;
  readonly #links = new Map<string, Link>();
  readonly #heldBefore = new Map<string, number>();
  /** By address, when it answered before this start. */
  readonly #seenBefore = new Map<string, number>();
  #notedAt = 0;
  #urls: readonly string[] = [];
  #stopped = false;
  #opening: Promise<void> | undefined;
  #hubs: readonly { readonly device: string; readonly name: string; readonly url: string }[] = [];

  constructor(ports: LinksPorts) {
    this.#ports = ports;
    ports.replica.onChange(() => {
      for (const link of this.#links.values()) link.wake();
    });
  }

  /** The ordered list: first choice first. Addresses learned from hubs are added behind those given. */
  use(urls: readonly string[]): void {
    this.#urls = [...new Set([...urls.map(trimSlash), ...this.#urls])].slice(0, MAX_URLS);
    this.#arrange();
  }

  get urls(): readonly string[] {
    return this.#urls;
  }

  get hubs(): readonly { readonly device: string; readonly name: string; readonly url: string }[] {
    return this.#hubs;
  }

  status(): readonly LinkStatus[] {
    return this.#urls.map((url) => {
      const status = this.#links.get(url)?.status ?? newStatus(url, 'stopped');
      return status.lastSeen === undefined ? { ...status, lastSeen: this.#seenBefore.get(url) } : status;
    });
  }

  /** Highest seq of our own epoch that so many different hubs hold. */
  heldBy(copies: number): number {
    const held = new Map(this.#heldBefore);
    for (const { status } of this.#links.values()) {
      if (status.hub !== undefined) held.set(status.hub, Math.max(held.get(status.hub) ?? 0, status.heldSeq));
      for (const [hub, seq] of status.alsoOn) held.set(hub, Math.max(held.get(hub) ?? 0, seq));
    }
    return [...held.values()].sort((a, b) => b - a)[copies - 1] ?? 0;
  }

  /** What hubs said that they hold of our current epoch, and when they answered, from before this start. */
  async recall(): Promise<void> {
    const { sql } = this.#ports.replica.ports.storage;
    const seen = await sql.read(SQL.metaGet, [SEEN]);
    const noted = seen[0] === undefined ? undefined : seenSchema.safeParse(JSON.parse(String(seen[0]['value'])));
    for (const [url, at] of Object.entries(noted?.success === true ? noted.data : {})) this.#seenBefore.set(url, at);
    for (const row of await sql.read('SELECT device, acknowledged FROM peers'))
      this.#heldBefore.set(String(row['device']), Number(row['acknowledged']));
  }

  /** Talks to the first hub that answers, once. */
  async once(): Promise<{ readonly sent: number; readonly received: number; readonly with: string } | undefined> {
    for (const url of this.#urls) {
      const link = this.#make(url);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        try {
          return { ...(await link.once()), with: link.status.name ?? url };
        } catch (error) {
          // A new epoch was opened on the way: the next try is made with the new key.
          if (!(error instanceof Error) || error.message !== 'device-new-epoch') break;
        }
      }
    }
    return undefined;
  }

  /** Fetches whole units from the first hub that answers. @returns whether one did */
  async fetchUnits(units: readonly string[]): Promise<boolean> {
    for (const link of this.#links.values()) if (await link.fetchUnits(units)) return true;
    return false;
  }

  stop(): void {
    this.#stopped = true;
    for (const link of this.#links.values()) link.stop();
  }

  /** Starts links in order until enough are live or trying; those beyond are let go when earlier ones are live again. */
  #arrange(): void {
    if (this.#stopped) return;
    let good = 0;
    for (const url of this.#urls) {
      const link = this.#links.get(url);
      if (good >= this.#ports.wanted) {
        if (link !== undefined && this.#liveBefore(url) >= this.#ports.wanted) {
          // Out of the list first: stopping tells its status, which arranges again.
          this.#links.delete(url);
          link.stop();
        }
        continue;
      }
      if (link === undefined) {
        this.#start(url);
        good += 1;
      } else if (link.status.state === 'live' || link.status.state === 'connecting') good += 1;
    }
  }

  #liveBefore(url: string): number {
    let live = 0;
    for (const other of this.#urls) {
      if (other === url) return live;
      if (this.#links.get(other)?.status.state === 'live') live += 1;
    }
    return live;
  }

  #start(url: string): void {
    const link = this.#make(url);
    this.#links.set(url, link);
    void link.run();
  }

  #make(url: string): Link {
    const { replica, timers, transport, scope, pushes, aside } = this.#ports;
    return new Link({
      replica,
      timers,
      transport: transport(url),
      scope,
      pushes,
      onRollback: (yours) => this.#rolledBack(yours),
      ...(aside === undefined ? {} : { aside }),
      introduction: () => introduction(replica),
      ...(this.#ports.announces === undefined ? {} : { announces: this.#ports.announces }),
      onStatus: () => {
        this.#ports.onStatus();
        this.#arrange();
        this.#noteSeen();
      },
      onHubs: (hubs) => {
        this.#hubs = hubs;
        const news = hubs.map((hub) => trimSlash(hub.url)).filter((found) => found !== '' && !this.#urls.includes(found));
        if (news.length > 0 && pushes) this.use([...this.#urls, ...news]);
      },
    });
  }

  #noteSeen(): void {
    const { clock, storage } = this.#ports.replica.ports;
    const now = clock.now();
    if (!this.#ports.pushes || Math.abs(now - this.#notedAt) < NOTE_SEEN_MS) return;
    for (const { status } of this.#links.values()) if (status.lastSeen !== undefined) this.#seenBefore.set(status.url, status.lastSeen);
    if (this.#seenBefore.size === 0) return;
    this.#notedAt = now;
    // Nothing depends on it: where it cannot be written it is written the next time.
    const value = JSON.stringify(Object.fromEntries(this.#seenBefore));
    void storage.sql.write([{ sql: SQL.metaSet, params: [SEEN, value] }]).catch(() => undefined);
  }

  /** Two links may see it at the same time; one new epoch is enough. */
  #rolledBack(yours: readonly (readonly [EpochId, ChainState])[]): Promise<void> {
    // Another link saw it first: the epoch that this hub spoke of is no longer ours.
    if (this.#opening === undefined && !yours.some(([epoch]) => epoch === this.#ports.replica.own?.epoch)) return Promise.resolve();
    this.#opening ??= openEpoch(this.#ports.replica).then(
      async () => {
        // Nobody holds anything of the new epoch yet.
        this.#heldBefore.clear();
        for (const link of this.#links.values()) await link.forgetHeld();
        await this.#ports.replica.ports.storage.sql.write([{ sql: 'UPDATE peers SET acknowledged = 0' }]);
        this.#opening = undefined;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
